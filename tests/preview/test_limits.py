"""How fast the bot may write before Telegram refuses."""

import pytest

from bot.preview.errors import ApiError
from bot.preview.limits import RateLimits

PERSON, GROUP = 7_000_000_001, -1_002_000_000_001


class Time:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def limits(time: Time) -> RateLimits:
    return RateLimits(enabled=True, monotonic=time)


def accepted(limits: RateLimits, chat_id: int, tries: int) -> int:
    """How many of so many messages are taken at once."""
    count = 0
    for _ in range(tries):
        try:
            limits.spend(chat_id)
        except ApiError:
            continue
        count += 1
    return count


def test_one_chat_takes_a_short_burst_and_then_one_message_a_second(limits: RateLimits, time: Time) -> None:
    assert accepted(limits, PERSON, 10) == 5
    time.now += 1
    assert accepted(limits, PERSON, 10) == 1
    time.now += 60
    assert accepted(limits, PERSON, 10) == 5


def test_all_chats_together_take_30_a_second(limits: RateLimits, time: Time) -> None:
    assert sum(accepted(limits, PERSON + number, 1) for number in range(50)) == 30
    time.now += 0.5
    assert sum(accepted(limits, PERSON + number, 1) for number in range(50)) == 0
    time.now += 0.5
    assert sum(accepted(limits, PERSON + number, 1) for number in range(50)) == 30


def test_a_group_takes_20_a_minute(limits: RateLimits, time: Time) -> None:
    assert accepted(limits, GROUP, 30) == 20
    time.now += 59
    assert accepted(limits, GROUP, 30) == 0
    time.now += 1
    assert accepted(limits, GROUP, 30) == 20


def test_the_refusal_says_how_long_to_wait(limits: RateLimits, time: Time) -> None:
    accepted(limits, GROUP, 20)
    time.now += 12.5
    with pytest.raises(ApiError) as refused:
        limits.spend(GROUP)
    assert refused.value.status == 429
    assert refused.value.parameters == {"retry_after": 48}
    assert refused.value.description == "Too Many Requests: retry after 48"


def test_waiting_as_told_is_enough(limits: RateLimits, time: Time) -> None:
    accepted(limits, PERSON, 5)
    with pytest.raises(ApiError) as refused:
        limits.spend(PERSON)
    time.now += refused.value.parameters["retry_after"]
    assert accepted(limits, PERSON, 1) == 1


def test_an_album_counts_as_many_messages_as_it_has(limits: RateLimits) -> None:
    limits.spend(GROUP, 10)
    limits.spend(GROUP, 10)
    assert accepted(limits, GROUP, 1) == 0


def test_a_refused_message_does_not_count(limits: RateLimits, time: Time) -> None:
    accepted(limits, PERSON, 1000)
    time.now += 5
    assert accepted(limits, PERSON, 10) == 5


def test_nothing_is_refused_when_switched_off() -> None:
    assert accepted(RateLimits(enabled=False), GROUP, 500) == 500
