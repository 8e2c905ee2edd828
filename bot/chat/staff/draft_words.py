"""What an admin hears of a draft: its errors, its warnings, and what would be lost by it."""

from collections.abc import Iterator, Sequence

from bot.assistant.reply import Button
from bot.chat.turn import Turn
from bot.knowledge.problems import KnowledgeError, Problem
from bot.revisions.difference import Change, Difference, Kind

MOST_LOST = 0.3
"""The share (0–1) of the entries, places or sessions that may go without being asked again."""
MOST_PROBLEMS = 12  # in a message; all of them go along as a file
MOST_WARNINGS = 5


def losses(difference: Difference, turn: Turn) -> Iterator[str]:
    """A question for each kind of which a large share would go."""
    for kind in (Kind.ENTRY, Kind.SITE, Kind.SESSION):
        if difference.lost(kind) > MOST_LOST:
            gone, number = len(difference.of(kind, Change.REMOVED)), difference.counts[kind]
            lines = {
                Kind.ENTRY: turn.words(
                    "{gone} of {number} entries would go. Really?", gone=gone, number=number
                ),
                Kind.SITE: turn.words(
                    "{gone} of {number} places would go. Really?", gone=gone, number=number
                ),
                Kind.SESSION: turn.words(
                    "{gone} of {number} sessions would go. Really?", gone=gone, number=number
                ),
            }
            yield lines[kind]


def say_problems(turn: Turn, error: KnowledgeError, buttons: Sequence[Sequence[Button]] = ()) -> None:
    """Every error with its line, or the first of them and a file with all."""
    shown = "\n".join(f"• {problem.said(turn.words)}" for problem in error.problems[:MOST_PROBLEMS])
    if len(error.problems) > MOST_PROBLEMS:
        turn.attach("errors.txt", error.said(turn.words).encode())
    text = turn.words.plural(
        "There is {number} error, so nothing has changed:\n\n{problems}",
        "There are {number} errors, so nothing has changed:\n\n{problems}",
        len(error.problems),
        problems=shown,
    )
    turn.say(text, buttons)


def warnings_text(warnings: Sequence[Problem], turn: Turn) -> str:
    """The first warnings; nothing when there are none."""
    if not warnings:
        return ""
    lines = "\n".join(f"⚠️ {warning.said(turn.words)}" for warning in warnings[:MOST_WARNINGS])
    return turn.words("Please look at this first:\n{warnings}", warnings=lines[:900])
