"""Calls are sent: photos uploaded once, and the text in any case."""

import pytest

from bot.chat.chat import Chat
from bot.chat.errors import MissingPhotoError, classify
from bot.chat.making import Maker
from bot.chat.perform import Performer
from bot.chat.raw_bot import RawBot
from bot.feed.versions import Versions
from bot.knowledge.model import Knowledge
from bot.outbox.call import Call
from bot.outbox.verdict import Fault
from bot.preview.server import PreviewServer
from bot.preview.world import User
from tests.chat.conftest import Bot


def photo(user: User, name: str = "card.png", **params: object) -> Call:
    return Call(user.id, "sendPhoto", params, (name,))


def album(user: User, *names: str) -> Call:
    media = [{"type": "photo", "caption": name, "caption_entities": []} for name in names]
    return Call(user.id, "sendMediaGroup", {"media": media}, names)


async def test_it_returns_the_ids_of_the_messages(chat: Chat, server: PreviewServer, ana: User) -> None:
    ids = await chat.perform(Call(ana.id, "sendMessage", {"text": "Hi"}))
    ids += await chat.perform(album(ana, "soup.png", "fish.png"))
    ids += await chat.perform(photo(ana))
    assert ids == [message["message_id"] for message in server.sent(ana)]
    assert len(ids) == 4


async def test_a_photo_is_uploaded_once(chat: Chat, server: PreviewServer, ana: User) -> None:
    for _ in range(3):
        await chat.perform(photo(ana))
    assert [entry.uploaded > 0 for entry in server.ledger] == [True, False, False]


async def test_an_album_uploads_only_what_is_new(
    chat: Chat, server: PreviewServer, ana: User, knowledge: Knowledge
) -> None:
    await chat.perform(photo(ana, "soup.png"))
    await chat.perform(album(ana, "soup.png", "fish.png"))
    await chat.perform(album(ana, "fish.png", "soup.png"))
    sizes = [entry.uploaded for entry in server.ledger]
    assert sizes == [len(knowledge.photos["soup.png"].data), len(knowledge.photos["fish.png"].data), 0]
    assert server.ledger[-1].files == (
        knowledge.photos["fish.png"].sha256,
        knowledge.photos["soup.png"].sha256,
    )
    assert [message["caption"] for message in server.sent(ana)[-2:]] == ["fish.png", "soup.png"]


async def test_a_refused_file_id_is_uploaded_again_and_the_new_id_kept(
    chat: Chat, server: PreviewServer, ana: User
) -> None:
    await chat.perform(photo(ana))
    server.world.files.forget()
    for _ in range(2):
        await chat.perform(photo(ana))
    assert [entry.uploaded > 0 for entry in server.ledger] == [True, True, False]
    assert len(server.sent(ana)) == 3


async def test_the_text_goes_without_a_photo_that_is_gone(
    chat: Chat, server: PreviewServer, ana: User
) -> None:
    keyboard = {"inline_keyboard": [[{"text": "More", "callback_data": "menu"}]]}
    entities = [{"type": "bold", "offset": 0, "length": 2}]
    await chat.perform(photo(ana, "gone.png", caption="Hi", caption_entities=entities, reply_markup=keyboard))
    [message] = server.sent(ana)
    assert (message["text"], message["entities"], message["reply_markup"]) == ("Hi", entities, keyboard)


async def test_the_text_goes_without_a_photo_that_telegram_refuses(
    chat: Chat, server: PreviewServer, ana: User
) -> None:
    server.faults.add("sendPhoto", "400", description="Bad Request: PHOTO_INVALID_DIMENSIONS")
    await chat.perform(photo(ana, caption="Hi"))
    assert server.sent(ana)[0]["text"] == "Hi"


async def test_a_faulty_caption_is_not_taken_for_a_faulty_photo(
    chat: Chat, server: PreviewServer, ana: User
) -> None:
    with pytest.raises(Exception, match="too long") as caught:
        await chat.perform(photo(ana, caption="x" * 1025))
    assert classify(caught.value).fault is Fault.CONTENT
    assert server.sent(ana) == []


async def test_an_album_goes_on_without_a_photo_that_is_gone(
    chat: Chat, server: PreviewServer, ana: User
) -> None:
    await chat.perform(album(ana, "soup.png", "gone.png", "fish.png"))
    await chat.perform(album(ana, "soup.png", "gone.png"))
    assert [entry.method for entry in server.ledger] == ["sendMediaGroup", "sendPhoto"]
    assert [message["caption"] for message in server.sent(ana)] == ["soup.png", "fish.png", "soup.png"]


async def test_photos_that_are_all_gone_are_a_content_fault(
    chat: Chat, server: PreviewServer, ana: User
) -> None:
    for call in (photo(ana, "gone.png"), album(ana, "gone.png", "gone-too.png")):
        with pytest.raises(MissingPhotoError, match=r"gone\.png") as caught:
            await chat.perform(call)
        assert chat.classify(caught.value).fault is Fault.CONTENT
    assert server.sent(ana) == []


async def test_the_photo_of_a_swapped_knowledge_is_another_photo(
    bot: Bot, raw_bot: RawBot, server: PreviewServer, ana: User, knowledge: Knowledge
) -> None:
    live = dict(knowledge.photos)
    maker = Maker(lambda: knowledge, bot.clock, "test", Versions(bot.database, bot.clock))
    performer = Performer(raw_bot, bot.database, lambda: live, maker)
    await performer.perform(photo(ana))
    live["card.png"] = knowledge.photos["fish.png"]
    await performer.perform(photo(ana))
    assert server.ledger[1].files == (knowledge.photos["fish.png"].sha256,)


async def test_an_edit_that_changes_nothing_is_done(chat: Chat, server: PreviewServer, ana: User) -> None:
    [message_id] = await chat.perform(Call(ana.id, "sendMessage", {"text": "Hi"}))
    edit = Call(ana.id, "editMessageText", {"message_id": message_id, "text": "Hi"})
    assert await chat.perform(edit) == [message_id]


async def test_deleting_what_is_not_there_is_done(chat: Chat, server: PreviewServer, ana: User) -> None:
    assert await chat.perform(Call(ana.id, "deleteMessages", {"message_ids": [999]})) == []
    assert await chat.perform(Call(ana.id, "deleteMessage", {"message_id": 999})) == []


@pytest.mark.parametrize(
    ("kind", "fault"),
    [
        ("close_after_accept", Fault.IN_DOUBT),
        ("truncate", Fault.IN_DOUBT),
        ("junk", Fault.IN_DOUBT),
        ("not_ok", Fault.IN_DOUBT),
        ("5xx", Fault.IN_DOUBT),
        ("429", Fault.WAIT),
        ("403", Fault.UNREACHABLE),
        ("400", Fault.UNREACHABLE),
        ("401", Fault.FATAL),
    ],
)
async def test_what_the_server_does_is_judged(
    chat: Chat, server: PreviewServer, ana: User, kind: str, fault: Fault
) -> None:
    server.faults.add("sendMessage", kind, retry_after=7)
    with pytest.raises(Exception) as caught:
        await chat.perform(Call(ana.id, "sendMessage", {"text": "Hi"}))
    verdict = chat.classify(caught.value)
    assert verdict.fault is fault
    assert verdict.seconds == (7 if fault is Fault.WAIT else None)


async def test_a_server_that_is_not_there_got_nothing(chat: Chat, server: PreviewServer, ana: User) -> None:
    async with server.unreachable():
        with pytest.raises(Exception) as caught:
            await chat.perform(photo(ana))
    assert chat.classify(caught.value).fault is Fault.NOT_SENT
