"""Ids stay when a schedule is imported again, and new ones are fit for the knowledge folder."""

import re
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendars.importing.draft import Draft
from bot.calendars.importing.ids import ids_of
from bot.knowledge.fields import ID_PATTERN
from bot.knowledge.model import Session

MONDAY, TUESDAY = date(2031, 5, 5), date(2031, 5, 6)


def draft(title: str = "Housing policy", **fields: Any) -> Draft:
    plain: dict[str, Any] = {"place": "row 2", "date": MONDAY, "start": time(9), "end": time(10)}
    return Draft(title=title, **(plain | fields))


def session(name: str, title: str = "Housing policy", **fields: Any) -> Session:
    plain: dict[str, Any] = {"id": name, "title": {"en": title}, "date": MONDAY, "start": time(9)}
    return Session(**(plain | {"end": time(12)} | fields))


def ids(drafts: list[Draft], *old: Session, taken: tuple[str, ...] = ()) -> list[str]:
    return ids_of(drafts, {each.id: each for each in old}, taken)


def test_a_new_session_is_called_by_its_title() -> None:
    assert ids([draft("Lecture: Córdoba's water, 2")]) == ["lecture-cordoba-s-water-2"]


def test_ids_that_are_used_are_numbered() -> None:
    assert ids([draft(), draft()], taken=("housing-policy",)) == ["housing-policy-2", "housing-policy-3"]


def test_a_title_in_another_script_gives_an_id_that_stays() -> None:
    first, again = ids([draft("주택 정책")]), ids([draft("주택 정책")])
    assert first == again
    assert re.fullmatch(r"session-[0-9a-f]{6}", first[0])


@pytest.mark.parametrize(
    ("new", "old"),
    [
        (draft(), session("a")),
        (draft(date=TUESDAY), session("a")),
        (draft(start=time(11), end=time(12)), session("a")),
        (draft("Housing policy in Korea"), session("a")),
        (draft("HOUSING  policy"), session("a")),
        (
            draft("주택"),
            session("a", title="Housing").model_copy(update={"title": {"en": "Housing", "ko": "주택"}}),
        ),
        (draft("Anything", id="a"), session("a", title="Something")),
        (draft("Anything", uid="a.2031@our_bot", date=TUESDAY), session("a")),
    ],
)
def test_a_session_that_changed_keeps_its_id(new: Draft, old: Session) -> None:
    assert ids([new], old) == ["a"]


def test_an_event_that_was_moved_and_renamed_is_found_by_its_uid() -> None:
    event = draft(uid="0401@outlook")
    (name,) = ids([event])
    other = replace(event, title="Something else", date=TUESDAY, start=time(15))
    assert ids([other], session(name)) == [name]


def test_another_session_at_the_same_time_is_another() -> None:
    assert ids([draft("Water management")], session("housing")) == ["water-management"]


def test_two_with_one_title_are_told_apart_by_day_and_time() -> None:
    old = [session("one"), session("two", date=TUESDAY), session("three", date=TUESDAY, start=time(8))]
    new = [draft(date=TUESDAY), draft(date=TUESDAY, start=time(8)), draft()]
    assert ids(new, *old) == ["two", "three", "one"]


def test_where_it_is_not_clear_which_is_which_nothing_is_guessed() -> None:
    old = [session("one", date=TUESDAY), session("two", date=TUESDAY, start=time(8))]
    assert ids([draft()], *old) == ["housing-policy"]


TITLES = st.sampled_from(["Housing", "Water", "Rail", "주택", "!?", "a" * 80])


@given(
    st.lists(
        st.tuples(TITLES, st.sampled_from([MONDAY, TUESDAY]), st.sampled_from(["", "u1", "u2"])), max_size=6
    )
)
def test_ids_are_unique_and_fit_and_stay(plans: list[tuple[str, date, str]]) -> None:
    drafts = [draft(title, date=day, uid=uid and f"{uid}-{n}") for n, (title, day, uid) in enumerate(plans)]
    names = ids(drafts, taken=("housing",))
    assert len({*names, "housing"}) == len(names) + 1
    assert all(re.fullmatch(ID_PATTERN, name) and len(name) <= 40 for name in names)
    old = [session(name, each.title, date=each.date) for name, each in zip(names, drafts, strict=True)]
    told_apart = [(each.title, each.date) for each in drafts]
    again = ids(drafts, *old, taken=("housing",))
    for each, name, before in zip(drafts, again, names, strict=True):
        assert name == before or told_apart.count((each.title, each.date)) > 1
