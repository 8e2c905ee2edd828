"""Whatever happens in whatever order, the outbox stands as a small model says, and repeats nothing."""

import asyncio
import functools
import itertools
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import Connection, select

from bot.outbox import sources
from bot.outbox.call import Call
from bot.outbox.claims import LEASE, claim
from bot.outbox.delivery import Delivery, DeliveryState, enqueue
from bot.outbox.outcome import note_fault, note_sent, sweep
from bot.outbox.pacing import PAID, UNPACED, WHOLE_BOT
from bot.outbox.standing import Standing, begin, standing
from bot.outbox.verdict import Fault, Verdict
from bot.preview.clock import SettableClock
from bot.store import chats, tables
from bot.store.chats import Seen
from bot.store.database import Work, open_database
from bot.store.migrations import migrate
from bot.store.reachable import reachable
from tests.conftest import NOON

T = TypeVar("T")
Key = tuple[str, int]
"""Source and chat."""

WAITING = {DeliveryState.QUEUED, DeliveryState.PAUSED}
SENDERS = ("a", "b")
PEOPLE = range(1, 8)


class Fate(Enum):
    """What becomes of a call."""

    SENT = "Telegram confirms it"
    LOST = "Telegram accepts it, and its answer is lost"
    NEVER = "the answer is lost, and Telegram never saw it"
    REFUSED = "there is no connection"
    LIMITED = "429"
    CRASH_BEFORE = "the sender dies before the call"
    CRASH_AFTER = "the sender dies after the call"


