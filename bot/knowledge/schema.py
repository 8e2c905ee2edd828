"""JSON Schemas made from the models, so that an editor completes and checks the YAML while one types."""

import json
from pathlib import Path

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import DictSchema, NullableSchema, WithDefaultSchema

from bot.knowledge.model import Category, Model, Programme, Schedule, Sites, Synonyms


class _ForEditors(GenerateJsonSchema):
    """As the loader sees it: a key is left out or has a value, and languages are the only keys of a text."""

    def nullable_schema(self, schema: NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: WithDefaultSchema) -> JsonSchemaValue:
        if schema.get("default", ...) is None:
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)

    def dict_schema(self, schema: DictSchema) -> JsonSchemaValue:
        return {**super().dict_schema(schema), "additionalProperties": False}

    def field_title_should_be_set(self, _schema: object) -> bool:
        return False


FOLDER = Path(__file__).parent / "schema"
MODELS: dict[str, type[Model]] = {
    "programme": Programme,
    "sites": Sites,
    "schedule": Schedule,
    "faq": Category,
    "synonyms": Synonyms,
}


def schemas() -> dict[str, str]:
    """File name → the text of each schema."""
    return {f"{name}.schema.json": _schema_text(model) for name, model in MODELS.items()}


def _schema_text(model: type[Model]) -> str:
    schema = model.model_json_schema(schema_generator=_ForEditors)
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def write_schema(folder: Path = FOLDER) -> None:
    """Writes the schemas, which are committed: a test compares them with the models."""
    folder.mkdir(exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_schema()
