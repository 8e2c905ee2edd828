"""How often what was answered: numbers by day, language and outcome, without a word or a name of anybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from bot.store.database import insert
from bot.store.tables import answers


@dataclass(frozen=True, slots=True)
class Count:
    """How many questions of one day, in one language, ended in one way."""

    day: date  # in the programme's time zone
    language: str
    outcome: str  # answer, suggestions or unknown
    topic: str  # the id of what was answered; empty for none
    number: int


def count(connection: Connection, day: date, language: str, outcome: str, topic: str) -> None:
    """One more."""
    key = {"day": day.isoformat(), "language": language, "outcome": outcome, "topic": topic}
    statement = insert(connection, answers).values(**key, number=1)
    connection.execute(
        statement.on_conflict_do_update(index_elements=list(key), set_={"number": answers.c.number + 1})
    )


def read(connection: Connection, first: date, last: date) -> Sequence[Count]:
    """The numbers of the days from `first` to `last`, both included."""
    table = answers.c
    rows = connection.execute(
        select(answers)
        .where(table.day >= first.isoformat(), table.day <= last.isoformat())
        .order_by(table.day, table.language, table.outcome, table.topic)
    )
    return [
        Count(date.fromisoformat(row.day), row.language, row.outcome, row.topic, row.number) for row in rows
    ]
