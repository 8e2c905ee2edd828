"""What is wrong with a knowledge folder: file, line, and words that say how to mend it."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


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
    close = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.7)
    return f" (did you mean '{close[0]}'?)" if close else ""


def path_words(path: Iterable[str | int]) -> str:
    """A place inside a file, such as `sessions[3].start`; lists count from 0."""
    words = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return words.removeprefix(".")
