"""What is wrong with a knowledge folder: file, line, and words that say how to mend it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One error or warning."""

    file: str
    line: int  # from 1; 0 when it is about the file as a whole
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.message}"


@dataclass(slots=True)
class Findings:
    """What reading a folder brought to light so far."""

    problems: list[Problem] = field(default_factory=list)  # the folder cannot be used
    warnings: list[Problem] = field(default_factory=list)  # it can, but somebody should look


class KnowledgeError(Exception):
    """The folder cannot be used. Holds every problem found, not the first one alone."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def quoted(value: str, longest: int = 50) -> str:
    """`value` between single quotes on one line, cut to `longest` characters."""
    line = " ".join(value.split())
    return f"'{line}'" if len(line) <= longest else f"'{line[: longest - 1]}…'"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """` (did you mean 'x'?)` when a known word is close, else nothing."""
    close = nearest(word, known)
    return f" (did you mean '{close}'?)" if close else ""


def nearest(word: str, known: Iterable[str], at_least: float = 70) -> str | None:
    """The known word that is most like `word`, if their ratio (0–100, rapidfuzz) is at least that."""
    found = process.extractOne(word[:100], sorted(known), scorer=fuzz.ratio, score_cutoff=at_least)
    return found[0] if found else None


def path_words(path: Iterable[str | int]) -> str:
    """A place inside a file, such as `sessions[3].start`; lists count from 0."""
    words = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return words.removeprefix(".")
