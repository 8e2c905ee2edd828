"""An announcement goes out, in the caller's transaction: one delivery for each recipient, and never two."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from bot.broadcasts.answers import Outdated, corrections
from bot.broadcasts.audience import Audience, Outcome, Recipient, chosen, includes
from bot.broadcasts.calls import calls_for, edit_for, keyboard_for
from bot.broadcasts.changes import Timetable, changes
from bot.broadcasts.content import Content, Text
from bot.broadcasts.kept import from_json
from bot.locales import words_in
from bot.outbox import sources
from bot.outbox.answers import answers_since
from bot.outbox.call import Call
from bot.outbox.delivery import DeliveryState, Lane, enqueue
from bot.outbox.sources import Copy
from bot.outbox.standing import begin
from bot.store import broadcasts, receipts
from bot.store.broadcasts import BroadcastRow, BroadcastState, Purpose
from bot.store.reachable import Reachable, reachable, without

DELETABLE = timedelta(hours=47)
"""How long after the first copy all are still deleted: Telegram's limit is 48 hours for each message."""
PER_SECOND = 28  # messages, of the whole bot
PAID_PER_SECOND = 100
MESSAGES_FOR_A_STAR = 10
KEPT_ANSWERS = timedelta(days=7)
"""So long after an answer a change of the schedule may still be sent, and correct it."""

_DELIVERED = (DeliveryState.SENT,)
_NOT_REACHED = (
    DeliveryState.UNREACHABLE,
    DeliveryState.FAILED,
    DeliveryState.CANCELLED,
    DeliveryState.EXPIRED,
)


def recipients(connection: Connection, row: BroadcastRow, default_language: str) -> list[Recipient]:
    """Who would get a broadcast if it went out now."""

    def with_outcome(outcome: Outcome) -> set[int]:
        return reached(connection, row.about, outcome) if row.about else set()

    audience, people = from_json(Audience, row.audience), reachable(connection)
    found = chosen(audience, people, default_language, with_outcome)
    if row.changes and row.changes["correct_answers"]:  # who was told the old time has to hear of the new one
        told = {answer["chat_id"] for answer in row.changes["answers"]}
        missing = told - {recipient.chat_id for recipient in found}
        found += [
            Recipient(person.chat_id, person.language or default_language)
            for person in people
            if person.chat_id in missing
        ]
    return found


def reached(connection: Connection, broadcast_id: int, outcome: Outcome) -> set[int]:
    """The chats with whom a broadcast came to this outcome."""
    states = sources.states(connection, f"broadcast:{broadcast_id}")
    if outcome is Outcome.NOT_REACHED:
        return {chat_id for chat_id, state in states.items() if state in _NOT_REACHED}
    delivered = {chat_id for chat_id, state in states.items() if state in _DELIVERED}
    if outcome is Outcome.UNCONFIRMED:
        return delivered - receipts.given(connection, broadcast_id)
    return delivered


def launch(
    connection: Connection,
    row: BroadcastRow,
    default_language: str,
    *,
    by: int | None,
    now: datetime,
    watched: Mapping[str, int] | None = None,
    useful_for: timedelta | None = None,
) -> int | None:
    """Sends a draft, or what waited for its hour. Returns to how many, or None when another was faster.

    `now` is the host's. The recipients are those of this moment. `watched` names the message (`chat_id` and
    `message_id`) that shows the progress. What is not sent while it is `useful_for` expires.
    """
    open_states = (BroadcastState.DRAFT, BroadcastState.SCHEDULED)
    if not broadcasts.change_state(
        connection,
        row.id,
        open_states,
        BroadcastState.SENDING,
        started_by=by or row.made_by,
        started_at=now,
        show_at=None,
        **({"watched": dict(watched)} if watched else {}),
    ):
        return None
    about = broadcasts.read(connection, row.about) if row.about else None
    calls = _calls(connection, row, about, default_language, now)
    begin(connection, row.source, paid=row.paid)
    expires_at = now + useful_for if useful_for else None
    if row.purpose in {Purpose.CORRECT, Purpose.RECALL}:  # what is wrong must not stand longer than it has to
        enqueue(connection, row.source, calls, Lane.REMINDER, expires_at=expires_at)
    else:
        sources.queue(connection, row.source, calls, expires_at=expires_at)
    if row.changes and row.changes["correct_answers"]:
        _correct_answers(connection, row, row.changes, default_language, now)
    if about and row.purpose is Purpose.CORRECT:
        broadcasts.set_content(connection, about.id, row.content)
    if about and row.purpose is Purpose.RECALL:
        went_out = (BroadcastState.DONE, BroadcastState.CANCELLED)
        broadcasts.change_state(connection, about.id, went_out, BroadcastState.RECALLED)
    return len({call.chat_id for call in calls})


def newcomers(connection: Connection, row: BroadcastRow, default_language: str) -> list[Reachable]:
    """Those who joined after an announcement was made, belong to its audience and do not have it."""
    audience = from_json(Audience, row.audience)
    later = without(connection, row.source, row.made_at)
    return [person for person in later if includes(audience, person, default_language)]


def greet(connection: Connection, row: BroadcastRow, default_language: str) -> int:
    """Queues an announcement for its newcomers, without a sound, and says how many messages that are."""
    content, receipt = from_json(Content, row.content), row.id if row.asks_receipt else None
    calls = []
    for person in newcomers(connection, row, default_language):
        language = person.language or default_language
        calls += calls_for(content, person.chat_id, language, receipt=receipt, silent=True)
    return enqueue(connection, row.source, calls, Lane.BROADCAST)