class OutboxMachine(RuleBasedStateMachine):
    """Organizers, participants, two senders and Telegram, beside what should be so."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = SettableClock(host=lambda: NOON)
        self.names = dict(zip(SENDERS, SENDERS, strict=True))  # a sender that dies comes back with another
        self.numbers = itertools.count(1)
        self.in_hand: dict[str, list[Delivery]] = {sender: [] for sender in SENDERS}
        self.states: dict[Key, DeliveryState] = {}
        self.standing: dict[str, Standing] = {}
        self.refused_by_telegram: set[str] = set()
        self.known: set[int] = set()  # whom the bot believes that it can reach
        self.blocked: set[int] = set()  # who blocked the bot, which need not know it
        self.ledger: Counter[Key] = Counter()
        self._runner = asyncio.Runner()
        self._database = open_database(_url(_place()))
        self.write(_wipe)

    def write(self, work: Work[T]) -> T:
        return self._runner.run(self._database.write(work))

    # People

    @rule(person=st.sampled_from(PEOPLE))
    def joins_or_asks(self, person: int) -> None:
        source = f"update:{next(self.numbers)}"

        def work(connection: Connection) -> None:
            chats.note_seen(connection, Seen(person, "private", "Ana"), self.clock())
            enqueue(connection, source, [Call(person, "sendMessage", {"text": source})])

        self.blocked.discard(person)
        self.known.add(person)
        self.write(work)
        self.states[source, person] = DeliveryState.QUEUED

    @rule(person=st.sampled_from(PEOPLE), tells=st.booleans())
    def blocks(self, person: int, tells: bool) -> None:
        self.blocked.add(person)
        if tells:
            self.known.discard(person)
            self.write(lambda connection: chats.note_gone(connection, person, "blocked", self.clock()))

    # Organizers

    @rule(is_refused=st.booleans())
    def sends_a_broadcast(self, is_refused: bool) -> None:
        source = f"broadcast:{next(self.numbers)}"

        def work(connection: Connection) -> list[int]:
            begin(connection, source)
            audience = [person.chat_id for person in reachable(connection)]
            calls = [Call(chat, "sendMessage", {"text": source}) for chat in audience]
            sources.queue(connection, source, calls[: len(calls) // 2])  # a crash between: it begins anew
            assert sources.queue(connection, source, calls) == len(calls) - len(calls) // 2
            return audience

        audience = self.write(work)
        assert set(audience) == self.known
        if is_refused:
            self.refused_by_telegram.add(source)
        self.standing[source] = Standing.TRIAL
        self.states |= {(source, chat): DeliveryState.QUEUED for chat in audience}

    def _change(self, source: str, old: set[DeliveryState], new: DeliveryState) -> None:
        for key, state in self.states.items():
            if key[0] == source and state in old:
                self.states[key] = new

    @precondition(lambda self: self.standing)
    @rule(data=st.data())
    def pauses(self, data: st.DataObject) -> None:
        source = data.draw(st.sampled_from(sorted(self.standing)))
        self.write(lambda connection: sources.pause(connection, source))
        if self.standing[source] is not Standing.CANCELLED:
            self.standing[source] = Standing.PAUSED
        self._change(source, {DeliveryState.QUEUED}, DeliveryState.PAUSED)

    @precondition(lambda self: self.standing)
    @rule(data=st.data())
    def resumes(self, data: st.DataObject) -> None:
        source = data.draw(st.sampled_from(sorted(self.standing)))
        self.write(lambda connection: sources.resume(connection, source))
        if self.standing[source] is not Standing.CANCELLED:
            self.standing[source] = Standing.TRIAL
        self._change(source, {DeliveryState.PAUSED}, DeliveryState.QUEUED)

    @precondition(lambda self: self.standing)
    @rule(data=st.data())
    def cancels(self, data: st.DataObject) -> None:
        source = data.draw(st.sampled_from(sorted(self.standing)))
        self.write(lambda connection: sources.call_off(connection, source))
        self.standing[source] = Standing.CANCELLED
        self._change(source, WAITING, DeliveryState.CANCELLED)

    # Senders

    @rule(sender=st.sampled_from(SENDERS), room=st.integers(1, 16))
    def claims(self, sender: str, room: int) -> None:
        taken = self.write(
            lambda connection: claim(connection, self.names[sender], self.clock(), UNPACED, room)
        )
        for delivery in taken:
            key = (delivery.source, delivery.call.chat_id)
            assert self.states[key] is DeliveryState.QUEUED
            busy = {chat for (_, chat), state in self.states.items() if state is DeliveryState.SENDING}
            assert key[1] not in busy
            if self.standing.get(key[0]) is Standing.TRIAL:
                tried = [each for each, state in self.states.items() if state is DeliveryState.SENDING]
                assert key[0] not in {source for source, _ in tried}
            self.states[key] = DeliveryState.SENDING
        self.in_hand[sender] += taken

    @precondition(lambda self: any(self.in_hand.values()))
    @rule(data=st.data(), fate=st.sampled_from(Fate))
    def a_call_ends(self, data: st.DataObject, fate: Fate) -> None:
        sender = data.draw(st.sampled_from(sorted(name for name, hand in self.in_hand.items() if hand)))
        self._end(sender, self.in_hand[sender].pop(0), fate)

    def _end(self, sender: str, delivery: Delivery, fate: Fate) -> None:
        source, chat = key = (delivery.source, delivery.call.chat_id)
        reaches = fate in {Fate.SENT, Fate.LOST, Fate.CRASH_AFTER}
        if reaches and chat in self.blocked:
            self._fail(sender, delivery, Verdict(Fault.UNREACHABLE, "blocked"))
            return
        if reaches and source in self.refused_by_telegram:
            self._fail(sender, delivery, Verdict(Fault.CONTENT, "can't parse entities"))
            return
        if reaches:
            self.ledger[key] += 1
        match fate:
            case Fate.SENT:
                self._confirm(sender, delivery)
            case Fate.LOST | Fate.NEVER:
                self._fail(sender, delivery, Verdict(Fault.IN_DOUBT, "no answer"))
            case Fate.REFUSED:
                self._fail(sender, delivery, Verdict(Fault.NOT_SENT, "no connection"))
            case Fate.LIMITED:
                self._fail(sender, delivery, Verdict(Fault.WAIT, "429", seconds=7))
            case Fate.CRASH_BEFORE | Fate.CRASH_AFTER:
                self.in_hand[sender] = []
                self.names[sender] = f"{sender}{next(self.numbers)}"

    def _confirm(self, sender: str, delivery: Delivery) -> None:
        name, key = self.names[sender], (delivery.source, delivery.call.chat_id)
        self.write(lambda connection: note_sent(connection, delivery, name, [1]))
        self.states[key] = DeliveryState.SENT
        if self.standing.get(key[0]) is Standing.TRIAL:
            self.standing[key[0]] = Standing.OPEN

    def _fail(self, sender: str, delivery: Delivery, verdict: Verdict) -> None:
        name, now = self.names[sender], self.clock()
        source, chat = key = (delivery.source, delivery.call.chat_id)
        self.write(
            lambda connection: note_fault(connection, delivery, name, verdict, now=now, notice=_notice)
        )
        if self.states[key] is not DeliveryState.SENDING:
            return  # its sender was thought dead
        match verdict.fault:
            case Fault.IN_DOUBT:
                self._doubt(key, delivery.attempts)
            case Fault.UNREACHABLE:
                self.states[key] = DeliveryState.UNREACHABLE
                self.known.discard(chat)
                for other, state in self.states.items():
                    if other[1] == chat and state in WAITING:
                        self.states[other] = DeliveryState.UNREACHABLE
            case Fault.CONTENT:
                self.states[key] = DeliveryState.FAILED
                if self.standing[source] in {Standing.TRIAL, Standing.OPEN}:  # at the first, or the third
                    self._stop_if_refused(source)
            case _:
                self.states[key] = self._waiting_state(source)

    def _waiting_state(self, source: str) -> DeliveryState:
        match self.standing.get(source):
            case Standing.CANCELLED:
                return DeliveryState.CANCELLED
            case Standing.PAUSED | Standing.STOPPED:
                return DeliveryState.PAUSED
        return DeliveryState.QUEUED

    def _stop_if_refused(self, source: str) -> None:
        failed = sum(key[0] == source and state is DeliveryState.FAILED for key, state in self.states.items())
        if self.standing[source] is Standing.TRIAL or failed >= 3:
            self.standing[source] = Standing.STOPPED
            self._change(source, {DeliveryState.QUEUED}, DeliveryState.PAUSED)

    def _doubt(self, key: Key, attempts: int) -> None:
        source, chat = key
        if source.startswith("notice:") and attempts + 1 < 3:
            self.states[key] = DeliveryState.QUEUED  # a notice may come twice, but not never
            return
        self.states[key] = DeliveryState.IN_DOUBT
        if source.startswith("update:"):
            self.states[f"notice:{source}", chat] = DeliveryState.QUEUED

    @rule(seconds=st.sampled_from([1, 8, 20, 100]))
    def time_passes(self, seconds: int) -> None:
        """Everybody's sender but a dead one's would renew its lease; here none does, as if frozen."""
        self.clock.advance(timedelta(seconds=seconds))
        held = {row.id: row.claimed_until for row in self.write(_under_way)}
        lost = {id_ for id_, until in held.items() if until < self.clock()}
        rows = {row.id: (row.source, row.chat_id, row.attempts) for row in self.write(_under_way)}
        self.write(lambda connection: sweep(connection, self.clock(), _notice))
        for id_ in lost:
            source, chat, attempts = rows[id_]
            self._doubt((source, chat), attempts)
        for sender in SENDERS:  # the fence: what a sender held too long it does not begin any more
            self.in_hand[sender] = [each for each in self.in_hand[sender] if each.id not in lost]

    @rule()
    def everything_starts_again(self) -> None:
        for sender in SENDERS:
            self.in_hand[sender] = []
            self.names[sender] = f"{sender}{next(self.numbers)}"

    # What always holds

    @invariant()
    def the_database_says_what_the_model_says(self) -> None:
        rows = self.write(lambda connection: connection.execute(select(tables.deliveries)).all())
        assert {(row.source, row.chat_id): row.state for row in rows} == self.states
        assert len(rows) == len(self.states)

    @invariant()
    def sources_stand_as_the_model_says(self) -> None:
        for source, expected in self.standing.items():
            found = self.write(lambda connection, source=source: standing(connection, source))  # type: ignore[misc]
            assert found and found.standing is expected
            tally = self.write(lambda connection, source=source: sources.tally(connection, source))  # type: ignore[misc]
            assert sum(tally.values()) == sum(key[0] == source for key in self.states)

    @invariant()
    def nothing_was_sent_twice_or_claimed_to_be_sent(self) -> None:
        for key, state in self.states.items():
            if not key[0].startswith("notice:"):
                assert self.ledger[key] <= 1
            if state is DeliveryState.SENT:
                assert self.ledger[key] >= 1
        for key in self.ledger:
            if not key[0].startswith("notice:"):  # tried again when in doubt, it may come, then be stopped
                assert self.states[key] not in {DeliveryState.UNREACHABLE, DeliveryState.CANCELLED}

    def teardown(self) -> None:
        try:
            self._everything_comes_to_an_end()
        finally:
            self._runner.run(self._database.close())
            self._runner.close()

    def _everything_comes_to_an_end(self) -> None:
        """By itself, when all goes well again."""
        self.blocked.clear()
        for source, stands in list(self.standing.items()):
            if stands in {Standing.PAUSED, Standing.STOPPED}:
                self.refused_by_telegram.discard(source)
                self.write(lambda connection, source=source: sources.resume(connection, source))  # type: ignore[misc]
                self.standing[source] = Standing.TRIAL
                self._change(source, {DeliveryState.PAUSED}, DeliveryState.QUEUED)
        self.refused_by_telegram.clear()
        self.everything_starts_again()
        self.time_passes(int(LEASE.total_seconds()) + 100)
        for _ in range(200):
            self.claims("a", 16)
            while self.in_hand["a"]:
                self._end("a", self.in_hand["a"].pop(0), Fate.SENT)
            if not {DeliveryState.QUEUED, DeliveryState.SENDING} & set(self.states.values()):
                break
            self.clock.advance(timedelta(seconds=60))
        assert not (WAITING | {DeliveryState.SENDING}) & set(self.states.values())
        self.the_database_says_what_the_model_says()
        self.nothing_was_sent_twice_or_claimed_to_be_sent()


@functools.cache
def _place() -> tempfile.TemporaryDirectory[str]:
    """One migrated SQLite file serves all examples: to make one takes longer than an example."""
    place = tempfile.TemporaryDirectory()

    async def make() -> None:
        database = open_database(_url(place))
        await migrate(database)
        await database.close()

    asyncio.run(make())
    return place


def _url(place: tempfile.TemporaryDirectory[str]) -> str:
    return f"sqlite:///{Path(place.name) / 'bot.db'}"


def _wipe(connection: Connection) -> None:
    for table in (tables.deliveries, tables.chats, tables.sources, tables.paces):
        connection.execute(table.delete())
    budgets = [{"chat_id": each, "owed_until": 0.0, "paused_until": 0.0} for each in (WHOLE_BOT, PAID)]
    connection.execute(tables.paces.insert(), budgets)


def _under_way(connection: Connection) -> Sequence[Any]:
    sending = tables.deliveries.c.state == DeliveryState.SENDING
    return connection.execute(select(tables.deliveries).where(sending)).all()


def _notice(_connection: Connection, delivery: Delivery, _state: DeliveryState) -> Sequence[Call]:
    return [Call(delivery.call.chat_id, "sendMessage", {"text": "Did you get it?"})]


TestOutbox = OutboxMachine.TestCase
TestOutbox.settings = settings(max_examples=30, stateful_step_count=40, deadline=None)
