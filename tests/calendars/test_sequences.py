"""How often a session has changed."""

from dataclasses import replace
from datetime import time

from bot.calendars.sequences import next_sequences
from bot.knowledge.model import Knowledge, Session, Shuttle


def changed(knowledge: Knowledge, name: str, **fields: object) -> Knowledge:
    session = knowledge.sessions[name].model_copy(update=fields)
    return replace(knowledge, sessions={**knowledge.sessions, name: session})


def without(knowledge: Knowledge, name: str) -> Knowledge:
    return replace(knowledge, sessions={k: s for k, s in knowledge.sessions.items() if k != name})


def test_nothing_changed_nothing_counts(knowledge: Knowledge) -> None:
    assert next_sequences(knowledge, knowledge, {"walk": 2}) == {"opening": 0, "port-visit": 0, "walk": 2}


def test_a_changed_session_counts_one_more_and_the_others_do_not(knowledge: Knowledge) -> None:
    new = changed(knowledge, "walk", start=time(16))
    assert next_sequences(knowledge, new, {"walk": 2, "opening": 1}) == {
        "opening": 1,
        "port-visit": 0,
        "walk": 3,
    }


def test_a_session_that_goes_and_comes_back_counts_each_time(knowledge: Knowledge) -> None:
    gone = without(knowledge, "walk")
    first = next_sequences(knowledge, gone, {})
    assert first["walk"] == 1
    assert next_sequences(gone, gone, first)["walk"] == 1
    assert next_sequences(gone, knowledge, first)["walk"] == 2


def test_a_new_session_starts_at_zero(knowledge: Knowledge) -> None:
    assert next_sequences(without(knowledge, "walk"), knowledge, {})["walk"] == 0


def test_a_place_that_gets_another_name_changes_what_is_there(knowledge: Knowledge) -> None:
    port = knowledge.sites["port"].model_copy(update={"name": {"en": "New port"}})
    new = replace(knowledge, sites={**knowledge.sites, "port": port})
    assert next_sequences(knowledge, new, {}) == {"opening": 0, "port-visit": 1, "walk": 1}


def test_another_shuttle_changes_the_session_that_it_goes_to(knowledge: Knowledge) -> None:
    opening: Session = knowledge.sessions["opening"]
    shuttle = Shuttle(id="bus", dates=(opening.date,), origin="port", destination="hall", leaves=time(8))
    new = replace(knowledge, shuttles=(shuttle,))
    assert next_sequences(knowledge, new, {}) == {"opening": 1, "port-visit": 0, "walk": 0}


def test_another_zone_changes_everything(knowledge: Knowledge) -> None:
    programme = knowledge.programme.model_copy(update={"time_zone": "Europe/Madrid"})
    new = replace(knowledge, programme=programme)
    assert set(next_sequences(knowledge, new, {}).values()) == {1}
