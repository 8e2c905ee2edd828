"""Earlier answers that a change of the schedule has made wrong: found by what they say, and put right."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.broadcasts.calls import edit_for
from bot.broadcasts.changes import Change, Item, Kind, Timetable, told
from bot.broadcasts.content import CAPTION_UNITS, TEXT_UNITS, Text
from bot.locales import words_in
from bot.outbox.answers import Answer
from bot.outbox.call import Call

_WRONG_NOW = {Kind.MOVED, Kind.CANCELLED, Kind.PLACE}


@dataclass(frozen=True, slots=True)
class Outdated:
    """An answer that says what is not so any more."""

    chat_id: int
    message_id: int
    sessions: tuple[str, ...]  # the ids of those that it names


def outdated(
    answers: Iterable[Answer], found: Sequence[Change], old: Timetable, languages: Sequence[str]
) -> list[Outdated]:
    """Of each chat the last answer about each changed session, if it says what is not so any more.

    `languages` are those in which answers are written.
    """
    wrong_now = [(change, change.old) for change in found if change.old and change.kind in _WRONG_NOW]
    last: dict[tuple[int, str], tuple[int, bool]] = {}
    for answer in answers:
        text = _words_of(answer)
        for change, session in wrong_now:
            if any(title.strip() in text for title in session.title.values()):
                is_wrong = any(words in text for words in _old_words(change, session, old, languages))
                last[answer.chat_id, session.id] = answer.message_id, is_wrong
    wrong: dict[tuple[int, int], list[str]] = {}
    for (chat_id, session_id), (message_id, is_wrong) in last.items():
        if is_wrong:
            wrong.setdefault((chat_id, message_id), []).append(session_id)
    return [Outdated(chat_id, message_id, tuple(ids)) for (chat_id, message_id), ids in wrong.items()]


def corrections(
    wrong: Iterable[Outdated],
    answers: Iterable[Answer],
    found: Sequence[Change],
    timetables: tuple[Timetable, Timetable],
    languages: Mapping[int, str],
) -> Iterator[Call]:
    """The edits that put what has changed on top of such answers. `languages` are those of the chats."""
    by_message = {(answer.chat_id, answer.message_id): answer for answer in answers}
    old, new = timetables
    for each in wrong:
        answer = by_message.get((each.chat_id, each.message_id))
        if answer is None:
            continue
        language = languages.get(each.chat_id, new.default_language)
        mine = [change for change in found if change.session.id in each.sessions]
        words = words_in(language)
        heading = words("⚠️ What I told you here has changed:")
        note = told(mine, old, new, language, heading=heading)
        limit = TEXT_UNITS if answer.method == "sendMessage" else CAPTION_UNITS
        text = _below(note, answer, limit)
        keyboard = {name: answer.params[name] for name in ("reply_markup",) if name in answer.params}
        yield edit_for(text, keyboard, each.chat_id, answer.method, each.message_id)


def _old_words(change: Change, session: Item, old: Timetable, languages: Sequence[str]) -> list[str]:
    """What an answer about the session says only if it is from before the change."""
    new = change.new
    if new is None:
        return [title.strip() for title in session.title.values()]
    if change.kind is Kind.PLACE:
        places = [*old.sites.get(session.site or "", {}).values(), *(session.room or {}).values()]
        return [place.strip() for place in places]
    if session.start != new.start:
        return [f"{session.start:%H:%M}"]
    if session.date != new.date:
        return [words_in(language).day(session.date) for language in languages]
    return [f"{session.end:%H:%M}"]


def _words_of(answer: Answer) -> str:
    return str(answer.params.get("text") or answer.params.get("caption") or "")


def _below(note: str, answer: Answer, limit: int) -> Text:
    """The note with the old answer below it; the note alone when both are too long."""
    above = Text(f"{note}\n\n———\n\n")
    entities: Sequence[Mapping[str, Any]] = (
        answer.params.get("entities") or answer.params.get("caption_entities") or ()
    )
    moved = tuple({**entity, "offset": entity["offset"] + above.units} for entity in entities)
    both = Text(above.text + _words_of(answer), moved)
    return both if both.units <= limit else Text(note)
