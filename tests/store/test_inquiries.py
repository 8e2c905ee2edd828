"""Questions to people."""

from datetime import UTC, datetime, timedelta

from bot.store import inquiries
from bot.store.database import Database
from bot.store.inquiries import Inquiry, InquiryState

NOW = datetime(2031, 5, 4, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
OPEN, TAKEN, ANSWERED = InquiryState.OPEN, InquiryState.TAKEN, InquiryState.ANSWERED


async def made(database: Database, chat_id: int = 7, question: str = "Where is my bag?") -> int:
    return await database.write(lambda c: inquiries.make(c, chat_id, question, NOW))


async def changed(database: Database, number: int, old: InquiryState, new: InquiryState, by: int) -> bool:
    return await database.write(lambda c: inquiries.change(c, number, old, new, by=by, now=LATER))


async def test_an_inquiry_is_open_at_first(database: Database) -> None:
    number = await made(database)
    expected = Inquiry(number, 7, "Where is my bag?", OPEN, None, None, "", NOW, NOW)
    assert await database.read(lambda c: inquiries.read(c, number)) == expected
    assert await database.read(lambda c: inquiries.waiting_of(c, 7)) == expected
    assert await database.read(lambda c: inquiries.waiting_of(c, 8)) is None


async def test_only_the_first_who_takes_an_inquiry_has_it(database: Database) -> None:
    number = await made(database)
    assert await changed(database, number, OPEN, TAKEN, 1)
    assert not await changed(database, number, OPEN, TAKEN, 2)
    found = await database.read(lambda c: inquiries.read(c, number))
    assert found and (found.state, found.person_id) == (TAKEN, 1)


async def test_what_was_answered_waits_no_more_until_somebody_asks_more(database: Database) -> None:
    number = await made(database)
    await changed(database, number, OPEN, ANSWERED, 1)
    assert await database.read(lambda c: inquiries.waiting(c, 9)) == []
    await database.write(lambda c: inquiries.ask_more(c, number, "Which desk?", LATER))
    [found] = await database.read(lambda c: inquiries.waiting(c, 9))
    assert (found.question, found.state, found.person_id) == ("Which desk?", OPEN, None)


async def test_asking_more_does_not_take_it_from_who_has_it(database: Database) -> None:
    number = await made(database)
    await changed(database, number, OPEN, TAKEN, 1)
    await database.write(lambda c: inquiries.ask_more(c, number, "It is red.", LATER))
    found = await database.read(lambda c: inquiries.read(c, number))
    assert found and (found.state, found.person_id, found.asked_at) == (TAKEN, 1, NOW)


async def test_an_answer_counts_whoever_had_taken_the_question(database: Database) -> None:
    number = await made(database)
    await changed(database, number, OPEN, TAKEN, 1)
    await database.write(lambda c: inquiries.answer(c, number, "At the **desk**", by=2, now=LATER))
    await database.write(lambda c: inquiries.answer(c, number, "", by=2, now=LATER))  # only a picture
    found = await database.read(lambda c: inquiries.read(c, number))
    assert found and (found.state, found.person_id, found.answer) == (ANSWERED, 2, "At the **desk**")
    await database.write(lambda c: inquiries.ask_more(c, number, "Which one?", LATER))
    found = await database.read(lambda c: inquiries.read(c, number))
    assert found and found.answer is None


async def test_the_longest_waiting_comes_first(database: Database) -> None:
    first, second, third = [await made(database, chat) for chat in (7, 8, 9)]
    await changed(database, first, OPEN, ANSWERED, 1)
    await database.write(lambda c: inquiries.ask_more(c, first, "And now?", LATER))
    found = await database.read(lambda c: inquiries.waiting(c, 2))
    assert [one.id for one in found] == [second, third]


async def test_only_what_was_answered_is_forgotten(database: Database) -> None:
    answered, waiting = await made(database), await made(database)
    await changed(database, answered, OPEN, ANSWERED, 1)
    await database.write(lambda c: inquiries.forget_old(c, LATER + timedelta(1)))
    assert await database.read(lambda c: inquiries.read(c, answered)) is None
    assert await database.read(lambda c: inquiries.read(c, waiting))
