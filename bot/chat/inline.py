"""Inline mode: whoever types the bot's name and a word in any chat picks an answer from a list.

The list goes out at once and is not kept: the next letter that is typed asks for another one.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection
from telegram import Bot, InlineQuery

from bot.assistant.assistant import Assistant
from bot.assistant.lookup import Found, lookup
from bot.assistant.payloads import SHOW
from bot.chat.admission.door import is_let_in
from bot.chat.aside import Aside
from bot.chat.markdown import to_formatted
from bot.chat.split import CAPTION_UNITS, split
from bot.chat.turn import remembered_in, with_guess, words_of
from bot.locales import Words
from bot.store import photo_files
from bot.store.database import Database
from bot.store.roles import Role, role_of

CACHE_SECONDS = 60  # Telegram shows the same person the same list for so long
_LONGEST_DESCRIPTION = 100  # characters; a phone shows fewer

Json = dict[str, Any]


class Inline:
    """Answers inline queries."""

    def __init__(
        self,
        assistant: Callable[[], Assistant],
        database: Database,
        aside: Aside,
        bot: Bot,
        roles: Mapping[int, Role],
    ) -> None:
        """`roles` are the settings' own, by numeric id."""
        self._assistant = assistant
        self._database = database
        self._aside = aside
        self._bot = bot
        self._roles = roles

    async def answer(self, query: InlineQuery, moment: datetime) -> None:
        """Sends the list for what was typed, in the language of who typed it."""
        assistant, person = self._assistant(), query.from_user
        remembered = await self._database.read(lambda connection: remembered_in(connection, person.id))
        conversation = with_guess(remembered, person.language_code, assistant)
        words = words_of(conversation, assistant)
        if not await self._database.read(lambda connection: self._is_let_in(connection, person.id)):
            self._aside.answer_inline(query.id, [], 0, words("Only for participants: open the chat"))
            return
        found = lookup(assistant, query.query, conversation, moment)
        file_ids = await self._file_ids(found)
        results = [self._result(each, file_ids, words) for each in found]
        self._aside.answer_inline(query.id, results, CACHE_SECONDS)

    def _is_let_in(self, connection: Connection, person_id: int) -> bool:
        role = role_of(connection, person_id, self._roles)
        return is_let_in(connection, self._assistant().knowledge.programme, person_id, role)

    async def _file_ids(self, found: list[Found]) -> Mapping[str, str]:
        hashes = [picture.file.sha256 for each in found for picture in each.reply.pictures[:1]]
        if not hashes:
            return {}
        return await self._database.read(
            lambda connection: photo_files.read(connection, self._bot.id, hashes)
        )

    def _result(self, found: Found, file_ids: Mapping[str, str], words: Words) -> Json:
        """A picture that Telegram knows already with the text below it, else the text alone."""
        text = to_formatted(found.reply.text)
        more = {"text": words("More in a private chat"), "url": self._link(found)}
        common = {
            "id": found.topic,
            "title": found.title,
            "description": _description(text.text),
            "reply_markup": {"inline_keyboard": [[more]]},
        }
        picture = next(iter(found.reply.pictures), None)
        file_id = file_ids.get(picture.file.sha256) if picture else None
        if file_id and text.units <= CAPTION_UNITS:
            caption = {"caption": text.text, "caption_entities": list(text.entities)}
            return {"type": "photo", "photo_file_id": file_id, **common, **caption}
        first = split(text)[0]
        content = {"message_text": first.text, "entities": list(first.entities)}
        return {"type": "article", **common, "input_message_content": content}

    def _link(self, found: Found) -> str:
        return f"https://t.me/{self._bot.username}?start={SHOW}-{found.topic}"


def _description(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_DESCRIPTION else f"{line[:_LONGEST_DESCRIPTION].rstrip()}…"
