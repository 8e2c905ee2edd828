"""Which questions get another answer, in words for an admin."""

from bot.exam.foresight import Foresight, Shift
from bot.locales import Words

MOST = 12  # lines
LONGEST = 80  # characters of a question


def shifts_text(found: Foresight, words: Words) -> str:
    """One line for each question, what people asked first; nothing when nothing changes."""
    lines = [_line(shift, words) for shift in found.shifts[:MOST]]
    if not lines:
        return ""
    if len(found.shifts) > MOST:
        more = len(found.shifts) - MOST
        lines.append(words.plural("… and {number} more", "… and {number} more", more))
    heading = words.plural(
        "Of {asked} questions that I tried, {number} is answered differently:",
        "Of {asked} questions that I tried, {number} are answered differently:",
        len(found.shifts),
        asked=found.asked,
    )
    return "\n".join([heading, *lines])


def _line(shift: Shift, words: Words) -> str:
    question = shift.question if len(shift.question) <= LONGEST else f"{shift.question[:LONGEST]}…"
    before = shift.before or words("no answer")
    after = shift.after or words("no answer")
    mark = "💬" if shift.was_asked else "•"
    return f"{mark} “{question}”: {before} → {after}"
