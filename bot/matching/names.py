"""Finds the names of sites, places and sessions in a text, in any spelling that people use."""

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.matching.features import frequent_words
from bot.matching.frequent import FREQUENT
from bot.matching.normalise import LONGEST, normalise
from bot.matching.sound import sound

_MOST_TOKENS = 80
"""Words of a text in which names are looked for."""
_APOSTROPHES = "'’‘ʼ"
_LONGEST_ELIDED = 2  # letters, as in l' and qu'
_SHORTEST_TYPO = 5  # signs of a name in a script of syllables that may hold a slip
_LONGEST_SUFFIX = 4
"""Characters that may be attached to a name: Korean particles, Mongolian cases, a plural."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name that was found in a text, at `text[start:end]`."""

    id: str
    start: int
    end: int
    score: float  # 0–1; 1 is the name as it is written


@dataclass(frozen=True)
class _Word:
    """A word of a text or of a name."""

    text: str
    start: int = 0
    end: int = 0

    @cached_property
    def sound(self) -> str:
        return sound(self.text)


@dataclass(frozen=True, slots=True)
class _Name:
    id: str
    words: tuple[_Word, ...]
    joined: str
    sound: str
    proper: bool  # a name of its own, not an ordinary word such as 'hotel'


class NameFinder:
    """Finds `names` (id → its names and aliases) in texts.

    An alias in small letters is an ordinary word ('hotel') and must be spelled nearly right; a name with a
    capital may be spelled as it sounds. `words` are ordinary words that are never a misspelled name.
    """

    def __init__(self, names: Mapping[str, Sequence[str]], *, words: Collection[str] = ()) -> None:
        self._names = [_name(id_, name) for id_, own in names.items() for name in own if normalise(name)]
        self._longest = max((len(name.words) for name in self._names), default=0)
        self._not_ascii = [number for number, name in enumerate(self._names) if not name.joined.isascii()]
        self._plurals, self._sounds = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
        for number, name in enumerate(self._names):
            if not name.proper:
                self._plurals[f"{name.joined}s"].append(number)
            elif len(name.sound) >= 5:
                self._sounds[name.sound].append(number)
        in_names = {word.text for name in self._names for word in name.words}
        frequent = {word for language in FREQUENT for word in frequent_words(language)}
        self._ordinary = (
            frequent | {token for word in words for token in normalise(word).split()}
        ) - in_names

    def find(self, text: str) -> tuple[Mention, ...]:
        """The names mentioned in `text`, in order; no two overlap unless they are equally good."""
        words = _words(text)
        mentions = [*self._spelled(words), *self._attached(words)]
        return _without_overlaps(mentions)

    def _spelled(self, words: Sequence[_Word]) -> Iterator[Mention]:
        """Names that one or more whole words spell."""
        windows = [
            words[start : start + size]
            for start in range(len(words))
            for size in range(1, min(self._longest + 2, len(words) - start + 1))
        ]
        if not windows or not self._names:
            return
        sounds = ["".join(word.sound for word in window) for window in windows]
        distances = process.cdist(
            sounds, [name.sound for name in self._names], scorer=OSA.distance, score_cutoff=2, dtype=np.uint8
        )
        for at, number in np.argwhere(distances <= 2).tolist():
            score = self._score(windows[at], self._names[number], int(distances[at, number]))
            if score > 0:
                window = windows[at]
                yield Mention(self._names[number].id, window[0].start, window[-1].end, score)

    def _score(self, window: Sequence[_Word], name: _Name, distance: int) -> float:
        """How well the words spell the name: 0 is not at all."""
        joined = "".join(word.text for word in window)
        if joined == name.joined:
            return 1.0
        if len(window) == len(name.words) and len(window) > 1:
            alike = all(self._alike(a, b, name.proper) for a, b in zip(window, name.words, strict=True))
            return 0.9 if alike else 0.0
        if all(word.text in self._ordinary for word in window):
            return 0.0
        if len(window) > len(name.words):
            return 0.9 if name.proper and distance == 0 and len(name.sound) >= 5 else 0.0
        return 0.85 if self._alike(_Word(joined), _Word(name.joined), name.proper) else 0.0

    def _alike(self, typed: _Word, word: _Word, proper: bool) -> bool:
        """Whether a typed word is a misspelling of a name's word."""
        if typed.text == word.text:
            return True
        if typed.text in self._ordinary or typed.text.isdigit() or word.text.isdigit():
            return False
        if proper and typed.sound == word.sound and len(word.sound) >= 3:
            return True
        if not word.text.isascii() and len(word.text) < _SHORTEST_TYPO:  # one sign more or less: another word
            return False
        pairs = ((typed.sound, word.sound), (typed.text, word.text))
        return any(_is_typo(typed_, word_) for typed_, word_ in pairs[0 if proper else 1 :])

    def _attached(self, words: Sequence[_Word]) -> Iterator[Mention]:
        """Names with an ending attached ('판교에', 'Пангёгийн'), or inside a script without blanks."""
        for word in words:
            if word.text in self._ordinary:
                continue
            for number, (at, length) in sorted(self._attached_places(word.text).items()):
                as_typed = word.end - word.start == len(word.text)  # nothing was folded away
                start = word.start + at if as_typed else word.start
                end = word.end if length == len(word.text) else min(word.end, start + length)
                yield Mention(self._names[number].id, start, end, 0.95)

    def _attached_places(self, typed: str) -> dict[int, tuple[int, int]]:
        """Number of a name → from where and how many characters of `typed` are that name."""
        places = {number: (0, len(typed) - 1) for number in self._plurals.get(typed, ())}
        for number in () if typed.isascii() else self._not_ascii:
            joined = self._names[number].joined
            if (at := _place_inside(typed, joined)) is not None:
                places[number] = (at, len(joined))
        for length in _lengths_before_suffix(typed):
            for number in self._sounds.get(sound(typed[:length]), ()):
                joined = self._names[number].joined
                if typed.isascii() or joined.isascii() or joined == typed:
                    places.setdefault(number, (0, length))
        return places


