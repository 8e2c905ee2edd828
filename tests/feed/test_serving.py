"""The calendar behind an address: right for its groups, fresh for its revision, the same in every process."""

from dataclasses import replace
from datetime import timedelta

import vobject

from bot.feed.serving import Feed
from bot.knowledge.model import Knowledge
from bot.preview.clock import SettableClock
from bot.store import feeds
from bot.store.database import Database


class Office:
    """A feed of a knowledge that may be swapped."""

    def __init__(self, database: Database, clock: SettableClock, knowledge: Knowledge) -> None:
        self.database = database
        self.clock = clock
        self.live = knowledge

    def process(self) -> Feed:
        return Feed(self.database, lambda: self.live, self.clock, namespace="bot1")

    async def token(self, *groups: str) -> str:
        return await self.database.write(lambda connection: feeds.token_of(connection, groups))


def summaries(data: bytes) -> list[str]:
    return sorted(event.summary.value for event in vobject.readOne(data.decode()).vevent_list)


async def test_an_address_shows_what_concerns_its_groups(
    database: Database, clock: SettableClock, knowledge: Knowledge
) -> None:
    office = Office(database, clock, knowledge)
    shown = {}
    for groups in ((), ("A",), ("B",)):
        file = await office.process().file(await office.token(*groups), "en")
        assert file
        shown[groups] = summaries(file.data)
    everything = ["Opening", "Visit to the port"]
    assert shown == {(): everything, ("A",): everything, ("B",): ["Visit to the port"]}


async def test_an_address_stays_the_same_and_cannot_be_guessed(
    database: Database, clock: SettableClock, knowledge: Knowledge
) -> None:
    office = Office(database, clock, knowledge)
    tokens = {await office.token(*groups) for groups in ((), ("A",), ("B",), ("A", "B"))}
    assert len(tokens) == 4
    assert min(map(len, tokens)) == 24
    assert await office.token("B", "A") == await office.token("A", "B")


async def test_nothing_is_at_an_address_that_was_never_given_or_in_a_language_nobody_speaks(
    database: Database, clock: SettableClock, knowledge: Knowledge
) -> None:
    office = Office(database, clock, knowledge)
    assert await office.process().file("x" * 24, "en") is None
    assert await office.process().file(await office.token(), "tlh") is None


async def test_it_is_in_the_language_of_the_address(
    database: Database, clock: SettableClock, knowledge: Knowledge
) -> None:
    office = Office(database, clock, knowledge)
    file = await office.process().file(await office.token(), "es")
    assert file and "Apertura" in summaries(file.data)


async def test_the_same_schedule_is_the_same_file_in_every_process_and_at_any_time(
    database: Database, clock: SettableClock, knowledge: Knowledge
) -> None:
    office, token = Office(database, clock, knowledge), ""
    token = await office.token()
    first = await office.process().file(token, "en")
    clock.advance(timedelta(hours=5))
    second = await office.process().file(token, "en")
    assert first and second
    assert (first.etag, first.data) == (second.etag, second.data)


async def test_a_new_revision_is_shown_at_once_and_what_it_dropped_is_called_off(
    database: Database, clock: SettableClock, knowledge: Knowledge
) -> None:
    office = Office(database, clock, knowledge)
    token, process = await office.token(), office.process()
    before = await process.file(token, "en")
    clock.advance(timedelta(minutes=1))
    office.live = replace(
        knowledge, revision="next", sessions={"port-visit": knowledge.sessions["port-visit"]}
    )
    after = await process.file(token, "en")
    assert before and after
    assert before.etag != after.etag
    assert after.since > before.since
    [opening] = [e for e in vobject.readOne(after.data.decode()).vevent_list if e.summary.value == "Opening"]
    assert (opening.status.value, opening.sequence.value) == ("CANCELLED", "1")
