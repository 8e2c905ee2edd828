"""The stage of a rehearsal: its server, clock, setting and people, shared by the page and the bot's runs."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from bot.preview.clock import SettableClock
from bot.preview.personas import Casting, Persona
from bot.preview.server import PreviewServer

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when the rehearsal takes place."""

    title: str
    zone: ZoneInfo
    days: tuple[date, ...] = ()  # of the programme, empty when unknown
    languages: tuple[tuple[str, str], ...] = (("en", "English"),)  # codes and their own names


async def _nothing() -> None:
    pass


@dataclass
class Stage:
    """What a rehearsal consists of, but for the bot itself."""

    server: PreviewServer
    clock: SettableClock
    setting: Setting
    on_reset: Callable[[], Awaitable[None]] = _nothing  # starts the bot afresh, its database empty
    on_new_staff: Callable[[], Awaitable[None]] = _nothing  # starts the bot again with new roles
    people: list[Persona] = field(default_factory=list)

    def cast(self, casting: Casting) -> Persona:
        """Adds somebody to play."""
        user = self.server.add_user(casting.name, language_code=casting.language)
        persona = Persona(user, casting.role)
        self.people.append(persona)
        return persona

    def clock_state(self) -> Json:
        """The rehearsal's clock, as the page shows it."""
        return {
            "now": self.clock().timestamp(),
            "is_set": self.clock.is_set,
            "zone": self.setting.zone.key,
            "days": [day.isoformat() for day in self.setting.days],
        }
