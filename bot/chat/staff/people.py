"""Who is staff, and how people are named on the screens of staff."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.locales import Words
from bot.store import chats, roles
from bot.store.roles import Role

_FIRST_STRONG_ISOLATE, _POP = "\u2068", "\u2069"  # a name written from right to left turns nothing else


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with a role."""

    person_id: int
    role: Role
    given_at: datetime | None  # None: by the settings, which no chat changes


def staff(connection: Connection, settled: Mapping[int, Role], *, locked: bool = False) -> list[Member]:
    """Everybody with a role, admins first. `settled` are the settings' roles, by numeric id.

    `locked`: nobody loses a role until the transaction ends.
    """
    members = {person: Member(person, role, None) for person, role in sorted(settled.items())}
    for row in roles.given(connection, locked=locked):
        if row.role > settled.get(row.person_id, Role.PARTICIPANT):
            members[row.person_id] = Member(row.person_id, row.role, row.given_at)
    return sorted(members.values(), key=lambda member: -member.role)


def admins(connection: Connection, settled: Mapping[int, Role], *, locked: bool = False) -> set[int]:
    """The ids of all admins."""
    found = staff(connection, settled, locked=locked)
    return {member.person_id for member in found if member.role is Role.ADMIN}


def name_of(connection: Connection, person_id: int, words: Words) -> str:
    """A person's name as they wrote it in Telegram; anybody may call themselves anything."""
    row = chats.read(connection, person_id)
    if row is None or not row.name:
        return words("Somebody without a name")
    return f"{_FIRST_STRONG_ISOLATE}{row.name}{_POP}"


def described(connection: Connection, person_id: int, words: Words) -> str:
    """A person's name with what tells them from others of the same name."""
    row = chats.read(connection, person_id)
    known = f"@{row.username}, {person_id}" if row and row.username else str(person_id)
    return f"{name_of(connection, person_id, words)} ({known})"
