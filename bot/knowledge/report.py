"""What the command `check` says: errors and warnings as a compiler does, then what the folder holds."""

from collections.abc import Collection
from pathlib import Path

from bot.knowledge.checks import check
from bot.knowledge.loader import read
from bot.knowledge.model import Entry, Knowledge, Session, Site
from bot.knowledge.problems import KnowledgeError, Problem


def report(folder: Path) -> tuple[str, bool]:
    """The text to print about a folder, and whether the folder can be used."""
    try:
        loaded = read(folder)
    except KnowledgeError as error:
        return f"{error}\n\n{_count(len(error.problems), 'error')}", False
    warnings = check(loaded)
    lines = [_warning_line(warning) for warning in warnings]
    if lines:
        lines.append("")
    lines.append(f"0 errors, {_count(len(warnings), 'warning')}")
    return "\n".join([*lines, *_summary(loaded.knowledge)]), True


def _warning_line(warning: Problem) -> str:
    return str(Problem(warning.file, warning.line, f"warning: {warning.message}"))


def _summary(knowledge: Knowledge) -> list[str]:
    entries, sites = knowledge.entries.values(), knowledge.sites.values()
    sessions = knowledge.sessions.values()
    languages = {language for entry in entries for language in entry.questions}
    phrasings = sum(len(texts) for entry in entries for texts in entry.questions.values())
    counts = [
        f"{_count(len(entries), 'entry', 'entries')} with {_count(phrasings, 'phrasing')}",
        _count(len(languages), "language"),
        _count(len(sites), "site"),
        _count(len(sessions), "session"),
        _count(len(knowledge.photos), "photo"),
    ]
    return [
        ", ".join(counts),
        f"still sample: {_sample(entries)} entries, {_sample(sites)} sites, {_sample(sessions)} sessions",
        *(["only who is invited or let in gets answers"] if knowledge.programme.invitation_only else []),
        f"revision {knowledge.revision[:12]}",
    ]


def _sample(items: Collection[Entry] | Collection[Site] | Collection[Session]) -> str:
    return f"{sum(item.sample for item in items)} of {len(items)}"


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
