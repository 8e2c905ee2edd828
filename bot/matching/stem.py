"""Words without their endings, by language."""

import re
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

_ENDINGS = {
    "ko": re.compile(
        r"(?<=.)(?:에서는|에서도|에게서|이라는|인가요|이에요|입니까|입니다|에서|에게|한테|까지|부터|으로|이랑|하고|처럼|마다"
        r"|에는|에도|예요|은요|는요|이나|은|는|이|가|을|를|에|로|와|과|도|만|의|랑|요)$"
    ),
    "mn": re.compile(
        r"(?<=...)(?:iinhaa|iinhee|iihaa|uudiin|uudaa|uudad|nuud|nuudiin|uud|iig|iin|yin|giin|nii|yig|yg|yn|ny"
        r"|aasaa|aas|ees|oos|aar|eer|oor|tai|tei|toi|ruu|luu|daa|dee|doo|aa|ee|oo|d|t)$"
    ),
}
"""Endings that are stripped in languages without a Snowball stemmer; Mongolian in Latin letters."""
_FILIPINO_VERB = re.compile(
    r"^(?:nakaka|makaka|nagpa|magpa|pinag|ipina|naka|maka|nag|mag|pag|nang|mang|ipa|ma|na)(?=.{4})"
)
_FILIPINO_INFIX = re.compile(r"^([bdghklmnpstw])(?:um|in)(?=[aeiou])")
_FILIPINO_ENDING = re.compile(r"(?<=.{4})(?:hang|hin|han|ing|ang|in|an|ng)$")
_FILIPINO_ECHO = re.compile(r"^((?:[bdghklmnpstw]|ng)?[aeiou])\1(?=..)")

_one_at_a_time = Lock()  # a stemmer keeps the word it works on in itself


@lru_cache(maxsize=64)
def _stemmer(language: str) -> "snowballstemmer.stemmer | None":
    algorithm = _ALGORITHMS.get(language)
    return snowballstemmer.stemmer(algorithm) if algorithm else None


def has_stemmer(language: str) -> bool:
    """Whether the endings of a language are stripped as well as Snowball does it."""
    return language in _ALGORITHMS


@lru_cache(maxsize=50_000)
def stem(token: str, language: str) -> str:
    """The normalised `token` without its ending; the token itself when nothing is known of the language."""
    if is_slot(token):
        return token
    if language in _ENDINGS:
        return _ENDINGS[language].sub("", token)
    if language == "fil":
        return _filipino(token)
    stemmer = _stemmer(language)
    if stemmer is None:
        return token
    with _one_at_a_time:
        return str(stemmer.stemWord(token))


def _filipino(token: str) -> str:
    """Without the affixes that turn a root into a verb: 'kumakain', 'nakain' and 'kainan' → 'kain'."""
    if len(token) < 5:
        return token
    root = _FILIPINO_INFIX.sub(r"\1", _FILIPINO_VERB.sub("", token))
    return _FILIPINO_ENDING.sub("", _FILIPINO_ECHO.sub(r"\1", root))
