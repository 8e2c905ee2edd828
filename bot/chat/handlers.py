"""What the bot does with each kind of update: one ordered list, of which the first that fits acts."""

from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from telegram import Update
from telegram.ext import BaseHandler, CallbackContext, CallbackQueryHandler, MessageHandler, filters

from bot.chat.addressing import Addressed, read_question
from bot.chat.aside import Aside
from bot.chat.attachments import line_for
from bot.chat.placing import topic
from bot.chat.raw_bot import RawBot
from bot.chat.turn import Turn
from bot.outbox.outcome import move_chat

Act = Callable[[Turn], Awaitable[None]]
Callback = Callable[[Update, CallbackContext[Any, Any, Any, Any]], Coroutine[Any, Any, None]]
Vectors = Mapping[str, npt.NDArray[np.float32]]
Encode = Callable[[Sequence[str]], Awaitable[Vectors]]
"""Gives the vectors of texts, or of none of them when that would take long."""
Handler = BaseHandler[Update, CallbackContext[Any, Any, Any, Any], None]


class Handlers:
    """Acts on updates that the guard has let through."""

    def __init__(self, bot: RawBot, aside: Aside, encode: Encode | None = None) -> None:
        self._bot = bot
        self._aside = aside
        self._encode = encode

    def in_order(self, on: Callable[[Act], Callback]) -> Sequence[Handler]:
        """The list. `on` makes a callback of the library out of what acts on a turn.

        What fits none is ignored quietly: service messages, channels, talk in groups that is not for the bot.
        """
        new, edited = filters.UpdateType.MESSAGE, filters.UpdateType.EDITED_MESSAGE
        question = (filters.TEXT | filters.CAPTION) & Addressed(self._bot)
        return [
            CallbackQueryHandler(on(self._press)),
            MessageHandler(new & filters.StatusUpdate.MIGRATE, on(_move)),
            MessageHandler(new & question, on(self._ask)),
            MessageHandler(edited & question, on(self._ask)),
            MessageHandler(new & filters.ChatType.PRIVATE, on(_say_what_works)),
        ]

    async def _ask(self, turn: Turn) -> None:
        """A question or a command, new or edited."""
        message = turn.update.effective_message
        asked = read_question(message, self._bot) if message else None
        if asked is None:
            return
        if turn.update.message:
            self._aside.typing(turn.chat_id, topic(turn.update))
        if asked.command or not asked.text.strip():
            turn.reply(turn.assistant.command(asked.command or "help", turn.conversation, turn.moment))
        else:
            encoded = await self._encoded(asked.text, turn)
            turn.reply(turn.assistant.ask(asked.text, turn.conversation, turn.moment, encoded))

    async def _encoded(self, question: str, turn: Turn) -> Vectors:
        """The vectors of a question, if there is an encoder and it is in time."""
        texts = turn.assistant.to_encode(question, turn.conversation, turn.moment) if self._encode else ()
        return await self._encode(texts) if self._encode and texts else {}

    async def _press(self, turn: Turn) -> None:
        """A button, however old: what it says is all there is to know about it."""
        query = turn.update.callback_query
        if query is None:
            return
        pop_up = None
        try:
            reply = turn.assistant.press(query.data or "", turn.conversation, turn.moment)
            if reply is None:
                pop_up = turn.words("This button is from an older version of me. Here is a fresh start.")
                reply = turn.assistant.command("start", turn.conversation, turn.moment)
            turn.reply(reply)
        finally:
            self._aside.end_press(query.id, pop_up)


async def _move(turn: Turn) -> None:
    """A group has become a supergroup: what is remembered of it and waits for it goes along."""
    message = turn.update.message
    if message and message.migrate_to_chat_id:
        old, new = message.chat.id, message.migrate_to_chat_id
        turn.also(lambda connection: move_chat(connection, old, new))


async def _say_what_works(turn: Turn) -> None:
    """A message without words."""
    line = line_for(turn.update.message, turn.words) if turn.update.message else None
    if line:
        turn.say(line)
