"""Links that open the chat at an answer or in a language, such as those on a badge or a door."""

from bot.assistant.payloads import DAY, LANGUAGE, SHOW
from bot.chat.staff.feature import Act, Feature
from bot.chat.turn import Turn
from bot.store.roles import Role


def opening() -> Feature:
    """The feature."""
    return Feature(Role.PARTICIPANT, links={name: _pressing(name) for name in (SHOW, LANGUAGE, DAY)})


def _pressing(verb: str) -> Act:
    """Does what the button of the same name does; a link to what is no more just starts."""

    async def act(turn: Turn) -> None:
        reply = turn.assistant.press(f"{verb}:{turn.argument}", turn.conversation, turn.moment)
        turn.reply(reply or turn.assistant.command("start", turn.conversation, turn.moment))

    return act
