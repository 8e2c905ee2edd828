"""Builds the parts, runs them until the stop, and ends them cleanly: the composition root."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from enum import Enum
from typing import Any
from urllib.parse import urlsplit

from alembic.util import CommandError
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.broadcasts.loop import Broadcasting
from bot.broadcasts.showing import Showing
from bot.chat.chat import Chat
from bot.chat.enrolling import enrolling
from bot.chat.inquiries.answering import answering
from bot.chat.inquiries.asking import asking
from bot.chat.inquiries.desk import desk_choosing
from bot.chat.missing import wishing
from bot.chat.opening import opening
from bot.chat.privacy import Privacy
from bot.chat.rating import rating_by_participants, rating_results
from bot.chat.raw_bot import make_bot
from bot.chat.render import message, render
from bot.chat.staff.broadcast_desk import Desk
from bot.chat.staff.broadcasting import broadcasting
from bot.chat.staff.groups import group_keeping
from bot.chat.staff.history import audit_list
from bot.chat.staff.joining import first_admin_lines, first_code, joining
from bot.chat.staff.keeping import knowledge_keeping
from bot.chat.staff.people import staff
from bot.chat.staff.roles import role_keeping
from bot.chat.staff.session_changes import session_changes
from bot.chat.staff.statistics import Statistics
from bot.chat.staff.status import status
from bot.chat.subscribing import subscribing
from bot.chat.updates import ASKED_FOR
from bot.clock import Clock, system_clock
from bot.encoder.choice import NoEncoderError, chosen
from bot.encoder.meaning import Meaning
from bot.feed.serving import Feed
from bot.inbox import Inbox
from bot.knowledge.problems import KnowledgeError
from bot.long_waits import LongWaits
from bot.outbox import sender
from bot.outbox.pacing import Pace
from bot.outbox.sender import Sender
from bot.outbox.verdict import Fault
from bot.outbox.verdict import pause as seconds_after
from bot.ratings.asking import Asking
from bot.reminders.loop import Reminding
from bot.revisions.admins import Admins
from bot.revisions.live import LiveKnowledge
from bot.revisions.opening import Opened, open_revision
from bot.revisions.reloading import Reloading
from bot.settings import Settings
from bot.status.metrics import exposed
from bot.status.state import Setup, folder_of, gather
from bot.store import desks
from bot.store.database import Database, DatabaseError, open_database
from bot.store.migrations import migrate
from bot.store.roles import Role
from bot.store.shared_clock import SharedClock
from bot.supervision import pause, run_together
from bot.tidying import Tidying
from bot.web import polling
from bot.web.calendar import CalendarFile, CalendarPages
from bot.web.polling import Poller
from bot.web.webhook import Metrics, serving, webhook_app

logger = logging.getLogger(__name__)

DATABASE_SECONDS = 5.0  # an answer that takes longer is no sign of health


_NO_ADDRESS = (
    "WEBHOOK_URL: is missing. `python -m bot web` waits to be called by Telegram and needs the address. "
    "Without one, start `python -m bot run`: it asks Telegram for news."
)
_NO_SHARED_DISK = (
    "DATABASE_URL: is missing. On this host each process has a disk of its own, which is wiped at every "
    "restart, so a SQLite file would lose questions and deliveries. Add a PostgreSQL database; the host then "
    "sets DATABASE_URL by itself."
)


class StartError(Exception):
    """Why the bot cannot start or go on, in words for the person who runs it."""


class Part(Enum):
    """What falls to one process. All processes of one database share the work and the pace."""

    WHOLE = "all of it"
    WEB = "Telegram calls it"
    WORKER = "nobody calls it; without a webhook it polls"


async def run_bot(
    settings: Settings,
    *,
    clock: Clock,
    stop: asyncio.Event,
    pace: Pace | None = None,
    part: Part = Part.WHOLE,
) -> None:
    """Runs the bot, or the part of it that falls to this process, until `stop`.

    Then finishes what is under way within about ten seconds. `clock` is the participants'; `pace` is
    Telegram's unless another is given. Raises StartError.
    """
    if part is Part.WEB and not settings.webhook_url:
        raise StartError(_NO_ADDRESS)
    async with migrated(settings) as database:
        try:
            opened = await open_revision(settings.knowledge_dir, database, system_clock)
        except KnowledgeError as error:
            raise StartError(f"The knowledge folder cannot be used:\n{error}") from error
        try:
            meaning = Meaning.by(chosen(settings.encoder), settings.cache_dir)
        except NoEncoderError as error:
            raise StartError(str(error)) from error
        await database.write(lambda connection: desks.settle(connection, settings.organizers_chat_id))
        shared_clock = SharedClock(database)
        await shared_clock.sync()
        live = _Live(settings, opened, database, clock, shared_clock, pace=pace, meaning=meaning)
        try:
            await live.run(stop, part)
        finally:
            await live.chat.stop()
            await meaning.stop()


class _Live:
    """The parts of a running bot."""

    def __init__(
        self,
        settings: Settings,
        opened: Opened,
        database: Database,
        clock: Clock,
        shared_clock: SharedClock,
        *,
        pace: Pace | None,
        meaning: Meaning,
    ) -> None:
        self.live = LiveKnowledge(
            opened.number,
            opened.loaded,
            database=database,
            clock=system_clock,
            meaning=meaning,
            cache=settings.cache_dir,
        )
        self.settings = settings
        self.database = database
        self.clock = clock
        self.roles = _roles(settings)
        url = settings.database_url.get_secret_value()
        self.setup = Setup(
            "webhook" if settings.webhook_url else "polling",
            meaning.name,
            "sqlite" if url.startswith("sqlite") else "postgresql",
            folder_of(url),
            system_clock(),
        )
        bot = make_bot(settings)
        showing = Showing(lambda: self.live.knowledge, message)
        desk = Desk(database, showing, system_clock, self.roles)
        self.chat = Chat(
            bot,
            lambda: self.live.assistant,
            database,
            clock,
            encode=meaning.of_question,
            roles=self.roles,
            features=(
                opening(),
                enrolling(),
                group_keeping(bot, database),
                *([subscribing(settings.webhook_url)] if settings.webhook_url else []),
                joining(self.roles),
                *asking(database, self.roles),
                *answering(database, self.roles),
                desk_choosing(),
                *role_keeping(bot, database, self.roles),
                audit_list(database),
                Statistics(database).feature(),
                rating_by_participants(),
                rating_results(database),
                status(database, self.setup, system_clock),
                Privacy(
                    database,
                    question_days=settings.keep_questions_days,
                    purge_days=settings.purge_days,
                ).feature(),
                *broadcasting(desk),
                session_changes(desk, self.live),
                *knowledge_keeping(bot, self.live, database),
                wishing(),
            ),
        )
        self.shared_clock = shared_clock
        self.outbox = Sender(
            database, shared_clock, self.chat.perform, self.chat.classify, self.chat.notice, pace=pace
        )
        self.feed = Feed(database, lambda: self.live.knowledge, clock, namespace=self.chat.namespace)
        self.reminding = Reminding(
            database,
            lambda: self.live.knowledge,
            clock,
            render=render,
            after_commit=self.outbox.wake,
            pace=pace,
            host_clock=shared_clock,
        )
        self.tidying = Tidying(
            database,
            lambda: self.live.knowledge,
            clock,
            question_days=settings.keep_questions_days,
            purge_days=settings.purge_days,
        )
        self.asking = Asking(
            database, lambda: self.live.knowledge, clock, render=render, after_commit=self.outbox.wake
        )
        admins = Admins(
            database,
            settings.admin_ids,
            lambda: self.live.knowledge.default_language,
            after_commit=self.outbox.wake,
        )
        self.broadcasting = Broadcasting(
            database,
            showing,
            clock,
            organizers=lambda connection: [member.person_id for member in staff(connection, self.roles)],
            after_commit=self.outbox.wake,
        )
        self.reloading = Reloading(self.live, settings.knowledge_dir, admins, opened)
        self.long_waits = LongWaits(database, shared_clock, admins)
        self.inbox = Inbox(database, shared_clock, after_commit=self.outbox.wake)
        self.known = False  # whether Telegram has said who the bot is
        self.storing = True  # whether the last update that came in could be stored

    async def run(self, stop: asyncio.Event, part: Part) -> None:
        """Runs the loops until `stop`."""
        receiving = self._serve if self.settings.webhook_url else self._poll
        loops = {
            **({} if part is Part.WORKER and self.settings.webhook_url else {"Receiving": receiving}),
            "Answering": self._answer,
            "Sending": self.outbox.run,
            "Reminding": self.reminding.run,
            "Broadcasting": self.broadcasting.run,
            "Asking for ratings": self.asking.run,
            "Tidying": self.tidying.run,
            "Reloading": self.reloading.run,
            "Following revisions": self.live.follow,
            "Learning": self.live.learn,
            "Comparing clocks": self.shared_clock.run,
            "Watching for long waits": self.long_waits.run,
        }
        refused = (polling.TokenRefusedError, sender.TokenRefusedError)
        try:
            await run_together(loops, stop, fatal=(StartError, *refused))
        except refused as error:
            raise StartError(
                f"TELEGRAM_BOT_TOKEN: Telegram refuses it ({error}). Copy it again from @BotFather."
            ) from error

    async def _answer(self, ending: asyncio.Event) -> None:
        if not self.known:
            await self._meet_telegram(ending)
        await self.inbox.run(self.chat.handle, self.chat.handle_failure, ending)

    async def _meet_telegram(self, ending: asyncio.Event) -> None:
        """Learns who the bot is and says where updates go; tries until Telegram answers."""
        failures = 0
        while not ending.is_set():
            try:
                await self.chat.start()
                if self.settings.webhook_url and self.settings.webhook_secret:
                    secret = self.settings.webhook_secret.get_secret_value()
                    await self.chat.set_webhook(_webhook_address(self.settings.webhook_url), secret)
                self.known = True
                logger.info("The bot is running")
                await self._look_for_an_admin()
                return
            except Exception as error:  # the library raises more than its own errors
                verdict = self.chat.classify(error)
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
        code = await self.database.write(lambda connection: first_code(connection, self.roles, self.clock()))
        if code:
            print(first_admin_lines(self.chat.link, code), flush=True)  # noqa: T201 - see above

    async def _poll(self, ending: asyncio.Event) -> None:
        token = self.settings.telegram_bot_token
        if token is None:
            raise StartError("TELEGRAM_BOT_TOKEN: is missing.")
        api = f"{self.settings.telegram_api_url.rstrip('/')}/bot{token.get_secret_value()}"
        await Poller(api, self._store, ASKED_FOR).run(ending)

    async def _serve(self, ending: asyncio.Event) -> None:
        url, secret = self.settings.webhook_url, self.settings.webhook_secret
        if url is None or secret is None:
            raise StartError("WEBHOOK_SECRET: is missing, and WEBHOOK_URL needs it.")
        path = urlsplit(_webhook_address(url)).path
        token = self.settings.metrics_token
        metrics = Metrics(token.get_secret_value(), self._metrics) if token else None
        app = webhook_app(
            path,
            secret.get_secret_value(),
            self._store,
            self._is_healthy,
            metrics=metrics,
            calendar=CalendarPages(url, self._calendar),
        )
        async with serving(app, self.settings.port) as port:
            logger.info("Listening on port %d", port)
            await ending.wait()

    async def _calendar(self, secret: str, language: str) -> CalendarFile | None:
        file = await self.feed.file(secret, language)
        return CalendarFile(file.data, file.etag, file.since) if file else None

    async def _store(self, raw_updates: Sequence[Any]) -> None:
        self.storing = False
        await self.inbox.store(raw_updates)
        self.storing = True

    async def _metrics(self) -> bytes:
        return exposed(await self.database.read(gather), self.setup, system_clock())

    async def _is_healthy(self) -> bool:
        try:
            async with asyncio.timeout(DATABASE_SECONDS):
                await self.database.read(lambda connection: connection.execute(text("SELECT 1")).one())
        except (DBAPIError, TimeoutError):
            return False
        return self.storing


@asynccontextmanager
async def migrated(settings: Settings) -> AsyncIterator[Database]:
    """The database, brought to the newest shape. Raises StartError."""
    url = settings.database_url.get_secret_value()
    if settings.dyno and url.startswith("sqlite"):
        raise StartError(_NO_SHARED_DISK)
    try:
        database = open_database(url)
    except DatabaseError as error:
        raise StartError(str(error)) from error
    try:
        try:
            await migrate(database)
        except DBAPIError as error:
            raise StartError(f"DATABASE_URL: the database cannot be opened: {error.orig}") from error
        except CommandError as error:
            raise StartError(f"DATABASE_URL: a newer version of this bot wrote it ({error})") from error
        yield database
    finally:
        await database.close()


def _roles(settings: Settings) -> dict[int, Role]:
    """The roles that the settings give, by numeric id."""
    return {
        **dict.fromkeys(settings.organizer_ids, Role.ORGANIZER),
        **dict.fromkeys(settings.admin_ids, Role.ADMIN),
    }


def _webhook_address(url: str) -> str:
    return f"{url.rstrip('/')}/telegram"
