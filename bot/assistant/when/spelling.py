"""Words of time that were typed with an error: `tommorow`, `saterday`."""

import functools

from rapidfuzz.distance import OSA

from bot.assistant.when.words import words_of_time


@functools.lru_cache(maxsize=8192)
def correct(word: str, languages: tuple[str, ...]) -> str | None:
    """The word of time that a plain word of five letters or more is a misspelling of, if any.

    One error (a letter more, less or other, or two exchanged) is allowed, two where eight letters and more
    were meant. The first letter must be right, and correct words that come near are listed in the data.
    """
    tables = [words for words in map(words_of_time, languages) if words is not None and not words.marked]
    if any(word in words.spelling or word in words.not_errors for words in tables):
        return None
    near = [
        (distance, meant)
        for words in tables
        for meant in words.spelling
        if meant[0] == word[0] and (distance := OSA.distance(word, meant)) <= (1 if len(meant) < 8 else 2)
    ]
    return min(near)[1] if near else None
