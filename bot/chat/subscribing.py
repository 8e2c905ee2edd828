"""Subscribing to the calendar: an address that phones look up again and again, where there is a server."""

from collections.abc import Sequence

from sqlalchemy import Connection

from bot.assistant.reply import Button
from bot.chat.render import message
from bot.chat.staff.feature import Feature
from bot.chat.turn import Turn
from bot.outbox.call import Call
from bot.store import feeds
from bot.store.roles import Role

_EVERYTHING = "all"


def subscribing(public_url: str) -> Feature:
    """The feature. `public_url` is how the web server is reached from outside."""

    async def calendar(turn: Turn) -> None:
        """A calendar file, as the assistant gives it; under that of everything a button to subscribe."""
        reply = turn.assistant.press(f"calendar:{turn.argument}", turn.conversation, turn.moment)
        turn.reply(reply or turn.assistant.command("start", turn.conversation, turn.moment))
        if reply and turn.argument == _EVERYTHING:
            turn.decide(lambda connection: _offer(connection, turn, public_url.rstrip("/")))

    return Feature(Role.PARTICIPANT, presses={"calendar": calendar}, private=False)


def _offer(connection: Connection, turn: Turn, public_url: str) -> Sequence[Call]:
    words = turn.words
    token = feeds.token_of(connection, turn.conversation.groups)
    page = f"{public_url}/calendar/{token}/{words.language}"
    host_and_path = page.partition("://")[2]
    text = words(
        "This file stays as it is. To see changes on your phone by themselves, subscribe to the calendar: "
        "press the button, or add this address in your calendar app:\n\n{address}",
        address=f"webcal://{host_and_path}.ics",
    )
    return [message(turn.chat_id, text, ((Button(words("🔄 Subscribe"), url=page),),))]
