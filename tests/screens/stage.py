"""The whole bot with somebody of each role, who read three languages, and all that they get to see."""

import asyncio
import re
import secrets
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import SecretStr
from sqlalchemy import select

from bot.broadcasts.loop import Broadcasting
from bot.broadcasts.showing import Showing
from bot.chat.chat import Chat
from bot.chat.raw_bot import make_bot
from bot.chat.render import message, render
from bot.chat.staff.broadcast_desk import Desk
from bot.chat.staff.feature import Feature
from bot.encoder.choice import chosen
from bot.encoder.meaning import Meaning
from bot.features import in_order, settled_roles
from bot.locales import words_in
from bot.outbox.delivery import DeliveryState
from bot.preview.clock import SettableClock
from bot.preview.events import Event
from bot.preview.server import PreviewServer
from bot.preview.world import Chat as Room
from bot.preview.world import Press, User
from bot.ratings.asking import Asking
from bot.reminders.loop import Reminding
from bot.revisions.live import LiveKnowledge
from bot.revisions.opening import open_revision
from bot.settings import Settings
from bot.status.state import Setup
from bot.store import steps
from bot.store.database import Database, open_database
from bot.store.migrations import migrate
from bot.store.roles import Role
from bot.store.tables import deliveries
from tests.chat.conftest import Bot

Json = dict[str, Any]

TYPED = re.compile(r"\S*qq\S*", re.IGNORECASE)
"""What people type and are called holds these letters, so that it is known again in what the bot says."""


@dataclass(frozen=True, slots=True)
class Screen:
    """Something that the bot showed to somebody."""

    language: str  # of who reads it
    reader: str  # participant, organizer, admin or group
    path: str  # what they did
    kind: str  # message, edited, preview, pop-up, inline or command
    text: str
    rows: tuple[tuple[str, ...], ...] = ()  # labels of buttons


@dataclass
class Stage:
    """Who is there, and what they do. `screens` grows with every deed."""

    server: PreviewServer
    bot: Bot
    live: LiveKnowledge
    features: tuple[Feature, ...]
    loops: tuple[Broadcasting, Reminding, Asking]
    people: Mapping[Role, User]
    group: Room
    languages: Mapping[int, str]  # by the id of a chat
    events: "asyncio.Queue[Event]"
    host_clock: SettableClock
    screens: list[Screen] = field(default_factory=list)

    @property
    def clock(self) -> SettableClock:
        """Everybody's."""
        return self.bot.clock

    def role_of(self, chat_id: int) -> str:
        """Who reads a chat, in a word."""
        roles = {user.id: role.name.lower() for role, user in self.people.items()}
        return roles.get(chat_id, "group")

    async def say(self, user: User, text: str, room: Room | None = None) -> list[Json]:
        """Writes a text. Returns the messages that came of it, also in other chats."""
        await self.server.say(user, text, room)
        return await self.settled(text)

    async def press(self, shown: Json, data: str, label: str, user: User) -> list[Json]:
        """Presses a button. Returns the messages that came of it, also in other chats."""
        press = await self.server.press(shown, data=data, user=user)
        found = await self.settled(f"[{label}]")
        self._note_pop_up(press, f"[{label}]")
        return found

    async def settled(self, path: str) -> list[Json]:
        """Handles and sends everything, lets each loop look once, and notes what was shown."""
        for clock in (self.clock, self.host_clock):
            clock.advance(timedelta(seconds=3))  # nobody types faster
        await self.bot.settle()
        for loop in self.loops:
            await loop.look()
        await self.bot.send()
        found, before = [], len(self.screens)
        while not self.events.empty():
            event = self.events.get_nowait()
            if event.kind in {"message", "edited"} and event.data["message"]["from"]["is_bot"]:
                found.append(event.data["message"])
                self._note(event, path)
        self._set_previews_apart(before)
        return found

    def _set_previews_apart(self, first: int) -> None:
        """What is sent to others may be in their language, also where it is shown to who sends it."""
        for place, card in enumerate(self.screens[first:], first):
            words = words_in(card.language)
            above = [each for each in range(first, place) if self.screens[each].reader == card.reader]
            if above and card.text.startswith(words("☝️ This is what they will see.")):
                self.screens[above[-1]] = replace(self.screens[above[-1]], kind="preview")

    async def step_of(self, user: User) -> str | None:
        """What somebody was asked to type."""
        step = await self.bot.database.read(lambda connection: steps.read(connection, user.id, user.id))
        return step.name if step else None

    async def failures(self) -> list[str]:
        """What Telegram did not take."""
        query = select(deliveries.c.method, deliveries.c.error).where(
            deliveries.c.state == DeliveryState.FAILED
        )
        rows = await self.bot.database.read(lambda connection: connection.execute(query).all())
        return [f"{row.method}: {row.error}" for row in rows]

    def note_commands(self) -> None:
        """What stands behind the menu button of each."""
        by_id = {user.id: role.name.lower() for role, user in self.people.items()}
        for (scope, language), commands in self.server.world.profile.commands.items():
            found = re.search(r'"chat_id": ?(\d+)', scope)
            reader = by_id.get(int(found.group(1)), "") if found else "participant"
            code = self.languages.get(int(found.group(1)), "") if found else language
            if reader and code in self.languages.values():
                for each in commands:
                    self.screens.append(Screen(code, reader, "menu", "command", each["description"]))

    async def type_inline(self, user: User, text: str) -> None:
        """Types the bot's name and a text in some chat."""
        query = await self.server.ask_inline(user, text)
        for raw in await self.bot.receive():
            await self.bot.chat.handle(raw)
        await self.server.wait_until(lambda: self.server.world.inline_answers[query] is not None)
        for result in self.server.world.inline_answers[query] or []:
            content = result.get("input_message_content", {})
            lines = [result["title"], result["description"], content.get("message_text", "")]
            self._add(user.id, f"@bot {text}", "inline", "\n".join(lines), result)

    def _note(self, event: Event, path: str) -> None:
        shown = event.data["message"]
        venue = shown.get("venue", {})
        text = shown.get("text") or shown.get("caption") or venue.get("title") or ""
        self._add(event.data["chat_id"], path, event.kind, text, shown)

    def _note_pop_up(self, press: Press, path: str) -> None:
        if text := (press.answer or {}).get("text"):
            self._add(press.chat.id, path, "pop-up", text, {})

    def _add(self, chat_id: int, path: str, kind: str, text: str, shown: Json) -> None:
        rows = shown.get("reply_markup", {}).get("inline_keyboard", [])
        labels = tuple(tuple(button["text"] for button in row) for row in rows)
        screen = Screen(self.languages[chat_id], self.role_of(chat_id), path, kind, text, labels)
        self.screens.append(screen)


