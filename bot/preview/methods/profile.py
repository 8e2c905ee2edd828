"""What the bot says about itself: its name, commands and descriptions, by language."""

import json
import re
from typing import Any

from bot.preview.entities import utf16_length
from bot.preview.errors import bad_request
from bot.preview.params import Params
from bot.preview.world import Profile, World

Json = dict[str, Any]

MOST_COMMANDS = 100
DESCRIPTION_LIMIT = 512
SHORT_DESCRIPTION_LIMIT = 120


async def get_me(world: World, _params: Params) -> Json:
    """The bot."""
    return {
        **world.bot.as_json(),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
    }


async def set_my_commands(world: World, params: Params) -> bool:
    """The commands of one scope and language."""
    commands = params.json("commands")
    if not isinstance(commands, list):
        raise bad_request("can't parse commands JSON object")
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    world.profile.commands[_key(params)] = [_command(command) for command in commands]
    world.events.publish("commands")
    return True


async def get_my_commands(world: World, params: Params) -> list[Json]:
    """The commands of exactly one scope and language."""
    return world.profile.commands.get(_key(params), [])


async def delete_my_commands(world: World, params: Params) -> bool:
    """Forgets the commands of one scope and language."""
    world.profile.commands.pop(_key(params), None)
    world.events.publish("commands")
    return True


def _key(params: Params) -> tuple[str, str]:
    scope = params.json("scope") or {"type": "default"}
    if not isinstance(scope, dict) or not isinstance(scope.get("type"), str):
        raise bad_request('can\'t parse BotCommandScope: object with field "type" expected')
    language = params.text("language_code")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    return json.dumps(scope, sort_keys=True), language


def _command(command: object) -> Json:
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name, description = command.get("command"), command.get("description")
    if not isinstance(name, str) or not re.fullmatch(r"/?[a-z0-9_]{1,32}", name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not isinstance(description, str) or not 1 <= utf16_length(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name.removeprefix("/"), "description": description}


async def set_my_description(world: World, params: Params) -> bool:
    """What an empty chat with the bot shows."""
    return _describe(world.profile.descriptions, params, "description", DESCRIPTION_LIMIT)


async def get_my_description(world: World, params: Params) -> Json:
    """The description in a language, else the default one."""
    return {"description": shown_description(world.profile, params.text("language_code"))}


async def set_my_short_description(world: World, params: Params) -> bool:
    """What the bot's profile shows."""
    return _describe(world.profile.short_descriptions, params, "short_description", SHORT_DESCRIPTION_LIMIT)


async def get_my_short_description(world: World, params: Params) -> Json:
    """The short description in a language, else the default one."""
    texts = world.profile.short_descriptions
    return {"short_description": texts.get(params.text("language_code")) or texts.get("", "")}


def _describe(texts: dict[str, str], params: Params, name: str, limit: int) -> bool:
    if utf16_length(params.text(name)) > limit:
        raise bad_request(f"{name.replace('_', ' ')} is too long")
    texts[params.text("language_code")] = params.text(name)
    return True


def shown_commands(profile: Profile, chat_type: str, language: str) -> list[Json]:
    """The commands that people see in a chat: the narrowest scope wins, their language before none."""
    own_scope = "all_private_chats" if chat_type == "private" else "all_group_chats"
    for scope in (own_scope, "default"):
        for code in (language, ""):
            found = profile.commands.get((json.dumps({"type": scope}), code))
            if found:
                return found
    return []


def shown_description(profile: Profile, language: str) -> str:
    """What an empty chat shows in a language."""
    return profile.descriptions.get(language) or profile.descriptions.get("", "")
