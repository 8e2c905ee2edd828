"""A flood is slowed down; patience, downtime and clocks that jump are no flood."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from telegram import Chat, Message, Update, User

from bot.chat.guard import Guard, Pass
from tests.chat.conftest import MORNING

ANA, BEN = (User(number, "A", is_bot=False) for number in (1, 2))


def update(
    user: User = ANA, sent: datetime = MORNING, album: str | None = None, message_id: int = 1
) -> Update:
    chat = Chat(user.id, "private")
    return Update(1, Message(message_id, sent, chat, from_user=user, text="x", media_group_id=album))


def passes(guard: Guard, seconds: list[float], user: User = ANA) -> list[Pass]:
    moments = [MORNING + timedelta(seconds=second) for second in seconds]
    return [guard.check(update(user, moment), moment) for moment in moments]


def test_a_burst_passes_then_one_notice_then_nothing() -> None:
    expected = [Pass.LET_THROUGH] * 5 + [Pass.SLOW_DOWN] + [Pass.DROP] * 4
    assert passes(Guard(), [0.0] * 10) == expected


def test_a_flood_gets_through_once_in_three_seconds_and_hears_of_it_once() -> None:
    seen = passes(Guard(), [n / 10 for n in range(600)])
    assert seen.count(Pass.SLOW_DOWN) == 1
    assert 24 <= seen.count(Pass.LET_THROUGH) <= 25


def test_after_a_rest_it_is_forgiven_and_told_anew() -> None:
    seen = passes(Guard(), [*[0.0] * 7, *[15.0] * 7])
    assert seen[7:] == seen[:7]


def test_somebody_else_notices_nothing() -> None:
    guard = Guard()
    passes(guard, [0.0] * 50)
    assert passes(guard, [0.0] * 5, BEN) == [Pass.LET_THROUGH] * 5


def test_what_waited_while_the_bot_was_down_counts_from_when_it_was_sent() -> None:
    guard = Guard()
    sent = [MORNING + timedelta(minutes=minute) for minute in range(50)]
    late = MORNING + timedelta(hours=3)
    assert {guard.check(update(sent=moment), late) for moment in sent} == {Pass.LET_THROUGH}


def test_a_telegram_whose_dates_stand_still_is_no_flood() -> None:
    guard = Guard()
    now = [MORNING + timedelta(minutes=minute) for minute in range(50)]
    assert {guard.check(update(sent=MORNING), moment) for moment in now} == {Pass.LET_THROUGH}


def test_an_album_is_its_first_message_also_the_second_time() -> None:
    guard = Guard()
    parts = [update(album="7", message_id=number) for number in (4, 5, 6)]
    assert [guard.check(part, MORNING) for part in parts] == [Pass.LET_THROUGH, Pass.DROP, Pass.DROP]
    assert guard.check(parts[0], MORNING) is Pass.LET_THROUGH


def test_the_longest_silent_are_forgotten_first() -> None:
    guard = Guard()
    passes(guard, [0.0] * 7)
    for number in range(10, 10_010):
        passes(guard, [0.0], User(number, "A", is_bot=False))
    assert passes(guard, [0.0]) == [Pass.LET_THROUGH]


@given(st.lists(st.floats(-100, 100)))
def test_no_clock_makes_more_pass_than_the_burst_and_the_time_allow(steps: list[float]) -> None:
    seconds = [sum(steps[:n]) for n in range(len(steps) + 1)]
    gained = sum(max(step, 0.0) for step in steps) / 3
    assert passes(Guard(), seconds).count(Pass.LET_THROUGH) <= 5 + gained + 1e-6
