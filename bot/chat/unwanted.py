"""Takes back the reminders that somebody does not want any more and that are not sent yet."""

from collections.abc import Callable

from sqlalchemy import Connection

from bot.assistant.reply import Reminders
from bot.outbox.delivery import withdraw
from bot.store import reminders
from bot.store.reminders import ReminderKind

_IS_WANTED: dict[ReminderKind, Callable[[Reminders], bool]] = {
    ReminderKind.BEFORE: lambda wish: wish.before is not None,
    ReminderKind.EVENING: lambda wish: wish.evening,
    ReminderKind.MORNING: lambda wish: wish.morning,
}


def call_off_unwanted(connection: Connection, chat_id: int, before: Reminders, after: Reminders) -> None:
    """Calls off what waits to be sent of the kinds that were wanted `before` and are not `after`."""
    stopped = {kind for kind, wanted in _IS_WANTED.items() if wanted(before) and not wanted(after)}
    for key in reminders.queued_for(connection, chat_id) if stopped else ():
        if key.kind in stopped and withdraw(connection, key.source, chat_id):
            reminders.forget(connection, key, [chat_id])
