"""Sending: the last question, the start, pause and cancel; and how a draft is to go out."""

from collections.abc import Sequence
from dataclasses import replace

from bot.broadcasts.cards import draft_problems, sure_card
from bot.broadcasts.facts import Draft, draft_facts
from bot.broadcasts.news import useful_for
from bot.broadcasts.sending import launch
from bot.chat.staff.broadcast_desk import OPEN, Case, gone
from bot.outbox import sources
from bot.outbox.call import Call
from bot.store import broadcasts
from bot.store.broadcasts import BroadcastState, Purpose

_RUNNING = (BroadcastState.SENDING, BroadcastState.PAUSED)


def show(case: Case) -> Sequence[Call]:
    """The card as it is now."""
    case.close_step()
    return case.shown()


def open_card(case: Case) -> Sequence[Call]:
    """The card in a message of its own, with the preview of a draft."""
    return replace(case, over=None).shown(preview=case.row.state in OPEN)


def send(case: Case) -> Sequence[Call]:
    """'Send': goes out, or asks once more when everybody is meant."""
    draft = _draft(case)
    if case.row.state not in OPEN or draft_problems(draft, case.words):
        return gone(case)
    if case.row.purpose is Purpose.ANNOUNCE and draft.audience.everybody:
        return case.put(sure_card(draft, case.words))
    return _go(case)


def send_to_everybody(case: Case) -> Sequence[Call]:
    """The second 'yes', which names the number; another number is asked again."""
    draft = _draft(case)
    if case.row.state not in OPEN or draft_problems(draft, case.words):
        return gone(case)
    return _go(case) if case.value == str(draft.number) else case.put(sure_card(draft, case.words))


def send_now(case: Case) -> Sequence[Call]:
    """What waited for its hour goes out at once."""
    after = case.changed(send_at=None)
    return send(after) if after else gone(case)


def unschedule(case: Case) -> Sequence[Call]:
    """It is a draft again, and does not go out by itself."""
    case.note("unschedule")
    return case.revised()


def pause(case: Case) -> Sequence[Call]:
    """Holds what is not sent yet."""
    if broadcasts.change_state(
        case.connection, case.row.id, (BroadcastState.SENDING,), BroadcastState.PAUSED
    ):
        sources.pause(case.connection, case.row.source)
        case.note("pause")
    return gone(case)


def resume(case: Case) -> Sequence[Call]:
    """Goes on where it was."""
    if broadcasts.change_state(
        case.connection, case.row.id, (BroadcastState.PAUSED,), BroadcastState.SENDING, error=None
    ):
        sources.resume(case.connection, case.row.source)
        case.note("resume")
    return gone(case)


def stop(case: Case) -> Sequence[Call]:
    """Cancels what is not sent yet."""
    if broadcasts.change_state(case.connection, case.row.id, _RUNNING, BroadcastState.CANCELLED):
        sources.call_off(case.connection, case.row.source)
        case.note("cancel")
    return gone(case)


def turn_sound(case: Case) -> Sequence[Call]:
    """With a sound, or without."""
    return case.revised(silent=not case.row.silent)


def turn_receipt(case: Case) -> Sequence[Call]:
    """With the button 'Understood', or without; the preview shows it."""
    return case.revised(preview=True, asks_receipt=not case.row.asks_receipt)


def turn_newcomers(case: Case) -> Sequence[Call]:
    """Whether who joins later sees it."""
    return case.revised(for_newcomers=not case.row.for_newcomers)


def turn_paid(case: Case) -> Sequence[Call]:
    """Faster for Telegram Stars, or at the usual pace for nothing."""
    return case.revised(paid=not case.row.paid)


def turn_answers(case: Case) -> Sequence[Call]:
    """Whether earlier answers that named the old time are corrected, too."""
    changes = dict(case.row.changes or {})
    changes["correct_answers"] = not changes.get("correct_answers", True)
    return case.revised(changes=changes)


def _go(case: Case) -> Sequence[Call]:
    send_at = case.row.send_at
    if send_at and send_at > case.turn.moment:
        after = case.changed(state=BroadcastState.SCHEDULED)
        case.note("schedule")
        return after.shown() if after else gone(case)
    default = case.desk.showing.default_language
    watched = {"chat_id": case.turn.chat_id, "message_id": case.over} if case.over else None
    number = launch(
        case.connection,
        case.row,
        default,
        by=case.turn.person_id,
        now=case.now,
        watched=watched,
        useful_for=useful_for(case.row, case.turn.moment, case.desk.showing.zone),
    )
    if number is not None:
        case.note("send")
    return gone(case)


def _draft(case: Case) -> Draft:
    return draft_facts(case.connection, case.row, case.desk.showing.default_language)
