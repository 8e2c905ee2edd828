"""Whom the bot may write to: participants, groups and channels, and what is known of each."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, select, update

from bot.store.database import insert
from bot.store.tables import chats, memberships

LONGEST_NAME = 64  # characters
MOST_MARKS = 3  # on one letter: enough for Khmer and Vietnamese
SEEN_AGAIN = timedelta(hours=1)  # a chat seen within that time is not written down again
PRIVATE = "private"

_chat = chats.c


@dataclass(frozen=True, slots=True)
class Seen:
    """A chat as an update shows it. A participant's id and the id of their private chat are the same."""

    chat_id: int
    kind: str  # private, group, supergroup or channel
    name: str
    username: str | None = None
    language_code: str | None = None


@dataclass(frozen=True, slots=True)
class ChatRow:
    """What is known of a chat."""

    chat_id: int
    kind: str
    name: str
    username: str | None
    language_code: str | None
    country: str | None
    joined_at: datetime
    seen_at: datetime
    gone_at: datetime | None
    gone_why: str | None


def note_seen(connection: Connection, seen: Seen, now: datetime) -> bool:
    """Somebody wrote or pressed: they are here (again). Returns whether the chat is new."""
    shown = {
        "kind": seen.kind,
        "name": shown_name(seen.name),
        "username": seen.username,
        "language_code": seen.language_code,
    }
    row = read(connection, seen.chat_id)
    if row is None:
        values = {"chat_id": seen.chat_id, **shown, "joined_at": now, "seen_at": now}
        statement = insert(connection, chats).values(values).on_conflict_do_nothing()
        return connection.scalar(statement.returning(_chat.chat_id)) is not None
    if (
        row.gone_at
        or now - row.seen_at >= SEEN_AGAIN
        or any(getattr(row, name) != value for name, value in shown.items())
    ):
        values = {**shown, "seen_at": now, "gone_at": None, "gone_why": None}
        connection.execute(update(chats).where(_chat.chat_id == seen.chat_id).values(values))
    return False


def note_gone(connection: Connection, chat_id: int, why: str, now: datetime) -> None:
    """The bot cannot write there: it was blocked or removed, or the account is no more."""
    connection.execute(
        update(chats)
        .where(_chat.chat_id == chat_id, _chat.gone_at.is_(None))
        .values(gone_at=now, gone_why=why)
    )


def note_back(connection: Connection, seen: Seen, now: datetime) -> None:
    """The bot may write there (again): it was let in, or a block was taken back."""
    if read(connection, seen.chat_id) is None:
        note_seen(connection, seen, now)
    connection.execute(update(chats).where(_chat.chat_id == seen.chat_id).values(gone_at=None, gone_why=None))


def set_country(connection: Connection, chat_id: int, country: str | None) -> None:
    """Where a participant comes from, for announcements to some countries only."""
    connection.execute(update(chats).where(_chat.chat_id == chat_id).values(country=country))


def read(connection: Connection, chat_id: int) -> ChatRow | None:
    """What is known of a chat; None when it never wrote."""
    row = connection.execute(select(chats).where(_chat.chat_id == chat_id)).one_or_none()
    return ChatRow(**row._mapping) if row else None


def everybody(connection: Connection) -> list[ChatRow]:
    """All chats, those that are gone too, in the order in which they joined."""
    rows = connection.execute(select(chats).order_by(_chat.joined_at, _chat.chat_id))
    return [ChatRow(**row._mapping) for row in rows]


def groups_of(connection: Connection, chat_id: int) -> frozenset[str]:
    """The participants' groups that a chat belongs to."""
    table = memberships.c
    return frozenset(connection.scalars(select(table.group).where(table.chat_id == chat_id)))


def join(connection: Connection, chat_id: int, group: str, now: datetime, *, by: int | None = None) -> bool:
    """Puts a chat into a group, `by` an organizer or None by a link. Returns whether it is new there."""
    row = {"chat_id": chat_id, "group": group, "given_by": by, "given_at": now}
    statement = insert(connection, memberships).values(row).on_conflict_do_nothing()
    return connection.scalar(statement.returning(memberships.c.chat_id)) is not None


def leave(connection: Connection, chat_id: int, group: str) -> bool:
    """Takes a chat out of a group. Returns whether it was there."""
    table = memberships.c
    statement = delete(memberships).where(table.chat_id == chat_id, table.group == group)
    return connection.execute(statement).rowcount == 1


def members(connection: Connection, group: str) -> Sequence[int]:
    """The ids of the chats in a group."""
    table = memberships.c
    statement = select(table.chat_id).where(table.group == group).order_by(table.given_at, table.chat_id)
    return connection.scalars(statement).all()


def group_sizes(connection: Connection) -> dict[str, int]:
    """How many chats each group has that has any."""
    group = memberships.c.group
    rows = connection.execute(select(group, func.count().label("number")).group_by(group).order_by(group))
    return {row.group: row.number for row in rows}


def shown_name(name: str) -> str:
    """A name fit to be shown: one line, at most 64 characters, nothing that turns or stacks the text."""
    marks, kept = 0, []
    for character in unicodedata.normalize("NFC", name):
        category = unicodedata.category(character)
        marks = marks + 1 if category in _MARKS else 0
        if category in _UNSHOWN or marks > MOST_MARKS:
            continue
        kept.append(" " if category == "Cc" else character)
    return " ".join("".join(kept).split())[:LONGEST_NAME].rstrip()


_MARKS = {"Mn", "Me"}
_UNSHOWN = {"Cf", "Co", "Cs"}  # among them what turns the direction of writing
