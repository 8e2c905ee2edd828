"""What the composition root needs of Telegram: handle an update, perform a call, judge an error."""

import logging
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection
from telegram import Update
from telegram.error import TelegramError

from bot.assistant.assistant import Assistant
from bot.chat.admission.door import is_let_in, note_who_comes
from bot.chat.aside import Aside
from bot.chat.commands import command_lists
from bot.chat.dispatch import Dispatcher
from bot.chat.errors import classify
from bot.chat.guard import Guard, Pass
from bot.chat.handlers import Encode, Handlers
from bot.chat.inline import Inline
from bot.chat.making import Maker
from bot.chat.notices import Notices, asked_again, source_of
from bot.chat.perform import Performer
from bot.chat.raw_bot import RawBot
from bot.chat.staff.commands import staff_list, words_for
from bot.chat.staff.feature import Act, Feature, Features
from bot.chat.staff.people import staff
from bot.chat.turn import Remembered, Turn, remembered_in
from bot.chat.updates import ASKED_FOR, person_id_in, read_update
from bot.clock import Clock
from bot.feed.versions import Versions
from bot.inbox import Writes
from bot.outbox.call import Call
from bot.outbox.delivery import Delivery, DeliveryState, enqueue
from bot.outbox.verdict import Verdict
from bot.store import steps, updates
from bot.store.database import Database
from bot.store.roles import Role, role_of

logger = logging.getLogger(__name__)


class Chat:
    """Talks to Telegram through one bot. `assistant` returns the live assistant, which may be swapped.

    `encode` brings the vectors of questions. `roles` are the settings' own, by numeric id.
    """

    def __init__(
        self,
        bot: RawBot,
        assistant: Callable[[], Assistant],
        database: Database,
        clock: Clock,
        guard: Guard | None = None,
        *,
        encode: Encode | None = None,
        roles: Mapping[int, Role] = MappingProxyType({}),
        features: Sequence[Feature] = (),
    ) -> None:
        self._bot = bot
        self._roles = roles
        self._assistant = assistant
        self._database = database
        self._clock = clock
        self._guard = guard or Guard()
        self._aside = Aside(bot)
        self._notices = Notices(bot, assistant, roles)
        self._inline = Inline(assistant, database, self._aside, bot, roles)
        self._dispatcher = Dispatcher(bot, Handlers(bot, self._aside, Features(features), encode))
        maker = Maker(lambda: assistant().knowledge, clock, self.namespace, Versions(database, clock))
        self._performer = Performer(bot, database, lambda: assistant().knowledge.photos, maker)

    @property
    def namespace(self) -> str:
        """What tells this bot's events in calendars from all others, for good."""
        return f"bot{self._bot.token.partition(':')[0]}"

    @property
    def link(self) -> str:
        """The bot's address, such as https://t.me/some_bot. Known once `start` has returned."""
        return self._bot.link

    async def start(self) -> None:
        """Asks Telegram who the bot is, and registers its commands.

        Raises what `classify` judges when Telegram does not answer or refuses the token; may be tried again.
        """
        await self._dispatcher.start()
        try:
            for params in command_lists(self._assistant().knowledge.programme.languages):
                await self._bot.raw("setMyCommands", params)
        except TelegramError as error:  # the bot answers without a list of commands too
            logger.warning("The commands could not be registered. %s", error)
        await self._database.write(self._list_for_staff)

    def _list_for_staff(self, connection: Connection) -> None:
        """Has the commands of this version shown to all staff."""
        assistant = self._assistant()
        calls = [
            staff_list(member.person_id, member.role, words_for(connection, member.person_id, assistant))
            for member in staff(connection, self._roles)
        ]
        enqueue(connection, f"commands:{self._clock().timestamp()}", calls)

    async def stop(self) -> None:
        """Closes the connections."""
        await self._aside.stop()
        await self._bot.shutdown()

    async def set_webhook(self, url: str, secret: str) -> None:
        """Has Telegram call `url`, with `secret` in a header."""
        params = {"url": url, "secret_token": secret, "allowed_updates": ASKED_FOR}
        await self._bot.raw("setWebhook", params)

    async def handle(self, raw: Mapping[str, Any]) -> Writes:
        """Computes what a raw update leads to, and returns what to commit.

        Raises what the library raises for an update that it cannot read.
        """
        update = read_update(raw, self._bot)
        if update and update.inline_query:
            await self._inline.answer(update.inline_query, self._clock())
        if update is None or update.effective_chat is None:
            return _nothing
        chat_id, source = update.effective_chat.id, source_of(update.update_id)
        asked = await self._earlier(update) or update
        turns: list[Turn] = []

        async def perform(act: Act) -> None:
            turns.append(await self._turn(asked, chat_id, source, act))

        await self._dispatcher.dispatch(asked, perform)
        return turns[0].write if turns else _nothing

    async def perform(self, call: Call) -> list[int]:
        """Sends a call, and returns the ids of the messages that it made or changed."""
        return await self._performer.perform(call)

    def classify(self, error: Exception) -> Verdict:
        """What an error of `perform`, `start` or `set_webhook` means."""
        return classify(error)

    def notice(self, connection: Connection, delivery: Delivery, state: DeliveryState) -> Sequence[Call]:
        """What to tell whom when a reply ended `in_doubt`, `failed` or `unreachable`."""
        return self._notices.interrupted(connection, delivery, state)

    async def handle_failure(self, raw: Mapping[str, Any], reference: str) -> Writes:
        """What to commit for an update that could not be handled."""
        return self._notices.apology(raw, reference)

    async def _turn(self, update: Update, chat_id: int, source: str, act: Act) -> Turn:
        """Acts on an update, unless its sender is flooding."""
        person_id = person_id_in(update)

        def remember(connection: Connection) -> Remembered:
            role = role_of(connection, person_id, self._roles)
            return Remembered(
                remembered_in(connection, chat_id),
                role,
                steps.read(connection, chat_id, person_id) if person_id is not None else None,
                is_let_in(connection, self._assistant().knowledge.programme, chat_id, role),
            )

        remembered = await self._database.read(remember)
        turn = Turn(
            update,
            self._assistant(),
            chat_id=chat_id,
            source=source,
            remembered=remembered,
            moment=self._clock(),
        )
        note_who_comes(turn)
        is_staff = turn.role > Role.PARTICIPANT  # they send albums, and may be in a hurry
        verdict = Pass.LET_THROUGH if is_staff else self._guard.check(update, turn.moment)
        if verdict is Pass.LET_THROUGH:
            await act(turn)
            if turn.role > Role.PARTICIPANT and chat_id == person_id and turn.has_new_language:
                turn.send(staff_list(chat_id, turn.role, turn.words))
        elif update.callback_query:
            self._aside.end_press(update.callback_query.id)
        if verdict is Pass.SLOW_DOWN and not update.edited_message:
            turn.say(turn.words("You write faster than I can answer. Wait a moment, then ask again."))
        return turn

    async def _earlier(self, update: Update) -> Update | None:
        """The update that a pressed button asks to handle again, if it is of this chat and still known."""
        update_id = asked_again(update)
        if update_id is None or update.callback_query is None:
            return None
        raw = await self._database.read(lambda connection: updates.read(connection, update_id))
        earlier = read_update(raw, self._bot) if raw else None
        if earlier is None or earlier.effective_chat != update.effective_chat:
            return None
        self._aside.end_press(update.callback_query.id)
        return earlier


def _nothing(_connection: Connection) -> None:
    """Nothing to write."""
