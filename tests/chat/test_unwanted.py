"""Who stops reminders gets none that still waits to be sent, and can have it again."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, select

from bot.chat.render import message
from bot.outbox.delivery import Lane, enqueue
from bot.preview.server import PreviewServer
from bot.preview.world import User
from bot.store import conversations, reminders
from bot.store.conversations import ConversationRow
from bot.store.reminders import ReminderKey, ReminderKind
from bot.store.tables import deliveries
from tests.chat.conftest import MORNING, Bot

SOON = ReminderKey(ReminderKind.BEFORE, "opening", MORNING + timedelta(minutes=30))
TODAY = ReminderKey(ReminderKind.MORNING, "2031-05-05", MORNING)
WISH = ConversationRow("en", None, (), 0, remind_before=30, remind_morning=True, reminders_since=MORNING)


async def waits(bot: Bot, user: User) -> None:
    """Both reminders are handed to the outbox and wait there."""

    def work(connection: Connection) -> None:
        conversations.write(connection, user.id, WISH, MORNING)
        for key in (SOON, TODAY):
            reminders.note_queued(connection, key, [user.id])
            enqueue(connection, key.source, [message(user.id, "Soon!")], Lane.REMINDER)

    await bot.database.write(work)


async def queued(bot: Bot) -> list[str]:
    """What reminders wait for."""
    statement = select(deliveries.c.source).where(deliveries.c.source.like("reminder:%"))
    return list(await bot.database.read(lambda connection: connection.scalars(statement).all()))


@pytest.mark.parametrize(
    ("choice", "left"),
    [("stop", []), ("no-before", [TODAY.source]), ("no-morning", [SOON.source]), ("evening", None)],
)
async def test_what_is_not_wanted_any_more_is_not_sent(
    bot: Bot, server: PreviewServer, ana: User, choice: str, left: list[str] | None
) -> None:
    await server.say(ana, "/reminders")
    await bot.settle()
    card = server.sent(ana)[-1]
    await waits(bot, ana)
    await server.press(card, data=f"remind:{choice}")
    for raw in await bot.receive():
        await bot.handle(raw)
    expected = [SOON.source, TODAY.source] if left is None else left
    assert await queued(bot) == expected
    had = await bot.database.read(lambda connection: reminders.queued_for(connection, ana.id))
    assert sorted(key.source for key in had) == sorted(expected)
