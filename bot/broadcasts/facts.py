"""What a card about a broadcast has to know, gathered from the database in one go."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from bot.broadcasts.audience import Audience
from bot.broadcasts.content import Content
from bot.broadcasts.kept import from_json
from bot.broadcasts.report import Line
from bot.broadcasts.sending import recipients
from bot.outbox import sources
from bot.store.broadcasts import BroadcastRow
from bot.store.reachable import names, reachable
from bot.store.tables import receipts


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft with what is to be decided about it."""

    row: BroadcastRow
    content: Content
    audience: Audience
    number: int  # of recipients
    readers: Mapping[str, int]  # how many of them read each language
    names: Mapping[int, str]  # of the chats named in the audience


def draft_facts(connection: Connection, row: BroadcastRow, default_language: str) -> Draft:
    """All about a draft."""
    people = recipients(connection, row, default_language)
    readers: dict[str, int] = {}
    for person in people:
        readers[person.language] = readers.get(person.language, 0) + 1
    audience = from_json(Audience, row.audience)
    return Draft(
        row=row,
        content=from_json(Content, row.content),
        audience=audience,
        number=len(people),
        readers=readers,
        names=names(connection, audience.chats) if audience.chats else {},
    )


def lines_of(connection: Connection, row: BroadcastRow, default_language: str) -> list[Line]:
    """Every recipient of a broadcast, in the order of their ids, with what became of their copy."""
    states = sources.states(connection, row.source)
    reasons = {
        copy.chat_id: copy.error for copy in sources.copies(connection, row.source) if copy.error is not None
    }
    called = names(connection, states.keys())
    languages = {person.chat_id: person.language for person in reachable(connection)}
    table = receipts.c
    rows = connection.execute(select(table.chat_id, table.given_at).where(table.broadcast_id == row.id))
    confirmed = {receipt.chat_id: receipt.given_at for receipt in rows}
    return [
        Line(
            chat_id=chat_id,
            name=called.get(chat_id, ""),
            language=languages.get(chat_id) or default_language,
            state=state,
            reason=reasons.get(chat_id, ""),
            confirmed_at=confirmed.get(chat_id),
        )
        for chat_id, state in sorted(states.items())
    ]
