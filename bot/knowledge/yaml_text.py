"""The bytes of a YAML file become text, with one kind of line break and nothing invisible in it."""

import re
import unicodedata

from bot.knowledge.message import Message
from bot.knowledge.problems import Problem

INVISIBLE = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\u202c\u202f-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""Control characters, line separators, byte order marks, overrides of direction, lone surrogates.

YAML drops some of them, turns others into line breaks, and a person sees none of them.
"""

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def decode(data: bytes, file: str) -> tuple[str, list[Problem]]:
    """The text of a file, and what is wrong with its characters.

    Each invisible character is replaced by a space, so that lines and columns stay. A file that is not UTF-8
    gives an empty text.
    """
    if data.startswith(_UTF16_MARKS) or b"\0" in data:
        line = 1 if data.startswith(_UTF16_MARKS) else _line(data, data.index(b"\0"))
        words = Message(
            "is not plain text in UTF-8, perhaps UTF-16 "
            "(save the file as UTF-8 (in most editors under 'Save as', 'Encoding'))"
        )
        return "", [Problem(file, line, words)]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        words = Message(
            "byte 0x{byte:02X} is not UTF-8 "
            "(save the file as UTF-8 (in most editors under 'Save as', 'Encoding'))",
            byte=data[error.start],
        )
        return "", [Problem(file, _line(data, error.start), words)]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    problems = [
        Problem(file, text.count("\n", 0, found.start()) + 1, invisible_words(found[0]))
        for found, _ in zip(INVISIBLE.finditer(text), range(10), strict=False)  # ten say enough
    ]
    return (INVISIBLE.sub(" ", text) if problems else text), problems


def invisible_words(character: str) -> Message:
    """Names a character that nobody sees and says what to do about it."""
    name = unicodedata.name(character, "control character").lower()
    return Message(
        "an invisible character (U+{code:04X}, {name}) is in the text; delete it",
        code=ord(character),
        name=name,
    )


def _line(data: bytes, position: int) -> int:
    return data.count(b"\n", 0, position) + 1
