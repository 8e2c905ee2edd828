"""The schemas for editors are those of the models, and judge files as the loader does."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from bot.knowledge.schema import FOLDER, schemas, write_schema
from tests.knowledge_folder import HELP, PROGRAMME, SCHEDULE, SITES

SYNONYMS = "groups: [[bus, coach]]"
FILES = {"programme": PROGRAMME, "sites": SITES, "schedule": SCHEDULE, "faq": HELP, "synonyms": SYNONYMS}
KNOWLEDGE = Path(__file__).parents[2] / "knowledge"


class EditorsLoader(yaml.CSafeLoader):
    """Takes plain values as editors do (YAML 1.2): switches, numbers and nothing are no texts."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - as the class above has it


for kind, pattern, beginnings in (
    ("bool", "true|false", "tf"),
    ("int", "[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?[0-9]+\.[0-9]*", "-+0123456789"),
    ("null", "null|~|", ["n", "~", ""]),
):
    EditorsLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{kind}", re.compile(f"^({pattern})$"), list(beginnings)
    )


def complaints(name: str, text: str) -> list[str]:
    schema = json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    return [error.json_path for error in validator.iter_errors(yaml.load(text, EditorsLoader))]  # noqa: S506 - a safe one


def test_the_committed_schemas_are_those_of_the_models() -> None:
    """When this fails, run `python -m bot.knowledge.schema`."""
    committed = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    assert committed == schemas()


def test_schemas_are_written_where_asked(tmp_path: Path) -> None:
    write_schema(tmp_path / "schema")
    assert sorted(path.name for path in (tmp_path / "schema").iterdir()) == sorted(schemas())


@pytest.mark.parametrize("name", FILES)
def test_a_valid_file_is_accepted(name: str) -> None:
    assert complaints(name, FILES[name]) == []


@pytest.mark.parametrize(
    "path", [path.relative_to(KNOWLEDGE).as_posix() for path in KNOWLEDGE.rglob("*.yaml")]
)
def test_every_file_of_our_own_knowledge_names_its_schema_and_is_accepted_by_it(path: str) -> None:
    text = (KNOWLEDGE / path).read_text(encoding="utf-8")
    name = "faq" if path.startswith("faq/") else path.removesuffix(".yaml")
    up = "../../" if path.startswith("faq/") else "../"
    assert text.startswith(f"# yaml-language-server: $schema={up}bot/knowledge/schema/{name}.schema.json\n")
    assert complaints(name, text) == []


@pytest.mark.parametrize("name", FILES)
def test_an_unknown_key_is_refused(name: str) -> None:
    assert complaints(name, f"{FILES[name]}\nunknown: x\n") == ["$"]


@pytest.mark.parametrize(
    ("name", "typed", "instead", "path"),
    [
        ("schedule", "start: 9:30", "start: 25:00", "$.sessions[0].start"),
        ("schedule", "start: 9:30", "start: 10.30", "$.sessions[0].start"),
        ("schedule", "date: 2031-05-05", "date: 05/05/2031", "$.sessions[0].date"),
        ("schedule", "kind: visit", "kind: trip", "$.sessions[1].kind"),
        ("schedule", "site: hall\n", "site:\n", "$.sessions[0].site"),
        ("sites", "latitude: 38.7\n", "latitude: 98.7\n", "$.sites[0].latitude"),
        ("sites", "visited: false", "visited: nope", "$.sites[1].visited"),
        ("sites", "name: Town hall", "name: {English: Town hall}", "$.sites[1].name"),
        ("sites", "caption:", "captoin:", "$.sites[0].photos[0]"),
        ("sites", "file: port.png", "file: ../port.png", "$.sites[0].photos[0].file"),
        ("faq", "id: desk", "id: Desk", "$.entries[1].id"),
        (
            "faq",
            "answer: The front desk is in the town hall, 08:00–20:00.",
            "answer: ''",
            "$.entries[1].answer",
        ),
        (
            "faq",
            "questions: [Where is the front desk?, How do I reach a person?]",
            "questions: x",
            "$.entries[1].questions",
        ),
        ("programme", "languages: [en, es]", "languages: []", "$.languages"),
        ("synonyms", "[[bus, coach]]", "[[bus]]", "$.groups[0]"),
    ],
)
def test_what_the_loader_refuses_is_marked_in_the_editor(
    name: str, typed: str, instead: str, path: str
) -> None:
    assert typed in FILES[name]
    assert complaints(name, FILES[name].replace(typed, instead, 1)) == [path]


@pytest.mark.parametrize(
    ("name", "typed", "instead"),
    [
        ("sites", "name: Town hall", "name: 2031"),
        ("sites", "name: Town hall", "name: {en: true, es: 1.10}"),
        ("sites", "visited: false", "visited: no"),
        ("schedule", "start: 9:30", "start: 09:30"),
        (
            "faq",
            "questions: [Where is the front desk?, How do I reach a person?]",
            "questions: {es: [¿Dónde?, 112]}",
        ),
    ],
)
def test_what_the_loader_takes_as_text_is_accepted_in_the_editor(name: str, typed: str, instead: str) -> None:
    assert typed in FILES[name]
    assert complaints(name, FILES[name].replace(typed, instead, 1)) == []
