"""/broadcasts: the latest announcements and drafts, each with a button that opens its card."""

from collections.abc import Sequence

from sqlalchemy import Connection

from bot.assistant.reply import Button
from bot.broadcasts.cards import action
from bot.broadcasts.content import Content
from bot.broadcasts.kept import from_json
from bot.chat.render import message
from bot.chat.staff.broadcast_desk import Desk
from bot.chat.turn import Turn
from bot.locales import Words
from bot.outbox.call import Call
from bot.store import broadcasts
from bot.store.broadcasts import BroadcastRow, BroadcastState

MOST = 8
LONGEST = 40  # characters of the words in a line


def overview(desk: Desk, connection: Connection, turn: Turn) -> Sequence[Call]:
    """The list."""
    words, rows = turn.words, broadcasts.latest(connection, MOST)
    if not rows:
        return [message(turn.chat_id, words("There is no announcement yet. /broadcast starts one."))]
    lines = [_line(row, desk, words) for row in rows]
    buttons = [(Button(f"{row.id}", action("open", row)),) for row in rows]
    flat = tuple(button for row in buttons for button in row)
    return [message(turn.chat_id, "\n".join(lines), (flat[:4], flat[4:]))]


def _line(row: BroadcastRow, desk: Desk, words: Words) -> str:
    content = from_json(Content, row.content)
    text = " ".join(content.text_for(words.language).text.split()) or words("(without words)")
    short = text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"
    at = (row.send_at or row.made_at).astimezone(desk.showing.zone)
    day = words.short_day(at.date())
    return f"{row.id} · {day} {words.time(at.time())} · {_state(row.state, words)} · {short}"


def _state(state: BroadcastState, words: Words) -> str:
    return {
        BroadcastState.DRAFT: words("draft"),
        BroadcastState.SCHEDULED: words("scheduled"),
        BroadcastState.SENDING: words("on its way"),
        BroadcastState.PAUSED: words("paused"),
        BroadcastState.DONE: words("sent"),
        BroadcastState.CANCELLED: words("cancelled"),
        BroadcastState.RECALLED: words("taken back"),
    }[state]
