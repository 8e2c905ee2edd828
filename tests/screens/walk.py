"""Walks through the chat: gives every command, presses every kind of button, types what is asked for."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from bot.chat.commands import COMMANDS
from bot.knowledge.model import ends_at, starts_at
from bot.preview.faults import Kind
from bot.preview.world import User
from bot.store.roles import Role
from tests.screens.stage import Stage, buttons

Json = dict[str, Any]

ANSWERS: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "broadcast.person": ("Qqnobody", "Qqana"),
        "broadcast.when": ("qq", "15:00"),
        "broadcast.links": ("qq", "Qqmap - https://qq.example/map"),
        "edit.find": ("Zqqz", "emergency"),
        "edit.from": ("qq", "2016-01-01"),
        "edit.until": ("qq", "2041-01-01"),
        "group.people": ("Qqnobody", "Qqana"),
        "session.move": ("qq", "23:15"),
        "session.place": ("Zqqz",),
        "add.questions": ("Qqone qqq\nQqtwo qqq\nQqthree qqq",),
    }
)
"""What is typed at each step, one after the other; at all others one of TEXTS."""
TEXTS = ("Qqtext 18:30 qq", "Qq", "Qqmore **qq** qq")
ASKED = ("Qqwhat zqqz wqqx", "Zqqz", "qqz " * 700, "?", "🙂", "Hello", "Thank you", "Who are you?")
"""What participants ask: nothing that anybody knows, all too long, and small talk."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A button that can be pressed."""

    user: User
    shown: Json
    label: str
    data: str
    kind: str  # what it does, whatever it does it to


