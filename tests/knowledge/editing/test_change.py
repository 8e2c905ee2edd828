"""Changes wait as data, go into any later revision, and leave the rest alone."""

import json

import pytest

from bot.knowledge.editing.by_id import Contents, find
from bot.knowledge.editing.change import Change, Do, Edit, applied, edit_from_json
from bot.knowledge.editing.problems import EditError
from bot.knowledge.editing.writing import Value
from tests.knowledge_folder import HELP

LIVE: Contents = {"faq/help.yaml": HELP.encode(), "photos/a.jpg": b"a"}
LANGUAGES = ("en", "es")
TEA: Value = {"id": "tea", "title": "Tea", "answer": {"en": "At four."}}
EDITS = (
    Edit(Do.TEXT, "desk", "answer", "es", "Pregunte."),
    Edit(Do.SAY, "desk", "questions", "en", "help desk"),
    Edit(Do.UNSAY, "desk", "questions", "en", "Where is the front desk?"),
    Edit(Do.SET, "desk", "valid", value={"until": "2031-05-06"}),
    Edit(Do.CLEAR, "desk", "sample"),
    Edit(Do.APPEND, "desk", "photos", value={"file": "a.jpg"}),
    Edit(Do.APPEND, "desk", "photos", value={"file": "b.jpg", "caption": "B"}),
    Edit(Do.REMOVE, "desk", "photos", value="a.jpg"),
    Edit(Do.REMOVE, "emergency", "follow_ups", value="desk"),
    Edit(Do.ADD, "tea", "faq/help.yaml", value=TEA),
)


def test_edits_are_made_in_their_order() -> None:
    after = applied(Change(EDITS), LIVE, LANGUAGES)
    assert find(after, "desk").value == {
        "id": "desk",
        "title": "Front desk",
        "questions": ["How do I reach a person?", "help desk"],
        "answer": {"en": "The front desk is in the town hall, 08:00–20:00.", "es": "Pregunte."},
        "photos": [{"file": "b.jpg", "caption": "B"}],
        "valid": {"until": "2031-05-06"},
    }
    assert "follow_ups" not in find(after, "emergency").value
    assert find(after, "tea").value == TEA


def test_edits_are_kept_as_json() -> None:
    assert tuple(map(edit_from_json, json.loads(json.dumps([edit.as_json() for edit in EDITS])))) == EDITS


def test_files_come_and_go() -> None:
    change = Change(files={"sites.yaml": b"s"}, removed=("photos/a.jpg",))
    assert applied(change, LIVE, LANGUAGES) == {"faq/help.yaml": HELP.encode(), "sites.yaml": b"s"}


def test_changes_add_up() -> None:
    first = Change(EDITS[:1], {"photos/b.jpg": b"b", "photos/d.jpg": b"d"}, ("photos/a.jpg", "sites.yaml"))
    second = Change(EDITS[1:2], {"photos/a.jpg": b"new"}, ("photos/b.jpg", "sites.yaml"))
    both = {"photos/a.jpg": b"new", "photos/d.jpg": b"d"}
    assert first.and_then(second) == Change(EDITS[:2], both, ("sites.yaml", "photos/b.jpg"))


def test_an_edit_of_what_is_no_more_is_refused() -> None:
    with pytest.raises(EditError, match="nothing has the id 'gone'"):
        applied(Change((Edit(Do.CLEAR, "gone", "sample"),)), LIVE, LANGUAGES)
    with pytest.raises(EditError, match="needs fields"):
        applied(Change((Edit(Do.ADD, "tea", "faq/help.yaml", value="Tea"),)), LIVE, LANGUAGES)


def test_removing_what_is_not_there_changes_nothing() -> None:
    assert applied(Change((Edit(Do.REMOVE, "desk", "photos", value="x.jpg"),)), LIVE, LANGUAGES) == LIVE
