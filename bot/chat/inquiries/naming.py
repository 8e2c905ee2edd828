"""Which inquiry a button or a reply is about."""

from telegram import InlineKeyboardMarkup

from bot.chat.turn import Turn

SOURCE = "inquiry:"
"""Begins the source of every delivery about an inquiry; its number follows."""
_MOST_DIGITS = 18  # what a database takes


def number_in(argument: str) -> int | None:
    """The number that follows a button's verb; anybody may have forged it."""
    known = argument.isascii() and argument.isdigit() and len(argument) <= _MOST_DIGITS
    return int(argument) if known else None


def replied_number(turn: Turn, *verbs: str) -> int | None:
    """The inquiry that is named by a button under the bot's message which this one replies to."""
    written = turn.update.effective_message
    replied = getattr(written, "reply_to_message", None)
    if replied is None or replied.from_user is None or replied.from_user.id != turn.update.get_bot().id:
        return None
    markup = replied.reply_markup
    if not isinstance(markup, InlineKeyboardMarkup):
        return None
    for row in markup.inline_keyboard:
        for button in row:
            verb, _, argument = str(button.callback_data or "").partition(":")
            if verb in verbs:
                return number_in(argument)
    return None
