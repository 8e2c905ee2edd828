"""Takes in what Telegram has, by asking or by being called, and has it answered."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.chat.chat import Chat
from bot.chat.staff.joining import first_admin_lines, first_code
from bot.chat.updates import ASKED_FOR
from bot.clock import Clock, system_clock
from bot.feed.serving import Feed
from bot.inbox import Inbox
from bot.outbox import sender
from bot.outbox.verdict import Fault
from bot.outbox.verdict import pause as seconds_after
from bot.settings import Settings
from bot.starting import StartError
from bot.status.metrics import exposed
from bot.status.state import Setup, gather
from bot.store.database import Database
from bot.store.roles import Role
from bot.supervision import pause
from bot.web.calendar import CalendarFile, CalendarPages
from bot.web.polling import Poller
from bot.web.webhook import Metrics, serving, webhook_app

logger = logging.getLogger(__name__)

DATABASE_SECONDS = 5.0  # an answer that takes longer is no sign of health


class Receiving:
    """The way in. Raises sender.TokenRefusedError or StartError when there is none."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        chat: Chat,
        inbox: Inbox,
        feed: Feed,
        *,
        setup: Setup,
        roles: Mapping[int, Role],
        clock: Clock,
    ) -> None:
        """`roles` are the settings' own; `clock` is the participants'."""
        self._settings = settings
        self._database = database
        self._chat = chat
        self._inbox = inbox
        self._feed = feed
        self._setup = setup
        self._roles = roles
        self._clock = clock
        self._known = False  # whether Telegram has said who the bot is
        self._storing = True  # whether the last update that came in could be stored

    async def answer(self, ending: asyncio.Event) -> None:
        """Handles what came in until `ending`, once Telegram knows the bot."""
        if not self._known:
            await self._meet_telegram(ending)
        await self._inbox.run(self._chat.handle, self._chat.handle_failure, ending)

    async def _meet_telegram(self, ending: asyncio.Event) -> None:
        """Learns who the bot is and says where updates go; tries until Telegram answers."""
        failures = 0
        while not ending.is_set():
            try:
                await self._chat.start()
                if self._settings.webhook_url and self._settings.webhook_secret:
                    secret = self._settings.webhook_secret.get_secret_value()
                    await self._chat.set_webhook(_webhook_address(self._settings.webhook_url), secret)
                self._known = True
                logger.info("The bot is running")
                await self._look_for_an_admin()
                return
            except Exception as error:  # the library raises more than its own errors
                verdict = self._chat.classify(error)
                if verdict.fault is Fault.FATAL:
                    raise sender.TokenRefusedError(verdict.reason) from error
                if verdict.fault is Fault.CONTENT:
                    raise StartError(f"Telegram refuses the bot's start: {verdict.reason}") from error
                seconds = verdict.seconds or seconds_after(failures)
                logger.warning("Telegram cannot be reached (%s); trying again", verdict.reason)
            failures += 1
            await pause(ending, seconds)

    async def _look_for_an_admin(self) -> None:
        """As long as there is no admin, whoever sees the terminal may become the first.

        Printed and not logged: logs are kept, and read by more people.
        """
        code = await self._database.write(
            lambda connection: first_code(connection, self._roles, self._clock())
        )
        if code:
            print(first_admin_lines(self._chat.link, code), flush=True)  # noqa: T201 - see above

    async def poll(self, ending: asyncio.Event) -> None:
        """Asks Telegram for news until `ending`."""
        token = self._settings.telegram_bot_token
        if token is None:
            raise StartError("TELEGRAM_BOT_TOKEN: is missing.")
        api = f"{self._settings.telegram_api_url.rstrip('/')}/bot{token.get_secret_value()}"
        await Poller(api, self._store, ASKED_FOR).run(ending)

    async def serve(self, ending: asyncio.Event) -> None:
        """Is called by Telegram until `ending`, and shows the other pages."""
        url, secret = self._settings.webhook_url, self._settings.webhook_secret
        if url is None or secret is None:
            raise StartError("WEBHOOK_SECRET: is missing, and WEBHOOK_URL needs it.")
        path = urlsplit(_webhook_address(url)).path
        token = self._settings.metrics_token
        metrics = Metrics(token.get_secret_value(), self._metrics) if token else None
        app = webhook_app(
            path,
            secret.get_secret_value(),
            self._store,
            self._is_healthy,
            metrics=metrics,
            calendar=CalendarPages(url, self._calendar),
        )
        async with serving(app, self._settings.port) as port:
            logger.info("Listening on port %d", port)
            await ending.wait()

    async def _calendar(self, secret: str, language: str) -> CalendarFile | None:
        file = await self._feed.file(secret, language)
        return CalendarFile(file.data, file.etag, file.since) if file else None

    async def _store(self, raw_updates: Sequence[Any]) -> None:
        self._storing = False
        await self._inbox.store(raw_updates)
        self._storing = True

    async def _metrics(self) -> bytes:
        return exposed(await self._database.read(gather), self._setup, system_clock())

    async def _is_healthy(self) -> bool:
        try:
            async with asyncio.timeout(DATABASE_SECONDS):
                await self._database.read(lambda connection: connection.execute(text("SELECT 1")).one())
        except (DBAPIError, TimeoutError):
            return False
        return self._storing


def _webhook_address(url: str) -> str:
    return f"{url.rstrip('/')}/telegram"
