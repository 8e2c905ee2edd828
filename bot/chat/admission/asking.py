"""Asking to be let in: a card in the organizers' chat, on which one of them decides."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from bot.assistant.reply import Button
from bot.chat.admission.door import ASK, refused_line, standing_card, waiting_line
from bot.chat.inquiries.desk import recipients
from bot.chat.inquiries.naming import number_in
from bot.chat.render import message, render
from bot.chat.staff.commands import words_for
from bot.chat.staff.feature import Feature
from bot.chat.staff.people import described, name_of
from bot.chat.turn import Turn, remembered_in
from bot.locales import Words
from bot.outbox.call import Call
from bot.outbox.delivery import DeliveryState, enqueue
from bot.outbox.sources import copies
from bot.store import admissions, audit
from bot.store.admissions import Admission, Standing
from bot.store.roles import Role

_DECIDE = "door"
_WAITING, _ADMITTED, _REFUSED = Standing.WAITING, Standing.ADMITTED, Standing.REFUSED
_DECISIONS = {_WAITING: (_ADMITTED, _REFUSED), _ADMITTED: (_REFUSED,), _REFUSED: (_ADMITTED,)}
"""What can be decided of whom, by how they stand."""


def asking_to_come_in(settled: Mapping[int, Role]) -> tuple[Feature, Feature]:
    """The features: one for who asks, one for organizers. `settled` are the settings' roles."""

    async def ask(turn: Turn) -> None:
        if turn.let_in:
            turn.reply(turn.assistant.command("start", turn.conversation, turn.moment))
        else:
            turn.decide(lambda connection: [_asked(connection, turn, settled)])

    async def decide(turn: Turn) -> None:
        person, old, new = _read(turn.argument)
        if person and old and new in _DECISIONS.get(old, ()):
            turn.decide(lambda connection: _decided(connection, turn, person, old, new))

    return (
        Feature(Role.PARTICIPANT, presses={ASK: ask}, for_strangers=True),
        Feature(Role.ORGANIZER, presses={_DECIDE: decide}, private=False),
    )


def _read(argument: str) -> tuple[int | None, Standing | None, Standing | None]:
    """Whom a button is about, how they stood and how they shall; anybody may have forged it."""
    person, old, new, *_ = [*argument.split(":"), "", "", ""]
    names = {standing.value: standing for standing in Standing}
    return number_in(person), names.get(old), names.get(new)


def _asked(connection: Connection, turn: Turn, settled: Mapping[int, Role]) -> Call:
    words, there = turn.words, recipients(connection, settled)
    if not there:
        text = words("I know no organizer whom I could ask. Please speak to the organizers.")
        return message(turn.chat_id, text)
    card = f"admission:{turn.update.update_id}:"
    if not admissions.ask(connection, turn.chat_id, card, turn.moment):
        return standing_card(connection, turn)
    found = admissions.read(connection, turn.chat_id)
    for chat_id in there:
        enqueue(connection, card, [_card(connection, turn, found, chat_id)] if found else [])
    return message(turn.chat_id, waiting_line(words))


def _decided(connection: Connection, turn: Turn, person: int, old: Standing, new: Standing) -> Sequence[Call]:
    """Decides, unless another organizer was faster; tells who asked, and changes all cards."""
    if not admissions.change(connection, person, old, new, by=turn.person_id, now=turn.moment):
        return [message(turn.chat_id, turn.words("This has changed meanwhile."))]
    audit.note(connection, turn.person_id, "admission.decide", f"{new} {person}", turn.moment)
    if found := admissions.read(connection, person):
        _update_cards(connection, turn, found)
    words = words_for(connection, person, turn.assistant)
    if new is _REFUSED:
        return [message(person, refused_line(words))]
    welcome = turn.assistant.command("start", remembered_in(connection, person), turn.moment)
    return [message(person, words("An organizer has let you in.")), *render(welcome, person)]


def _update_cards(connection: Connection, turn: Turn, found: Admission) -> None:
    for sent in copies(connection, found.card or "", {DeliveryState.SENT}):
        params = {"message_id": sent.message_ids[0], **_card(connection, turn, found, sent.chat_id).params}
        edit = Call(sent.chat_id, "editMessageText", params)
        enqueue(connection, f"{found.card}{found.changed_at.timestamp()}", [edit])


def _card(connection: Connection, turn: Turn, found: Admission, chat_id: int) -> Call:
    """Who asks and what was decided, in the language of a chat of organizers."""
    words = words_for(connection, chat_id, turn.assistant)
    who = described(connection, found.chat_id, words)
    by = name_of(connection, found.given_by, words) if found.given_by else ""
    text = {
        _ADMITTED: words("✅ {person} was let in by {other}.", person=who, other=by),
        _REFUSED: words("⛔ {person} was not let in: {other} decided so.", person=who, other=by),
    }.get(found.standing) or words(
        "🚪 {person} has no invitation and asks to be let in. Only if you know this person, let them in.",
        person=who,
    )
    return message(chat_id, text, _buttons(found, words))


def _buttons(found: Admission, words: Words) -> Sequence[Sequence[Button]]:
    labels = {_ADMITTED: words("Let in"), _REFUSED: words("Do not let in")}
    return [
        tuple(
            Button(labels[new], f"{_DECIDE}:{found.chat_id}:{found.standing}:{new}")
            for new in _DECISIONS.get(found.standing, ())
        )
    ]
