"""Entries, sites and sessions are found by id and changed in the file that holds them."""

import pytest

from bot.knowledge.editing.by_id import (
    Contents,
    add_entry,
    add_phrasing,
    append_item,
    clear_field,
    find,
    remove_item,
    remove_phrasing,
    set_field,
    set_text,
)
from bot.knowledge.editing.edits import read_plain
from bot.knowledge.editing.problems import EditError
from tests.knowledge_folder import HELP, PROGRAMME, SCHEDULE, SITES, picture

LANGUAGES = ("en", "es")
FILES: Contents = {
    "programme.yaml": PROGRAMME.encode(),
    "sites.yaml": SITES.encode(),
    "schedule.yaml": SCHEDULE.encode(),
    "faq/help.yaml": HELP.encode(),
    "photos/port.png": picture(),
}


def test_each_kind_is_found_by_its_id() -> None:
    assert find(FILES, "desk").path == ("entries", 1)
    assert find(FILES, "port").file == "sites.yaml"
    assert find(FILES, "port-visit").value["start"] == "14:00"


def test_an_id_that_only_stands_in_a_text_is_not_found() -> None:
    with pytest.raises(EditError, match="nothing has the id 'police'"):
        find(FILES, "police")


def test_only_the_file_that_holds_it_changes() -> None:
    after = set_field(FILES, "port-visit", "start", "13:30")
    assert {name for name in FILES if after[name] != FILES[name]} == {"schedule.yaml"}
    assert b"    start: 13:30\n" in after["schedule.yaml"]


def test_a_field_takes_its_place_among_the_others() -> None:
    after = set_field(FILES, "desk", "valid", {"until": "2031-05-06"})
    assert b"    valid:\n      until: 2031-05-06\n    sample: true\n" in after["faq/help.yaml"]


def test_a_field_is_cleared_once() -> None:
    after = clear_field(FILES, "desk", "sample")
    assert after["faq/help.yaml"] == FILES["faq/help.yaml"].replace(b"    sample: true\n", b"")
    assert clear_field(after, "desk", "sample") == after


def answer(files: Contents, name: str) -> object:
    return find(files, name).value["answer"]


def test_a_text_is_set_in_the_language_that_is_meant() -> None:
    after = set_text(FILES, "emergency", "answer", "Llame **ya**.", language="es", languages=LANGUAGES)
    assert answer(after, "emergency") == {"en": "Call **112**.", "es": "Llame **ya**."}
    after = set_text(FILES, "desk", "answer", "Ask Ana.", language="en", languages=LANGUAGES)
    assert answer(after, "desk") == "Ask Ana."
    after = set_text(after, "desk", "answer", "Pregunte a Ana.", language="es", languages=LANGUAGES)
    assert answer(after, "desk") == {"en": "Ask Ana.", "es": "Pregunte a Ana."}


def test_a_text_below_a_bar_keeps_its_style() -> None:
    entry = b"entries:\n  - id: tea\n    answer: |\n      At four.\n    sample: true\n"
    after = set_text({"faq/a.yaml": entry}, "tea", "answer", "At *five*.", language="en", languages=LANGUAGES)
    assert after["faq/a.yaml"] == entry.replace(b"At four.", b"At *five*.")


def questions(files: Contents, name: str) -> object:
    return find(files, name).value["questions"]


def test_a_phrasing_is_added_whatever_stands_there() -> None:
    after = add_phrasing(FILES, "desk", "help desk", language="en", languages=LANGUAGES)
    assert questions(after, "desk") == ["Where is the front desk?", "How do I reach a person?", "help desk"]
    after = add_phrasing(after, "desk", "recepción", language="es", languages=LANGUAGES)
    assert questions(after, "desk") == {
        "en": ["Where is the front desk?", "How do I reach a person?", "help desk"],
        "es": ["recepción"],
    }
    after = add_phrasing(after, "desk", "mostrador", language="es", languages=LANGUAGES)
    assert find(after, "desk").value["questions"]["es"] == ["recepción", "mostrador"]  # type: ignore[index, call-overload]
    after = add_phrasing(after, "desk", "hotel", language="en", languages=LANGUAGES, field="not_about")
    assert find(after, "desk").value["not_about"] == {"en": ["hotel"]}


def test_the_last_phrasing_of_a_language_takes_its_language_along() -> None:
    after = add_phrasing(FILES, "desk", "hotel", language="en", languages=LANGUAGES, field="not_about")
    after = add_phrasing(after, "desk", "hotel", language="es", languages=LANGUAGES, field="not_about")
    after = remove_phrasing(after, "desk", "hotel", language="en", field="not_about")
    assert find(after, "desk").value["not_about"] == {"es": ["hotel"]}
    after = remove_phrasing(after, "desk", "hotel", language="es", field="not_about")
    assert after == FILES
    assert remove_phrasing(after, "desk", "hotel", language="es", field="not_about") == FILES


def test_items_come_and_go() -> None:
    after = append_item(FILES, "desk", "photos", {"file": "desk.jpg"})
    after = append_item(after, "desk", "photos", {"file": "hall.jpg", "caption": "The hall"})
    assert find(after, "desk").value["photos"] == [
        {"file": "desk.jpg"},
        {"file": "hall.jpg", "caption": "The hall"},
    ]
    after = remove_item(after, "desk", "photos", 0)
    assert find(after, "desk").value["photos"] == [{"file": "hall.jpg", "caption": "The hall"}]
    assert remove_item(after, "desk", "photos", 0) == FILES


def test_an_entry_is_added_to_its_category() -> None:
    entry = {"id": "tea", "title": "Tea", "questions": ["When is tea?"], "answer": "At four."}
    after = add_entry(FILES, "faq/help.yaml", entry)
    assert find(after, "tea").value == entry
    assert after["faq/help.yaml"].startswith(FILES["faq/help.yaml"])
    with pytest.raises(EditError, match="there is no file faq"):
        add_entry(FILES, "faq/tea.yaml", entry)


def test_a_file_with_errors_is_named_by_its_error() -> None:
    with pytest.raises(EditError, match="has errors already"):
        read_plain(b"entries: [")
