"""What the models complain of, in words for the person who wrote the YAML."""

from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.knowledge.fields import GROUP_PATTERN, ID_PATTERN, LANGUAGE_PATTERN, NOT_BLANK
from bot.knowledge.problems import did_you_mean, quoted

Path = tuple[str | int, ...]

_PATTERNS = {
    ID_PATTERN: "is not an id (write small letters, digits and single hyphens, such as lost-property)",
    GROUP_PATTERN: "is not the name of a group (write letters, digits and single hyphens, such as A)",
    LANGUAGE_PATTERN: "is not a language code (write two or three small letters, such as en)",
    NOT_BLANK: "is blank (write something, or delete the line)",
}
_EXPECTED = {
    "string_type": "a text",
    "tuple_type": "a list (lines that begin with '- ', or [one, two])",
    "mapping_type": "lines such as 'en: text'",
    "model_type": "lines such as 'key: value'",
}
# Kind of error → words, with the value as `shown` and the error's own figures.
_WORDS = {
    "value_error": "{error}",
    "int_parsing": "{shown} is not a whole number (write digits alone, such as 90)",
    "int_from_float": "{shown} is not a whole number (write digits alone, such as 90)",
    "float_parsing": "{shown} is not a number (write digits with a point, such as 37.5)",
    "finite_number": "{shown} is not a number (write digits with a point, such as 37.5)",
    "greater_than": "{shown} must be more than {gt}",
    "greater_than_equal": "{shown} must be at least {ge}",
    "less_than_equal": "{shown} must be at most {le}",
    "literal_error": "{shown} is not known here (write one of {expected})",
    "string_too_long": "{shown} is longer than {max_length} characters",
    "too_short": "needs at least {min_length} of them, has {actual_length}",
    "too_long": "may hold at most {max_length}, has {actual_length}",
}


def errors_of(error: ValidationError, model: type[BaseModel]) -> Iterator[tuple[Path, str]]:
    """For each error the path to its place and the words, `model` being what the whole file is read as."""
    for details in error.errors(include_url=False):
        if details["input"] is None and details["type"] != "missing":
            continue  # nothing was written there, and the reader of the file said so
        path = tuple(step for step in details["loc"] if step != "[key]")
        if details["type"] == "missing":
            yield path[:-1], f"'{path[-1]}' is missing"
        elif details["type"] == "extra_forbidden":
            known = _keys(_model_at(model, path[:-1]))
            yield (
                path,
                f"the key {quoted(str(path[-1]))} is not known here{did_you_mean(str(path[-1]), known)}",
            )
        else:
            yield path, _words(details)


def _words(details: ErrorDetails) -> str:
    kind, value, figures = details["type"], details["input"], details.get("ctx", {})
    shown = quoted(value) if isinstance(value, str) else _found(value)
    if kind in _EXPECTED:
        return f"expected {_EXPECTED[kind]}, found {_found(value)}{_hint(kind, value)}"
    if kind == "string_pattern_mismatch":
        return f"{shown} {_PATTERNS[figures['pattern']]}"
    if kind in _WORDS:
        return _WORDS[kind].format(shown=shown, **figures)
    return f"{shown}: {details['msg']}"


def _found(value: object) -> str:
    if isinstance(value, str):
        return f"the text {quoted(value)}"
    return "a list" if isinstance(value, Sequence) else "'key: value'"


def _hint(kind: str, value: object) -> str:
    """The slip that explains most errors of this kind."""
    if kind == "string_type" and isinstance(value, Mapping):
        return " (a text with ': ' in it must stand in 'single quotes')"
    if isinstance(value, str) and value.partition(":")[0].isidentifier() and ":" in value:
        return " (write a space after the ':')"
    return ""


def _keys(model: type[BaseModel] | None) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()] if model else []


def _model_at(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """The model that reads what lies at `path` of a file read as `model`."""
    found: type[BaseModel] | None = model
    for step in path:
        if found and isinstance(step, str):
            fields = {field.alias or name: field.annotation for name, field in found.model_fields.items()}
            found = _model_in(fields.get(step))
    return found


def _model_in(annotation: object) -> type[BaseModel] | None:
    """The model inside `tuple[Model, ...]`, `Model | None` and the like."""
    parts = get_args(annotation)
    if isinstance(annotation, type) and not parts and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in parts if (model := _model_in(part))), None)
