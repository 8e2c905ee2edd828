"""The command `doctor`: all findings, one a line."""

from bot.clock import Clock
from bot.doctor.finding import Health
from bot.doctor.here import examine_here
from bot.doctor.there import examine_there
from bot.settings import Settings


async def doctor(settings: Settings, clock: Clock) -> tuple[str, bool]:
    """What to print, and whether nothing is bad. `clock` is the host's."""
    findings = [*await examine_here(settings), *await examine_there(settings, clock)]
    count = sum(finding.health is Health.BAD for finding in findings)
    weak = sum(finding.health is Health.WEAK for finding in findings)
    lines = [*map(str, findings), "", f"errors: {count}, warnings: {weak}"]
    return "\n".join(lines), count == 0
