"""Links that let somebody in: each carries a random token, of which only the hash is kept."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, not_, or_, select, update

from bot.store.roles import Role
from bot.store.tables import invitations

TOKEN_BYTES = 24  # 192 bits, 32 characters of A-Z a-z 0-9 _ -; a /start payload holds 64

_STAFF = [role.name.lower() for role in Role if role > Role.PARTICIPANT]
_row = invitations.c


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a link gives to who opens it."""

    role: Role = Role.PARTICIPANT
    group: str | None = None
    language: str | None = None  # both for who has not chosen another
    country: str | None = None  # ISO 3166
    made_by: int | None = None
    expires_at: datetime | None = None  # None: never
    uses_left: int | None = None  # None: any number


def make(connection: Connection, invitation: Invitation, now: datetime) -> str:
    """Keeps an invitation and returns the token that opens it."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    connection.execute(
        insert(invitations).values(
            token_sha256=_hashed(token),
            role=invitation.role.name.lower(),
            group=invitation.group,
            language=invitation.language,
            country=invitation.country,
            made_by=invitation.made_by,
            made_at=now,
            expires_at=invitation.expires_at,
            uses_left=invitation.uses_left,
        )
    )
    return token


def find(connection: Connection, token: str, now: datetime) -> Invitation | None:
    """What a token would give; None when it is unknown, has expired or was used up."""
    row = connection.execute(
        select(invitations).where(_row.token_sha256 == _hashed(token), _is_open(now))
    ).one_or_none()
    return _invitation(row) if row else None


def use(connection: Connection, token: str, now: datetime) -> Invitation | None:
    """Uses a token up once; None when it is unknown, has expired or was used up."""
    statement = (
        update(invitations)
        .where(_row.token_sha256 == _hashed(token), _is_open(now))
        .values(uses_left=_row.uses_left - 1)
    )
    if connection.execute(statement).rowcount != 1:
        return None
    return _invitation(
        connection.execute(select(invitations).where(_row.token_sha256 == _hashed(token))).one()
    )


def for_staff(connection: Connection, now: datetime) -> list[Invitation]:
    """The open links that admins made for staff to come, the next to expire first."""
    rows = connection.execute(
        select(invitations)
        .where(_row.role.in_(_STAFF), _row.made_by.is_not(None), _is_open(now))
        .order_by(_row.expires_at, _row.token_sha256)
    )
    return [_invitation(row) for row in rows]


def end_for_staff(connection: Connection) -> int:
    """Ends every link that makes somebody staff. Returns how many those were."""
    return connection.execute(delete(invitations).where(_row.role.in_(_STAFF))).rowcount


def end_for_group(connection: Connection, group: str | None) -> int:
    """Ends every link into a group of participants, or into none. Returns how many those were."""
    theirs = and_(_row.role.not_in(_STAFF), _row.group.is_not_distinct_from(group))
    return connection.execute(delete(invitations).where(theirs)).rowcount


def end_first(connection: Connection) -> None:
    """Ends the codes for a first admin, which nobody made."""
    connection.execute(delete(invitations).where(_row.role.in_(_STAFF), _row.made_by.is_(None)))


def forget_old(connection: Connection, now: datetime) -> None:
    """Drops what opens nothing any more."""
    connection.execute(delete(invitations).where(not_(_is_open(now))))


def _is_open(now: datetime) -> ColumnElement[bool]:
    return and_(
        or_(_row.expires_at.is_(None), _row.expires_at > now),
        or_(_row.uses_left.is_(None), _row.uses_left > 0),
    )


def _invitation(row: Any) -> Invitation:
    return Invitation(
        role=Role[row.role.upper()] if row.role else Role.PARTICIPANT,
        group=row.group,
        language=row.language,
        country=row.country,
        made_by=row.made_by,
        expires_at=row.expires_at,
        uses_left=row.uses_left,
    )


def revoke_all(connection: Connection, made_by: int) -> int:
    """Ends every link that a person made. Returns how many those were."""
    return connection.execute(delete(invitations).where(_row.made_by == made_by)).rowcount


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
