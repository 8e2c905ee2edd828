"""Whether a message is meant for the bot, and what it asks once the bot's name is taken off."""

import re
from dataclasses import dataclass

from telegram import Bot, Message, MessageEntity
from telegram.constants import ChatType
from telegram.ext import filters

from bot.chat.commands import COMMANDS

_COMMAND = re.compile(r"/(\w{1,32})(?:@(\w+))?(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question or a command."""

    text: str  # may be empty: the bot was only named
    command: str | None = None  # one of COMMANDS


@dataclass(frozen=True, slots=True)
class Command:
    """A command that somebody typed themselves."""

    name: str  # in lower case, without the slash
    owner: str  # the bot that it names, in lower case; may be empty
    rest: str  # what follows, as it was typed


class Addressed(filters.MessageFilter):
    """Lets through what is meant for the bot: all that is said in private, and in groups what names it."""

    def __init__(self, bot: Bot) -> None:
        super().__init__(name="addressed to the bot")
        self._bot = bot

    def filter(self, message: Message) -> bool:
        """Whether the message is meant for the bot."""
        return read_question(message, self._bot) is not None


def read_question(message: Message, bot: Bot) -> Asked | None:
    """What a message asks the bot; None when it is not meant for the bot.

    In groups it must mention the bot, reply to it or be one of its commands. A command with the name of
    another bot is for that one. A command that the bot does not have is a question: /wifi asks for `wifi`.
    """
    if _is_automatic(message):
        return None
    text = _text(message)
    named = message.chat.type == ChatType.PRIVATE or _replies_to(message, bot)
    if command := read_command(message):
        if command.owner and command.owner != bot.username.lower():
            return None
        if command.name in COMMANDS:
            return Asked(text, command.name)
        rest = f"{command.name.replace('_', ' ')}{command.rest}"
        return Asked(rest) if named or command.owner else None
    without = _without_mentions(message, text, bot)
    return Asked(without.strip()) if named or without != text else None


def read_command(message: Message) -> Command | None:
    """The command that a message begins with; what was forwarded is not one."""
    text = _text(message)
    found = None if message.forward_origin else _COMMAND.match(text)
    if found is None:
        return None
    return Command(found.group(1).lower(), (found.group(2) or "").lower(), text[found.end() :])


def _text(message: Message) -> str:
    return _well_formed(message.text or message.caption or "")


def _is_automatic(message: Message) -> bool:
    """Written by a program: answering it could go on for ever. Anonymous admins and channels are people."""
    by_bot = message.from_user is not None and message.from_user.is_bot and message.sender_chat is None
    return by_bot or message.via_bot is not None or bool(message.is_automatic_forward)


class Replying(filters.MessageFilter):
    """Lets through what replies to the bot, with words or without."""

    def __init__(self, bot: Bot) -> None:
        super().__init__(name="replying to the bot")
        self._bot = bot

    def filter(self, message: Message) -> bool:
        """Whether the message replies to the bot."""
        return not _is_automatic(message) and _replies_to(message, self._bot)


def _replies_to(message: Message, bot: Bot) -> bool:
    """Whether it replies to the bot. In a topic that the bot made, everything replies to the opening."""
    replied = message.reply_to_message
    if replied is None or replied.from_user is None or replied.forum_topic_created:
        return False
    return replied.from_user.id == bot.id


def _without_mentions(message: Message, text: str, bot: Bot) -> str:
    """The text without the bot's name. Entities count UTF-16 units, two bytes each."""
    units = text.encode("utf-16-le")
    entities = message.entities or message.caption_entities
    for entity in sorted(entities, key=lambda entity: entity.offset, reverse=True):
        start, end = 2 * entity.offset, 2 * (entity.offset + entity.length)
        name = units[start:end].decode("utf-16-le", "replace")
        if _names(entity, name, bot):
            units = units[:start] + units[end:]
    return units.decode("utf-16-le", "replace")


def _well_formed(text: str) -> str:
    """JSON may hold half an emoji; it becomes a replacement character."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _names(entity: MessageEntity, name: str, bot: Bot) -> bool:
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == bot.id
    return entity.type == MessageEntity.MENTION and name.lower() == f"@{bot.username}".lower()
