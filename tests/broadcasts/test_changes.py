"""What changed between two schedules, in plain words."""

from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.broadcasts.changes import Departure, Item, Kind, Timetable, changes, concerned, told
from bot.broadcasts.kept import from_json, to_json
from bot.knowledge.loader import load
from tests.knowledge_folder import write_folder

SITES = {"hall": {"en": "Town hall", "es": "Ayuntamiento"}, "port": {"en": "Old port"}}
TALK = Item("talk", {"en": "Talk", "es": "Charla"}, date(2031, 5, 5), time(9), time(10), "hall")
VISIT = Item("visit", {"en": "Visit"}, date(2031, 5, 6), time(14), time(16), "port")


def timetable(*items: Item) -> Timetable:
    return Timetable({item.id: item for item in items}, SITES, "en")


def text(old: Timetable, new: Timetable, language: str = "en") -> str:
    return told(changes(old, new), old, new, language)


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"start": time(9, 30)}, Kind.MOVED),
        ({"end": time(11)}, Kind.MOVED),
        ({"date": date(2031, 5, 7)}, Kind.MOVED),
        ({"site": "port"}, Kind.PLACE),
        ({"room": {"en": "Room 2"}}, Kind.PLACE),
        ({"buses": (Departure("hall", time(8)),)}, Kind.BUS),
        ({"bring": {"en": "A pen"}}, Kind.DETAILS),
        ({"start": time(9, 30), "site": "port"}, Kind.MOVED),
    ],
)
def test_each_kind_of_change_is_found(changed: dict[str, Any], kind: Kind) -> None:
    [change] = changes(timetable(TALK, VISIT), timetable(replace(TALK, **changed), VISIT))
    assert (change.kind, change.session.id) == (kind, "talk")


def test_the_order_of_the_file_and_the_same_again_are_no_change() -> None:
    assert changes(timetable(TALK, VISIT), timetable(VISIT, TALK)) == ()


def test_a_session_is_the_same_by_its_id_whatever_its_title() -> None:
    [change] = changes(timetable(TALK), timetable(replace(TALK, title={"en": "Lecture"})))
    assert change.kind is Kind.DETAILS


def test_a_move_says_old_and_new() -> None:
    moved = replace(TALK, start=time(9, 30), end=time(10, 30))
    assert text(timetable(TALK), timetable(moved)) == (
        "🔔 Change in the schedule\n\nMoved: Talk\n🗓 Monday, May 5: 09:00–10:00 → 09:30–10:30\n📍 Town hall"
    )


def test_another_day_says_both_days() -> None:
    moved = replace(TALK, date=date(2031, 5, 6))
    assert "Monday, May 5, 09:00–10:00 → Tuesday, May 6, 09:00–10:00" in text(
        timetable(TALK), timetable(moved)
    )


def test_several_changes_come_in_order_of_time_in_one_text() -> None:
    old = timetable(TALK, VISIT)
    new = timetable(replace(VISIT, start=time(13)), replace(TALK, site="port"))
    assert text(old, new).index("New place: Talk") < text(old, new).index("Moved: Visit")
    assert text(old, new).startswith("🔔 Changes in the schedule")


def test_new_and_cancelled_say_when_and_where() -> None:
    assert "New: Talk\n🗓 Monday, May 5, 09:00–10:00\n📍 Town hall" in text(timetable(), timetable(TALK))
    assert "Cancelled: Talk\n🗓 Monday, May 5, 09:00–10:00" in text(timetable(TALK), timetable())


def test_names_are_in_the_reader_s_language() -> None:
    spanish = text(timetable(TALK), timetable(replace(TALK, site="port")), "es")
    assert "Charla" in spanish and "Ayuntamiento → Old port" in spanish


def test_a_bus_that_stays_is_said_when_the_start_moves() -> None:
    bus = (Departure("hall", time(13, 15)),)
    old, new = timetable(replace(VISIT, buses=bus)), timetable(replace(VISIT, buses=bus, start=time(15)))
    assert "The bus stays the same: 13:15 from Town hall" in text(old, new)


def test_a_change_concerns_the_groups_of_before_and_after_or_everybody() -> None:
    for_a, for_b = replace(TALK, groups=("A",)), replace(TALK, groups=("B",))
    assert concerned(changes(timetable(for_a), timetable(replace(for_b, start=time(9, 5))))) == ("A", "B")
    assert concerned(changes(timetable(for_a), timetable(TALK))) == ()
    both = changes(timetable(for_a, VISIT), timetable(replace(VISIT, start=time(13))))
    assert concerned(both) == ()


def test_a_knowledge_folder_is_kept_and_comes_back_unchanged(tmp_path: Path) -> None:
    now = Timetable.of(load(write_folder(tmp_path)))
    kept = from_json(Timetable, to_json(now))
    assert kept == now and changes(kept, now) == ()


def test_what_one_message_cannot_hold_is_counted() -> None:
    many = [replace(TALK, id=f"talk-{number}", title={"en": "T" * 60}) for number in range(60)]
    shown = text(timetable(), timetable(*many))
    assert len(shown.encode("utf-16-le")) // 2 <= 4096
    told_of = shown.count("New: T")
    assert 20 < told_of < 60
    assert shown.endswith(f"… and {60 - told_of} more changes. /schedule shows how it is now.")


items = st.builds(
    Item,
    id=st.sampled_from(["a", "b", "c"]),
    title=st.just({"en": "T"}),
    date=st.dates(date(2031, 5, 1), date(2031, 5, 5)),
    start=st.sampled_from([time(8), time(9)]),
    end=st.just(time(12)),
    site=st.sampled_from([None, "hall", "port"]),
)
timetables = st.lists(items, unique_by=lambda item: item.id).map(lambda found: timetable(*found))


@given(timetables, timetables)
def test_changes_lead_from_the_old_to_the_new(old: Timetable, new: Timetable) -> None:
    result = dict(old.sessions)
    for change in changes(old, new):
        if change.new is None:
            del result[change.session.id]
        else:
            result[change.new.id] = change.new
    assert result == dict(new.sessions)
    assert bool(changes(old, new)) == (dict(old.sessions) != dict(new.sessions))
