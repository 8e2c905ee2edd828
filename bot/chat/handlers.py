"""What the bot does with each kind of update: one ordered list, of which the first that fits acts."""

from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from telegram import Update
from telegram.constants import ChatMemberStatus
from telegram.ext import (
    BaseHandler,
    CallbackContext,
    CallbackQueryHandler,
    ChatMemberHandler,
    MessageHandler,
    filters,
)

from bot.assistant.reply import Reply
from bot.chat.addressing import Addressed, Replying, read_command, read_question
from bot.chat.admission.door import may_ask, may_press, turn_away
from bot.chat.aside import Aside
from bot.chat.attachments import line_for
from bot.chat.commands import COMMANDS
from bot.chat.missing import NONE_OF_THESE, learning, none_meant
from bot.chat.placing import topic
from bot.chat.raw_bot import RawBot
from bot.chat.staff.feature import Act, Features
from bot.chat.turn import Turn
from bot.outbox.outcome import move_chat
from bot.store import answers, chats
from bot.store.chats import Seen

Callback = Callable[[Update, CallbackContext[Any, Any, Any, Any]], Coroutine[Any, Any, None]]
Vectors = Mapping[str, npt.NDArray[np.float32]]
Encode = Callable[[Sequence[str]], Awaitable[Vectors]]
"""Gives the vectors of texts, or of none of them when that would take long."""
Handler = BaseHandler[Update, CallbackContext[Any, Any, Any, Any], None]


class Handlers:
    """Acts on updates that the guard has let through."""

    def __init__(self, bot: RawBot, aside: Aside, features: Features, encode: Encode | None = None) -> None:
        self._bot = bot
        self._aside = aside
        self._features = features
        self._encode = encode

    def in_order(self, on: Callable[[Act], Callback]) -> Sequence[Handler]:
        """The list. `on` makes a callback of the library out of what acts on a turn.

        What fits none is ignored quietly: service messages, channels, talk in groups that is not for the bot.
        """
        new, edited = filters.UpdateType.MESSAGE, filters.UpdateType.EDITED_MESSAGE
        question = (filters.TEXT | filters.CAPTION) & Addressed(self._bot)
        return [
            CallbackQueryHandler(on(self._press)),
            ChatMemberHandler(on(_note_membership)),
            MessageHandler(new & filters.StatusUpdate.MIGRATE, on(_move)),
            MessageHandler(new & question, on(self._ask)),
            MessageHandler(edited & question, on(self._ask)),
            MessageHandler(new & filters.ChatType.PRIVATE, on(self._take)),
            MessageHandler(new & Replying(self._bot), on(self._look)),
        ]

    async def _ask(self, turn: Turn) -> None:
        """A question or a command, new or edited."""
        message = turn.update.effective_message
        asked = read_question(message, self._bot) if message else None
        if asked is None or await self._feature_acts(turn):
            return
        if not may_ask(asked, turn):
            turn_away(turn)
            return
        if turn.update.message:
            self._aside.typing(turn.chat_id, topic(turn.update))
        if asked.command or not asked.text.strip():
            turn.reply(turn.assistant.command(asked.command or "help", turn.conversation, turn.moment))
        else:
            encoded = await self._encoded(asked.text, turn)
            reply = turn.assistant.ask(asked.text, turn.conversation, turn.moment, encoded)
            turn.reply(learning(reply, asked.text, turn))
            if turn.update.message:
                _count(reply, turn)

    async def _encoded(self, question: str, turn: Turn) -> Vectors:
        """The vectors of a question, if there is an encoder and it is in time."""
        texts = turn.assistant.to_encode(question, turn.conversation, turn.moment) if self._encode else ()
        return await self._encode(texts) if self._encode and texts else {}

    async def _press(self, turn: Turn) -> None:
        """A button, however old: what it says is all there is to know about it."""
        query = turn.update.callback_query
        if query is None:
            return
        action = query.data or ""
        verb, _, turn.argument = action.partition(":")
        try:
            if act := self._features.press(verb, turn):
                await act(turn)
            elif not may_press(verb, turn):
                turn_away(turn)
            elif self._features.is_button(verb):
                turn.pop_up = turn.words("You may not do this (any more).")
            else:
                self._answer_press(action, turn)
        finally:
            self._aside.end_press(query.id, turn.pop_up)

    def _answer_press(self, action: str, turn: Turn) -> None:
        reply = turn.assistant.press(action, turn.conversation, turn.moment)
        if reply is None:
            turn.pop_up = turn.words("This button is from an older version of me. Here is a fresh start.")
            reply = turn.assistant.command("start", turn.conversation, turn.moment)
        turn.reply(none_meant(reply, turn) if action == NONE_OF_THESE else reply)

    async def _feature_acts(self, turn: Turn) -> bool:
        """Whether a message is a feature's: its command, its link, or what its open step waits for.

        Any command ends an open step, and an edit of what a step has taken changes nothing.
        """
        message = turn.update.message
        if message is None:
            return self._features.step(turn) is not None or await self._features.look(turn)
        command = read_command(message)
        if command is None:
            act = self._features.step(turn)
            if act is None and await self._features.look(turn):
                return True
        else:
            if command.name in COMMANDS or self._features.command(command.name, turn):
                turn.step = None
            act, turn.argument = self._features.command(command.name, turn), command.rest.strip()
            if command.name == "start" and turn.argument:
                prefix, _, rest = turn.argument.partition("-")
                if act := self._features.link(prefix, turn):
                    turn.argument = rest
        if act:
            await act(turn)
        return act is not None

    async def _look(self, turn: Turn) -> None:
        """A message without words that replies to the bot in a group."""
        await self._features.look(turn)

    async def _take(self, turn: Turn) -> None:
        """A message without words."""
        if await self._feature_acts(turn):
            return
        if not turn.let_in:
            turn_away(turn)
            return
        line = line_for(turn.update.message, turn.words) if turn.update.message else None
        if line:
            turn.say(line)


def _count(reply: Reply, turn: Turn) -> None:
    """How often what is answered is all that the statistics keep of a question."""
    day, language = turn.moment.astimezone(turn.zone).date(), turn.words.language
    turn.also(lambda connection: answers.count(connection, day, language, reply.kind.value, reply.id or ""))


async def _move(turn: Turn) -> None:
    """A group has become a supergroup: what is remembered of it and waits for it goes along."""
    message = turn.update.message
    if message and message.migrate_to_chat_id:
        old, new = message.chat.id, message.migrate_to_chat_id
        turn.also(lambda connection: move_chat(connection, old, new))


async def _note_membership(turn: Turn) -> None:
    """Somebody blocked the bot or took that back; a group took it in or put it out."""
    change, chat = turn.update.my_chat_member, turn.update.effective_chat
    if change is None or chat is None:
        return
    if change.new_chat_member.status in {ChatMemberStatus.BANNED, ChatMemberStatus.LEFT}:
        turn.also(lambda connection: chats.note_gone(connection, chat.id, "left or blocked", turn.moment))
        return
    name = chat.title or chat.full_name or ""
    seen = Seen(chat.id, chat.type, name, chat.username)
    turn.also(lambda connection: chats.note_back(connection, seen, turn.moment))
