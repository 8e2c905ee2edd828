"""What participants thought of the sessions: one rating a person and session, the latest one counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from bot.store.database import insert
from bot.store.tables import ratings

_row = ratings.c


@dataclass(frozen=True, slots=True)
class Result:
    """How a session was rated."""

    session: str
    number: int  # of ratings
    average: float  # 1–5 stars
    comments: Sequence[str]  # the oldest first, without names


def rate(connection: Connection, session: str, chat_id: int, stars: int, now: datetime) -> None:
    """Keeps a person's stars in place of those given before; a comment stays."""
    values = {"stars": stars, "given_at": now}
    statement = insert(connection, ratings).values(session=session, chat_id=chat_id, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["session", "chat_id"], set_=values))


def comment(connection: Connection, session: str, chat_id: int, text: str) -> None:
    """Keeps a comment of somebody who has given stars."""
    connection.execute(
        update(ratings).where(_row.session == session, _row.chat_id == chat_id).values(comment=text)
    )


def results(connection: Connection) -> list[Result]:
    """Of every session that was rated."""
    comments: dict[str, list[str]] = {}
    for row in connection.execute(
        select(_row.session, _row.comment).where(_row.comment.is_not(None)).order_by(_row.given_at)
    ):
        comments.setdefault(row.session, []).append(row.comment)
    rows = connection.execute(select(_row.session, func.count(), func.avg(_row.stars)).group_by(_row.session))
    return [Result(row[0], row[1], float(row[2]), comments.get(row[0], [])) for row in rows]
