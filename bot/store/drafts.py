"""What an admin has changed and not published yet: one draft for each person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select

from bot.store.database import insert
from bot.store.tables import drafts


@dataclass(frozen=True, slots=True)
class Draft:
    """A change that waits to be published."""

    nonce: str  # another one after each change, so that a button tells which it was about
    edits: Sequence[Any]  # JSON values
    archive: bytes | None = None  # files as a ZIP archive
    removed: tuple[str, ...] = ()  # names of files
    misses: tuple[tuple[int, str], ...] = ()  # ids of questions without an answer, and what will answer them


def read(connection: Connection, person_id: int) -> Draft | None:
    """A person's draft."""
    row = connection.execute(select(drafts).where(drafts.c.person_id == person_id)).one_or_none()
    return Draft(row.nonce, row.edits, row.archive, tuple(row.removed), _pairs(row.misses)) if row else None


def _pairs(kept: Sequence[Any]) -> tuple[tuple[int, str], ...]:
    return tuple((number, topic) for number, topic in kept)


def write(connection: Connection, person_id: int, draft: Draft, now: datetime) -> None:
    """Keeps a draft in place of the person's earlier one."""
    values = {
        "nonce": draft.nonce,
        "edits": list(draft.edits),
        "archive": draft.archive,
        "removed": list(draft.removed),
        "misses": [list(pair) for pair in draft.misses],
        "made_at": now,
    }
    statement = insert(connection, drafts).values(person_id=person_id, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_=values))


def drop(connection: Connection, person_id: int, nonce: str | None = None) -> bool:
    """Drops a person's draft, if it is still that of `nonce` (None: any). Returns whether there was one."""
    statement = delete(drafts).where(drafts.c.person_id == person_id)
    if nonce is not None:
        statement = statement.where(drafts.c.nonce == nonce)
    return connection.execute(statement).rowcount == 1


def forget_old(connection: Connection, before: datetime) -> None:
    """Drops what nobody has touched since `before`."""
    connection.execute(delete(drafts).where(drafts.c.made_at < before))
