"""The bot under rehearsal: started, started again with other roles, or afresh with an empty memory."""

import asyncio
from collections.abc import Awaitable
from pathlib import Path
from typing import Protocol

from pydantic import SecretStr

from bot.clock import Clock
from bot.preview.personas import Role, ids
from bot.preview.stage import Stage
from bot.settings import Settings


class RunBot(Protocol):
    """Runs the bot until `stop` is set."""

    def __call__(self, settings: Settings, *, clock: Clock, stop: asyncio.Event) -> Awaitable[None]: ...


class Rehearsal:
    """Runs one bot at a time against the stage's server; its database lies in `folder`."""

    def __init__(self, settings: Settings, run_bot: RunBot, stage: Stage, folder: Path) -> None:
        self._settings = settings
        self._run_bot = run_bot
        self._stage = stage
        self._folder = folder
        self._database = 1  # each fresh start has a database of its own
        self._stop = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._changes = asyncio.Lock()
        self._failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def start(self) -> None:
        """Starts the bot."""
        self._stop = asyncio.Event()
        run = self._run_bot(self._bot_settings(), clock=self._stage.clock, stop=self._stop)
        self._task = asyncio.ensure_future(run)
        self._task.add_done_callback(self._ended)

    async def stop(self) -> None:
        """Lets the bot finish, and waits for it."""
        self._stop.set()
        if self._task is not None:
            await asyncio.wait([self._task])

    async def start_again(self) -> None:
        """Starts the bot again with the roles of today's people; it forgets nothing."""
        async with self._changes:
            await self.stop()
            await self.start()

    async def start_afresh(self) -> None:
        """Empties chats and database and starts the bot again."""
        async with self._changes:
            await self.stop()
            self._database += 1
            self._stage.server.world.wipe()
            await self.start()

    async def failure(self) -> None:
        """Waits until the bot ends by itself. Raises what it ended with."""
        await asyncio.shield(self._failed)

    def _ended(self, task: "asyncio.Future[None]") -> None:
        if self._stop.is_set() or task.cancelled() or self._failed.done():
            return
        self._failed.set_exception(task.exception() or RuntimeError("The bot ended by itself."))

    def _bot_settings(self) -> Settings:
        """The person's settings, but for what would lead out of this machine."""
        server, people = self._stage.server, self._stage.people
        return self._settings.model_copy(
            update={
                "telegram_bot_token": SecretStr(server.token),
                "telegram_api_url": server.url,
                "database_url": SecretStr(f"sqlite:///{self._folder / f'preview-{self._database}.db'}"),
                "webhook_url": None,
                "webhook_secret": None,
                "organizer_ids": ids(people, Role.ORGANIZER),
                "admin_ids": ids(people, Role.ADMIN),
            }
        )
