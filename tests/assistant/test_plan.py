"""Questions to a schedule: to written-out ones, and to any that can be generated."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.assistant import plan
from bot.assistant.plan import Bus, Phase
from bot.assistant.when import Kind, When
from bot.knowledge.model import Departure, Programme, Session, Shuttle, ends_at, starts_at

SEOUL = ZoneInfo("Asia/Seoul")
NEW_YORK = ZoneInfo("America/New_York")  # sets its clocks back on 6 November 2016, at 02:00
FRIDAY = date(2016, 10, 14)


def session(
    name: str, start: str, end: str, *, day: date = FRIDAY, site: str | None = None, **more: object
) -> Session:
    return Session.model_validate(
        {"id": name, "title": name, "date": day, "start": start, "end": end, "site": site, **more}
    )


def programme(starts: date = date(2016, 10, 10), ends: date = date(2016, 10, 20)) -> Programme:
    return Programme.model_validate(
        {
            "name": "Programme",
            "starts": starts,
            "ends": ends,
            "time_zone": "Asia/Seoul",
            "languages": ["en"],
            "welcome": "Welcome",
            "contact": {"name": "Somebody"},
            "cards": {"emergency": "emergency", "contact": "contact", "help": "help"},
            "sample_questions": ["What is next?"],
        }
    )


def at(clock: str, day: date = FRIDAY) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), SEOUL)


def ids(sessions: Iterable[Session]) -> list[str]:
    return [each.id for each in sessions]


def when(after: str | None = None, before: str | None = None, last: date = FRIDAY) -> When:
    hours = [time.fromisoformat(clock) if clock else None for clock in (after, before)]
    return When(0, 1, FRIDAY, last, hours[0], hours[1], Kind.DAY)


VISIT = session(
    "visit", "10:00", "12:00", site="plant", buses=(Departure(site="hotel", at=time(9, 15)),), groups=("a",)
)
LECTURE = session("lecture", "14:00", "16:30", site="centre")
TOUR = session("tour", "10:00", "17:00", day=date(2016, 10, 15), site="hotel")
SESSIONS = (TOUR, LECTURE, VISIT)


def test_a_day_lists_its_sessions_in_order_of_time() -> None:
    assert ids(plan.sessions_on(SESSIONS, FRIDAY)) == ["visit", "lecture"]
    assert plan.sessions_on(SESSIONS, date(2016, 10, 16)) == ()


@pytest.mark.parametrize(
    ("groups", "shown"), [((), ["visit", "lecture"]), (("a",), ["visit", "lecture"]), (("b",), ["lecture"])]
)
def test_a_member_of_another_group_does_not_see_a_groups_session(
    groups: tuple[str, ...], shown: list[str]
) -> None:
    assert ids(plan.sessions_on(SESSIONS, FRIDAY, groups)) == shown


@pytest.mark.parametrize(
    ("clock", "now", "next_up"),
    [
        ("09:59", [], ["visit"]),
        ("10:00", ["visit"], ["lecture"]),
        ("11:59", ["visit"], ["lecture"]),
        ("12:00", [], ["lecture"]),
        ("23:00", [], ["tour"]),
    ],
)
def test_now_and_next_are_told_by_the_clock(clock: str, now: list[str], next_up: list[str]) -> None:
    assert ids(plan.current(SESSIONS, at(clock), SEOUL)) == now
    assert ids(plan.following(SESSIONS, at(clock), SEOUL)) == next_up


def test_sessions_that_begin_together_are_next_together() -> None:
    parallel = session("other", "14:00", "15:00")
    assert ids(plan.following((*SESSIONS, parallel), at("13:00"), SEOUL)) == ["other", "lecture"]


def test_after_the_last_session_nothing_follows() -> None:
    assert plan.following(SESSIONS, at("10:00", date(2016, 10, 15)), SEOUL) == ()


@pytest.mark.parametrize(
    ("mention", "meant"),
    [
        (when(), ["visit", "lecture"]),
        (when("05:00", "12:00"), ["visit"]),
        (when("12:00", "18:00"), ["lecture"]),
        (when(None, "14:00"), ["visit"]),
        (when("16:30"), []),
        (when("16:29"), ["lecture"]),
        (when("14:00", "14:00"), ["lecture"]),
        (when("12:00", "12:00"), []),
        (when(last=date(2016, 10, 16)), ["visit", "lecture", "tour"]),
        (when("16:45", last=date(2016, 10, 16)), ["tour"]),
    ],
)
def test_a_mention_of_time_picks_the_sessions_that_touch_it(mention: When, meant: list[str]) -> None:
    assert ids(plan.sessions_in(SESSIONS, mention)) == meant


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2016, 10, 9, 14, 59, tzinfo=UTC), Phase.BEFORE),
        (datetime(2016, 10, 9, 15, 0, tzinfo=UTC), Phase.DURING),
        (datetime(2016, 10, 20, 14, 59, tzinfo=UTC), Phase.DURING),
        (datetime(2016, 10, 20, 15, 0, tzinfo=UTC), Phase.AFTER),
    ],
)
def test_the_programmes_days_are_counted_in_its_own_zone(moment: datetime, expected: Phase) -> None:
    assert plan.phase(programme(), moment) is expected


def test_days_without_sessions_are_free() -> None:
    short = programme(FRIDAY, date(2016, 10, 17))
    assert plan.free_days(short, SESSIONS) == (date(2016, 10, 16), date(2016, 10, 17))


SHUTTLE = Shuttle(
    id="daily",
    dates=(FRIDAY,),
    origin="hotel",
    destination="centre",
    leaves=time(8, 30),
    returns=time(17, 15),
)


def test_a_day_lists_the_buses_of_its_sessions_and_its_shuttles() -> None:
    assert plan.bus_departures(SESSIONS, (SHUTTLE,), FRIDAY, SEOUL) == (
        Bus(at("08:30"), "hotel", "centre", LECTURE),
        Bus(at("09:15"), "hotel", "plant", VISIT),
        Bus(at("17:15"), "centre", "hotel", None),
    )
    assert plan.bus_departures(SESSIONS, (SHUTTLE,), date(2016, 10, 15), SEOUL) == ()


def test_a_shuttle_brings_people_to_the_first_session_only() -> None:
    again = session("again", "16:30", "17:00", site="centre")
    buses = plan.bus_departures((*SESSIONS, again), (SHUTTLE,), FRIDAY, SEOUL)
    assert plan.leave_by(again, buses) is None
    assert not plan.last_bus_left(again, buses, at("18:00"))


def test_a_shuttle_may_leave_as_a_session_begins() -> None:
    late = SHUTTLE.model_copy(update={"leaves": LECTURE.start})
    assert plan.bus_departures(SESSIONS, (late,), FRIDAY, SEOUL)[1].session == LECTURE


def test_a_bus_from_a_sessions_own_site_names_no_destination() -> None:
    leaving = session("leaving", "06:00", "12:00", site="hotel", buses=({"site": "hotel", "at": "08:00"},))
    assert [bus.destination for bus in plan.bus_departures((leaving,), (), FRIDAY, SEOUL)] == [None]


def test_the_last_of_several_buses_is_the_one_to_catch() -> None:
    times = [{"site": "hotel", "at": clock} for clock in ("08:00", "10:00", "06:00")]
    leaving = session("leaving", "06:00", "12:00", site="hotel", buses=times)
    buses = plan.bus_departures((leaving,), (), FRIDAY, SEOUL)
    last = plan.leave_by(leaving, buses)
    assert last is not None
    assert last.leaves == at("10:00")
    assert not plan.last_bus_left(leaving, buses, at("10:00"))
    assert plan.last_bus_left(leaving, buses, at("10:01").astimezone(UTC))


# From here on: any schedule. Days are near a clock change, so that no rule may lean on wall clocks alone.

FIRST_DAY = date(2016, 11, 4)
zones = st.sampled_from([SEOUL, NEW_YORK])
hours = st.integers(0, 23)


@st.composite
def schedules(draw: st.DrawFn) -> list[Session]:
    sessions = []
    for number in range(draw(st.integers(0, 8))):
        begin = draw(st.integers(0, 22 * 60))
        end = draw(st.integers(begin + 1, 23 * 60 + 59))
        groups = draw(st.sampled_from([(), ("a",), ("b",), ("a", "b")]))
        start, stop = (f"{minutes // 60:02}:{minutes % 60:02}" for minutes in (begin, end))
        day = FIRST_DAY + timedelta(days=draw(st.integers(0, 4)))
        buses = [{"site": "hotel", "at": f"{draw(hours):02}:15"} for _ in range(draw(st.integers(0, 2)))]
        sessions.append(
            session(f"s{number}", start, stop, day=day, site="centre", groups=groups, buses=buses)
        )
    return sessions


moments = st.integers(-1440, 7 * 1440).map(
    lambda minutes: datetime.combine(FIRST_DAY, time(), UTC) + timedelta(minutes=minutes)
)


@given(schedules(), moments, zones)
def test_next_is_never_past_and_nothing_begins_before_it(
    sessions: list[Session], moment: datetime, zone: ZoneInfo
) -> None:
    begins = {each.id: starts_at(each, zone).astimezone(UTC) for each in sessions}
    ahead = {name: begin for name, begin in begins.items() if begin > moment}
    following = plan.following(sessions, moment, zone)
    assert {begins[each.id] for each in following} == ({min(ahead.values())} if ahead else set())


@given(schedules(), moments, zones)
def test_now_contains_the_moment_and_nothing_else_does(
    sessions: list[Session], moment: datetime, zone: ZoneInfo
) -> None:
    now = set(ids(plan.current(sessions, moment, zone)))
    for each in sessions:
        begin, end = (clock(each, zone).astimezone(UTC) for clock in (starts_at, ends_at))
        assert (each.id in now) is (begin <= moment < end)


@given(schedules(), moments, zones)
def test_nothing_is_on_now_and_next_at_once(
    sessions: list[Session], moment: datetime, zone: ZoneInfo
) -> None:
    now, ahead = (f(sessions, moment, zone) for f in (plan.current, plan.following))
    assert not set(ids(now)) & set(ids(ahead))


@given(schedules(), moments, zones)
def test_today_and_the_other_days_are_all(sessions: list[Session], moment: datetime, zone: ZoneInfo) -> None:
    today = moment.astimezone(zone).date()
    others = {each.date for each in sessions} - {today}
    listed = [
        *plan.sessions_on(sessions, today),
        *(s for day in others for s in plan.sessions_on(sessions, day)),
    ]
    assert sorted(ids(listed)) == sorted(ids(sessions))


@given(schedules())
def test_every_group_together_sees_everything_and_each_sees_what_is_for_all(sessions: list[Session]) -> None:
    seen = [set(ids(plan.for_groups(sessions, [group]))) for group in ("a", "b", "c")]
    assert set().union(*seen) == set(ids(sessions))
    assert seen[2] == {each.id for each in sessions if not each.groups}


@given(schedules(), hours, hours)
def test_the_parts_of_a_day_hold_all_its_sessions(sessions: list[Session], one: int, other: int) -> None:
    early, late = sorted((one, other))
    cuts = [None, time(early), time(late), None]
    parts = [When(0, 1, FIRST_DAY, FIRST_DAY, begin, end, Kind.DAY) for begin, end in pairwise(cuts)]
    held = {name for part in parts for name in ids(plan.sessions_in(sessions, part))}
    assert held == set(ids(plan.sessions_on(sessions, FIRST_DAY)))


@given(schedules())
def test_a_day_is_either_free_or_has_a_session(sessions: list[Session]) -> None:
    days = programme(FIRST_DAY, FIRST_DAY + timedelta(days=4))
    free = set(plan.free_days(days, sessions))
    assert len(free) + len({each.date for each in sessions}) == 5
    assert not any(plan.sessions_on(sessions, day) for day in free)


@given(schedules(), st.integers(0, 4), zones)
def test_buses_are_in_order_and_each_belongs_to_its_day(
    sessions: list[Session], offset: int, zone: ZoneInfo
) -> None:
    day = FIRST_DAY + timedelta(days=offset)
    shuttle = Shuttle(
        id="daily", dates=(day,), origin="hotel", destination="centre", leaves=time(7), returns=time(18)
    )
    buses = plan.bus_departures(sessions, (shuttle,), day, zone)
    moments = [bus.leaves.astimezone(UTC) for bus in buses]
    assert moments == sorted(moments)
    assert {bus.leaves.date() for bus in buses} == {day}
    assert len(buses) == 2 + sum(len(each.buses) for each in sessions if each.date == day)
