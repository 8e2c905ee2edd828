"""The figures in words, and as a table for a spreadsheet."""

import csv
import io
from collections.abc import Mapping

from bot.assistant.reader import Reader
from bot.statistics.figures import Figures


def summary(figures: Figures, reader: Reader) -> str:
    """A few lines of plain text in the reader's language."""
    words = reader.words
    answered, suggested, unknown = _ends(figures)
    lines = [
        words.plural("{number} participant", "{number} participants", figures.people),
        *([words("{number} cannot be reached any more", number=figures.gone)] if figures.gone else []),
        _counted(words("Languages"), {_language(code, reader): n for code, n in figures.languages.items()}),
        _counted(words("Groups"), figures.groups),
        "",
        words.plural("{number} question", "{number} questions", figures.asked),
        words(
            "{answered} answered, {suggested} with suggestions, {unknown} unknown",
            answered=answered,
            suggested=suggested,
            unknown=unknown,
        ),
        _counted(words("Asked most"), {reader.title(t) or t: n for t, n in figures.topics}),
    ]
    return "\n".join(line for line in lines if line is not None).strip()


def table(figures: Figures) -> bytes:
    """The days as CSV in UTF-8 with a mark at the start, so that spreadsheets read it rightly."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["day", "asked", "answered", "suggested", "unknown"])
    for day in figures.days:
        writer.writerow([day.day.isoformat(), day.asked, day.answered, day.suggested, day.unknown])
    return file.getvalue().encode("utf-8-sig")


def _ends(figures: Figures) -> tuple[int, int, int]:
    days = figures.days
    return (
        sum(day.answered for day in days),
        sum(day.suggested for day in days),
        sum(day.unknown for day in days),
    )


def _counted(title: str, numbers: Mapping[str, int]) -> str | None:
    if not numbers:
        return None
    return f"{title}: {' · '.join(f'{name} {number}' for name, number in numbers.items())}"


def _language(code: str, reader: Reader) -> str:
    return reader.words.name_of(code) if code else reader.words("not known yet")
