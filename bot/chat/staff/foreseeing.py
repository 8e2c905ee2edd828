"""Tells an admin which questions a change would give another answer, before it is published."""

import asyncio
import contextlib
import logging

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.chat.turn import Turn
from bot.revisions.live import LiveKnowledge, Trial
from bot.revisions.shifts import shifts_text
from bot.revisions.worker import WorkerError

logger = logging.getLogger(__name__)

SECONDS = 4.0  # of asking old and new
PATIENCE = 40.0  # seconds, of learning the new one too
_AGAIN = 4.0  # seconds; Telegram shows that somebody types for five


async def foreseen(bot: Bot, live: LiveKnowledge, trial: Trial, turn: Turn) -> str:
    """The questions, in words; nothing when the change can lead none elsewhere. Types meanwhile."""
    if not trial.difference.may_lead_elsewhere:
        return ""
    typing = asyncio.create_task(_type(bot, turn.chat_id))
    try:
        async with asyncio.timeout(PATIENCE):
            found = await live.foresee(trial.loaded.knowledge, seconds=SECONDS)
    except (WorkerError, TimeoutError) as error:
        logger.warning("It could not be tried what a change would lead to: %s", error or "it took too long")
        return turn.words("I could not try out which questions would get another answer.")
    finally:
        typing.cancel()
    return shifts_text(found, turn.words)


async def _type(bot: Bot, chat_id: int) -> None:
    """Shows that the bot is at work, until cancelled."""
    while True:
        with contextlib.suppress(TelegramError):
            await bot.send_chat_action(chat_id, ChatAction.TYPING)
        await asyncio.sleep(_AGAIN)
