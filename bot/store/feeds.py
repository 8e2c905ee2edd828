"""The secret in the address of each calendar that phones subscribe to: one for each set of groups."""

import secrets
from collections.abc import Collection

from sqlalchemy import Connection, select

from bot.store.database import insert
from bot.store.tables import feeds

TOKEN_BYTES = 18  # 144 bits, 24 characters of A-Z a-z 0-9 _ -
_row = feeds.c


def token_of(connection: Connection, groups: Collection[str]) -> str:
    """The token for members of exactly these groups, none of them meaning everybody; the same for good."""
    key = ",".join(sorted(groups))
    row = {"token": secrets.token_urlsafe(TOKEN_BYTES), "groups": key}
    connection.execute(insert(connection, feeds).values(row).on_conflict_do_nothing())
    token: str = connection.execute(select(_row.token).where(_row.groups == key)).scalar_one()
    return token


def groups_of(connection: Connection, token: str) -> tuple[str, ...] | None:
    """The groups that a token was made for; None for an unknown one."""
    key = connection.scalar(select(_row.groups).where(_row.token == token))
    return None if key is None else tuple(filter(None, key.split(",")))
