"""The numbers of some days: who is here, what was asked and how that ended."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from bot.store import answers
from bot.store.admissions import shut_out
from bot.store.answers import Count
from bot.store.chats import PRIVATE
from bot.store.tables import chats, conversations, memberships

MOST_TOPICS = 8


@dataclass(frozen=True, slots=True)
class Day:
    """The questions of one day by how they ended."""

    day: date
    answered: int
    suggested: int
    unknown: int

    @property
    def asked(self) -> int:
        """All of them."""
        return self.answered + self.suggested + self.unknown


@dataclass(frozen=True, slots=True)
class Figures:
    """All numbers."""

    people: int  # who wrote to the bot and can be written to
    gone: int  # who blocked the bot or left Telegram
    languages: Mapping[str, int]  # code → people, the most first; empty code: nobody knows
    groups: Mapping[str, int]  # group → people
    days: Sequence[Day]  # every day asked for, in order
    topics: Sequence[tuple[str, int]]  # ids asked for most, with how often

    @property
    def asked(self) -> int:
        """Questions of all days."""
        return sum(day.asked for day in self.days)


def gather(connection: Connection, first: date, last: date) -> Figures:
    """The figures from `first` to `last`, both included; people are counted as they are now."""
    here, gone = _people(connection)
    counts = answers.read(connection, first, last)
    return Figures(
        here, gone, _languages(connection), _groups(connection), _days(counts, first, last), _topics(counts)
    )


def _people(connection: Connection) -> tuple[int, int]:
    """Those who are here, and those who are gone."""
    row = connection.execute(
        select(func.count(), func.count(chats.c.gone_at)).where(
            chats.c.kind == PRIVATE, ~shut_out(chats.c.chat_id)
        )
    ).one()
    return row[0] - row[1], row[1]


def _languages(connection: Connection) -> Mapping[str, int]:
    table = conversations.c
    language = func.coalesce(table.language, table.guessed_language, "")
    here = chats.c.kind == PRIVATE, chats.c.gone_at.is_(None), ~shut_out(chats.c.chat_id)
    rows = connection.execute(
        select(language, func.count())
        .select_from(chats.outerjoin(conversations, table.chat_id == chats.c.chat_id))
        .where(*here)
        .group_by(language)
    )
    return dict(Counter({row[0]: row[1] for row in rows}).most_common())


def _groups(connection: Connection) -> Mapping[str, int]:
    group = memberships.c.group
    rows = connection.execute(select(group, func.count()).group_by(group).order_by(group))
    return {row[0]: row[1] for row in rows}


def _days(counts: Sequence[Count], first: date, last: date) -> list[Day]:
    ended = Counter[tuple[date, str]]()
    for each in counts:
        ended[each.day, each.outcome] += each.number
    days = (first + timedelta(number) for number in range((last - first).days + 1))
    return [Day(day, ended[day, "answer"], ended[day, "suggestions"], ended[day, "unknown"]) for day in days]


def _topics(counts: Sequence[Count]) -> list[tuple[str, int]]:
    topics = Counter[str]()
    for each in counts:
        if each.topic:
            topics[each.topic] += each.number
    return topics.most_common(MOST_TOPICS)
