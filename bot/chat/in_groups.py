"""In a group an answer is short and is not said twice; all of it is one tap away, in private."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection
from telegram import Update
from telegram.constants import ChatType

from bot.assistant.payloads import DAY, SHOW
from bot.assistant.reply import Button, Kind, Reply
from bot.assistant.smalltalk import SMALLTALK
from bot.assistant.subject import SCHEDULE, Subject
from bot.chat.placing import topic
from bot.chat.render import message
from bot.locales import Words
from bot.outbox.call import Call
from bot.store import group_answers

LONGEST = 400  # characters; the first paragraph is never cut


def is_group(update: Update) -> bool:
    """Whether several people read the chat of an update."""
    chat = update.effective_chat
    return chat is not None and chat.type in {ChatType.GROUP, ChatType.SUPERGROUP}


def brief(reply: Reply, bot: str, words: Words) -> Reply:
    """The reply without what only one person needs; `bot` is the bot's username.

    Menus, and a choice that has to be made first, keep their buttons.
    """
    if reply.kind is Kind.SUGGESTIONS or reply.id == SMALLTALK:
        return reply
    text = _first_paragraphs(reply.text)
    more = Button(words("More in a private chat"), url=_link(reply, bot))
    whole = text == reply.text and not (reply.buttons or reply.place or reply.pictures[1:])
    return replace(
        reply, text=text, pictures=reply.pictures[:1], place=None, buttons=() if whole else ((more,),)
    )


def said_before(
    connection: Connection, reply: Reply, update: Update, *, source: str, now: datetime, words: Words
) -> Sequence[Call]:
    """A hint at the answer that the group read minutes ago; nothing if there is none, which is noted."""
    chat, person = update.effective_chat, update.effective_user
    if chat is None or reply.kind is not Kind.ANSWER or not reply.conversation.topics:
        return ()
    subject = f"{topic(update).get('message_thread_id', '')}:{reply.conversation.topics[0]}"
    earlier = group_answers.said_lately(connection, chat.id, subject, now)
    if earlier is None:
        group_answers.note(connection, chat.id, subject, source, now)
        return ()
    text = words(
        "{name}, this was answered a moment ago: see above.", name=person.first_name if person else ""
    )
    call = message(chat.id, text.removeprefix(", "))
    return (replace(call, params={**call.params, "reply_parameters": {"message_id": earlier}}),)


def _first_paragraphs(text: str) -> str:
    kept = ""
    for paragraph in text.split("\n\n"):
        if kept and len(kept) + len(paragraph) > LONGEST:
            break
        kept = f"{kept}\n\n{paragraph}" if kept else paragraph
    return kept


def _link(reply: Reply, bot: str) -> str:
    subject = Subject.parse(reply.conversation.topics[0]) if reply.conversation.topics else Subject()
    about = f"https://t.me/{bot}"
    if reply.kind is not Kind.ANSWER or subject.topic != reply.id:
        return about
    if subject.topic == SCHEDULE:
        return f"{about}?start={DAY}-{subject.day.isoformat()}" if subject.day else about
    return f"{about}?start={SHOW}-{subject.topic}"
