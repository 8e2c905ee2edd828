"""A message goes into the topic about a person."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from telegram.error import RetryAfter

from bot.chat.errors import PlacingError, classify
from bot.chat.raw_bot import RawBot
from bot.chat.topics import TOPIC, Topics
from bot.outbox.call import Call
from bot.outbox.verdict import Fault
from bot.preview.faults import Kind
from bot.preview.server import PreviewServer
from bot.preview.world import Chat, User
from bot.store.database import Database


@pytest.fixture
def group(server: PreviewServer, ana: User) -> Chat:
    group = server.add_group("Organizers", [ana])
    server.open_topics(group)
    return group


def about(group: Chat, user: User, text: str = "Hello") -> Call:
    topic = {"person_id": user.id, "name": user.first_name}
    return Call(group.id, "sendMessage", {"text": text, TOPIC: topic})


@pytest_asyncio.fixture
async def topics(raw_bot: RawBot, database: Database) -> AsyncIterator[Topics]:
    yield Topics(raw_bot, database)
    await raw_bot.shutdown()


async def send(topics: Topics, bot: RawBot, call: Call) -> list[int]:
    async def plainly(call: Call) -> list[int]:
        sent = await bot.raw(call.method, {"chat_id": call.chat_id, **call.params})
        return [sent["message_id"]]

    return await topics.send(call, plainly)


async def test_a_person_keeps_their_topic(
    topics: Topics, raw_bot: RawBot, server: PreviewServer, group: Chat, ana: User
) -> None:
    for text in ("One", "Two"):
        await send(topics, raw_bot, about(group, ana, text))
    opening, one, two = server.sent(group)
    assert one["message_thread_id"] == two["message_thread_id"] == opening["message_id"]
    assert list(group.topics.values()) == ["Ana"]


async def test_a_group_without_topics_gets_the_plain_message(
    topics: Topics, raw_bot: RawBot, server: PreviewServer, ana: User
) -> None:
    group = server.add_group("Organizers", [ana])
    await send(topics, raw_bot, about(group, ana))
    assert [message["text"] for message in server.sent(group)] == ["Hello"]


async def test_without_the_right_to_make_topics_the_message_goes_into_the_group(
    topics: Topics, raw_bot: RawBot, server: PreviewServer, group: Chat, ana: User
) -> None:
    server.faults.add("createForumTopic", Kind.BAD_REQUEST, description="Bad Request: not enough rights")
    await send(topics, raw_bot, about(group, ana))
    assert [message.get("message_thread_id") for message in server.sent(group)] == [None]


async def test_when_telegram_does_not_answer_nothing_was_sent(
    topics: Topics, raw_bot: RawBot, server: PreviewServer, group: Chat, ana: User
) -> None:
    server.faults.add("createForumTopic", Kind.JUNK)
    with pytest.raises(PlacingError) as caught:
        await send(topics, raw_bot, about(group, ana))
    assert classify(caught.value).fault is Fault.NOT_SENT


async def test_a_wait_that_telegram_asks_for_is_a_wait(
    topics: Topics, raw_bot: RawBot, server: PreviewServer, group: Chat, ana: User
) -> None:
    server.faults.add("createForumTopic", Kind.TOO_MANY, retry_after=7)
    with pytest.raises(RetryAfter):
        await send(topics, raw_bot, about(group, ana))
