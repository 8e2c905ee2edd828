"""One entry as an admin sees it who is about to change it: what it says, and a button for each part."""

import zlib
from collections.abc import Iterator

from bot.assistant.reply import Button
from bot.knowledge.model import Entry, Knowledge, Validity
from bot.locales import Words

Rows = tuple[tuple[Button, ...], ...]
LONGEST_ANSWER = 1_500  # characters


def key(text: str) -> str:
    """Short enough for a button's 64 bytes in any script, and still the same after a restart."""
    return f"{zlib.crc32(text.encode()):08x}"


def card(entry: Entry, language: str, knowledge: Knowledge, words: Words) -> tuple[str, Rows]:
    """The text and the buttons; `language` is the one that would be edited."""
    return "\n".join(_lines(entry, language, words)), tuple(_buttons(entry, language, knowledge, words))


def validity_text(valid: Validity | None, words: Words) -> str:
    """On which days an entry is answered."""
    if valid is None or (valid.from_ is None and valid.until is None):
        return words("always")
    if valid.from_ is None:
        return words("until {day}", day=words.day(valid.until)) if valid.until else words("always")
    if valid.until is None:
        return words("from {day}", day=words.day(valid.from_))
    return words("from {first} until {last}", first=words.day(valid.from_), last=words.day(valid.until))


def _lines(entry: Entry, language: str, words: Words) -> Iterator[str]:
    name, answer = words.name_of(language), entry.answer.get(language)
    yield f"{entry.title.get(language, entry.id)} ({entry.id})"
    yield ""
    if answer is None:
        yield words("There is no answer in {language} yet.", language=name)
    else:
        yield words("Answer in {language}:", language=name)
        yield answer.strip()[:LONGEST_ANSWER]
    yield ""
    yield words(
        "Phrasings in {language}: {number}", language=name, number=len(entry.questions.get(language, ()))
    )
    yield words("Pictures: {number}", number=len(entry.photos))
    yield words("Answered: {when}", when=validity_text(entry.valid, words))
    yield words("Offered next: {topics}", topics=", ".join(entry.follow_ups) or "–")
    if entry.sample:
        yield words("Marked as sample: the facts are invented.")


def _buttons(entry: Entry, language: str, knowledge: Knowledge, words: Words) -> Iterator[tuple[Button, ...]]:
    where = f"{entry.id}:{language}"
    yield Button(words("Answer"), f"edit-answer:{where}"), Button(words("Title"), f"edit-title:{where}")
    yield Button(words("Phrasings"), f"edit-say:{where}"), Button(words("Pictures"), f"edit-photo:{where}")
    yield Button(words("Days"), f"edit-valid:{where}"), Button(words("Offered next"), f"edit-follow:{where}")
    if entry.sample:
        yield (Button(words("The facts are real now"), f"edit-real:{entry.id}"),)
    others = [code for code in knowledge.programme.languages if code != language]
    names = [Button(f"🌐 {words.language_name(code)}", f"edit-open:{entry.id}:{code}") for code in others]
    yield from (tuple(names[at : at + 3]) for at in range(0, len(names), 3))
