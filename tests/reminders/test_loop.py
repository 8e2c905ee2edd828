import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import NOON
from tests.knowledge_folder import SCHEDULE
from tests.reminders.conftest import Office

ANA, BEN, CAT = 7_000_000_001, 7_000_000_002, 7_000_000_003
LATER = SCHEDULE.replace("start: 9:30", "start: 11:00").replace("end: 10:30", "end: 12:00")
WITHOUT_OPENING = "sessions:\n" + SCHEDULE[SCHEDULE.index("  - id: port-visit") :]
FOR_A = SCHEDULE.replace("    kind: ceremony\n", "    kind: ceremony\n    groups: [A]\n")
WORKSHOP = """\
  - id: workshop
    title: Workshop
    date: 2031-05-05
    start: 9:29
    end: 10:30
"""
TOGETHER = SCHEDULE.replace("shuttles:", f"{WORKSHOP}shuttles:")


async def test_each_gets_what_they_chose_when_it_is_due(office: Office) -> None:
    await office.want(ANA, before=60)
    await office.want(BEN, before=15)
    await office.at(8, 29)
    assert await office.texts(ANA) == []
    await office.at(8, 30)
    assert "Opening" in (await office.texts(ANA))[0]
    assert await office.texts(BEN) == []
    await office.at(9, 15)
    assert len(await office.texts(BEN)) == 1
    assert len(await office.texts(ANA)) == 1


async def test_who_wants_none_gets_none(office: Office) -> None:
    await office.want(ANA)
    await office.at(9, 15)
    assert await office.texts(ANA) == []


async def test_restarts_around_the_time_remind_once(office: Office) -> None:
    await office.want(ANA, before=30, evening=True, morning=True)
    for minute in range(20):
        await office.at(8, 50 + minute) if minute < 10 else await office.at(9, minute - 10)
    assert len([text for text in await office.texts(ANA) if "Coming up" in text]) == 1
    assert len(await office.texts(ANA)) == 2  # the morning's plan too: caught up, as no session has begun


async def test_two_loops_at_once_remind_once(office: Office) -> None:
    people = range(1, 301)
    for chat_id in people:
        await office.want(chat_id, before=30)
    office.clock.set(datetime(2031, 5, 5, 8, tzinfo=UTC))
    await asyncio.gather(office.process().look(), office.process().look())
    assert [len(await office.texts(chat_id)) for chat_id in people] == [1] * 300


async def test_a_bot_that_was_down_when_it_was_due_still_reminds_before_the_start(office: Office) -> None:
    await office.want(ANA, before=15)
    await office.at(9, 29)
    assert len(await office.texts(ANA)) == 1


async def test_what_is_too_late_is_dropped_and_counted_once(office: Office) -> None:
    await office.want(ANA, before=15)
    await office.want(BEN, before=60, since=datetime(2031, 5, 5, 10, tzinfo=UTC))  # chose when it was over
    for _ in range(2):
        await office.at(9, 30)
    assert await office.texts(ANA) == []
    assert await office.late() == 1


async def test_a_session_that_moved_before_it_was_due_moves_its_reminder(office: Office) -> None:
    await office.want(ANA, before=30)
    process = office.process()
    await office.at(8, process=process)
    office.reschedule(LATER)
    await office.at(9, 5, process=process)
    assert await office.texts(ANA) == []
    await office.at(10, 30, process=process)
    assert ["11:00" in text for text in await office.texts(ANA)] == [True]


async def test_a_session_that_moved_after_its_reminder_was_sent_gets_another(office: Office) -> None:
    await office.want(ANA, before=30)
    process = office.process()
    await office.at(9, process=process)
    await office.sent()
    office.reschedule(LATER)
    await office.at(10, 30, process=process)
    assert ["11:00" in text for text in await office.texts(ANA)] == [False, True]


@pytest.mark.parametrize("schedule", [LATER, WITHOUT_OPENING])
async def test_what_still_waits_for_the_old_time_is_called_off(office: Office, schedule: str) -> None:
    await office.want(ANA, before=30)
    await office.at(9)
    office.reschedule(schedule)
    await office.at(9, 1)
    assert await office.texts(ANA) == []