@asynccontextmanager
async def set_stage(folder: Path, place: Path, languages: tuple[str, str, str]) -> AsyncIterator[Stage]:
    """The bot with the knowledge of `folder`, a database in `place`, and a reader of each of `languages`."""
    clock = SettableClock(host=lambda: _FAR)
    async with PreviewServer(clock=clock) as server:
        names = zip(Role, ("Qqana", "Qqolivia", "Qqmax"), languages, strict=True)
        people = {
            role: server.add_user(name, language_code=language, started=True)
            for role, name, language in names
        }
        group = server.add_group("Qqgroup", list(people.values()))
        settings = _settings(server, folder, place, people)
        database = open_database(settings.database_url.get_secret_value())
        await migrate(database)
        with server.world.events.listen() as events:
            stage = await _built(settings, server, database, (people, group, events))
            clock.set(_morning(stage.live))
            await stage.bot.chat.start()
            await stage.settled("")
            yield stage
        await stage.bot.chat.stop()
        await database.close()


_FAR = datetime(2040, 1, 1, tzinfo=ZoneInfo("UTC"))
Cast = tuple[Mapping[Role, User], Room, "asyncio.Queue[Event]"]


def _settings(server: PreviewServer, folder: Path, place: Path, people: Mapping[Role, User]) -> Settings:
    return Settings(
        telegram_bot_token=SecretStr(server.token),
        telegram_api_url=server.url,
        database_url=SecretStr(f"sqlite:///{place / f'{secrets.token_hex(4)}.db'}"),
        knowledge_dir=folder,
        cache_dir=place / "cache",
        encoder="off",
        webhook_url="https://qq.example",
        webhook_secret=SecretStr(secrets.token_hex(16)),
        organizer_ids=frozenset({people[Role.ORGANIZER].id}),
        admin_ids=frozenset({people[Role.ADMIN].id}),
    )


async def _built(settings: Settings, server: PreviewServer, database: Database, cast: Cast) -> Stage:
    people, group, events = cast
    clock, api, host_clock = server.world.clock, make_bot(settings), SettableClock()
    assert isinstance(clock, SettableClock)
    opened = await open_revision(settings.knowledge_dir, database, clock)
    cache = settings.cache_dir
    meaning = Meaning.by(chosen("off"), cache)
    live = LiveKnowledge(
        opened.number, opened.loaded, database=database, clock=clock, meaning=meaning, cache=cache
    )
    roles = settled_roles(settings)
    showing = Showing(lambda: live.knowledge, message)
    setup = Setup("polling", meaning.name, "sqlite", settings.cache_dir.parent, clock())
    features = tuple(
        in_order(settings, api, database, live, desk=Desk(database, showing, host_clock, roles), setup=setup)
    )
    chat = Chat(api, lambda: live.assistant, database, clock, roles=roles, features=features)
    loops = (
        Broadcasting(
            database,
            showing,
            clock,
            organizers=lambda _: [people[Role.ORGANIZER].id],
            after_commit=_nothing,
            host_clock=host_clock,
        ),
        Reminding(
            database,
            lambda: live.knowledge,
            clock,
            render=render,
            after_commit=_nothing,
            host_clock=host_clock,
        ),
        Asking(database, lambda: live.knowledge, clock, render=render, after_commit=_nothing),
    )
    languages = {user.id: user.language_code or "" for user in people.values()}
    languages[group.id] = languages[people[Role.PARTICIPANT].id]
    bot = Bot(chat, api, database, clock)
    return Stage(server, bot, live, features, loops, people, group, languages, events, host_clock)


def _morning(live: LiveKnowledge) -> datetime:
    """Eight o'clock on the second day, or on the only one."""
    programme = live.knowledge.programme
    day = min(programme.starts + timedelta(1), programme.ends)
    return datetime.combine(day, time(8), ZoneInfo(programme.time_zone))


def _nothing() -> None:
    """Everything is sent when the stage settles."""


def buttons(shown: Json) -> Iterator[tuple[str, str]]:
    """Label and data of the buttons of a message that call the bot."""
    for row in shown.get("reply_markup", {}).get("inline_keyboard", []):
        for button in row:
            if data := button.get("callback_data"):
                yield button["text"], data
