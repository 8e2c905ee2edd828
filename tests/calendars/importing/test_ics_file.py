"""Calendars of other programs: zones, repetitions, whole days, and what is broken."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendars.importing.draft import RefusedError, Source
from bot.calendars.importing.ics_file import read_ics
from bot.knowledge.model import Programme
from tests.calendars.importing.reading import drafted

MONDAY, TUESDAY, WEDNESDAY = (date(2031, 5, day) for day in (5, 6, 7))
SUMMER_TIME = """\
BEGIN:VTIMEZONE
TZID:Our own
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0900
TZOFFSETTO:+0900
END:STANDARD
END:VTIMEZONE
"""


def calendar(*events: str, more: str = "") -> bytes:
    inner = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:test\n{more}{inner}END:VCALENDAR\n".encode()


def read(data: bytes, programme: Programme) -> Source:
    source = Source("a.ics")
    read_ics(data, programme, source)
    return source


def event(start: str, end: str = "", more: str = "", title: str = "Housing") -> str:
    ending = f"\nDTEND{end}" if end else ""
    return f"UID:one\nSUMMARY:{title}\nDTSTART{start}{ending}\n{more}"


def test_an_event_is_a_session(programme: Programme) -> None:
    text = event(
        ";TZID=Europe/Lisbon:20310505T090000",
        ";TZID=Europe/Lisbon:20310505T103000",
        "LOCATION:Town hall\\, room 2\nCATEGORIES:Lecture\n"
        "DESCRIPTION:Bring\\npens\\n________________\\nJoin the call\nX-A:1",
    )
    source = read(calendar(text), programme)
    assert drafted(source) == [("Housing", MONDAY, "09:00", "10:30")]
    draft = source.drafts[0]
    assert (draft.uid, draft.location, draft.kind) == ("one", "Town hall, room 2", "Lecture")
    assert draft.notes == "Bring\npens", "how to join a call is no note"
    assert draft.place == "line 4"
    assert source.notes == []


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (":20310505T080000Z", ":20310505T093000Z"),
        (";TZID=Asia/Seoul:20310505T170000", ";TZID=Asia/Seoul:20310505T183000"),
        (";TZID=Korea Standard Time:20310505T170000", ";TZID=Korea Standard Time:20310505T183000"),
        (";TZID=Our own:20310505T170000", ";TZID=Our own:20310505T183000"),
    ],
)
def test_another_zone_is_converted_and_that_is_said(programme: Programme, start: str, end: str) -> None:
    source = read(calendar(event(start, end), more=SUMMER_TIME), programme)
    assert drafted(source) == [("Housing", MONDAY, "09:00", "10:30")]
    assert len(source.notes) == 1
    assert source.notes[0].endswith("are converted to Europe/Lisbon")


def test_a_time_without_a_zone_is_the_programmes_own_and_that_is_said(programme: Programme) -> None:
    source = read(calendar(event(":20310505T090000", more="DURATION:PT90M")), programme)
    assert drafted(source) == [("Housing", MONDAY, "09:00", "10:30")]
    assert source.notes == ["a.ics: times without a zone are read as Europe/Lisbon"]


def test_a_whole_day_is_read_as_said(programme: Programme) -> None:
    source = read(calendar(event(";VALUE=DATE:20310505")), programme)
    assert drafted(source) == [("Housing", MONDAY, "00:00", "23:59")]
    assert source.notes == ["a.ics: line 4: 'Housing' takes the whole day: read as 00:00 to 23:59 on each"]


def test_several_whole_days_are_one_session_each_on_the_programmes_days(programme: Programme) -> None:
    source = read(calendar(event(";VALUE=DATE:20310501", ";VALUE=DATE:20310507")), programme)
    assert drafted(source) == [("Housing", day, "00:00", "23:59") for day in (MONDAY, TUESDAY)]
    assert len({draft.uid for draft in source.drafts}) == 2


def test_past_midnight_is_two_sessions(programme: Programme) -> None:
    source = read(calendar(event(":20310505T220000", ":20310506T010000")), programme)
    assert drafted(source) == [("Housing", MONDAY, "22:00", "23:59"), ("Housing", TUESDAY, "00:00", "01:00")]


def test_what_repeats_is_written_out_for_the_programmes_days(programme: Programme) -> None:
    repeated = event(
        ";TZID=Europe/Lisbon:20310101T090000",
        ";TZID=Europe/Lisbon:20310101T100000",
        "RRULE:FREQ=DAILY\nEXDATE;TZID=Europe/Lisbon:20310506T090000",
    )
    moved = event(
        ";TZID=Europe/Lisbon:20310507T140000",
        ";TZID=Europe/Lisbon:20310507T150000",
        "RECURRENCE-ID;TZID=Europe/Lisbon:20310507T090000",
        title="Moved",
    )
    source = read(calendar(repeated, moved), programme)
    assert drafted(source) == [("Housing", MONDAY, "09:00", "10:00"), ("Moved", WEDNESDAY, "14:00", "15:00")]
    assert len({draft.uid for draft in source.drafts}) == 2


def test_what_lies_elsewhere_or_is_cancelled_is_left_out_and_named(programme: Programme) -> None:
    far = "UID:far\nSUMMARY:Holiday\nDTSTART:20320101T090000Z\nDTEND:20320101T100000Z"
    off = "UID:off\nSUMMARY:Off\nDTSTART:20310505T090000Z\nDTEND:20310505T100000Z\nSTATUS:CANCELLED"
    source = read(calendar(far, off, event(":20310505T080000Z", ":20310505T093000Z")), programme)
    assert [draft.title for draft in source.drafts] == ["Housing"]
    assert source.notes[:2] == [
        "a.ics: line 10: 'Off' is cancelled, and is left out",
        "a.ics: line 4: 'Holiday' is not on the programme's days (2031-05-05 to 2031-05-07): left out",
    ]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (event(":20319905T090000"), "line 7: DTSTART cannot be read: Wrong datetime format: 20319905T090000"),
        (
            event(":20310505T100000", ":20310505T090000"),
            "line 4: 'Housing': its end (2031-05-05 09:00:00) is before",
        ),
        (
            event(":20310505T100000", ";VALUE=DATE:20310506"),
            "line 4: 'Housing': its start and its end are not",
        ),
        (
            event(":20310505T100000", ":20310506T090000Z"),
            "line 4: 'Housing': its start and its end are not",
        ),
        (event(":20310505T100000"), "line 4: 'Housing': end 10:00 is the same as start 10:00"),
        (event(":20310505T100000", ":20310507T090000"), "line 4: 'Housing': lasts until 2031-05-07 09:00"),
        (event(";TZID=Mars/Base:20310505T090000"), "line 7: the time zone 'Mars/Base' is not known"),
        ("UID:a\nDTSTART:20310505T090000", "line 4: the event has no title (SUMMARY)"),
        ("UID:a\nSUMMARY:A", "line 4: the event has no start (DTSTART)"),
        (event(":20310505T090000", more="RRULE:FREQ=SECONDLY"), "line 8: an event that repeats within a day"),
        (event(":20310505T090000", more="RRULE:FREQ=OFTEN"), "line 8: RRULE cannot be read"),
        (
            event(":20310505T090000", more="DTSTART:20310505T100000"),
            "line 8: DTSTART stands twice in one event",
        ),
        (event(":20310505T090000", more="no property"), "line 8: 'no property' is not a line of a calendar"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(programme: Programme, text: str, error: str) -> None:
    source = read(calendar(text), programme)
    assert source.drafts == []
    assert [each.removeprefix("a.ics: ")[: len(error)] for each in source.errors] == [error]


def test_a_broken_property_that_nobody_needs_does_no_harm(programme: Programme) -> None:
    source = read(
        calendar(event(":20310505T080000Z", ":20310505T093000Z", "GEO:here\nPRIORITY:high")), programme
    )
    assert len(source.drafts) == 1
    assert source.errors == []


@pytest.mark.parametrize("data", [b"", b"Title,Date\n", b"BEGIN:VEVENT\nEND:VEVENT\n"])
def test_what_is_no_calendar_is_refused(programme: Programme, data: bytes) -> None:
    with pytest.raises(RefusedError, match=r"a\.ics: is not a calendar"):
        read(data, programme)


def test_too_many_events_are_refused(programme: Programme) -> None:
    with pytest.raises(RefusedError, match="holds 2,001 events, at most 2,000"):
        read(calendar(*["SUMMARY:A\nDTSTART:20310505T090000"] * 2_001), programme)


NAMES = st.sampled_from(
    [
        "DTSTART",
        "DTEND",
        "DURATION",
        "RRULE",
        "EXDATE",
        "RDATE",
        "SUMMARY",
        "RECURRENCE-ID",
        "UID",
        "BEGIN",
        "END",
        "STATUS",
    ]
)
VALUES = st.one_of(
    st.sampled_from(
        [
            "20310505T090000",
            "20310505T090000Z",
            "20310506",
            "PT1H",
            "-P1D",
            "FREQ=DAILY",
            "FREQ=YEARLY;COUNT=0",
        ]
    ),
    st.text(max_size=12),
)


@given(
    st.lists(st.tuples(NAMES, st.sampled_from(["", ";VALUE=DATE", ";TZID=UTC", ";X"]), VALUES), max_size=8)
)
def test_any_properties_are_sessions_or_errors(
    programme: Programme, lines: list[tuple[str, str, str]]
) -> None:
    text = "\n".join(f"{name}{parameter}:{value}" for name, parameter, value in lines)
    try:
        source = read(calendar(text), programme)
    except RefusedError as error:
        assert str(error).startswith("a.ics: ")
    else:
        assert all(each.startswith("a.ics: ") for each in (*source.errors, *source.notes))
