"""Which texts of the knowledge people read, in which languages they exist, and which are missing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.knowledge.model import Entry, Knowledge, Session, Site

_NOT_TRANSLATED = {"address"}  # is written in the script that drivers read


@dataclass(frozen=True, slots=True)
class LocalText:
    """One text in all its languages."""

    id: str  # of an entry, site or session
    field: str  # such as `answer`
    texts: Mapping[str, str]  # language → text


def texts(knowledge: Knowledge) -> Iterator[LocalText]:
    """All of them, in the order of the files."""
    for entry in knowledge.entries.values():
        yield from _of(entry)
    for site in knowledge.sites.values():
        yield from _of(site)
    for session in knowledge.sessions.values():
        yield from _of(session)


def _of(thing: Entry | Site | Session) -> Iterator[LocalText]:
    for name in type(thing).model_fields:
        value = getattr(thing, name)
        if isinstance(value, Mapping) and value and name not in _NOT_TRANSLATED:
            words = {language: text for language, text in value.items() if isinstance(text, str)}
            if words:  # phrasings are lists
                yield LocalText(thing.id, name, words)


def missing(knowledge: Knowledge) -> dict[str, dict[str, int]]:
    """For each id with gaps: language → how many of its texts do not exist in it."""
    gaps: dict[str, dict[str, int]] = {}
    for text in texts(knowledge):
        for language in knowledge.programme.languages:
            if language not in text.texts:
                row = gaps.setdefault(text.id, {})
                row[language] = row.get(language, 0) + 1
    return gaps


def missing_table(knowledge: Knowledge) -> str:
    """A line for each id with gaps, a column for each language with how many texts it lacks."""
    gaps, languages = missing(knowledge), knowledge.programme.languages
    if not gaps:
        return "No translation is missing."
    width = max(map(len, gaps))
    lines = [" ".join([" " * width, *(f"{language:>4}" for language in languages)])]
    for name, row in gaps.items():
        numbers = (str(row[language]) if language in row else "·" for language in languages)
        lines.append(" ".join([f"{name:<{width}}", *(f"{number:>4}" for number in numbers)]))
    totals = (sum(row.get(language, 0) for row in gaps.values()) for language in languages)
    lines.append(" ".join([f"{'missing':<{width}}", *(f"{total:>4}" for total in totals)]))
    return "\n".join(lines)
