"""Shows albums that are whole, sends what is due, keeps progress up to date, and drafts schedule changes."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.broadcasts.cards import Card, receipts_card
from bot.broadcasts.facts import lines_of
from bot.broadcasts.news import HOLD, draft_news, note_revision, useful_for
from bot.broadcasts.report import Progress
from bot.broadcasts.sending import greet, launch, newcomers
from bot.broadcasts.showing import Showing
from bot.clock import Clock, system_clock
from bot.locales import Words
from bot.outbox import sources
from bot.outbox.budgets import waiting_until
from bot.outbox.delivery import DeliveryState, Lane, cancel, enqueue
from bot.outbox.standing import Standing, standing
from bot.store import broadcasts, receipts
from bot.store.broadcasts import BroadcastRow, BroadcastState
from bot.store.database import Database
from bot.supervision import pause

LOOK = 1.0  # seconds between two looks
EDITS = timedelta(seconds=3)  # between two edits of one progress message
WATCHED = timedelta(hours=48)  # so long after the end receipts are followed
SHOWN = 3  # of the latest announcements, to who joins later
LONG = timedelta(minutes=1)  # a sending that took longer is also reported by a message of its own
_RUNNING = (BroadcastState.SENDING, BroadcastState.PAUSED)


class Broadcasting:
    """Any number of processes may run it: what it does is decided in transactions."""

    def __init__(
        self,
        database: Database,
        showing: Showing,
        clock: Clock,
        *,
        organizers: Callable[[Connection], Sequence[int]],
        after_commit: Callable[[], None],
        host_clock: Clock = system_clock,
        hold: timedelta = HOLD,
    ) -> None:
        """`clock` is the participants', `host_clock` the outbox's. `organizers` are told of schedule changes.

        `after_commit` is called when something was queued.
        """
        self._database = database
        self._showing = showing
        self._clock = clock
        self._organizers = organizers
        self._after_commit = after_commit
        self._host_clock = host_clock
        self._hold = hold
        self._edited: dict[int, datetime] = {}
        self._confirmed: dict[int, int] = {}  # receipts, as they are listed
        self._told = ""  # the revision whose changes are drafted

    async def run(self, stop: asyncio.Event) -> None:
        """Looks again and again until `stop`. Raises what the database raises."""
        while not stop.is_set():
            await self.look()
            await pause(stop, LOOK)

    async def look(self) -> None:
        """Does what is due now."""
        now, moment = self._host_clock(), self._clock()

        def due(connection: Connection) -> tuple[list[BroadcastRow], ...]:
            return (
                broadcasts.to_show(connection, now),
                broadcasts.due(connection, moment),
                [row for row in broadcasts.unfinished(connection) if self._is_due(connection, row, now)],
                [row for row in broadcasts.watched(connection) if self._has_news(connection, row, now)],
                [
                    row
                    for row in broadcasts.for_newcomers(connection, SHOWN)
                    if self._has_newcomers(connection, row)
                ],
            )

        to_show, to_send, running, watched, to_greet = await self._database.read(due)
        for row in to_show:
            await self._do(self._show, row)
        for row in to_send:
            await self._do(self._launch, row)
        for row in running:
            self._edited[row.id] = now
            await self._do(self._keep_up, row)
        for row in watched:
            await self._do(self._follow_receipts, row)
        for row in to_greet:
            await self._do(self._greet, row)
        await self._look_at_schedule(now, moment)

    def _is_due(self, connection: Connection, row: BroadcastRow, now: datetime) -> bool:
        """Whether its message is to be edited: after a pause, or because it is over."""
        edited = self._edited.get(row.id)
        if edited is None or now - edited >= EDITS:
            return True
        return Progress(sources.tally(connection, row.source)).left == 0

    async def _do(self, work: Callable[[Connection, BroadcastRow], None], row: BroadcastRow) -> None:
        def decide(connection: Connection) -> None:
            if current := broadcasts.read(connection, row.id, lock=True):
                work(connection, current)

        await self._database.write(decide)
        self._after_commit()

    def _show(self, connection: Connection, row: BroadcastRow) -> None:
        if row.made_by and row.show_at and broadcasts.note_draft_shown(connection, row):
            calls = self._showing.shown(connection, row, row.made_by, self._host_clock(), preview=True)
            enqueue(connection, f"draft:{row.id}:{row.nonce}", calls)

    def _launch(self, connection: Connection, row: BroadcastRow) -> None:
        if row.state is not BroadcastState.SCHEDULED:  # somebody has just taken it back
            return
        useful = useful_for(row, self._clock(), self._showing.zone)
        language = self._showing.default_language
        launch(connection, row, language, by=None, now=self._now, useful_for=useful)

    def _has_news(self, connection: Connection, row: BroadcastRow, now: datetime) -> bool:
        """Whether more have confirmed since the list was shown that somebody has before them."""
        return _is_watched(row, now) and receipts.count(connection, row.id) != self._confirmed.get(row.id)

    def _has_newcomers(self, connection: Connection, row: BroadcastRow) -> bool:
        return bool(newcomers(connection, row, self._showing.default_language))

    def _greet(self, connection: Connection, row: BroadcastRow) -> None:
        greet(connection, row, self._showing.default_language)

    def _keep_up(self, connection: Connection, row: BroadcastRow) -> None:
        """Brings the organizer's message up to date, and ends what has no recipient left."""
        if row.ended_at:
            return
        progress = Progress(sources.tally(connection, row.source))
        row = self._stopped(connection, row)
        if not progress.left:
            row = self._ended(connection, row)
        self._edit(connection, row, self._card(connection, row))

    def _stopped(self, connection: Connection, row: BroadcastRow) -> BroadcastRow:
        """Telegram refused what it says: it waits until somebody decides."""
        found = standing(connection, row.source)
        if found is None or found.standing is not Standing.STOPPED or row.state is not BroadcastState.SENDING:
            return row
        broadcasts.change_state(
            connection, row.id, (BroadcastState.SENDING,), BroadcastState.PAUSED, error=found.reason
        )
        return broadcasts.read(connection, row.id) or row

    def _ended(self, connection: Connection, row: BroadcastRow) -> BroadcastRow:
        now = self._now
        broadcasts.change_state(connection, row.id, _RUNNING, BroadcastState.DONE)
        if not broadcasts.note_end(connection, row.id, now):
            return row
        row = broadcasts.read(connection, row.id) or row
        if row.started_at and now - row.started_at > LONG and row.started_by:
            card = self._card(connection, row)
            enqueue(connection, f"report:{row.id}:{row.looks}", [self._showing.call(card, row.started_by)])
        return row

    def _follow_receipts(self, connection: Connection, row: BroadcastRow) -> None:
        self._confirmed[row.id] = receipts.count(connection, row.id)
        lines = lines_of(connection, row, self._showing.default_language)
        self._edit(connection, row, receipts_card(row, lines, self._words(connection, row)))

    @property
    def _now(self) -> datetime:
        return self._host_clock()

    def _words(self, connection: Connection, row: BroadcastRow) -> Words:
        """In the language of whoever watches."""
        return self._showing.words(connection, _watcher(row) or 0)

    def _card(self, connection: Connection, row: BroadcastRow) -> Card:
        return self._showing.card(connection, row, self._words(connection, row), self._now)

    def _edit(self, connection: Connection, row: BroadcastRow, card: Card) -> None:
        """Puts a card into the message that the organizer watches, or sends one."""
        shown = f"{card.text}\n{row.nonce}"
        chat_id = _watcher(row)
        if chat_id is None or shown == row.shown:
            return
        over = (row.watched or {}).get("message_id") or self._first_message(connection, row)
        if over is None and row.looks and not row.ended_at:
            return  # the first one is still on its way
        if broadcasts.note_shown(connection, row, shown):
            waits = waiting_until(connection, self._now)
            cancel(connection, f"progress:{row.id}:{row.looks - 1}")
            lane = Lane.REPLY if waits or over is None else Lane.REMINDER
            call = self._showing.call(card, chat_id, over)
            enqueue(connection, f"progress:{row.id}:{row.looks}", [call], lane)

    def _first_message(self, connection: Connection, row: BroadcastRow) -> int | None:
        sent = sources.copies(connection, f"progress:{row.id}:0", (DeliveryState.SENT,))
        return sent[0].message_ids[0] if sent and sent[0].message_ids else None

    async def _look_at_schedule(self, now: datetime, moment: datetime) -> None:
        """Drafts the changes of a schedule that has held still."""
        knowledge = self._showing.knowledge()
        if knowledge.revision == self._told:
            return

        def work(connection: Connection) -> bool:
            known = note_revision(connection, knowledge, now)
            if now - known.seen_at < self._hold:
                return False
            if row := draft_news(connection, knowledge, moment=moment, now=now):
                self._showing.offer(connection, row, self._organizers(connection), now)
            return True

        if await self._database.write(work):
            self._told = knowledge.revision
            self._after_commit()


def _watcher(row: BroadcastRow) -> int | None:
    """The chat in which a broadcast is watched."""
    chat_id: int | None = (row.watched or {}).get("chat_id") or row.started_by
    return chat_id


def _is_watched(row: BroadcastRow, now: datetime) -> bool:
    """Whether somebody has the list of receipts before them."""
    listed = (row.watched or {}).get("receipts", False)
    return listed and row.ended_at is not None and now - row.ended_at < WATCHED
