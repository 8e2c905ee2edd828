"""Where organizers work on broadcasts: finds the one that a button or a step means, and acts on it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.assistant.reply import Button
from bot.broadcasts.cards import Card
from bot.broadcasts.content import Content
from bot.broadcasts.kept import from_json, to_json
from bot.broadcasts.showing import Showing
from bot.chat.render import message
from bot.chat.staff.people import name_of
from bot.chat.turn import Turn
from bot.clock import Clock
from bot.locales import Words
from bot.outbox.call import Call
from bot.store import audit, broadcasts, steps
from bot.store.broadcasts import BroadcastRow, BroadcastState
from bot.store.database import Database
from bot.store.roles import Role
from bot.store.steps import Step

OPEN = (BroadcastState.DRAFT, BroadcastState.SCHEDULED)


@dataclass(frozen=True, slots=True)
class Desk:
    """What all work on broadcasts needs. `roles` are the settings' own, by numeric id."""

    database: Database
    showing: Showing
    host_clock: Clock
    roles: Mapping[int, Role]


@dataclass(frozen=True, slots=True)
class Case:
    """One broadcast in somebody's hands, inside the transaction that changes it."""

    desk: Desk
    connection: Connection
    row: BroadcastRow
    turn: Turn
    value: str = ""  # what the pressed button says beside its act
    over: int | None = None  # the message under which it was pressed

    @property
    def words(self) -> Words:
        """The bot's words in the language of the organizer."""
        return self.turn.words

    @property
    def content(self) -> Content:
        """What the broadcast says."""
        return from_json(Content, self.row.content)

    @property
    def now(self) -> datetime:
        """The present by the host's clock."""
        return self.desk.host_clock()

    def shown(self, *, preview: bool = False) -> Sequence[Call]:
        """The card: after a preview, or else in place of the message whose button was pressed."""
        over = None if preview else self.over
        calls = self.desk.showing.shown(
            self.connection, self.row, self.turn.chat_id, self.now, preview=preview, over=over
        )
        return [*self._old_card(), *calls] if preview else calls

    def _old_card(self) -> Sequence[Call]:
        """Takes away the card whose button was pressed: a newer one stands below."""
        if self.over is None:
            return []
        return [Call(self.turn.chat_id, "deleteMessages", {"message_ids": [self.over]})]

    def revised(self, *, preview: bool = False, **values: Any) -> Sequence[Call]:
        """Changes a draft and shows it. What waited for its hour is a draft again."""
        case = self.changed(**values)
        return case.shown(preview=preview) if case else gone(self)

    def changed(self, **values: Any) -> "Case | None":
        """Changes a draft; None when it is not one any more."""
        row = broadcasts.revise(
            self.connection, self.row.id, self.row.nonce, **{"state": BroadcastState.DRAFT, **values}
        )
        return replace(self, row=row) if row else None

    def with_content(self, content: Content) -> Sequence[Call]:
        """Gives a draft other content and shows all of it."""
        return self.revised(preview=True, content=to_json(content))

    def say(self, text: str, buttons: Sequence[Sequence[Button]] = ()) -> Sequence[Call]:
        """A message to the organizer."""
        return [message(self.turn.chat_id, text, buttons)]

    def put(self, card: Card) -> Sequence[Call]:
        """A card in place of the message whose button was pressed."""
        return [self.desk.showing.call(card, self.turn.chat_id, self.over)]

    def ask(self, name: str, **state: Any) -> None:
        """Opens the step in which the next message of this person belongs to the broadcast."""
        self._set_step(Step(name, {"id": self.row.id, **state}))

    def close_step(self) -> None:
        """The next message is a question again."""
        self._set_step(None)

    def note(self, deed: str) -> None:
        """Writes down for the admins what was done."""
        audit.note(
            self.connection, self.turn.person_id, f"broadcast.{deed}", str(self.row.id), self.turn.moment
        )

    def _set_step(self, step: Step | None) -> None:
        if self.turn.person_id is not None:
            steps.write(self.connection, self.turn.chat_id, self.turn.person_id, step, self.turn.moment)


Act = Callable[[Case], Sequence[Call]]
"""What a button, or a message that was asked for, does to a broadcast."""


def press(desk: Desk, acts: Mapping[str, Act], turn: Turn) -> None:
    """Has the pressed button do its work, unless the draft has changed since it was shown."""
    query = turn.update.callback_query
    name, _, rest = turn.argument.partition(":")
    number, _, rest = rest.partition(":")
    nonce, _, value = rest.partition(":")
    over = query.message.message_id if query and query.message else None
    if name not in acts or not (number.isascii() and number.isdigit() and len(number) < 19):
        return

    def decide(connection: Connection) -> Sequence[Call]:
        row = broadcasts.read(connection, int(number), lock=True)
        if row is None:
            return _missing(turn, over)
        case = Case(desk, connection, row, turn, value, over)
        return gone(case) if row.state in OPEN and row.nonce != nonce else acts[name](case)

    turn.decide(decide)


def take(desk: Desk, act: Act, turn: Turn) -> None:
    """Has a message do what it was asked for."""
    broadcast_id = int(turn.step.state["id"]) if turn.step else 0

    def decide(connection: Connection) -> Sequence[Call]:
        row = broadcasts.read(connection, broadcast_id, lock=True)
        case = Case(desk, connection, row, turn) if row else None
        if case and case.row.state in OPEN:
            return act(case)
        if turn.person_id is not None:
            steps.write(connection, turn.chat_id, turn.person_id, None, turn.moment)
        return gone(case) if case else _missing(turn, None)

    turn.decide(decide)


def gone(case: Case) -> Sequence[Call]:
    """What has become of a broadcast that a button knew otherwise."""
    row = broadcasts.read(case.connection, case.row.id)
    if row is None:
        return _missing(case.turn, case.over)
    calls = [*replace(case, row=row).shown()]
    if row.state not in OPEN and row.started_by not in {None, case.turn.person_id}:
        who = name_of(case.connection, row.started_by or 0, case.words)
        calls += case.say(case.words("{who} has sent it already.", who=who))
    return calls


def _missing(turn: Turn, over: int | None) -> Sequence[Call]:
    text = turn.words("This draft is not there any more.")
    if over is None:
        return [message(turn.chat_id, text)]
    return [Call(turn.chat_id, "editMessageText", {"message_id": over, "text": text})]
