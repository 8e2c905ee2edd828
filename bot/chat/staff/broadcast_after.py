"""After sending: who has it, sending again, following up, correcting, taking back, reminding."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.assistant.reply import Button
from bot.broadcasts.audience import Audience, Outcome
from bot.broadcasts.cards import Card, action, back, receipts_card
from bot.broadcasts.facts import lines_of
from bot.broadcasts.kept import to_json
from bot.broadcasts.report import Line, names_text
from bot.broadcasts.sending import is_under_way, launch
from bot.chat.staff.broadcast_compose import WORDS
from bot.chat.staff.broadcast_desk import Case, gone
from bot.outbox import sources
from bot.outbox.call import Call
from bot.outbox.delivery import DeliveryState
from bot.store import broadcasts
from bot.store.broadcasts import BroadcastState, NewBroadcast, Purpose

NUDGE_PAUSE = timedelta(minutes=1)
"""Between two reminders about the same announcement: a second tap is a slip."""
_ENDED = (BroadcastState.DONE, BroadcastState.CANCELLED)
_MISSED = (
    DeliveryState.UNREACHABLE,
    DeliveryState.FAILED,
    DeliveryState.CANCELLED,
    DeliveryState.EXPIRED,
)


def send_again(case: Case) -> Sequence[Call]:
    """Sends once more to those in doubt."""
    number = sources.repeat_doubtful(case.connection, case.row.source)
    if number:
        broadcasts.change_state(case.connection, case.row.id, _ENDED, BroadcastState.SENDING, ended_at=None)
        case.note("again")
    return gone(case)


def show_doubtful(case: Case) -> Sequence[Call]:
    """Who may have it, or may not."""
    return _names(case, (DeliveryState.IN_DOUBT,), case.words("In doubt:"))


def show_missed(case: Case) -> Sequence[Call]:
    """Who does not have it, and why."""
    return _names(case, _MISSED, case.words("Not reached:"))


def show_receipts(case: Case) -> Sequence[Call]:
    """Who has not confirmed: this message is kept up to date."""
    lines = lines_of(case.connection, case.row, case.desk.showing.default_language)
    card = receipts_card(case.row, lines, case.words)
    watched = {"chat_id": case.turn.chat_id, "message_id": case.over, "receipts": True}
    broadcasts.watch(case.connection, case.row.id, watched, f"{card.text}\n{case.row.nonce}")
    return case.put(card)


def show_report(case: Case) -> Sequence[Call]:
    """Back from the list."""
    broadcasts.watch(case.connection, case.row.id, None)
    return case.shown()


def nudge(case: Case) -> Sequence[Call]:
    """Reminds those who have not confirmed, at one tap."""
    earlier = broadcasts.about(case.connection, case.row.id, Purpose.NUDGE)
    if any(row.started_at and case.now - row.started_at < NUDGE_PAUSE for row in earlier):
        return case.say(case.words("They have just been reminded. Give them a minute."))
    audience = to_json(Audience(outcome=Outcome.UNCONFIRMED))
    new = NewBroadcast(Purpose.NUDGE, case.turn.person_id, {}, audience, case.row.id)
    row = broadcasts.add(case.connection, new, case.turn.moment)
    default = case.desk.showing.default_language
    launch(case.connection, row, default, by=case.turn.person_id, now=case.now)
    case.note("nudge")
    return []


def follow_up(case: Case) -> Sequence[Call]:
    """A draft of the same, for those who were not reached."""
    audience = to_json(Audience(outcome=Outcome.NOT_REACHED))
    return _draft(case, Purpose.ANNOUNCE, audience).shown(preview=True)


def correct(case: Case) -> Sequence[Call]:
    """A draft of what is to stand in its place."""
    if waiting := _still_waiting(case):
        return waiting
    draft = _draft(case, Purpose.CORRECT, to_json(Audience(outcome=Outcome.DELIVERED)))
    draft.ask(WORDS)
    words = case.words
    never_mind = Button(words("Never mind"), action("discard", draft.row))
    text = words("Send the words as they should be. You will see them before anything changes.")
    return case.say(text, ((never_mind,),))


def recall(case: Case) -> Sequence[Call]:
    """A draft that takes it back everywhere."""
    if waiting := _still_waiting(case):
        return waiting
    draft = _draft(case, Purpose.RECALL, to_json(Audience(outcome=Outcome.DELIVERED)))
    return replace(draft, over=None).shown()


def _draft(case: Case, purpose: Purpose, audience: dict[str, object]) -> Case:
    new = NewBroadcast(
        purpose,
        case.turn.person_id,
        to_json(replace(case.content, album="", message_id=0)),
        audience,
        about=case.row.id,
        asks_receipt=case.row.asks_receipt and purpose is not Purpose.RECALL,
    )
    return replace(case, row=broadcasts.add(case.connection, new, case.turn.moment), over=None)


def _still_waiting(case: Case) -> Sequence[Call]:
    """What to say while some copies may still be on their way: they would be left out."""
    if not is_under_way(case.connection, case.row):
        return []
    words = case.words
    return case.say(words("Some copies are still on their way. Cancel the rest or wait, then try again."))


def _names(case: Case, states: Sequence[DeliveryState], heading: str) -> Sequence[Call]:
    every = lines_of(case.connection, case.row, case.desk.showing.default_language)
    lines: list[Line] = [line for line in every if line.state in states]
    listed = names_text(lines, case.words) or case.words("Nobody.")
    return case.put(Card(f"{heading}\n\n{listed}", ((back(case.row, case.words),),)))
