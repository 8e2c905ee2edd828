from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.knowledge.loader import load
from bot.reminders.occasions import Occasion, occasions
from bot.store.reminders import Audience, ReminderKind
from tests.knowledge_folder import SCHEDULE, write_folder

LISBON = ZoneInfo("Europe/Lisbon")


def found(
    place: Path, kind: ReminderKind, subject: str, minutes: int | None = None, schedule: str = SCHEDULE
) -> Occasion:
    [one] = [
        occasion
        for occasion in occasions(load(write_folder(place, schedule=schedule)))
        if (occasion.key.kind, occasion.key.subject, occasion.minutes) == (kind, subject, minutes)
    ]
    return one


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(date(2031, 5, day), time(hour, minute), LISBON)


@pytest.mark.parametrize(("minutes", "due"), [(15, (9, 15)), (30, (9, 0)), (60, (8, 30))])
def test_a_reminder_comes_so_long_before_its_session(
    tmp_path: Path, minutes: int, due: tuple[int, int]
) -> None:
    occasion = found(tmp_path, ReminderKind.BEFORE, "opening", minutes)
    assert occasion.due_at == local(5, *due)
    assert occasion.expires_at == local(5, 9, 30)


def test_where_a_bus_leaves_it_comes_before_the_bus(tmp_path: Path) -> None:
    assert found(tmp_path, ReminderKind.BEFORE, "port-visit", 30).due_at == local(6, 12, 45)


def test_the_plan_comes_the_evening_before_and_in_the_morning(tmp_path: Path) -> None:
    evening = found(tmp_path, ReminderKind.EVENING, "2031-05-06")
    morning = found(tmp_path, ReminderKind.MORNING, "2031-05-06")
    assert (evening.due_at, evening.expires_at) == (local(5, 20), local(6, 0))
    assert (morning.due_at, morning.expires_at) == (local(6, 7), local(6, 14))


def test_an_early_session_brings_the_morning_forward(tmp_path: Path) -> None:
    schedule = SCHEDULE.replace("start: 9:30", "start: 6:15")
    assert found(tmp_path, ReminderKind.MORNING, "2031-05-05", schedule=schedule).due_at == local(5, 5, 45)


def test_a_clock_change_in_between_makes_no_reminder_an_hour_wrong(tmp_path: Path) -> None:
    """In Lisbon the hour after 2031-10-26 01:59 summer time comes twice."""
    schedule = SCHEDULE.replace("2031-05-05", "2031-10-26").replace("start: 9:30", "start: 2:15")
    programme = {"2031-05-05": "2031-10-26"}
    folder = write_folder(tmp_path, schedule=schedule.replace("2031-05-06", "2031-10-27"))
    text = (folder / "programme.yaml").read_text()
    for old, new in {**programme, "2031-05-07": "2031-10-28"}.items():
        text = text.replace(old, new)
    (folder / "programme.yaml").write_text(text)
    [hour] = [o for o in occasions(load(folder)) if o.key.subject == "opening" and o.minutes == 60]
    assert hour.expires_at.astimezone(UTC) - hour.due_at.astimezone(UTC) == timedelta(hours=1)


def test_the_most_urgent_come_first(tmp_path: Path) -> None:
    expiries = [occasion.expires_at for occasion in occasions(load(write_folder(tmp_path)))]
    assert expiries == sorted(expiries)


def mornings(place: Path, schedule: str) -> dict[datetime, Audience | None]:
    return {
        occasion.due_at: occasion.audience
        for occasion in occasions(load(write_folder(place, schedule=schedule)))
        if occasion.key.kind is ReminderKind.MORNING
    }


def test_each_group_has_its_own_mornings(tmp_path: Path) -> None:
    """The opening at 06:15 is for A, and the visit of the same day for B."""
    one_day = SCHEDULE.replace("start: 9:30", "start: 6:15").replace("2031-05-06", "2031-05-05")
    assert mornings(tmp_path, one_day) == {local(5, 5, 45): None}
    of_two = one_day.replace("    kind: ceremony\n", "    kind: ceremony\n    groups: [A]\n")
    of_two = of_two.replace("    kind: visit\n", "    kind: visit\n    groups: [B]\n")
    assert mornings(tmp_path, of_two) == {
        local(5, 5, 45): Audience(frozenset({"A"}), ungrouped=True),
        local(5, 7): Audience(frozenset({"B"})),
    }
    for_all = of_two.replace("    groups: [B]\n", "")
    assert mornings(tmp_path, for_all) == {
        local(5, 5, 45): Audience(frozenset({"A"}), ungrouped=True),
        local(5, 7): Audience(strangers_to=frozenset({"A"})),
    }


def test_who_takes_a_bus_depends_on_the_group(tmp_path: Path) -> None:
    """The bus of 08:30 brings A to their session of 09:30, and everybody else to the one of 10:00."""
    later = """\
  - id: later
    title: Later
    date: 2031-05-05
    start: 10:00
    end: 11:00
    site: port
"""
    schedule = SCHEDULE.replace("site: hall\n", "site: port\n    groups: [A]\n", 1)
    schedule = schedule.replace("shuttles:", f"{later}shuttles:")
    due = {
        occasion.due_at: occasion.audience
        for occasion in occasions(load(write_folder(tmp_path, schedule=schedule)))
        if occasion.key.subject == "later" and occasion.minutes == 15
    }
    assert due == {
        local(5, 9, 45): Audience(frozenset({"A"}), ungrouped=True),
        local(5, 8, 15): Audience(strangers_to=frozenset({"A"})),
    }
