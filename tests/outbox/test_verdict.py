import pytest

from bot.outbox.delivery import DeliveryState
from bot.outbox.verdict import Fault, Step, Verdict, is_repeatable, next_step, pause

QUEUED, FAILED = DeliveryState.QUEUED, DeliveryState.FAILED


@pytest.mark.parametrize(
    ("verdict", "attempts", "repeatable", "step"),
    [
        (Verdict(Fault.NOT_SENT, "no connection"), 0, False, Step(QUEUED, 1)),
        (Verdict(Fault.NOT_SENT, "no connection"), 3, False, Step(QUEUED, 8)),
        (Verdict(Fault.NOT_SENT, "no connection"), 5000, False, Step(QUEUED, 60)),
        (Verdict(Fault.WAIT, "429", seconds=7), 0, False, Step(QUEUED, 7)),
        (Verdict(Fault.WAIT, "429", seconds=10072), 9, False, Step(QUEUED, 10072)),
        (Verdict(Fault.WAIT, "429"), 2, False, Step(QUEUED, 4)),
        (Verdict(Fault.IN_DOUBT, "no answer"), 0, False, Step(DeliveryState.IN_DOUBT)),
        (Verdict(Fault.IN_DOUBT, "no answer"), 1, True, Step(QUEUED, 2)),
        (Verdict(Fault.UNREACHABLE, "blocked"), 0, False, Step(DeliveryState.UNREACHABLE)),
        (Verdict(Fault.CONTENT, "too long"), 0, True, Step(FAILED)),
        (Verdict(Fault.MIGRATED, "supergroup", chat_id=-100), 0, False, Step(QUEUED)),
        (Verdict(Fault.MIGRATED, "supergroup", chat_id=-100), 3, False, Step(FAILED)),
        (Verdict(Fault.MIGRATED, "supergroup"), 0, False, Step(FAILED)),
        (Verdict(Fault.FATAL, "401"), 0, False, Step(QUEUED)),
    ],
)
def test_what_follows_from_a_fault(verdict: Verdict, attempts: int, repeatable: bool, step: Step) -> None:
    assert next_step(verdict, attempts, repeatable=repeatable) == step


@pytest.mark.parametrize("fault", Fault)
def test_a_message_that_may_have_arrived_is_never_queued_again(fault: Fault) -> None:
    perhaps_sent = {Fault.IN_DOUBT}
    step = next_step(Verdict(fault, "?", chat_id=-1), 0, repeatable=False)
    assert (step.state is QUEUED and fault in perhaps_sent) is False


@pytest.mark.parametrize(
    ("method", "repeatable"),
    [
        ("sendMessage", False),
        ("sendMediaGroup", False),
        ("copyMessage", False),
        ("forwardMessage", False),
        ("editMessageText", True),
        ("deleteMessages", True),
        ("pinChatMessage", True),
    ],
)
def test_only_what_adds_no_message_may_be_repeated(method: str, repeatable: bool) -> None:
    assert is_repeatable(method) is repeatable


def test_pauses_grow_and_stay_bounded() -> None:
    assert [pause(n) for n in range(8)] == [1, 2, 4, 8, 16, 32, 60, 60]
