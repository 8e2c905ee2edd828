"""The bot's own death at each step of an announcement: everybody gets it once, or is known to be in doubt."""

import asyncio
import contextlib
import itertools
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import OperationalError

from bot.broadcasts.audience import Audience
from bot.broadcasts.content import Content, Text
from bot.broadcasts.kept import to_json
from bot.broadcasts.loop import Broadcasting
from bot.broadcasts.sending import launch
from bot.broadcasts.showing import Showing
from bot.chat.render import message
from bot.inbox import Inbox, Writes
from bot.knowledge.loader import load
from bot.outbox.call import Call
from bot.outbox.claims import LEASE
from bot.outbox.delivery import DeliveryState
from bot.outbox.pacing import UNPACED
from bot.outbox.sender import Sender
from bot.outbox.verdict import Fault, Verdict
from bot.preview.clock import SettableClock
from bot.store import broadcasts, chats
from bot.store.broadcasts import BroadcastRow, BroadcastState, NewBroadcast, Purpose
from bot.store.chats import Seen
from bot.store.database import Database
from bot.store.tables import metadata
from bot.store.tables import updates as updates_table
from tests.knowledge_folder import write_folder
from tests.whole.mortal import Death, KilledError, Mortal, failing

ORGANIZER = 1
PEOPLE = (11, 12, 13)
NEWS = "The bus is late"
QUIET = 25  # looks at the database without a change


@dataclass
class Telegram:
    """Two presses of 'Send', until they are confirmed, and a ledger of the announcements that it accepted."""

    waiting: list[dict[str, Any]] = field(
        default_factory=lambda: [{"update_id": n, "message": {"chat": {"id": ORGANIZER}}} for n in (1, 2)]
    )
    ledger: Counter[int] = field(default_factory=Counter)  # by chat
    fatal_call: int = 0  # the n-th call goes wrong
    refuses: bool = False  # before it accepts, else afterwards
    calls: int = 0

    async def perform(self, call: Call) -> Sequence[int]:
        self.calls += 1
        wrong = self.calls == self.fatal_call
        if wrong and self.refuses:
            raise ConnectionRefusedError
        if call.params.get("text") == NEWS:
            self.ledger[call.chat_id] += 1
        await asyncio.sleep(0)
        if wrong:
            raise ConnectionResetError
        return [self.calls]


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """SQLite's: the steps of the outbox itself are tested on both kinds, one by one."""
    return f"sqlite:///{tmp_path / 'bot.db'}"


@pytest.fixture(scope="module")
def showing(tmp_path_factory: pytest.TempPathFactory) -> Showing:
    knowledge = load(write_folder(Path(tmp_path_factory.mktemp("programme"))))
    return Showing(lambda: knowledge, message)


def _classify(error: Exception) -> Verdict:
    refused = isinstance(error, ConnectionRefusedError)
    return Verdict(Fault.NOT_SENT if refused else Fault.IN_DOUBT, "fault")


async def _handle_failure(update: Mapping[str, Any], _reference: str) -> Writes:
    raise AssertionError(f"no update of this test is poison: {update}")


async def _live(
    mortal: Database, truth: Database, telegram: Telegram, clock: SettableClock, showing: Showing
) -> None:
    """One life of the bot, until the announcement is over or nothing changes. Raises KilledError."""
    stop = asyncio.Event()
    sender = Sender(
        mortal, clock, telegram.perform, _classify, lambda *_: [], pace=UNPACED, drain_seconds=0.5
    )
    inbox = Inbox(mortal, clock, after_commit=sender.wake, retry_seconds=0.001)
    broadcasting = Broadcasting(
        mortal,
        showing,
        clock,
        organizers=lambda _: [ORGANIZER],
        after_commit=sender.wake,
        host_clock=clock,
    )

    async def press_send(_update: Mapping[str, Any]) -> Writes:
        def writes(connection: Connection) -> None:
            row = broadcasts.read(connection, 1, lock=True)
            assert row
            watched = {"chat_id": ORGANIZER, "message_id": 5}
            launch(connection, row, "en", by=ORGANIZER, now=clock(), watched=watched)

        return writes

    async def receive() -> None:
        while telegram.waiting:
            with contextlib.suppress(OperationalError):
                await inbox.store(telegram.waiting)
                telegram.waiting.clear()

    async def look() -> None:
        await broadcasting.look()
        await asyncio.sleep(0.01)

    async def again_and_again(loop: Callable[[], Awaitable[None]]) -> None:
        while not stop.is_set():
            with contextlib.suppress(OperationalError):
                await loop()

    async def stop_when_quiet() -> None:
        before: object = None
        same = 0
        while same < QUIET:
            await asyncio.sleep(0.005)
            row, counts = await truth.read(_progress)
            over = not telegram.waiting and row.ended_at is not None and counts == [("done", 2)]
            same = QUIET if over else same + 1 if (row, counts) == before else 0
            before = (row, counts)
        stop.set()

    loops = [
        receive(),
        stop_when_quiet(),
        again_and_again(look),
        again_and_again(lambda: inbox.run(press_send, _handle_failure, stop)),
        again_and_again(lambda: sender.run(stop)),
    ]
    tasks = [asyncio.ensure_future(loop) for loop in loops]
    async with asyncio.timeout(30):
        await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
        stop.set()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    for error in ended:
        if isinstance(error, BaseException):
            raise error