def _is_typo(typed: str, word: str) -> bool:
    """One slip from five letters on, two from nine; in short words a wrong letter makes another word."""
    if len(word) < 5 or typed[:1] != word[:1]:
        return False
    distance = OSA.distance(typed, word, score_cutoff=2)
    if len(word) == 5:
        doubled = len(typed) == 6 and any(a == b for a, b in pairwise(typed))
        return distance == 1 and (len(typed) == 4 or doubled or sorted(typed) == sorted(word))
    return distance <= (1 if len(word) < 9 else 2)


def _place_inside(typed: str, joined: str) -> int | None:
    """Where in `typed`, which is not ASCII, the name stands with more around it; else None."""
    at = -1 if typed == joined else typed.find(joined)
    if at == 0 and len(typed) - len(joined) <= _LONGEST_SUFFIX:
        return 0
    return at if at >= 0 and len(joined) >= 4 else None


def _lengths_before_suffix(typed: str) -> Iterator[int]:
    """How long a name spelled by sound may be at the start of `typed` ('Pangyo' in '판교에서')."""
    yield from range(len(typed) - 1, max(len(typed) - _LONGEST_SUFFIX, 2) - 1, -1)
    if not typed.isascii():
        yield len(typed)


def _name(id_: str, name: str) -> _Name:
    words = tuple(_words(name))
    joined = "".join(word.text for word in words)
    proper = any(word.text != name[word.start : word.end] and name[word.start].isupper() for word in words)
    return _Name(id_, words, joined, "".join(word.sound for word in words), proper or not joined.isascii())


def _words(text: str) -> list[_Word]:
    """The words of a text, with their places in it."""
    words: list[_Word] = []
    start = None
    text = text[:LONGEST]
    for at, character in enumerate([*text, " "]):
        if start is not None and _ends_word(text[start:at], character):
            token = normalise(text[start:at]).replace(" ", "")
            if token:
                words.append(_Word(token, start, at))
            start = None
        if start is None and _is_part_of_word(character) and character not in _APOSTROPHES:
            start = at
    return words[:_MOST_TOKENS]


def _ends_word(before: str, character: str) -> bool:
    """Whether a word ends before `character`: at a blank, where scripts meet, or as in l'hotel."""
    if not _is_part_of_word(character):
        return True
    if character in _APOSTROPHES:
        return len(before) <= _LONGEST_ELIDED
    digits = character.isdigit() or before[-1].isdigit()
    return not digits and _is_foreign(character) != _is_foreign(before[-1])


def _is_foreign(letter: str) -> bool:
    """Whether a letter is of a script that Latin names stand in without a blank, as Khmer and Hangul."""
    return letter >= "\u0e00" and not "\u1e00" <= letter <= "\u1fff"


def _is_part_of_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNM" or character in _APOSTROPHES


def _without_overlaps(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """One mention a place: of one id the better one, of two ids the longer one; equals both stay."""
    each: list[Mention] = []
    for mention in sorted(mentions, key=lambda found: (-found.score, found.start - found.end)):
        if not any(mention.id == other.id and _overlap(mention, other) for other in each):
            each.append(mention)
    kept: list[Mention] = []
    for mention in sorted(each, key=lambda found: (found.start - found.end, -found.score)):
        if all(_is_as_good(mention, other) for other in kept if _overlap(mention, other)):
            kept.append(mention)
    return tuple(sorted(kept, key=lambda found: (found.start, -found.score)))


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _is_as_good(mention: Mention, other: Mention) -> bool:
    same_place = (mention.start, mention.end) == (other.start, other.end)
    return same_place and mention.score >= other.score - 0.05
