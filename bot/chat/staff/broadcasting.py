"""Announcements in the chat: /broadcast, /broadcasts, forwarded messages, and every button about them."""

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import Connection

from bot.broadcasts.calls import UNDERSTOOD
from bot.broadcasts.cards import VERB
from bot.broadcasts.facts import lines_of
from bot.broadcasts.report import table
from bot.chat.staff import broadcast_after as after
from bot.chat.staff import broadcast_audience as audience
from bot.chat.staff import broadcast_compose as compose
from bot.chat.staff import broadcast_send as sending
from bot.chat.staff.broadcast_content import content_of
from bot.chat.staff.broadcast_desk import Act, Desk, press, take
from bot.chat.staff.broadcast_overview import overview
from bot.chat.staff.broadcast_receipt import understood
from bot.chat.staff.feature import Feature
from bot.chat.turn import Turn
from bot.store import broadcasts
from bot.store.roles import Role

ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "card": sending.show,
        "open": sending.open_card,
        "send": sending.send,
        "sure": sending.send_to_everybody,
        "now": sending.send_now,
        "unschedule": sending.unschedule,
        "pause": sending.pause,
        "resume": sending.resume,
        "stop": sending.stop,
        "sound": sending.turn_sound,
        "receipt": sending.turn_receipt,
        "newcomers": sending.turn_newcomers,
        "paid": sending.turn_paid,
        "answers": sending.turn_answers,
        "words": compose.ask_content,
        "texts": compose.show_texts,
        "notext": compose.remove_text,
        "links": compose.ask_links,
        "nolinks": compose.remove_links,
        "discard": compose.discard,
        "who": audience.show_choices,
        "all": audience.choose_everybody,
        "pending": audience.choose_pending,
        "toggle": audience.toggle,
        "person": audience.ask_person,
        "one": audience.choose_person,
        "when": audience.ask_when,
        "soon": audience.choose_at_once,
        "again": after.send_again,
        "doubt": after.show_doubtful,
        "missed": after.show_missed,
        "receipts": after.show_receipts,
        "report": after.show_report,
        "nudge": after.nudge,
        "follow": after.follow_up,
        "correct": after.correct,
        "recall": after.recall,
    }
)
"""What each button does, by the name after the verb."""
STEPS: Mapping[str, Act] = MappingProxyType(
    {
        compose.CONTENT: compose.taken_content,
        compose.WORDS: compose.taken_words,
        compose.TEXT: compose.taken_text,
        compose.LINKS: compose.taken_links,
        audience.PERSON: audience.taken_person,
        audience.WHEN: audience.taken_when,
    }
)
"""What takes the message that was asked for."""


def broadcasting(desk: Desk) -> tuple[Feature, Feature]:
    """The features: organizers announce, and everybody confirms."""

    async def begin(turn: Turn) -> None:
        compose.begin(desk, turn)

    async def show_all(turn: Turn) -> None:
        turn.decide(lambda connection: overview(desk, connection, turn))

    async def pressed(turn: Turn) -> None:
        press(desk, ACTS, turn)
        if turn.argument.startswith("table:"):
            await _send_table(desk, turn)

    async def taken(turn: Turn) -> None:
        if turn.step:
            take(desk, STEPS[turn.step.name], turn)

    async def looked(turn: Turn) -> bool:
        return await _look(desk, turn)

    async def confirmed(turn: Turn) -> None:
        await understood(desk, turn)

    return (
        Feature(
            Role.ORGANIZER,
            commands={"broadcast": begin, "broadcasts": show_all},
            presses={VERB: pressed},
            steps=dict.fromkeys(STEPS, taken),
            look=looked,
        ),
        Feature(Role.PARTICIPANT, presses={UNDERSTOOD: confirmed}, private=False),
    )


async def _look(desk: Desk, turn: Turn) -> bool:
    """Takes what an organizer forwards, albums, and the edit of a message that a draft was taken from."""
    message = turn.update.message
    if message is None:
        followed = await desk.database.read(lambda connection: compose.has_draft(desk, connection, turn))
        if followed:
            compose.follow_edit(desk, turn)
        return followed
    if not (message.forward_origin or message.media_group_id):
        return False
    content = content_of(message, desk.showing.default_language)
    if content is None:
        return False
    compose.take_content(desk, turn, content)
    return True


async def _send_table(desk: Desk, turn: Turn) -> None:
    number = turn.argument.split(":")[1]
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return

    def text(connection: Connection) -> str | None:
        row = broadcasts.read(connection, int(number))
        return table(lines_of(connection, row, desk.showing.default_language), turn.words) if row else None

    if found := await desk.database.read(text):
        turn.attach(f"announcement-{number}.csv", found.encode())
