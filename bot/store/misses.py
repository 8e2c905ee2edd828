"""Questions that the bot had no answer to, in private chats, until they are answered or forgotten."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update

from bot.store.database import insert
from bot.store.tables import misses

_row = misses.c


class MissState(StrEnum):
    """Where a question stands."""

    OFFERED = "offered"  # the bot has asked whether one of its guesses was meant
    OPEN = "open"  # there is no answer to it


@dataclass(frozen=True, slots=True)
class Miss:
    """A question without an answer."""

    id: int
    chat_id: int
    message_id: int
    question: str
    language: str  # in which it was answered
    guesses: tuple[str, ...]  # ids, the best first
    tell: bool  # when there is an answer
    asked_at: datetime


def note(
    connection: Connection,
    asked_in: tuple[int, int],
    question: str,
    language: str,
    guesses: Sequence[str],
    *,
    state: MissState,
    now: datetime,
) -> None:
    """Keeps the question of a message (its chat and id); an edited one in place of the first."""
    chat_id, message_id = asked_in
    values = {"question": question, "language": language, "guesses": list(guesses), "state": state.value}
    row = {"chat_id": chat_id, "message_id": message_id, "tell": False, "asked_at": now, **values}
    statement = insert(connection, misses).values(row)
    connection.execute(statement.on_conflict_do_update(index_elements=["chat_id", "message_id"], set_=values))


def drop_message(connection: Connection, chat_id: int, message_id: int) -> None:
    """The question of a message has an answer after all."""
    connection.execute(delete(misses).where(_row.chat_id == chat_id, _row.message_id == message_id))


def none_of_these(connection: Connection, chat_id: int) -> None:
    """None of the guesses that a chat was offered last was meant."""
    last = select(func.max(_row.message_id)).where(_row.chat_id == chat_id, _row.state == MissState.OFFERED)
    connection.execute(
        update(misses)
        .where(_row.chat_id == chat_id, _row.message_id == last.scalar_subquery())
        .values(state=MissState.OPEN.value)
    )


def wish(connection: Connection, chat_id: int, message_id: int | None) -> bool:
    """The chat wants to hear of an answer to a question (None: to its last). Returns whether it is kept."""
    if message_id is None:
        last = select(func.max(_row.message_id)).where(_row.chat_id == chat_id, _row.state == MissState.OPEN)
        message_id = connection.scalar(last)
    statement = update(misses).where(_row.chat_id == chat_id, _row.message_id == message_id)
    return connection.execute(statement.values(tell=True)).rowcount == 1


def unanswered(connection: Connection, most: int = 2_000) -> list[Miss]:
    """The newest questions without an answer, the newest first."""
    query = select(misses).where(_row.state == MissState.OPEN).order_by(_row.id.desc()).limit(most)
    return [_miss(row) for row in connection.execute(query)]


def read(connection: Connection, ids: Collection[int]) -> list[Miss]:
    """Those of some ids that are still kept."""
    return [_miss(row) for row in connection.execute(select(misses).where(_row.id.in_(ids)))]


def drop(connection: Connection, ids: Collection[int]) -> None:
    """Drops questions that were answered, or that nobody wants to answer."""
    connection.execute(delete(misses).where(_row.id.in_(ids)))


def forget_old(connection: Connection, before: datetime) -> None:
    """Drops what was asked before `before`."""
    connection.execute(delete(misses).where(_row.asked_at < before))


def forget(connection: Connection, chat_id: int) -> None:
    """Drops all that was asked in a chat."""
    connection.execute(delete(misses).where(_row.chat_id == chat_id))


def _miss(row: Row[Any]) -> Miss:
    return Miss(
        id=row.id,
        chat_id=row.chat_id,
        message_id=row.message_id,
        question=row.question,
        language=row.language,
        guesses=tuple(row.guesses),
        tell=row.tell,
        asked_at=row.asked_at,
    )
