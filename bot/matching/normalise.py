"""One spelling of a text for comparing: case, width, accents, Cyrillic and punctuation are folded away."""

import unicodedata

LONGEST = 1000
"""Characters of a text that are looked at; a question is shorter."""

_CYRILLIC = str.maketrans(
    dict(zip("абвгдезийклмнопөрстуүфхыьэіїєґўқғҳ", "abvgdeziiklmnopörstuüfhyieiiegukgh", strict=True))
    | {"ё": "yo", "ж": "j", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ю": "yu", "я": "ya", "ъ": ""}
)
"""Cyrillic in Latin letters, as Mongolians type on phones without a Cyrillic keyboard."""

_UNACCENTED = dict(zip("đðøłħıŋə", "ddolhine", strict=True)) | {"æ": "ae", "œ": "oe", "þ": "th"}
_NOTHING = frozenset("'’‘ʼ`´ʹʻ")
_ACCENTS = range(0x0300, 0x0370)
_PICTURE_VARIANTS = range(0xFE00, 0xFE10)
_ZERO_WIDTH_SPACE = 0x200B  # ends a word in Khmer

_SLOT = "xx"


def slot(name: str) -> str:
    """A placeholder for a masked part of a text, such as `xxsitexx` for a site's name.

    `name` is made of small Latin letters. Normalisation, spelling and stemming leave the placeholder alone.
    """
    return f"{_SLOT}{name}{_SLOT}"


def is_slot(token: str) -> bool:
    """Whether a token was made by `slot`."""
    return len(token) > 2 * len(_SLOT) and token.startswith(_SLOT) and token.endswith(_SLOT)


class _Folding(dict[int, str]):
    """Code point → what is left of it; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        folded = _fold(code)
        if code < 0x10000:  # a flood of rare characters must not fill the memory
            self[code] = folded
        return folded


def _fold(code: int) -> str:
    character = chr(code)
    if character in _UNACCENTED:
        return _UNACCENTED[character]
    if character in _NOTHING or code in _ACCENTS or code in _PICTURE_VARIANTS:
        return ""
    category = unicodedata.category(character)
    if category == "Cf" and code != _ZERO_WIDTH_SPACE:
        return ""
    is_text = category[0] in "LNM" and category != "Me"
    return character if is_text else " "


_FOLDING = _Folding()


def normalise(text: str) -> str:
    """The text in small unaccented letters, digits and marks, with single spaces between the words.

    Looks at the first `LONGEST` characters. Any script is kept, but Cyrillic becomes Latin.
    """
    text = unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST]
    latin = text.casefold().translate(_CYRILLIC)
    folded = unicodedata.normalize("NFD", latin).translate(_FOLDING)
    return " ".join(unicodedata.normalize("NFC", folded).split())
