"""The button 'Understood' under an announcement: whoever presses it has confirmed."""

from sqlalchemy import Connection
from telegram import InlineKeyboardMarkup, Message

from bot.broadcasts.calls import UNDERSTOOD
from bot.chat.staff.broadcast_desk import OPEN, Desk
from bot.chat.turn import Turn
from bot.outbox.call import Call
from bot.store import broadcasts, receipts


async def understood(desk: Desk, turn: Turn) -> None:
    """The button under an announcement: noted once, and then gone."""
    query, text = turn.update.callback_query, turn.argument
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
    row = await desk.database.read(lambda connection: broadcasts.read(connection, number))
    if row is None or query is None:
        turn.pop_up = turn.words("This announcement is not there any more.")
        return
    if row.state in OPEN:
        turn.pop_up = turn.words("This is only the preview. Participants confirm with this button.")
        return
    turn.pop_up = turn.words("Thank you! The organizers see that you have understood.")
    turn.also(lambda connection: _note(connection, row.id, turn))
    if isinstance(query.message, Message):
        turn.send(_without_button(query.message, turn.chat_id))


def _note(connection: Connection, broadcast_id: int, turn: Turn) -> None:
    receipts.give(connection, broadcast_id, turn.chat_id, turn.moment)


def _without_button(message: Message, chat_id: int) -> Call:
    """The message with its other buttons."""
    markup = message.reply_markup or InlineKeyboardMarkup(())
    rows = [
        [button.to_dict() for button in row]
        for row in markup.inline_keyboard
        if not any(str(button.callback_data or "").startswith(f"{UNDERSTOOD}:") for button in row)
    ]
    params = {"message_id": message.message_id, "reply_markup": {"inline_keyboard": rows}}
    return Call(chat_id, "editMessageReplyMarkup", params)