class Walk:
    """One walk over a stage: each kind of button is pressed once, by somebody.

    A `thorough` one lets each role press it, and opens each entry, site, session and day.
    """

    def __init__(self, stage: Stage, *, thorough: bool) -> None:
        self._stage = stage
        self._thorough = thorough
        self._pressed: set[str] = set()
        self._typed: Counter[str] = Counter()
        self._offers: list[Offer] = []

    async def walk(self) -> None:
        """All of it."""
        stage = self._stage
        for user in stage.people.values():
            await self._start(user, f"/start language-{user.language_code}")
        for role, user in stage.people.items():
            for command in self._commands(role):
                await self._start(user, f"/{command}")
        participant = stage.people[Role.PARTICIPANT]
        for text in ASKED:
            await self._start(participant, text)
        await self._send_what_is_no_text(participant)
        await self._in_the_group()
        await self._let_things_go_wrong(participant)
        await self._let_time_pass()
        stage.note_commands()
        for user in stage.people.values():
            await self._press_forget(user)

    def _commands(self, role: Role) -> Iterator[str]:
        names = [
            name
            for feature in self._stage.features
            for name in feature.commands
            if role == feature.role or (self._thorough and role > feature.role)
        ]
        knowledge = self._stage.live.knowledge
        session = next(iter(knowledge.sessions.values()))
        if role is Role.PARTICIPANT or self._thorough:
            yield from (*COMMANDS, "qqunknown")
        yield from (name for name in dict.fromkeys(names) if name not in COMMANDS or role > Role.PARTICIPANT)
        yield from (f"start {link}" for link in ("admin-qq", "organizer-qq", "group-qq", "qq"))
        yield f"start show-{session.id}"
        if role > Role.PARTICIPANT:
            yield from (f"move {session.id} 23:30", "move qq", "place qq", "group qq", "broadcast Qqtext")
        if role is Role.ADMIN:
            yield from ("edit qq", "rollback 1")

    async def _start(self, user: User, text: str) -> None:
        """Says something, and follows what it leads to until there is nothing new."""
        self._take_in(await self._stage.say(user, text))
        await self._type(user)
        while offer := self._next_offer():
            self._pressed.add(offer.kind)
            stage = self._stage
            self._take_in(await stage.press(offer.shown, offer.data, offer.label, offer.user))
            await self._type(offer.user)

    def _take_in(self, messages: Sequence[Json]) -> None:
        stage = self._stage
        for shown in messages:
            chat_id = shown["chat"]["id"]
            user = stage.server.world.users.get(chat_id, stage.people[Role.ORGANIZER])
            for label, data in buttons(shown):
                if not self._leads_away(data, chat_id):
                    kind = f"{stage.role_of(chat_id) if self._thorough else ''} {self._kind(data)}"
                    self._offers.append(Offer(user, shown, label, data, kind))

    def _leads_away(self, data: str, chat_id: int) -> bool:
        """Deletes everything, or changes the language that the screens are expected in."""
        verb, _, what = data.partition(":")
        return (verb == "forget" and what != "ask") or (
            verb == "language" and what != self._stage.languages[chat_id]
        )

    def _next_offer(self) -> Offer | None:
        """The first button of the newest message that has one of a kind that is new."""
        self._offers = [offer for offer in self._offers if offer.kind not in self._pressed]
        if not self._offers:
            return None
        newest = self._offers[-1].shown["message_id"], self._offers[-1].user.id
        return next(offer for offer in self._offers if (offer.shown["message_id"], offer.user.id) == newest)

    def _kind(self, data: str) -> str:
        knowledge = self._stage.live.knowledge
        parts = data.split(":")
        if self._thorough and parts[0] in {"show", "site", "day", "taxi", "category", "picture"}:
            return data
        known = {*knowledge.entries, *knowledge.sites, *knowledge.sessions}
        named = dict.fromkeys(known, "id") | dict.fromkeys(knowledge.programme.languages, "language")
        kinds = [
            named.get(part, re.sub(r"\d{4}-\d\d-\d\d|[0-9a-f]{8,}|\d+|qq[\w-]*", "0", part)) for part in parts
        ]
        return ":".join(kinds[: 3 if self._thorough else 2])

    async def _type(self, user: User) -> None:
        """Types what is asked for, as long as something is and there is more to type."""
        stage = self._stage
        while step := await stage.step_of(user):
            texts = ANSWERS.get(step, TEXTS if self._thorough else TEXTS[:1])
            if self._typed[step] >= len(texts):
                return
            text = texts[self._typed[step] % len(texts)]
            self._typed[step] += 1
            self._take_in(await stage.say(user, text))

    async def _send_what_is_no_text(self, user: User) -> None:
        server, stage = self._stage.server, self._stage
        await server.send_sticker(user)
        await server.send_voice(user)
        await server.send_photo(user)
        await server.send_document(user)
        await server.send_location(user)
        self._take_in(await stage.settled("(something without words)"))
        for staff in (stage.people[Role.ORGANIZER], stage.people[Role.ADMIN]):
            await server.send_document(staff, name="sites.yaml", content=b"sites: [")
            await server.send_document(staff, name="qq.zip", content=b"qq")
            self._take_in(await stage.settled("(a broken file)"))
        for user_of_inline in stage.people.values():
            for text in ("", "a", "qqz"):
                await stage.type_inline(user_of_inline, text)

    async def _in_the_group(self) -> None:
        stage, bot = self._stage, self._stage.server.bot.username
        title = next(iter(stage.live.knowledge.entries.values())).title
        for user in stage.people.values():
            for text in (*title.values(), "/human", f"/desk@{bot}", "/group qq", "zqqz wqqx"):
                said = text if text.startswith("/") else f"@{bot} {text}"
                self._take_in(await stage.say(user, said, stage.group))
        participant, admin = stage.people[Role.PARTICIPANT], stage.people[Role.ADMIN]
        await self._start(participant, "/human Qqhelp?")
        cards = [each for each in stage.server.sent(stage.group) if "inquiry-" in str(each)]
        for user in (participant, admin):
            await stage.server.say(user, "Qqanswer.", stage.group, cards[-1])
            self._take_in(await stage.settled("(a reply to a question)"))
        await self._start(admin, "/questions")

    async def _let_things_go_wrong(self, user: User) -> None:
        stage = self._stage
        stage.server.faults.add("sendMessage", Kind.CLOSE_AFTER_ACCEPT)
        await self._start(user, "Zqqz")
        stage.server.faults.add("sendMessage", Kind.BAD_REQUEST, description="Bad Request: no rights")
        await self._start(user, "Zqqz")

    async def _let_time_pass(self) -> None:
        """Reminders, ratings and what is said when everything is over."""
        stage, user = self._stage, self._stage.people[Role.PARTICIPANT]
        for choice in ("remind:me", "remind:evening", "remind:morning"):
            press = {"chat": {"id": user.id}, "message_id": 0}
            await stage.press(press, choice, choice, user)
        for moment in self._moments():
            stage.clock.set(moment)
            self._take_in(await stage.settled(f"(it is {moment:%A %H:%M})"))
            await self._start(user, "/next")

    def _moments(self) -> Iterator[datetime]:
        knowledge, now = self._stage.live.knowledge, self._stage.clock()
        zone = ZoneInfo(knowledge.programme.time_zone)
        times = sorted((starts_at(each, zone), ends_at(each, zone)) for each in knowledge.sessions.values())
        for start, end in [each for each in times if each[0] > now][:2]:
            yield start - timedelta(minutes=25)
            yield start + timedelta(minutes=5)
            yield end + timedelta(minutes=12)
            yield end.replace(hour=20, minute=5)
        yield times[-1][1] + timedelta(days=3)

    async def _press_forget(self, user: User) -> None:
        """Last, since nothing is left after it."""
        for shown in await self._stage.say(user, "/forget"):
            for label, data in buttons(shown):
                await self._stage.press(shown, data, label, user)
