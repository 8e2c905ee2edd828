"""Words as the knowledge base writes them: accents, Cyrillic and spelling come back for an encoder."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from bot.matching.normalise import normalise
from bot.matching.topics import Phrasing

_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f'’])*")


class Writing:
    """Knows how `phrasings` write what normalisation folds: 'o' after 'san' is 'ở' in Vietnamese."""

    def __init__(self, phrasings: Sequence[Phrasing]) -> None:
        self._forms: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        for phrasing in phrasings:
            for before, folded, word in _words(phrasing.text):
                self._forms[phrasing.language, folded][word.lower()] += 1
                self._forms[phrasing.language, before, folded][word.lower()] += 1

    def restored(self, text: str, language: str, corrections: Mapping[str, str]) -> str:
        """The text with words corrected, and those typed in plain letters as the phrasings write them."""
        before = ""

        def form(found: re.Match[str]) -> str:
            nonlocal before
            folded = normalise(found[0])
            read = corrections.get(folded, folded)
            plain = read != folded or found[0].isascii()
            word = " ".join(self._form(language, before, token) for token in read.split()) if plain else ""
            before = read
            return word if word and word != found[0].lower() else found[0]

        return _WORD.sub(form, text)

    def _form(self, language: str, before: str, folded: str) -> str:
        forms = self._forms.get((language, before, folded)) or self._forms.get((language, folded))
        return forms.most_common(1)[0][0] if forms else folded


def _words(text: str) -> Iterator[tuple[str, str, str]]:
    """Each word with its folded form and that of the word before."""
    before = ""
    for found in _WORD.finditer(text):
        folded = normalise(found[0])
        yield before, folded, found[0]
        before = folded
