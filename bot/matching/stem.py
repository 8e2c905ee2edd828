"""Words without their endings, by language."""

from functools import lru_cache
from threading import Lock

import snowballstemmer  # type: ignore[import-untyped]  # ships no types

from bot.matching.normalise import is_slot

_ALGORITHMS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian",
    "ne": "nepali", "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""The languages of Snowball (snowballstem.org) whose letters survive normalisation."""

_one_at_a_time = Lock()  # a stemmer keeps the word it works on in itself


@lru_cache(maxsize=64)
def _stemmer(language: str) -> "snowballstemmer.stemmer | None":
    algorithm = _ALGORITHMS.get(language)
    return snowballstemmer.stemmer(algorithm) if algorithm else None


@lru_cache(maxsize=50_000)
def stem(token: str, language: str) -> str:
    """The normalised `token` without its ending; the token itself when the language has no stemmer."""
    stemmer = _stemmer(language)
    if stemmer is None or is_slot(token):
        return token
    with _one_at_a_time:
        return str(stemmer.stemWord(token))
