"""A small bot for the tests of the chat page: it echoes, and shows one of everything on request."""

import asyncio
from collections.abc import Awaitable, Callable

from telegram import (
    Bot,
    BotCommand,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    Message,
    MessageEntity,
)
from telegram.error import NetworkError

from .conftest import picture

Answer = Callable[[Bot, int], Awaitable[object]]

STYLED = (
    "Bold, italic, code, a link, a secret.\nA quote\nprint('hello')\n"
    "Visit https://a.example or call +82-2-0000-0101."
)
STYLES = [
    MessageEntity("bold", STYLED.index("Bold"), 4),
    MessageEntity("italic", STYLED.index("italic"), 6),
    MessageEntity("code", STYLED.index("code"), 4),
    MessageEntity("text_link", STYLED.index("a link"), 6, url="https://b.example"),
    MessageEntity("spoiler", STYLED.index("a secret"), 8),
    MessageEntity("blockquote", STYLED.index("A quote"), 7),
    MessageEntity("pre", STYLED.index("print"), 14),
]
BUTTONS = InlineKeyboardMarkup(
    [
        [
            InlineKeyboardButton("Toast", callback_data="toast"),
            InlineKeyboardButton("Alert", callback_data="alert"),
        ],
        [InlineKeyboardButton("Say more", callback_data="more")],
        [InlineKeyboardButton("A web page", url="https://a.example")],
    ]
)


async def _start(bot: Bot, chat: int) -> None:
    await bot.send_message(chat, "Hello! Press something.", reply_markup=BUTTONS)


async def _styled(bot: Bot, chat: int) -> None:
    await bot.send_message(chat, STYLED, entities=STYLES)


async def _photo(bot: Bot, chat: int) -> None:
    await bot.send_photo(chat, picture(800, 600), caption="The lobby")


async def _album(bot: Bot, chat: int) -> None:
    await bot.send_media_group(
        chat, [InputMediaPhoto(picture(600 + n, 400), caption=f"Photo {n}") for n in range(5)]
    )


async def _place(bot: Bot, chat: int) -> None:
    await bot.send_venue(chat, 37.564, 126.981, "The hotel", "1 Main Street")


async def _typing(bot: Bot, chat: int) -> None:
    await bot.send_chat_action(chat, "typing")


SHOWN: dict[str, Answer] = {
    "/start": _start,
    "style": _styled,
    "photo": _photo,
    "album": _album,
    "place": _place,
    "wait": _typing,
}


async def run_echo_bot(bot: Bot) -> None:
    """Answers until it is cancelled."""
    await bot.set_my_commands([BotCommand("start", "Begin"), BotCommand("help", "What I can do")])
    await bot.set_my_description("I echo what you write.")
    offset = 0
    while True:
        try:
            updates = await bot.get_updates(offset=offset, timeout=20)
        except NetworkError:
            await asyncio.sleep(0.1)
            continue
        for update in updates:
            offset = update.update_id + 1
            if update.callback_query:
                await _pressed(bot, update.callback_query)
            elif update.message:
                await _said(bot, update.message)
            elif update.edited_message:
                await bot.send_message(update.edited_message.chat.id, f"Edited: {update.edited_message.text}")


async def _said(bot: Bot, message: Message) -> None:
    shown = SHOWN.get(message.text or "")
    if shown:
        await shown(bot, message.chat.id)
    else:
        await bot.send_message(message.chat.id, f"You said: {message.text or 'something without words'}")


async def _pressed(bot: Bot, query: CallbackQuery) -> None:
    if query.data == "more" and query.message:
        await bot.send_message(query.message.chat.id, "More.")
    if query.data != "silence":
        await query.answer(
            "A short note" if query.data == "toast" else "Read this." if query.data == "alert" else None,
            show_alert=query.data == "alert",
        )
