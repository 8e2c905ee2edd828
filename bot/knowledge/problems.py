"""What is wrong with a knowledge folder: file, line, and words that say how to mend it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from bot.knowledge.message import Message, said


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One error or warning."""

    file: str
    line: int  # from 1; 0 when it is about the file as a whole
    message: str

    def __str__(self) -> str:
        return f"{self._place}: {self.message}"

    def said(self, words: Callable[..., str]) -> str:
        """As text in the language of `words`, as far as there are words for it."""
        return f"{self._place}: {said(self.message, words)}"

    @property
    def _place(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


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

    def said(self, words: Callable[..., str]) -> str:
        """Every problem on a line of its own, in the language of `words`."""
        return "\n".join(problem.said(words) for problem in self.problems)


def quoted(value: str, longest: int = 50) -> str:
    """`value` between single quotes on one line, cut to `longest` characters."""
    line = " ".join(value.split())
    return f"'{line}'" if len(line) <= longest else f"'{line[: longest - 1]}…'"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """` (did you mean 'x'?)` when a known word is close, else nothing."""
    close = nearest(word, known)
    return Message(" (did you mean '{word}'?)", word=close) if close else ""


def at_path(path: Iterable[str | int], message: str) -> str:
    """What is wrong with what lies at a path inside a file."""
    place = path_words(path)
    return Message("{place}: {problem}", place=place, problem=message) if place else message


def nearest(word: str, known: Iterable[str], at_least: float = 70) -> str | None:
    """The known word that is most like `word`, if their ratio (0–100, rapidfuzz) is at least that."""
    found = process.extractOne(word[:100], sorted(known), scorer=fuzz.ratio, score_cutoff=at_least)
    return found[0] if found else None


def path_words(path: Iterable[str | int]) -> str:
    """A place inside a file, such as `sessions[3].start`; lists count from 0."""
    words = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return words.removeprefix(".")
