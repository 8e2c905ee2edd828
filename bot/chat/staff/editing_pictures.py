"""Pictures of an entry: one is sent and checked, or one is taken away."""

import asyncio

from telegram import Message

from bot.assistant.reply import Button
from bot.chat.downloads import DownloadError, download
from bot.chat.raw_bot import RawBot
from bot.chat.staff.drafting import Drafting
from bot.chat.staff.entry_card import key
from bot.chat.turn import Turn
from bot.knowledge.editing.change import Change, Do, Edit
from bot.knowledge.editing.pictures import PictureError, accepted, too_large
from bot.knowledge.editing.writing import Value
from bot.knowledge.model import Entry, Knowledge
from bot.knowledge.photos import MAX_BYTES, SUBFOLDER
from bot.store.steps import Step


class Pictures:
    """Takes the pictures of admins into their drafts."""

    def __init__(self, bot: RawBot, drafting: Drafting) -> None:
        self._bot = bot
        self._drafting = drafting

    async def show(self, turn: Turn, entry: Entry, language: str, _: Knowledge) -> None:
        """Asks for a picture, and offers to take those away that there are."""
        words = turn.words
        turn.step = Step("edit.photo", {"id": entry.id, "language": language})
        rows = tuple(
            (Button(f"❌ {photo.file}", f"edit-unphoto:{entry.id}:{key(photo.file)}"),)
            for photo in entry.photos
        )
        text = words(
            "Send a picture, with a line about it if you like. Where it was taken is not kept. "
            "Pictures now: {number}",
            number=len(entry.photos),
        )
        turn.say(text, (*rows, (Button(words("Cancel"), "edit-cancel"),)))

    async def take(self, turn: Turn) -> None:
        """Adds the picture that was sent. The step stays open: more may follow."""
        message, state = turn.update.message, turn.step.state if turn.step else {}
        found = _sent(message) if message else None
        if message is None or found is None:
            turn.step = None
            turn.say(turn.words("That was no picture, so nothing has changed."))
            return
        try:
            if found[1] and found[1] > MAX_BYTES:
                raise too_large(found[1])
            picture = await asyncio.to_thread(accepted, await download(self._bot, found[0]))
        except DownloadError:
            turn.say(turn.words("I could not get the picture from Telegram. Please send it again."))
            return
        except PictureError as error:
            turn.say(error.said(turn.words))
            return
        knowledge = await self._drafting.knowledge(turn)
        name = _free_name(state["id"], picture.suffix, knowledge)
        caption = (message.caption or "").strip()
        value: Value = {"file": name, **({"caption": {state["language"]: caption}} if caption else {})}
        edit = Edit(Do.APPEND, state["id"], "photos", value=value)
        await self._drafting.propose(turn, Change((edit,), {f"{SUBFOLDER}/{name}": picture.data}))

    async def remove(self, turn: Turn, entry: Entry, _: str, __: Knowledge) -> None:
        """Takes away the picture that a button names."""
        wanted = turn.argument.rpartition(":")[2]
        edits = tuple(
            Edit(Do.REMOVE, entry.id, "photos", value=photo.file)
            for photo in entry.photos
            if key(photo.file) == wanted
        )
        await self._drafting.propose(turn, Change(edits))


def _sent(message: Message) -> tuple[str, int | None] | None:
    """Id and size (bytes) of the picture in a message, also of one sent as a file."""
    if message.photo:
        largest = message.photo[-1]
        return largest.file_id, largest.file_size
    if message.document and (message.document.mime_type or "").startswith("image/"):
        return message.document.file_id, message.document.file_size
    return None


def _free_name(name: str, suffix: str, knowledge: Knowledge) -> str:
    """A file name that no picture has yet."""
    numbers = range(1, len(knowledge.photos) + 2)
    candidates = (f"{name}{'' if number == 1 else f'-{number}'}{suffix}" for number in numbers)
    return next(candidate for candidate in candidates if candidate not in knowledge.photos)
