"""Where in a chat an answer goes: into the forum's topic, and in groups as a reply to the question."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from telegram import Message, Update
from telegram.constants import ChatType

from bot.outbox.call import Call


def topic(update: Update) -> dict[str, Any]:
    """The parameter that names the topic an update came from; empty outside forums."""
    message = update.effective_message
    if isinstance(message, Message) and message.is_topic_message and message.message_thread_id:
        return {"message_thread_id": message.message_thread_id}
    return {}


def placed(calls: Sequence[Call], update: Update) -> list[Call]:
    """`calls` with the parameters that put them in the right place; only the first one is a reply."""
    where = topic(update)
    asked = update.message or update.edited_message
    reply: dict[str, Any] = {}
    if asked and asked.chat.type != ChatType.PRIVATE:
        reply["reply_parameters"] = {"message_id": asked.message_id, "allow_sending_without_reply": True}
    return [
        replace(
            call,
            params={
                **call.params,
                **where,
                **(reply if call is calls[0] and "reply_parameters" not in call.params else {}),
            },
        )
        for call in calls
    ]
