"""Everybody that an announcement may go to, with what an audience is chosen by."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from bot.store import admissions
from bot.store.chats import PRIVATE
from bot.store.tables import chats, conversations, deliveries, memberships


@dataclass(frozen=True, slots=True)
class Reachable:
    """A chat that the bot may write to."""

    chat_id: int
    kind: str  # private, group, supergroup or channel
    name: str
    username: str | None
    language: str | None  # chosen, or else guessed
    country: str | None
    groups: frozenset[str]

    @property
    def private(self) -> bool:
        """Whether this is a participant, and not a group or a channel."""
        return self.kind == PRIVATE


def reachable(connection: Connection, chat_ids: Collection[int] | None = None) -> list[Reachable]:
    """The chats that are let in and not gone, or those of `chat_ids` among them, as they joined."""
    chat, spoken = chats.c, conversations.c
    query = (
        select(
            chat.chat_id,
            chat.kind,
            chat.name,
            chat.username,
            chat.country,
            spoken.language,
            spoken.guessed_language,
        )
        .select_from(chats.outerjoin(conversations, spoken.chat_id == chat.chat_id))
        .where(chat.gone_at.is_(None), ~admissions.shut_out(chat.chat_id))
        .order_by(chat.joined_at, chat.chat_id)
    )
    if chat_ids is not None:
        query = query.where(chat.chat_id.in_(chat_ids))
    groups = defaultdict[int, set[str]](set)
    for member in connection.execute(select(memberships.c.chat_id, memberships.c.group)):
        groups[member.chat_id].add(member.group)
    return [
        Reachable(
            chat_id=row.chat_id,
            kind=row.kind,
            name=row.name,
            username=row.username,
            language=row.language or row.guessed_language,
            country=row.country,
            groups=frozenset(groups[row.chat_id]) if row.chat_id in groups else frozenset(),
        )
        for row in connection.execute(query)
    ]


def without(connection: Connection, source: str, since: datetime) -> list[Reachable]:
    """The participants who joined after a moment, and to whom nothing of a source was sent."""
    sent = select(deliveries.c.id).where(
        deliveries.c.source == source, deliveries.c.chat_id == chats.c.chat_id
    )
    query = select(chats.c.chat_id).where(
        chats.c.joined_at > since, chats.c.gone_at.is_(None), chats.c.kind == PRIVATE, ~sent.exists()
    )
    found = connection.scalars(query).all()
    return reachable(connection, found) if found else []


def names(connection: Connection, chat_ids: Collection[int]) -> dict[int, str]:
    """What chats are called, also those that are gone."""
    chat = chats.c
    rows = connection.execute(select(chat.chat_id, chat.name))
    wanted = set(chat_ids)
    return {row.chat_id: row.name for row in rows if row.chat_id in wanted}
