"""Which language a short text is in: by its script, then by frequent words and letter groups."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from bot.matching.frequent import FREQUENT
from bot.matching.normalise import LONGEST, normalise

_SCRIPTS = {"HANGUL": "ko", "KHMER": "km", "CYRILLIC": "mn"}
"""Script → the language that the bundled words know in it."""
_OWN_LETTERS = {
    "vi": frozenset("ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹĩũõ"),
    "es": frozenset("ñ¿¡"),
    "fr": frozenset("œçùèê"),
}
"""Letters and signs that, of the bundled languages, only one uses much."""
_FREQUENT, _FOLDED = 2.0, 1.3
"""Nats for a frequent word, and for one that is frequent with other accents, such as 'the' for 'thể'."""
_WORD = re.compile(r"[^\W\d_]+")
_SURE = 0.8
"""Least share of the likelihood that a guess needs."""


def guess(text: str, languages: Collection[str]) -> tuple[str | None, float]:
    """The language of `text` among `languages`, and how sure that is (0–1).

    None when the text is too short or too mixed to tell, such as a name or 'ok wifi', or in a script of which
    no language is bundled.
    """
    text = unicodedata.normalize("NFC", text[:LONGEST]).casefold()
    script, share = _script(text)
    if script in _SCRIPTS:
        language = _SCRIPTS[script]
        return (language, share) if language in languages and share >= _SURE / 2 else (None, 0.0)
    if script not in {"LATIN", ""}:
        return None, 0.0
    return _guess_latin(text, [code for code in languages if code in FREQUENT])


def _script(text: str) -> tuple[str, float]:
    """The most used script, and its share of the letters. One foreign letter weighs two Latin ones."""
    counts: Counter[str] = Counter()
    for letter in text:
        if letter.isalpha():
            script = unicodedata.name(letter, "").split(" ")[0]
            counts[script] += 1 if script == "LATIN" else 2
    if not counts:
        return "", 0.0
    script, count = counts.most_common(1)[0]
    return script, count / counts.total()


def _guess_latin(text: str, languages: list[str]) -> tuple[str | None, float]:
    written = _WORD.findall(text)
    if not written or not languages:
        return None, 0.0
    scores = {code: _log_likelihood(text, written, code) for code in languages}
    best = max(scores, key=scores.__getitem__)
    total = sum(math.exp(score - scores[best]) for score in scores.values())
    sure = 1 / total
    return (best, sure) if sure >= _SURE else (None, sure)


def _log_likelihood(text: str, written: Sequence[str], code: str) -> float:
    """How well the text fits a language, in nats; frequent words and own letters count most."""
    model = _model(code)
    score = 3.0 * sum(letter in _OWN_LETTERS.get(code, ()) for letter in set(text))
    for word in written:
        token = normalise(word)
        score += _FREQUENT if word in model.words else _FOLDED if token in model.folded else 0.0
        groups = list(_groups(token))
        score += (
            0.5 * sum(model.weights.get(group, model.unknown) for group in groups) / math.sqrt(len(groups))
        )
    return score


class _Model:
    """Letter groups of one language's frequent words."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = frozenset(words)
        self.folded = frozenset(token for word in words for token in normalise(word).split())
        counts = Counter(group for word in self.folded for group in _groups(word))
        total = counts.total() + len(counts)
        self.weights: Mapping[str, float] = {
            group: math.log((count + 1) / total) for group, count in counts.items()
        }
        self.unknown = math.log(1 / (2 * total))


def _groups(token: str) -> Iterable[str]:
    framed = f" {token} "
    return (framed[at : at + 3] for at in range(len(framed) - 2))


@lru_cache(maxsize=32)
def _model(code: str) -> _Model:
    return _Model(FREQUENT[code].split())
