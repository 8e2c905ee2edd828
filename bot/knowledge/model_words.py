"""What the models complain of, in words for the person who wrote the YAML."""

from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.knowledge.fields import GROUP_PATTERN, ID_PATTERN, LANGUAGE_PATTERN, NOT_BLANK
from bot.knowledge.message import Message
from bot.knowledge.problems import did_you_mean, quoted

Path = tuple[str | int, ...]

_PATTERNS = {
    ID_PATTERN: Message(
        "{shown} is not an id (write small letters, digits and single hyphens, such as lost-property)"
    ),
    GROUP_PATTERN: Message(
        "{shown} is not the name of a group (write letters, digits and single hyphens, such as A)"
    ),
    LANGUAGE_PATTERN: Message(
        "{shown} is not a language code (write two or three small letters, such as en)"
    ),
    NOT_BLANK: Message("{shown} is blank (write something, or delete the line)"),
}
_EXPECTED = {
    "string_type": Message("expected a text, found {found}{hint}"),
    "tuple_type": Message("expected a list (lines that begin with '- ', or [one, two]), found {found}{hint}"),
    "mapping_type": Message("expected lines such as 'en: text', found {found}{hint}"),
    "model_type": Message("expected lines such as 'key: value', found {found}{hint}"),
}
# Kind of error → words, with the value as `shown` and the error's own figures.
_WORDS = {
    "int_parsing": Message("{shown} is not a whole number (write digits alone, such as 90)"),
    "int_from_float": Message("{shown} is not a whole number (write digits alone, such as 90)"),
    "float_parsing": Message("{shown} is not a number (write digits with a point, such as 37.5)"),
    "finite_number": Message("{shown} is not a number (write digits with a point, such as 37.5)"),
    "greater_than": Message("{shown} must be more than {gt}"),
    "greater_than_equal": Message("{shown} must be at least {ge}"),
    "less_than_equal": Message("{shown} must be at most {le}"),
    "literal_error": Message("{shown} is not known here (write one of {expected})"),
    "string_too_long": Message("{shown} is longer than {max_length} characters"),
    "too_short": Message("needs at least {min_length} of them, has {actual_length}"),
    "too_long": Message("may hold at most {max_length}, has {actual_length}"),
}


def errors_of(error: ValidationError, model: type[BaseModel]) -> Iterator[tuple[Path, str]]:
    """For each error the path to its place and the words, `model` being what the whole file is read as."""
    for details in error.errors(include_url=False):
        if details["input"] is None and details["type"] != "missing":
            continue  # nothing was written there, and the reader of the file said so
        path = tuple(step for step in details["loc"] if step != "[key]")
        if details["type"] == "missing":
            yield path[:-1], Message("'{key}' is missing", key=path[-1])
        elif details["type"] == "extra_forbidden":
            name, known = str(path[-1]), _keys(_model_at(model, path[:-1]))
            yield (
                path,
                Message(
                    "the key {key} is not known here{hint}", key=quoted(name), hint=did_you_mean(name, known)
                ),
            )
        else:
            yield path, _words(details)


def _words(details: ErrorDetails) -> str:
    kind, value, figures = details["type"], details["input"], details.get("ctx", {})
    shown = quoted(value) if isinstance(value, str) else _found(value)
    if kind in _EXPECTED:
        return Message(_EXPECTED[kind], found=_found(value), hint=_hint(kind, value))
    if kind == "string_pattern_mismatch":
        broken = _PATTERNS[figures["pattern"]]
        return Message(broken, shown=shown)
    if kind == "value_error":
        message: str = figures["error"].args[0]
        return message
    if kind in _WORDS:
        return Message(_WORDS[kind], shown=shown, **figures)
    return f"{shown}: {details['msg']}"


def _found(value: object) -> str:
    if isinstance(value, str):
        return Message("the text {text}", text=quoted(value))
    return Message("a list") if isinstance(value, Sequence) else "'key: value'"


def _hint(kind: str, value: object) -> str:
    """The slip that explains most errors of this kind."""
    if kind == "string_type" and isinstance(value, Mapping):
        return Message(" (a text with ': ' in it must stand in 'single quotes')")
    if isinstance(value, str) and value.partition(":")[0].isidentifier() and ":" in value:
        return Message(" (write a space after the ':')")
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
