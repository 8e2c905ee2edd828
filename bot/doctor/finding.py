"""One finding of an examination."""

from dataclasses import dataclass
from enum import Enum


class Health(Enum):
    """How bad it is."""

    GOOD = "ok"
    WEAK = "warning"  # the bot runs, but somebody will miss something
    BAD = "error"  # the bot cannot run, or cannot do its main job


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at and how it is; unless it is good, with what to do about it."""

    health: Health
    about: str  # such as `database`
    what: str
    mend: str = ""

    def __str__(self) -> str:
        line = f"{self.health.value:<8} {self.about:<10} {self.what}"
        return f"{line}\n{'':<20}→ {self.mend}" if self.mend else line


def good(about: str, what: str) -> Finding:
    """Nothing to do."""
    return Finding(Health.GOOD, about, what)


def weak(about: str, what: str, mend: str) -> Finding:
    """Better do it."""
    return Finding(Health.WEAK, about, what, mend)


def bad(about: str, what: str, mend: str) -> Finding:
    """It must be done."""
    return Finding(Health.BAD, about, what, mend)
