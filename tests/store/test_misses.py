"""Questions without an answer are kept until they are answered, dropped or forgotten."""

from datetime import UTC, datetime, timedelta

from bot.store import misses
from bot.store.database import Database
from bot.store.misses import MissState

NOW = datetime(2031, 5, 5, tzinfo=UTC)
ANA, BEN = 7, 8


async def note(
    database: Database,
    chat: int,
    message: int,
    question: str,
    state: MissState = MissState.OPEN,
    *,
    days: int = 0,
) -> None:
    await database.write(
        lambda c: misses.note(
            c, (chat, message), question, "en", ["wifi"], state=state, now=NOW + timedelta(days)
        )
    )


async def questions(database: Database) -> list[str]:
    return [miss.question for miss in await database.read(misses.unanswered)]


async def test_the_newest_comes_first(database: Database) -> None:
    await note(database, ANA, 1, "Is there a gym?")
    await note(database, BEN, 1, "a gym")
    [second, first] = await database.read(misses.unanswered)
    assert (first.chat_id, first.question, first.guesses) == (ANA, "Is there a gym?", ("wifi",))
    assert (second.language, second.tell, second.asked_at) == ("en", False, NOW)


async def test_an_edited_question_takes_the_place_of_the_first(database: Database) -> None:
    await note(database, ANA, 1, "Is there a gim?")
    await database.write(lambda c: misses.wish(c, ANA, 1))
    await note(database, ANA, 1, "Is there a gym?")
    [miss] = await database.read(misses.unanswered)
    assert miss.question == "Is there a gym?"
    assert miss.tell
    await database.write(lambda c: misses.drop_message(c, ANA, 1))
    assert await questions(database) == []


async def test_what_was_offered_is_open_once_nothing_of_it_was_meant(database: Database) -> None:
    await note(database, ANA, 1, "gym", MissState.OFFERED)
    await note(database, ANA, 2, "sauna", MissState.OFFERED)
    await note(database, BEN, 3, "pool", MissState.OFFERED)
    assert await questions(database) == []
    await database.write(lambda c: misses.none_of_these(c, ANA))
    assert await questions(database) == ["sauna"]


async def test_who_asked_may_wish_to_be_told(database: Database) -> None:
    await note(database, ANA, 1, "gym")
    await note(database, ANA, 2, "sauna")
    assert await database.write(lambda c: misses.wish(c, ANA, None))
    assert [miss.tell for miss in await database.read(misses.unanswered)] == [True, False]
    assert not await database.write(lambda c: misses.wish(c, BEN, 1))
    assert not await database.write(lambda c: misses.wish(c, BEN, None))


async def test_questions_are_dropped_and_forgotten(database: Database) -> None:
    for number in range(4):
        await note(database, ANA if number % 2 else BEN, number, str(number), days=number)
    await database.write(lambda c: misses.forget_old(c, NOW + timedelta(1)))
    assert await questions(database) == ["3", "2", "1"]
    [third, *_] = await database.read(misses.unanswered)
    await database.write(lambda c: misses.drop(c, [third.id]))
    assert await questions(database) == ["2", "1"]
    await database.write(lambda c: misses.forget(c, BEN))
    assert await questions(database) == ["1"]