async def test_what_still_waits_goes_to_those_whom_the_session_concerns_by_now(office: Office) -> None:
    for chat_id, group in ((ANA, "A"), (BEN, "B")):
        await office.want(chat_id, before=15)
        await office.join(chat_id, group)
    process = office.process()
    await office.at(9, 15, process=process)
    assert [len(await office.texts(chat_id)) for chat_id in (ANA, BEN)] == [1, 1]
    office.reschedule(FOR_A)
    await office.at(9, 16, process=process)
    assert [len(await office.texts(chat_id)) for chat_id in (ANA, BEN)] == [1, 0]
    office.reschedule(SCHEDULE)
    await office.at(9, 17, process=process)
    assert [len(await office.texts(chat_id)) for chat_id in (ANA, BEN)] == [1, 1]


async def test_what_still_waits_says_what_holds_by_now(office: Office) -> None:
    await office.want(ANA, before=15)
    process = office.process()
    await office.at(9, 15, process=process)
    assert "Town hall" in (await office.texts(ANA))[0]
    office.reschedule(SCHEDULE.replace("site: hall\n  - id: port-visit", "site: port\n  - id: port-visit"))
    await office.at(9, 16, process=process)
    assert ["Old port" in text for text in await office.texts(ANA)] == [True]


async def test_a_bus_that_leaves_later_has_its_reminder_later(office: Office) -> None:
    await office.want(ANA, before=15)
    process = office.process()
    await office.at(13, day=6, process=process)
    assert ["13:15" in text for text in await office.texts(ANA)] == [True]
    office.reschedule(SCHEDULE.replace("at: 13:15", "at: 13:30"))
    await office.at(13, 1, day=6, process=process)
    assert await office.texts(ANA) == []
    await office.at(13, 15, day=6, process=process)
    assert ["13:30" in text for text in await office.texts(ANA)] == [True]


async def test_a_session_moved_away_and_back_is_reminded_of_once(office: Office) -> None:
    await office.want(ANA, before=30)
    process = office.process()
    for schedule in (SCHEDULE, LATER, SCHEDULE):
        office.reschedule(schedule)
        await office.at(9, process=process)
    assert len(await office.texts(ANA)) == 1
    await office.sent()
    for schedule in (LATER, SCHEDULE):
        office.reschedule(schedule)
        await office.at(9, 5, process=process)
    assert len(await office.texts(ANA)) == 1


async def test_a_session_with_another_title_is_the_same_session(office: Office) -> None:
    await office.want(ANA, before=30)
    process = office.process()
    await office.at(9, process=process)
    await office.sent()
    office.reschedule(SCHEDULE.replace("Opening", "Welcome"))
    await office.at(9, 5, process=process)
    assert len(await office.texts(ANA)) == 1


async def test_a_clock_that_jumps_makes_no_storm(office: Office) -> None:
    await office.want(ANA, before=60)
    process = office.process()
    for hour in (9, 8, 9, 8, 9):
        await office.at(hour, process=process)
    assert len(await office.texts(ANA)) == 1
    await office.at(9, day=9, process=process)
    assert len(await office.texts(ANA)) == 1
    assert await office.late() == 1  # the visit on the second day


async def test_a_clock_that_is_set_back_reminds_of_what_was_too_late(office: Office) -> None:
    await office.want(ANA, before=60)
    process = office.process()
    await office.at(9, day=9, process=process)
    await office.at(9, process=process)
    assert len(await office.texts(ANA)) == 1


@pytest.mark.parametrize(("quiet", "silent"), [(True, True), (False, False)])
async def test_at_night_there_is_no_sound_for_who_wants_quiet(
    office: Office, quiet: bool, silent: bool
) -> None:
    office.reschedule(SCHEDULE.replace("start: 9:30", "start: 6:30"))
    await office.want(ANA, before=30, quiet=quiet)
    await office.at(6)
    assert await office.silent(ANA) == [silent]


async def test_by_day_there_is_a_sound(office: Office) -> None:
    await office.want(ANA, morning=True)
    await office.at(7)
    assert await office.silent(ANA) == [False]


