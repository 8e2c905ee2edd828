"""How far a broadcast has come, and what became of it: in words, as a bar, and as a table."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.locales import Words
from bot.outbox.delivery import DeliveryState
from bot.store.broadcasts import BroadcastRow, BroadcastState, Purpose

BAR = 12  # characters
MOST_NAMES = 20  # in one message; the table has all
_LEFT = (DeliveryState.QUEUED, DeliveryState.PAUSED, DeliveryState.SENDING)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet program takes for a formula (OWASP, CSV injection)."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How many recipients are where; together they are all."""

    states: Mapping[DeliveryState, int]

    @property
    def total(self) -> int:
        """All recipients."""
        return sum(self.states.values())

    @property
    def left(self) -> int:
        """Those who still wait."""
        return sum(self.states.get(state, 0) for state in _LEFT)

    @property
    def under_way(self) -> int:
        """Those whose messages no button holds back any more."""
        return self.states.get(DeliveryState.SENDING, 0)

    @property
    def sent(self) -> int:
        """Those who have it."""
        return self.states.get(DeliveryState.SENT, 0)

    @property
    def in_doubt(self) -> int:
        """Those who may have it: Telegram's answer was lost."""
        return self.states.get(DeliveryState.IN_DOUBT, 0)


def bar(progress: Progress) -> str:
    """A bar of text with its percentage."""
    done = 1.0 if not progress.total else 1 - progress.left / progress.total
    full = int(done * BAR)
    return f"{'▓' * full}{'░' * (BAR - full)} {int(done * 100)} %"


def progress_text(
    row: BroadcastRow, progress: Progress, words: Words, *, seconds_left: float, waits_until: str | None
) -> str:
    """What the organizer sees while it is on its way. `waits_until` is the time that Telegram asked for."""
    lines = [_heading(row, words), bar(progress), *_counts(row.purpose, progress, words)]
    if row.error:
        lines.append(words("⚠️ Stopped: {reason}", reason=row.error))
    elif row.state is BroadcastState.SENDING and waits_until:
        lines.append(words("Telegram asked us to wait until {time}.", time=waits_until))
    elif row.state is BroadcastState.SENDING and progress.left:
        lines.append(words("Time left: {time}", time=time_needed(seconds_left, words)))
    return "\n".join(lines)


def report_text(row: BroadcastRow, progress: Progress, words: Words) -> str:
    """What the organizer reads at the end."""
    heading = {
        Purpose.ANNOUNCE: words("📋 Report on announcement {number}", number=row.id),
        Purpose.CORRECT: words("📋 Report on the correction of announcement {number}", number=row.about),
        Purpose.RECALL: words("📋 Report on the recall of announcement {number}", number=row.about),
        Purpose.NUDGE: words("📋 Report on the reminder about announcement {number}", number=row.about),
    }[row.purpose]
    total = words.plural("{number} recipient", "{number} recipients", progress.total)
    lines = [heading, total, *_counts(row.purpose, progress, words)]
    if row.started_at and row.ended_at:
        took = (row.ended_at - row.started_at).total_seconds()
        lines.append(words("It took {time}.", time=time_needed(took, words)))
    if progress.in_doubt:
        lines.append(
            words(
                "In doubt: Telegram did not confirm these. They may have it, so nothing was repeated. "
                "You decide."
            )
        )
    return "\n".join(lines)


def time_needed(seconds: float, words: Words) -> str:
    """A length of time for an organizer's eyes."""
    if seconds < 60:
        return words.plural("{number} second", "{number} seconds", max(1, round(seconds)))
    return words.duration(-(-int(seconds) // 60))


def state_in_words(state: DeliveryState, words: Words) -> str:
    """A recipient's state."""
    return {
        DeliveryState.QUEUED: words("waiting"),
        DeliveryState.PAUSED: words("paused"),
        DeliveryState.SENDING: words("on its way"),
        DeliveryState.SENT: words("sent"),
        DeliveryState.UNREACHABLE: words("cannot be reached"),
        DeliveryState.FAILED: words("refused by Telegram"),
        DeliveryState.IN_DOUBT: words("in doubt"),
        DeliveryState.CANCELLED: words("cancelled"),
        DeliveryState.EXPIRED: words("too late"),
    }[state]


@dataclass(frozen=True, slots=True)
class Line:
    """One recipient in the table."""

    chat_id: int
    name: str
    language: str
    state: DeliveryState
    reason: str
    confirmed_at: datetime | None


def names_text(lines: Sequence[Line], words: Words) -> str:
    """Names with their reasons, the first twenty."""
    shown = [f"• {line.name or line.chat_id}{f' – {line.reason}' if line.reason else ''}" for line in lines]
    more = len(shown) - MOST_NAMES
    if more > 0:
        shown[MOST_NAMES:] = [words.plural("… and {number} more", "… and {number} more", more)]
    return "\n".join(shown)


def table(lines: Sequence[Line], words: Words) -> str:
    """All recipients as CSV with a byte order mark, which spreadsheet programs need to see UTF-8."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(
        [
            words("Id"),
            words("Name"),
            words("Language"),
            words("State"),
            words("Reason"),
            words("Confirmed"),
        ]
    )
    for line in lines:
        confirmed = line.confirmed_at.isoformat(" ", "minutes") if line.confirmed_at else ""
        cells = [
            str(line.chat_id),
            line.name,
            line.language,
            state_in_words(line.state, words),
            line.reason,
            confirmed,
        ]
        writer.writerow([cells[0], *map(neutral, cells[1:])])
    return "\ufeff" + file.getvalue()


def neutral(cell: str) -> str:
    """A cell that no spreadsheet program runs as a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


def _heading(row: BroadcastRow, words: Words) -> str:
    if row.state is BroadcastState.PAUSED:
        return words("⏸ Paused")
    if row.state is BroadcastState.CANCELLED:
        return words("🛑 Cancelled")
    if row.state is BroadcastState.SENDING:
        return {
            Purpose.ANNOUNCE: words("📣 Sending announcement {number}", number=row.id),
            Purpose.CORRECT: words("✏️ Correcting announcement {number}", number=row.about),
            Purpose.RECALL: words("↩️ Taking back announcement {number}", number=row.about),
            Purpose.NUDGE: words("👋 Reminding about announcement {number}", number=row.about),
        }[row.purpose]
    return words("✔️ Finished")


def _counts(purpose: Purpose, progress: Progress, words: Words) -> list[str]:
    """One line for each state that somebody is in; what is done comes first."""
    done = {
        Purpose.ANNOUNCE: words("sent"),
        Purpose.CORRECT: words("corrected"),
        Purpose.RECALL: words("taken back"),
        Purpose.NUDGE: words("reminded"),
    }
    icons = {
        DeliveryState.SENT: "✅",
        DeliveryState.UNREACHABLE: "🚫",
        DeliveryState.FAILED: "❌",
        DeliveryState.IN_DOUBT: "❓",
        DeliveryState.CANCELLED: "🛑",
        DeliveryState.EXPIRED: "⌛",
    }
    lines = [
        f"{icon} {done[purpose] if state is DeliveryState.SENT else state_in_words(state, words)}: {number}"
        for state, icon in icons.items()
        if (number := progress.states.get(state, 0)) or state is DeliveryState.SENT
    ]
    if progress.left:
        lines.append("… " + words("left: {number}", number=progress.left))
    return lines
