"""Calendar files, opened by a parser that is not the one that wrote them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from bot.calendars.export import calendar_file, feed
from bot.calendars.versions import Version
from bot.knowledge.model import Knowledge, Session

LISBON = ZoneInfo("Europe/Lisbon")
NOW = datetime(2031, 5, 1, 8, tzinfo=UTC)


def written(knowledge: Knowledge, sessions: Iterable[Session], **more: Any) -> bytes:
    options: dict[str, Any] = {"language": "en", "moment": NOW, "namespace": "test_bot"} | more
    return calendar_file(knowledge, sessions, **options)


def version(session: Session, sequence: int, *, cancelled: bool = False) -> Version:
    return Version(sequence, "facts", session, cancelled=cancelled, since=NOW)


def events(data: bytes) -> dict[str, Any]:
    calendar = vobject.readOne(data.decode())
    return {event.uid.value.split(".")[0]: event for event in getattr(calendar, "vevent_list", [])}


def test_every_session_is_an_event_at_its_time_in_its_zone(knowledge: Knowledge) -> None:
    found = events(written(knowledge, knowledge.sessions.values()))
    assert list(found) == ["opening", "port-visit", "walk"]
    opening = found["opening"]
    assert opening.dtstart.value == datetime(2031, 5, 5, 9, 30, tzinfo=LISBON)
    assert opening.dtend.value == datetime(2031, 5, 5, 10, 30, tzinfo=LISBON)
    assert opening.dtstart.value.utcoffset() == timedelta(hours=1), "the file's own zone knows summer time"
    assert opening.dtstamp.value == NOW


def test_the_zone_is_part_of_the_file(knowledge: Knowledge) -> None:
    text = written(knowledge, knowledge.sessions.values()).decode()
    assert "TZID:Europe/Lisbon" in text
    assert "DTSTART;TZID=Europe/Lisbon:20310505T093000" in text
    assert text.count("BEGIN:VTIMEZONE") == 1


def test_an_event_says_where_what_and_which_bus(knowledge: Knowledge) -> None:
    found = events(written(knowledge, knowledge.sessions.values()))
    assert found["opening"].location.value == "Town hall, room 2; left, door"
    assert found["opening"].description.value == (
        "👔 business attire\n📝 See the desk, or here (https://x.example/a)."
    )
    assert found["opening"].categories.value == ["Ceremony"]
    assert found["port-visit"].geo.value == "38.7;-9.13"
    assert found["port-visit"].description.value.splitlines() == [
        "🚌 Bus at 12:30 from Town hall to Old port",
        "🚌 Bus at 13:15 from Town hall to Old port",
    ]


def test_the_phone_rings_half_an_hour_before_and_before_an_earlier_bus(knowledge: Knowledge) -> None:
    found = events(written(knowledge, knowledge.sessions.values()))
    rings = {name: [alarm.trigger.value for alarm in event.valarm_list] for name, event in found.items()}
    assert rings["opening"] == [-timedelta(minutes=30)]
    assert rings["port-visit"] == [-timedelta(minutes=30), -timedelta(minutes=55)]  # ten before 13:15
    assert rings["walk"] == [-timedelta(minutes=30)], "its bus leaves after the phone rang"


def test_words_are_the_readers(knowledge: Knowledge) -> None:
    data = written(knowledge, knowledge.sessions.values(), language="es")
    assert events(data)["opening"].summary.value == "Apertura"
    assert "X-WR-CALNAME:Curso del puerto" in data.decode()


def test_what_is_optional_does_not_make_busy(knowledge: Knowledge) -> None:
    found = events(written(knowledge, knowledge.sessions.values()))
    assert (found["walk"].transp.value, found["opening"].transp.value) == ("TRANSPARENT", "OPAQUE")


def test_a_session_that_moves_keeps_its_uid_and_has_a_higher_sequence(knowledge: Knowledge) -> None:
    session = knowledge.sessions["opening"]
    moved = session.model_copy(update={"date": date(2031, 5, 6), "title": {"en": "Grand opening"}})
    before = events(written(knowledge, [session]))["opening"]
    after = events(written(knowledge, [moved], versions={"opening": version(moved, 3)}))["opening"]
    assert after.uid.value == before.uid.value
    assert (before.sequence.value, after.sequence.value) == ("0", "3")


def test_another_bot_has_other_uids(knowledge: Knowledge) -> None:
    one, two = (events(written(knowledge, [knowledge.sessions["walk"]], namespace=n)) for n in ("a", "b"))
    assert one["walk"].uid.value != two["walk"].uid.value


def test_a_cancelled_session_is_marked_and_rings_no_more(knowledge: Knowledge) -> None:
    gone = {"walk": version(knowledge.sessions["walk"], 2, cancelled=True)}
    smaller = replace(knowledge, sessions={"opening": knowledge.sessions["opening"]})
    found = events(feed(smaller, [], language="en", moment=NOW, namespace="test_bot", versions=gone))
    assert list(found) == ["opening", "walk"]
    assert found["walk"].sequence.value == "2"
    assert found["walk"].status.value == "CANCELLED"
    assert not hasattr(found["walk"], "valarm")


def test_a_feed_holds_what_concerns_its_group(knowledge: Knowledge) -> None:
    options: dict[str, Any] = {"language": "en", "moment": NOW, "namespace": "test_bot"}
    everybody, other = feed(knowledge, ["A"], **options), feed(knowledge, ["B"], **options)
    assert list(events(everybody)) == ["opening", "port-visit", "walk"]
    assert list(events(other)) == ["opening", "walk"]
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in other.decode()


def test_a_session_that_another_group_had_does_not_vanish_from_this_ones_phones(knowledge: Knowledge) -> None:
    of_a = knowledge.sessions["port-visit"]  # for group A
    smaller = replace(knowledge, sessions={"opening": knowledge.sessions["opening"]})
    options: dict[str, Any] = {"language": "en", "moment": NOW, "namespace": "test_bot"}
    gone = {"port-visit": version(of_a, 1, cancelled=True)}
    assert list(events(feed(smaller, ["B"], **options, versions=gone))) == ["opening"]
    assert list(events(feed(smaller, ["A"], **options, versions=gone))) == ["opening", "port-visit"]


def test_what_was_dropped_from_the_programme_of_another_year_is_left_alone(knowledge: Knowledge) -> None:
    last_year = knowledge.sessions["walk"].model_copy(update={"date": date(2030, 5, 7), "id": "dance"})
    gone = {"dance": version(last_year, 1, cancelled=True)}
    data = feed(knowledge, [], language="en", moment=NOW, namespace="test_bot", versions=gone)
    assert "dance" not in events(data)


def test_lines_are_short_and_end_as_the_standard_says(knowledge: Knowledge) -> None:
    data = written(knowledge, knowledge.sessions.values(), language="es")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")


@given(
    title=st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1).filter(str.strip),
    start=st.integers(0, 23 * 60),
    length=st.integers(1, 59),
    day=st.dates(date(2031, 1, 1), date(2031, 12, 31)),
)
def test_any_session_comes_back_as_it_was(
    knowledge: Knowledge, title: str, start: int, length: int, day: date
) -> None:
    begins, ends = divmod(start, 60), divmod(start + length, 60)
    session = Session(id="any", title={"en": title}, date=day, start=time(*begins), end=time(*ends))
    event = events(written(knowledge, [session]))["any"]
    assert event.summary.value == title.strip()
    assert event.dtstart.value.replace(tzinfo=None) == datetime.combine(day, session.start)
    assert event.dtend.value.replace(tzinfo=None) == datetime.combine(day, session.end)


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kathmandu", "America/St_Johns"])
def test_any_zone_is_understood(knowledge: Knowledge, zone: str) -> None:
    programme = knowledge.programme.model_copy(update={"time_zone": zone})
    data = written(replace(knowledge, programme=programme), [knowledge.sessions["walk"]])
    start = datetime(2031, 5, 7, 17, tzinfo=ZoneInfo(zone))
    assert events(data)["walk"].dtstart.value == start
