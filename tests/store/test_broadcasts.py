"""Broadcasts as rows: who changed a draft first has it."""

from sqlalchemy import Connection

from bot.preview.clock import SettableClock
from bot.store import broadcasts
from bot.store.broadcasts import BroadcastState, NewBroadcast, Purpose
from bot.store.database import Database


async def test_a_draft_is_changed_only_by_who_knows_it_as_it_is(
    database: Database, clock: SettableClock
) -> None:
    def work(connection: Connection) -> None:
        draft = broadcasts.add(connection, NewBroadcast(Purpose.ANNOUNCE, made_by=5), clock())
        changed = broadcasts.revise(connection, draft.id, draft.nonce, silent=True)
        assert changed
        assert changed.nonce != draft.nonce
        assert broadcasts.revise(connection, draft.id, draft.nonce, silent=False) is None
        assert not broadcasts.discard(connection, draft.id, draft.nonce)
        assert broadcasts.read(connection, draft.id) == changed

    await database.write(work)


async def test_what_is_on_its_way_is_no_draft_any_more(database: Database, clock: SettableClock) -> None:
    def work(connection: Connection) -> None:
        draft = broadcasts.add(connection, NewBroadcast(Purpose.ANNOUNCE, made_by=5), clock())
        assert broadcasts.change_state(
            connection, draft.id, (BroadcastState.DRAFT,), BroadcastState.SENDING, started_at=clock()
        )
        sending = broadcasts.read(connection, draft.id)
        assert sending
        assert broadcasts.revise(connection, sending.id, sending.nonce, silent=True) is None
        assert not broadcasts.discard(connection, sending.id, sending.nonce)
        assert broadcasts.read(connection, draft.id) == sending

    await database.write(work)