def _progress(connection: Connection) -> tuple[BroadcastRow, list[tuple[str, int]]]:
    row = broadcasts.read(connection, 1)
    assert row
    states = Counter(connection.scalars(select(updates_table.c.state)).all())
    return row, sorted(states.items())


def _prepare(clock: SettableClock) -> Callable[[Connection], None]:
    def prepare(connection: Connection) -> None:
        for name in ("updates", "deliveries", "broadcasts", "sources", "chats"):
            connection.execute(metadata.tables[name].delete())
        for chat_id in PEOPLE:
            chats.note_seen(connection, Seen(chat_id, "private", f"P{chat_id}"), clock())
        content, audience = Content("en", {"en": Text(NEWS)}), Audience(chats=PEOPLE)
        draft = NewBroadcast(Purpose.ANNOUNCE, ORGANIZER, to_json(content), to_json(audience))
        row = broadcasts.add(connection, draft, clock())
        table = metadata.tables["broadcasts"]
        connection.execute(table.update().where(table.c.id == row.id).values(id=1))

    return prepare


async def _check(database: Database, telegram: Telegram, *, certain: bool) -> None:
    def found(connection: Connection) -> tuple[BroadcastRow | None, dict[int, list[str]]]:
        table = metadata.tables["deliveries"]
        query = select(table.c.chat_id, table.c.state).where(table.c.source == "broadcast:1")
        states: dict[int, list[str]] = {}
        for row in connection.execute(query):
            states.setdefault(row.chat_id, []).append(row.state)
        return broadcasts.read(connection, 1), states

    row, states = await database.read(found)
    assert row
    assert row.state is BroadcastState.DONE
    assert set(states) == set(PEOPLE)
    for chat_id, (state,) in states.items():
        assert state == DeliveryState.SENT or (state == DeliveryState.IN_DOUBT and not certain)
        assert telegram.ledger[chat_id] <= 1
        assert state != DeliveryState.SENT or telegram.ledger[chat_id] == 1


@pytest.mark.parametrize("death", Death)
async def test_whichever_write_goes_wrong_everybody_gets_it_once_or_is_in_doubt(
    database: Database, clock: SettableClock, showing: Showing, death: Death
) -> None:
    for fatal_write in itertools.count(1):
        await database.write(_prepare(clock))
        telegram = Telegram()
        mortal = Mortal(database, fatal_write, death)
        with contextlib.suppress(KilledError):
            await _live(mortal, database, telegram, clock, showing)
        clock.advance(LEASE + timedelta(seconds=1))
        await _live(database, database, telegram, clock, showing)
        await _check(database, telegram, certain=death is Death.REFUSED or not mortal.hit)
        if not mortal.hit:
            break
    assert fatal_write > 2 * len(PEOPLE)


async def test_whichever_statement_fails_everybody_gets_it_once(
    database: Database, clock: SettableClock, showing: Showing
) -> None:
    for fatal_statement in itertools.count(1):
        await database.write(_prepare(clock))
        telegram, statements = Telegram(), itertools.count(1)
        with failing(lambda statements=statements, n=fatal_statement: next(statements) == n):  # type: ignore[misc]
            await _live(database, database, telegram, clock, showing)
        clock.advance(timedelta(minutes=2))
        await _live(database, database, telegram, clock, showing)
        await _check(database, telegram, certain=True)
        if next(statements) <= fatal_statement:
            break
    assert fatal_statement > 10 * len(PEOPLE)


@pytest.mark.parametrize("refuses", [True, False])
async def test_whichever_call_goes_wrong_everybody_gets_it_once_or_is_in_doubt(
    database: Database, clock: SettableClock, showing: Showing, refuses: bool
) -> None:
    for fatal_call in range(1, len(PEOPLE) + 1):
        await database.write(_prepare(clock))
        telegram = Telegram(fatal_call=fatal_call, refuses=refuses)
        await _live(database, database, telegram, clock, showing)
        clock.advance(timedelta(minutes=2))
        await _live(database, database, telegram, clock, showing)
        await _check(database, telegram, certain=refuses)