async def test_the_plan_of_the_next_day_comes_in_the_evening_in_the_language_of_each(office: Office) -> None:
    await office.want(ANA, evening=True, language="es")
    await office.want(BEN, evening=True)
    await office.at(20, day=4)
    assert "Apertura" in (await office.texts(ANA))[0]
    assert "Opening" in (await office.texts(BEN))[0]
    await office.sent()
    await office.at(7)
    assert len(await office.texts(ANA)) == 1


async def test_the_outbox_gives_up_at_the_start_of_the_session_by_the_clock_of_the_host(
    office: Office,
) -> None:
    await office.want(ANA, before=15)
    await office.at(9, 20)
    assert await office.expiries(ANA) == [NOON + timedelta(minutes=10)]


async def test_a_crowds_reminders_start_early_enough_for_the_last_of_them(office: Office) -> None:
    office.slow_down(60)
    for chat_id in (1, 2, 3):
        await office.want(chat_id, before=15)
    await office.at(9, 11)
    assert await office.texts(1) == []
    await office.at(9, 12)
    assert [len(await office.texts(chat_id)) for chat_id in (1, 2, 3)] == [1, 1, 1]


async def test_two_crowds_due_together_share_the_time_before(office: Office) -> None:
    office.reschedule(TOGETHER)
    office.slow_down(60)
    await office.want(ANA, before=15)
    await office.want(BEN, before=15)
    await office.at(9, 10)  # one at 09:14 and one at 09:15, of two minutes each
    assert await office.texts(ANA) == []
    await office.at(9, 11)
    for chat_id in (ANA, BEN):
        first, second = await office.texts(chat_id)
        assert ("Workshop" in first, "Opening" in second) == (True, True)


async def test_who_blocked_the_bot_gets_none_until_they_return(office: Office) -> None:
    await office.want(ANA, before=15, morning=True)
    await office.block(ANA)
    await office.at(7)
    await office.at(9, 20)
    assert await office.texts(ANA) == []
    await office.unblock(ANA)
    await office.at(9, 25)
    assert len(await office.texts(ANA)) == 2


async def test_who_blocked_the_bot_has_missed_nothing(office: Office) -> None:
    await office.want(ANA, before=15)
    await office.block(ANA)
    await office.at(9, 30)
    assert await office.late() == 0


async def test_a_group_is_reminded_of_what_concerns_it(office: Office) -> None:
    office.reschedule(FOR_A)
    for chat_id, group in ((ANA, "A"), (BEN, "B")):
        await office.want(chat_id, before=15)
        await office.join(chat_id, group)
    await office.want(CAT, before=15)
    await office.at(9, 15)
    assert [len(await office.texts(chat_id)) for chat_id in (ANA, BEN, CAT)] == [1, 0, 1]


async def test_a_group_with_nothing_that_day_gets_no_plan_of_it(office: Office) -> None:
    office.reschedule(FOR_A.replace("    kind: visit\n", "    kind: visit\n    groups: [B]\n"))
    for chat_id, group in ((ANA, "A"), (BEN, "B")):
        await office.want(chat_id, morning=True)
        await office.join(chat_id, group)
    await office.at(7)
    assert [len(await office.texts(chat_id)) for chat_id in (ANA, BEN)] == [1, 0]
    await office.at(7, day=6)
    assert "Visit to the port" in (await office.texts(BEN))[0]
    assert len(await office.texts(ANA)) == 1


async def test_stopping_reminders_stops_them(office: Office) -> None:
    await office.want(ANA, before=15)
    await office.want(ANA)
    await office.at(9, 20)
    assert await office.texts(ANA) == []


async def test_the_loop_ends_when_it_is_told_to(office: Office) -> None:
    stop = asyncio.Event()
    await office.want(ANA, before=15)
    office.clock.set(datetime(2031, 5, 5, 8, 20, tzinfo=UTC))
    running = asyncio.create_task(office.process().run(stop))
    async with asyncio.timeout(30):
        while not await office.texts(ANA):  # noqa: ASYNC110 - the database tells nobody
            await asyncio.sleep(0.01)
    stop.set()
    async with asyncio.timeout(30):
        await running
