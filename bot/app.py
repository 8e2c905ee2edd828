"""Builds the parts, runs them until the stop, and ends them cleanly: the composition root."""

import asyncio
import logging
from enum import Enum

from bot.broadcasts.loop import Broadcasting
from bot.broadcasts.showing import Showing
from bot.chat.chat import Chat
from bot.chat.raw_bot import make_bot
from bot.chat.render import message, render
from bot.chat.staff.broadcast_desk import Desk
from bot.chat.staff.people import staff
from bot.clock import Clock, system_clock
from bot.collecting import settle
from bot.encoder.choice import NoEncoderError, chosen
from bot.encoder.meaning import Meaning
from bot.features import in_order, settled_roles
from bot.feed.serving import Feed
from bot.inbox import Inbox
from bot.knowledge.problems import KnowledgeError
from bot.long_waits import LongWaits
from bot.outbox import sender
from bot.outbox.pacing import Pace
from bot.outbox.sender import Sender
from bot.ratings.asking import Asking
from bot.receiving import Receiving
from bot.reminders.loop import Reminding
from bot.revisions.admins import Admins
from bot.revisions.live import LiveKnowledge
from bot.revisions.opening import Opened, open_revision
from bot.revisions.reloading import Reloading
from bot.settings import Settings
from bot.starting import StartError, migrated
from bot.status.state import Setup, folder_of
from bot.store import desks
from bot.store.database import Database
from bot.store.shared_clock import SharedClock
from bot.supervision import run_together
from bot.tidying import Tidying
from bot.web import polling

logger = logging.getLogger(__name__)


_NO_ADDRESS = (
    "WEBHOOK_URL: is missing. `python -m bot web` waits to be called by Telegram and needs the address. "
    "Without one, start `python -m bot run`: it asks Telegram for news."
)


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
        self.roles = settled_roles(settings)
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
            features=in_order(settings, bot, database, self.live, desk=desk, setup=self.setup),
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
            staff=frozenset(self.roles),
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
        self.receiving = Receiving(
            settings,
            database,
            self.chat,
            self.inbox,
            self.feed,
            setup=self.setup,
            roles=self.roles,
            clock=clock,
        )

    async def run(self, stop: asyncio.Event, part: Part) -> None:
        """Runs the loops until `stop`."""
        settle()
        self.live.on_swap(lambda _old, _new: settle())
        receiving = self.receiving.serve if self.settings.webhook_url else self.receiving.poll
        loops = {
            **({} if part is Part.WORKER and self.settings.webhook_url else {"Receiving": receiving}),
            "Answering": self.receiving.answer,
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