def is_under_way(connection: Connection, row: BroadcastRow) -> bool:
    """Whether some of a broadcast's messages may still be sent."""
    waiting = (DeliveryState.QUEUED, DeliveryState.PAUSED, DeliveryState.SENDING)
    return any(state in waiting for state in sources.tally(connection, row.source))


def seconds_for(number: int, content: Content, *, paid: bool = False) -> float:
    """About how long it takes to send to so many, in seconds."""
    return number * max(content.messages, 1) / (PAID_PER_SECOND if paid else PER_SECOND)


def stars_for(number: int, content: Content) -> int:
    """What paid sending to so many costs at most, in Telegram Stars (Bot API, allow_paid_broadcast)."""
    return -(-number * max(content.messages, 1) // MESSAGES_FOR_A_STAR)


def _calls(
    connection: Connection,
    row: BroadcastRow,
    about: BroadcastRow | None,
    default_language: str,
    now: datetime,
) -> list[Call]:
    if row.purpose is Purpose.ANNOUNCE:
        people = recipients(connection, row, default_language)
        return _announcement(from_json(Content, row.content), people, row)
    if about is None:
        return []
    copies = sources.copies(connection, about.source, _DELIVERED)
    languages = {person.chat_id: person.language or default_language for person in reachable(connection)}
    if row.purpose is Purpose.NUDGE:
        people = recipients(connection, row, default_language)
        return _nudges(people, about, copies)
    confirmed = receipts.given(connection, about.id)
    content = from_json(Content, row.content)
    if row.purpose is Purpose.RECALL and about.started_at and now - about.started_at < DELETABLE:
        nudges = broadcasts.about(connection, about.id, Purpose.NUDGE)
        reminders = [
            each for nudge in nudges for each in sources.copies(connection, nudge.source, _DELIVERED)
        ]
        return _deletions([*copies, *reminders])
    edits = []
    for copy in _with_words(copies):
        language = languages.get(copy.chat_id, default_language)
        receipt = about.id if about.asks_receipt and copy.chat_id not in confirmed else None
        if row.purpose is Purpose.RECALL:
            words = words_in(language)
            text, keyboard = Text(words("This message was taken back by the organizers.")), {}
        else:
            text, keyboard = content.text_for(language), keyboard_for(content, language, receipt)
        edits.append(edit_for(text, keyboard, copy.chat_id, copy.method, copy.message_ids[0]))
    return edits


def _correct_answers(
    connection: Connection, row: BroadcastRow, about: Mapping[str, Any], default_language: str, now: datetime
) -> None:
    """Puts the change on top of the answers that it has made wrong."""
    wrong = [
        Outdated(each["chat_id"], each["message_id"], tuple(each["sessions"])) for each in about["answers"]
    ]
    old, new = from_json(Timetable, about["before"]), from_json(Timetable, about["after"])
    answers = answers_since(connection, now - KEPT_ANSWERS)
    languages = {person.chat_id: person.language or default_language for person in reachable(connection)}
    calls = list(corrections(wrong, answers, changes(old, new), (old, new), languages))
    enqueue(connection, f"answers:{row.id}", calls, Lane.REMINDER)


def _announcement(content: Content, people: Iterable[Recipient], row: BroadcastRow) -> list[Call]:
    receipt = row.id if row.asks_receipt else None
    made: dict[str, list[Call]] = {}
    calls = []
    for person in people:
        language = person.language
        if language not in made:
            made[language] = calls_for(content, 0, language, receipt=receipt, silent=row.silent)
        calls += [replace(call, chat_id=person.chat_id) for call in made[language]]
    return calls


def _nudges(people: Iterable[Recipient], about: BroadcastRow, copies: Iterable[Copy]) -> list[Call]:
    first = {copy.chat_id: copy.message_ids[0] for copy in _with_words(copies)}
    calls = []
    for person in people:
        words = words_in(person.language)
        text = Text(words("Please read this message and confirm with the button that you have understood."))
        nudge = Content(person.language, {person.language: text})
        [call] = calls_for(nudge, person.chat_id, person.language, receipt=about.id)
        message_id = first.get(person.chat_id)
        reply = {"message_id": message_id, "allow_sending_without_reply": True}
        calls.append(
            replace(call, params={**call.params, **({"reply_parameters": reply} if message_id else {})})
        )
    return calls


def _deletions(copies: Iterable[Copy]) -> list[Call]:
    ids: dict[int, list[int]] = {}
    for copy in copies:
        ids.setdefault(copy.chat_id, []).extend(copy.message_ids)
    return [
        Call(chat_id, "deleteMessages", {"message_ids": found}) for chat_id, found in ids.items() if found
    ]


def _with_words(copies: Iterable[Copy]) -> list[Copy]:
    """Of each chat the message that holds the words, or that could hold them under its picture."""
    best: dict[int, Copy] = {}
    for copy in copies:
        if copy.method == "sendMessage" or (copy.chat_id not in best and copy.method in _CAPTIONED):
            best[copy.chat_id] = copy
    return [copy for copy in best.values() if copy.message_ids]


_CAPTIONED = {"sendPhoto", "sendDocument", "sendMediaGroup"}
