"""Shows an admin the answers that a change would alter, as participants would see them."""

from collections.abc import Iterator
from dataclasses import replace

from bot.assistant.entries import entry_reply
from bot.assistant.reader import Reader
from bot.chat.render import render
from bot.chat.turn import Turn
from bot.knowledge.model import Entry, Knowledge
from bot.revisions.difference import Change, Item, Kind
from bot.revisions.live import Trial

MOST = 3  # answers


def preview(turn: Turn, trial: Trial, live: Knowledge) -> None:
    """Sends the new answers of the first entries that were added or changed, pictures included."""
    knowledge = trial.loaded.knowledge
    shown = [
        (knowledge.entries[item.id], language)
        for item in trial.difference.items
        if item.kind is Kind.ENTRY and item.change is not Change.REMOVED
        for language in _languages(item, knowledge.entries[item.id], turn)
    ]
    if not shown:
        return
    turn.say(turn.words("This is what participants would see:"))
    for entry, language in shown[:MOST]:
        _send(turn, entry, Reader.of(knowledge, language, turn.moment), live)


def _languages(item: Item, entry: Entry, turn: Turn) -> Iterator[str]:
    """The languages in which an answer differs, else that of the admin."""
    changed = {field.name.partition(".")[2] for field in item.fields if field.name.startswith("answer.")}
    if item.change is Change.ADDED:
        changed = set(entry.answer)
    yield from sorted(changed & set(entry.answer)) or [turn.words.language]


def _send(turn: Turn, entry: Entry, reader: Reader, live: Knowledge) -> None:
    """The reply, with pictures that are not live yet sent apart: those that are are known by name."""
    reply = entry_reply(entry, reader)
    known = [
        picture
        for picture in reply.pictures
        if picture.file.name in live.photos and live.photos[picture.file.name].sha256 == picture.file.sha256
    ]
    for picture in reply.pictures:
        if picture not in known:
            turn.attach(picture.file.name, picture.file.data, picture.caption, method="sendPhoto")
    for call in render(replace(reply, pictures=tuple(known)), turn.chat_id):
        turn.send(call)
