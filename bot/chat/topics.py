"""Puts a message into the topic about a person, where a group has topics: one a person, made when needed."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.chat.errors import PlacingError, is_lost_topic
from bot.chat.raw_bot import RawBot
from bot.outbox.call import Call
from bot.store import topics
from bot.store.database import Database

TOPIC = "_topic"
"""The key in a call's params under which stands whom it is about. Telegram never sees it."""
LONGEST_NAME = 128  # characters (Bot API, createForumTopic)

Send = Callable[[Call], Awaitable[list[int]]]


class Topics:
    """Knows the topics of one bot's groups."""

    def __init__(self, bot: RawBot, database: Database) -> None:
        self._bot = bot
        self._database = database

    async def send(self, call: Call, send: Send) -> list[int]:
        """Sends a call whose params name a topic; without topics, or the right to make one, into the group.

        Raises PlacingError when it cannot be known where to send it, and what `send` raises.
        """
        about = call.params[TOPIC]
        plain = replace(call, params={name: value for name, value in call.params.items() if name != TOPIC})
        thread = await self._known(call.chat_id, about["person_id"]) or await self._make(call.chat_id, about)
        if thread is None:
            return await send(plain)
        try:
            return await send(_in_thread(plain, thread))
        except BadRequest as error:
            if not is_lost_topic(error):
                raise
        lost = thread
        await self._database.write(lambda connection: topics.forget(connection, call.chat_id, lost))
        thread = await self._make(call.chat_id, about)
        return await send(plain if thread is None else _in_thread(plain, thread))

    async def _known(self, chat_id: int, person_id: int) -> int | None:
        return await self._database.read(lambda connection: topics.read(connection, chat_id, person_id))

    async def _make(self, chat_id: int, about: Mapping[str, Any]) -> int | None:
        """A new topic; None where there are none, or the bot may not make one."""
        try:
            chat = await self._bot.raw("getChat", {"chat_id": chat_id})
            if not chat.get("is_forum"):
                return None
            params = {"chat_id": chat_id, "name": about["name"][:LONGEST_NAME]}
            made = await self._bot.raw("createForumTopic", params)
            thread = int(made["message_thread_id"])
            await self._database.write(
                lambda connection: topics.write(connection, chat_id, about["person_id"], thread)
            )
        except BadRequest:
            return None
        except (RetryAfter, ChatMigrated, Forbidden):
            raise
        except (TelegramError, SQLAlchemyError, LookupError) as error:
            raise PlacingError(f"the topic could not be made: {error}") from error
        return thread


def _in_thread(call: Call, thread: int) -> Call:
    return replace(call, params={**call.params, "message_thread_id": thread})
