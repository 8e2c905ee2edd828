"""Who can be played on the chat page: participants in every language, an organizer, an admin."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.preview.world import User

_NAMES = {
    "en": "Amara",
    "es": "Lucía",
    "fr": "Aline",
    "vi": "Linh",
    "km": "Sokha",
    "mn": "Saruul",
    "fil": "Jun",
    "ko": "Minji",
}  # first names that are at home in a language; in any other language the person is called Alex
_ANY_NAME = "Alex"


class Role(StrEnum):
    """What somebody may do. The bot learns it from its settings, by numeric id."""

    PARTICIPANT = "participant"
    ORGANIZER = "organizer"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody to play."""

    user: User
    role: Role


@dataclass(frozen=True, slots=True)
class Casting:
    """A persona that is wanted: name, language code and role."""

    name: str
    language: str
    role: Role


def first_cast(languages: Iterable[str]) -> list[Casting]:
    """One participant a language, then an organizer and an admin who speak the first language."""
    spoken = list(languages) or ["en"]
    participants = [Casting(_NAMES.get(code, _ANY_NAME), code, Role.PARTICIPANT) for code in spoken]
    return [
        *participants,
        Casting("Olivia", spoken[0], Role.ORGANIZER),
        Casting("Daniel", spoken[0], Role.ADMIN),
    ]


def ids(personas: Iterable[Persona], role: Role) -> frozenset[int]:
    """The numeric ids of everybody with a role, for the bot's settings."""
    return frozenset(persona.user.id for persona in personas if persona.role is role)
