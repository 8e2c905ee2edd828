"""How often a session has changed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time

from bot.calendars.versions import Version, next_versions, session_from_json, session_to_json
from bot.knowledge.model import Knowledge, Session, Shuttle

NOW = datetime(2031, 5, 1, 8, tzinfo=UTC)


def changed(knowledge: Knowledge, name: str, **fields: object) -> Knowledge:
    session = knowledge.sessions[name].model_copy(update=fields)
    return replace(knowledge, sessions={**knowledge.sessions, name: session})


def without(knowledge: Knowledge, name: str) -> Knowledge:
    return replace(knowledge, sessions={k: s for k, s in knowledge.sessions.items() if k != name})


def after(known: Mapping[str, Version], knowledge: Knowledge) -> dict[str, Version]:
    """All versions, once `knowledge` is live."""
    return {**known, **next_versions(known, knowledge, NOW)}


def raised(old: Knowledge, new: Knowledge) -> set[str]:
    """The sessions whose number is higher after `old` became `new`."""
    first = after({}, old)
    return {name for name, version in after(first, new).items() if version.sequence > first[name].sequence}


def test_a_new_session_starts_at_zero_and_stays_there_while_nothing_changes(knowledge: Knowledge) -> None:
    first = next_versions({}, knowledge, NOW)
    assert {name: version.sequence for name, version in first.items()} == dict.fromkeys(knowledge.sessions, 0)
    assert next_versions(first, knowledge, NOW) == {}


def test_a_changed_session_counts_one_more_and_the_others_do_not(knowledge: Knowledge) -> None:
    assert raised(knowledge, changed(knowledge, "walk", start=time(16))) == {"walk"}
    assert raised(knowledge, changed(knowledge, "walk", groups=("B",))) == {"walk"}


def test_what_no_event_says_changes_nothing(knowledge: Knowledge) -> None:
    assert raised(knowledge, changed(knowledge, "walk", aliases={"en": ("stroll",)}, sample=True)) == set()


def test_a_session_that_goes_and_comes_back_counts_each_time(knowledge: Knowledge) -> None:
    gone = without(knowledge, "walk")
    first = after(after({}, knowledge), gone)
    assert (first["walk"].sequence, first["walk"].cancelled) == (1, True)
    assert next_versions(first, gone, NOW) == {}
    back = after(first, knowledge)["walk"]
    assert (back.sequence, back.cancelled) == (2, False)


def test_a_place_that_gets_another_name_changes_what_is_there(knowledge: Knowledge) -> None:
    port = knowledge.sites["port"].model_copy(update={"name": {"en": "New port"}})
    new = replace(knowledge, sites={**knowledge.sites, "port": port})
    assert raised(knowledge, new) == {"port-visit", "walk"}


def test_another_shuttle_changes_the_session_that_it_goes_to(knowledge: Knowledge) -> None:
    opening: Session = knowledge.sessions["opening"]
    shuttle = Shuttle(id="bus", dates=(opening.date,), origin="port", destination="hall", leaves=time(8))
    assert raised(knowledge, replace(knowledge, shuttles=(shuttle,))) == {"opening"}


def test_a_shuttle_that_only_one_group_takes_to_it_counts_too(knowledge: Knowledge) -> None:
    """Before the opening A has a walk in the hall, so that the bus brings only others to the opening."""
    early = changed(
        knowledge, "walk", date=knowledge.sessions["opening"].date, start=time(9), end=time(9, 15)
    )
    early = changed(early, "walk", site="hall", groups=("A",), buses=())
    day = early.sessions["opening"].date
    shuttle = Shuttle(id="bus", dates=(day,), origin="port", destination="hall", leaves=time(8))
    later = shuttle.model_copy(update={"leaves": time(8, 30)})
    of_b = changed(early, "opening", groups=("B",))
    assert "opening" in raised(replace(of_b, shuttles=(shuttle,)), replace(of_b, shuttles=(later,)))


def test_another_zone_changes_everything(knowledge: Knowledge) -> None:
    programme = knowledge.programme.model_copy(update={"time_zone": "Europe/Madrid"})
    assert raised(knowledge, replace(knowledge, programme=programme)) == set(knowledge.sessions)


def test_enough_is_kept_of_a_session_to_call_its_event_off(knowledge: Knowledge) -> None:
    for session in knowledge.sessions.values():
        kept = session_from_json(session_to_json(session))
        assert (kept.id, kept.title, kept.groups) == (session.id, session.title, session.groups)
        assert (kept.date, kept.start, kept.end) == (session.date, session.start, session.end)
