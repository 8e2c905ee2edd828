"""Whole calls over HTTP, with python-telegram-bot's Bot on the other side."""

import asyncio
from typing import Any

import httpx
import pytest
from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    MessageEntity,
    ReactionTypeEmoji,
    ReplyParameters,
    Update,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.preview.server import PreviewServer
from bot.preview.world import User

from .conftest import Call, picture

RETRY_AFTER_WARNS = pytest.mark.filterwarnings("ignore:.*attribute `retry_after`")
BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="y")]])


async def test_the_bot_knows_itself(bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.username, me.is_bot) == ("preview_bot", True)


async def test_a_question_goes_in_and_an_answer_comes_out(
    server: PreviewServer, bot: Bot, linh: User
) -> None:
    await server.say(linh, "/start now")
    (update,) = await bot.get_updates()
    assert update.message is not None and update.effective_user is not None
    assert update.effective_user.language_code == "vi"
    assert update.message.parse_entities([MessageEntity.BOT_COMMAND]) == {
        update.message.entities[0]: "/start"
    }
    entities = [MessageEntity(MessageEntity.BOLD, 0, 5)]
    answer = await bot.send_message(linh.id, "Hello 😀", entities=entities, reply_markup=BUTTONS)
    assert server.sent(linh)[0]["text"] == "Hello 😀"
    assert answer.parse_entities() == {answer.entities[0]: "Hello"}
    assert answer.reply_markup == BUTTONS


async def test_every_kind_of_message_can_be_parsed(server: PreviewServer, bot: Bot, linh: User) -> None:
    await server.send_sticker(linh)
    await server.send_voice(linh)
    await server.send_photo(linh, caption="Where is this?")
    await server.send_document(linh)
    await server.send_location(linh)
    await server.edit(await server.say(linh, "wifi"), "wifi password")
    server.block(linh)
    server.unblock(linh)
    await server.ask_inline(linh, "wifi")
    kinds = [
        (u.edited_message and "edited")
        or (u.my_chat_member and u.my_chat_member.new_chat_member.status)
        or (u.inline_query and "inline")
        or (u.message and u.message.effective_attachment and "attachment")
        or "text"
        for u in await bot.get_updates()
    ]
    assert kinds == [*["attachment"] * 5, "text", "edited", "kicked", "member", "inline"]


async def test_message_ids_run_through_all_private_chats_but_start_anew_in_a_supergroup(
    server: PreviewServer, bot: Bot, linh: User
) -> None:
    group = server.add_group("Programme", [linh])
    other = server.add_user("Sok", started=True)
    ids = [(await bot.send_message(chat, "x")).message_id for chat in (linh.id, other.id, group.id, linh.id)]
    assert ids == [1, 2, 1, 3]


async def test_a_photo_is_uploaded_once_and_then_named_by_its_id(
    server: PreviewServer, bot: Bot, linh: User
) -> None:
    content = picture()
    first = await bot.send_photo(linh.id, content, caption="The lobby")
    again = await bot.send_photo(linh.id, first.photo[-1].file_id)
    assert (again.photo[-1].width, again.photo[-1].height) == (640, 480)
    assert [entry.uploaded for entry in server.ledger] == [len(content), 0]
    assert server.ledger[0].files == server.ledger[1].files
    file = await bot.get_file(again.photo[-1].file_id)
    assert bytes(await file.download_as_bytearray()) == content


async def test_an_album_is_one_call_with_several_messages(
    server: PreviewServer, bot: Bot, linh: User
) -> None:
    known = (await bot.send_photo(linh.id, picture())).photo[-1].file_id
    album = await bot.send_media_group(
        linh.id, [InputMediaPhoto(picture(300, 200), caption="One"), InputMediaPhoto(known)]
    )
    assert len({message.media_group_id for message in album}) == 1
    assert server.ledger[-1].message_ids == tuple(message.message_id for message in album)
    assert server.ledger[-1].text == "One"
    assert len(server.ledger[-1].files) == 2


async def test_places_replies_reactions_pins_and_copies(server: PreviewServer, bot: Bot, linh: User) -> None:
    question = await server.say(linh, "where is the hotel")
    reply = ReplyParameters(question["message_id"])
    venue = await bot.send_venue(linh.id, 37.564, 126.981, "Hanbit Hotel", "Seoul", reply_parameters=reply)
    assert venue.venue is not None and venue.reply_to_message is not None
    assert (await bot.send_location(linh.id, 37.5, 127.0)).location is not None
    assert await bot.send_chat_action(linh.id, "typing")
    assert await bot.set_message_reaction(linh.id, question["message_id"], ReactionTypeEmoji("👍"))
    assert await bot.pin_chat_message(linh.id, venue.message_id)
    pinned = (await bot.get_chat(linh.id)).pinned_message
    assert pinned is not None and pinned.message_id == venue.message_id
    assert await bot.unpin_chat_message(linh.id)
    await bot.copy_message(linh.id, linh.id, question["message_id"])
    forwarded = await bot.forward_message(linh.id, linh.id, question["message_id"])
    assert forwarded.forward_origin is not None
    assert [message["text"] for message in server.sent(linh)[-2:]] == ["where is the hotel"] * 2
    assert (await bot.get_chat_member(linh.id, linh.id)).status == "member"


async def test_a_pressed_button_waits_for_one_answer(server: PreviewServer, bot: Bot, linh: User) -> None:
    await bot.send_message(linh.id, "Sure?", reply_markup=BUTTONS)
    press = await server.press(server.sent(linh)[0], "Yes")
    (update,) = await bot.get_updates()
    assert update.callback_query is not None and update.callback_query.data == "y"
    assert await update.callback_query.answer("Thank you")
    assert press.answer == {"text": "Thank you", "show_alert": False}
    with pytest.raises(BadRequest, match="too old"):
        await update.callback_query.answer("Again")


async def test_a_button_of_a_deleted_message_still_calls_the_bot(
    server: PreviewServer, bot: Bot, linh: User
) -> None:
    message = await bot.send_message(linh.id, "Sure?", reply_markup=BUTTONS)
    (shown,) = server.sent(linh)
    assert await message.delete()
    await server.press(shown, "Yes")
    (update,) = await bot.get_updates()
    assert update.callback_query is not None and update.callback_query.message is not None
    assert not update.callback_query.message.is_accessible


async def test_pressing_a_button_that_is_not_there_is_a_mistake_of_the_test(
    server: PreviewServer, bot: Bot, linh: User
) -> None:
    await bot.send_message(linh.id, "Sure?", reply_markup=BUTTONS)
    with pytest.raises(LookupError, match=r"no button 'No'.*Yes"):
        await server.press(server.sent(linh)[0], "No")


async def test_editing_replaces_text_and_buttons(server: PreviewServer, bot: Bot, linh: User) -> None:
    message = await bot.send_message(linh.id, "Old", reply_markup=BUTTONS)
    edited = await bot.edit_message_text("New", linh.id, message.message_id)
    assert not isinstance(edited, bool) and edited.edit_date is not None
    assert server.sent(linh)[0]["text"] == "New"
    assert "reply_markup" not in server.sent(linh)[0]
    await bot.edit_message_reply_markup(linh.id, message.message_id, reply_markup=BUTTONS)
    assert "reply_markup" in server.sent(linh)[0]
    photo = await bot.send_photo(linh.id, picture(), caption="Old")
    await bot.edit_message_caption(linh.id, photo.message_id, caption="New")
    await bot.edit_message_media(InputMediaPhoto(picture(99, 99)), linh.id, photo.message_id)
    assert server.sent(linh)[1]["photo"][-1]["width"] == 99
    assert "caption" not in server.sent(linh)[1]
    methods = [entry.method for entry in server.ledger if entry.method.startswith("edit")]
    assert methods == [
        "editMessageText",
        "editMessageReplyMarkup",
        "editMessageCaption",
        "editMessageMedia",
    ]


async def test_commands_and_descriptions_are_kept_by_language(bot: Bot) -> None:
    await bot.set_my_commands([BotCommand("start", "Say hello")])
    await bot.set_my_commands([BotCommand("start", "Saludar")], language_code="es")
    assert (await bot.get_my_commands(language_code="es"))[0].description == "Saludar"
    assert (await bot.get_my_commands())[0].description == "Say hello"
    await bot.delete_my_commands(language_code="es")
    assert await bot.get_my_commands(language_code="es") == ()
    await bot.set_my_description("Ask me", language_code="fr")
    await bot.set_my_short_description("Answers")
    assert (await bot.get_my_description("fr")).description == "Ask me"
    assert (await bot.get_my_short_description("fr")).short_description == "Answers"


async def test_in_a_group_the_bot_sees_only_what_is_meant_for_it(
    server: PreviewServer, bot: Bot, linh: User
) -> None:
    group = server.add_group("Programme", [linh])
    mine = await bot.send_message(group.id, "Hello")
    await server.say(linh, "lunch?", group)
    await server.say(linh, "@preview_bot where is lunch?", group)
    await server.say(linh, "/today@preview_bot", group)
    await server.say(linh, "/today@another_bot", group)
    shown = next(m for m in server.messages(group) if m["message_id"] == mine.message_id)
    await server.say(linh, "and tomorrow?", group, reply_to=shown)
    texts = [u.message.text for u in await bot.get_updates() if u.message]
    assert texts == ["@preview_bot where is lunch?", "/today@preview_bot", "and tomorrow?"]
    assert len(server.messages(group)) == 6


async def test_who_may_be_written_to(server: PreviewServer, bot: Bot, linh: User) -> None:
    stranger = server.add_user("Stranger")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(stranger.id, "x")
    group = server.add_group("Programme", [linh, stranger], basic=True)
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(stranger.id, "x")
    server.block(linh)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(linh.id, "x")
    linh.deactivated = True
    linh.blocked = False
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(linh.id, "x")
    new = server.migrate(group)
    with pytest.raises(ChatMigrated) as migrated:
        await bot.send_message(group.id, "x")
    assert migrated.value.new_chat_id == new.id
    server.remove_from(new, stranger)
    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.send_message(new.id, "x")
    assert server.ledger == []


async def test_writing_to_the_bot_takes_a_block_back(server: PreviewServer, bot: Bot, linh: User) -> None:
    server.block(linh)
    await server.say(linh, "hello again")
    kinds = [u.my_chat_member.new_chat_member.status for u in await bot.get_updates() if u.my_chat_member]
    assert kinds == ["kicked", "member"]
    assert (await bot.send_message(linh.id, "Welcome back")).text == "Welcome back"


@pytest.mark.parametrize(
    ("kind", "raised", "accepted"),
    [
        ("refuse", NetworkError, 0),
        ("stall", TimedOut, 0),
        ("hang", TimedOut, 1),
        ("close_after_accept", NetworkError, 1),
        ("truncate", NetworkError, 1),
        ("junk", TelegramError, 1),
        ("not_ok", KeyError, 1),
        ("5xx", NetworkError, 0),
        ("5xx_after_accept", NetworkError, 1),
        ("403", Forbidden, 0),
        ("400", BadRequest, 0),
        ("401", InvalidToken, 0),
        ("429", NetworkError, 0),
    ],
)
async def test_a_fault_strikes_once_and_the_ledger_tells_what_was_accepted(
    server: PreviewServer, bot: Bot, linh: User, *, kind: str, raised: type[Exception], accepted: int
) -> None:
    server.faults.add("sendMessage", kind, nth=2)
    await bot.send_message(linh.id, "before")
    with pytest.raises(raised):
        await bot.send_message(linh.id, "during")
    await bot.send_message(linh.id, "after")
    texts = [entry.text for entry in server.ledger]
    assert texts == ["before", *["during"] * accepted, "after"]


@RETRY_AFTER_WARNS
async def test_a_fault_may_pick_its_chat_and_last(server: PreviewServer, bot: Bot, linh: User) -> None:
    other = server.add_user("Sok", started=True)
    server.faults.add(
        "*", "429", retry_after=7, times=None, when=lambda params: params.integer("chat_id") == linh.id
    )
    for _ in range(2):
        with pytest.raises(RetryAfter):
            await bot.send_message(linh.id, "x")
    await bot.send_message(other.id, "x")
    server.faults.clear()
    await bot.send_message(linh.id, "x")
    assert [entry.chat_id for entry in server.ledger] == [other.id, linh.id]


async def test_an_unreachable_server_refuses_connections_and_comes_back(
    server: PreviewServer, bot: Bot, linh: User
) -> None:
    await bot.send_message(linh.id, "before")
    async with server.unreachable():
        with pytest.raises(NetworkError) as refused:
            await bot.send_message(linh.id, "during")
        assert isinstance(refused.value.__cause__, httpx.ConnectError)
    await bot.send_message(linh.id, "after")
    assert [entry.text for entry in server.ledger] == ["before", "after"]


async def test_a_slow_answer_is_an_answer(server: PreviewServer, bot: Bot, linh: User) -> None:
    server.faults.add("sendMessage", "slow", seconds=0.05)
    assert (await bot.send_message(linh.id, "x")).text == "x"


@RETRY_AFTER_WARNS
async def test_rate_limits_are_kept_when_switched_on(bot: Bot, server: PreviewServer, linh: User) -> None:
    server.world.limits.enabled = True
    with pytest.raises(RetryAfter):
        for _ in range(7):
            await bot.send_message(linh.id, "x")
    assert len(server.ledger) == 5


@pytest.mark.parametrize(
    ("token", "status", "description"),
    [
        ("12", 404, "Not Found"),
        ("110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaX", 401, "Unauthorized"),
    ],
)
async def test_another_token_is_refused(
    server: PreviewServer, token: str, status: int, description: str
) -> None:
    async with httpx.AsyncClient() as client:
        response = await client.get(f"{server.url}/bot{token}/getMe")
    assert (response.status_code, response.json()["description"]) == (status, description)


async def test_a_revoked_token_is_refused(server: PreviewServer, bot: Bot) -> None:
    server.token = server.token[:-1] + "_"
    with pytest.raises(InvalidToken):
        await bot.get_me()


async def test_an_unknown_method_is_not_found(call: Call) -> None:
    answer = await call("sendTelepathy")
    assert (answer["error_code"], answer["description"]) == (404, "Not Found: method not found")


async def test_method_names_are_read_without_regard_to_case(call: Call) -> None:
    assert (await call("GETME"))["ok"]


@pytest.mark.parametrize(
    "request_",
    [
        {"json": {"chat_id": 7_000_000_001, "text": "x", "disable_notification": True}},
        {"data": {"chat_id": "7000000001", "text": "x", "entities": "[]"}},
        {"data": {"chat_id": "7000000001"}, "files": {"text": (None, "x")}},
        {"params": {"chat_id": "7000000001", "text": "x"}},
    ],
    ids=["json", "form", "multipart", "query"],
)
async def test_calls_come_as_json_form_multipart_or_query(
    server: PreviewServer, linh: User, request_: dict[str, Any]
) -> None:
    async with httpx.AsyncClient() as client:
        response = await client.post(f"{server.url}/bot{server.token}/sendMessage", **request_)
    assert response.json()["result"]["text"] == "x"


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff\xfe", b'"x"', b"[" * 5000], ids=lambda body: body[:9])
async def test_a_body_that_is_not_an_object_is_refused(server: PreviewServer, body: bytes) -> None:
    async with httpx.AsyncClient() as client:
        response = await client.post(
            f"{server.url}/bot{server.token}/sendMessage",
            content=body,
            headers={"Content-Type": "application/json"},
        )
    assert response.status_code == 400


async def test_the_older_of_two_pollers_gets_a_conflict(server: PreviewServer, bot: Bot, call: Call) -> None:
    older = asyncio.create_task(bot.get_updates(timeout=5))
    await server.wait_until(lambda: server.world.updates.polled)
    newer = asyncio.create_task(call("getUpdates", timeout=5))
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await older
    server.inject({"nonsense": True})
    assert len((await newer)["result"]) == 1


async def test_a_poller_that_hangs_up_leaves_no_update_behind(server: PreviewServer, linh: User) -> None:
    async with httpx.AsyncClient(timeout=0.05) as client:
        with pytest.raises(httpx.ReadTimeout):
            await client.get(f"{server.url}/bot{server.token}/getUpdates?timeout=50")
    await server.say(linh, "hello")
    async with httpx.AsyncClient() as client:
        response = await client.get(f"{server.url}/bot{server.token}/getUpdates")
    assert [update["message"]["text"] for update in response.json()["result"]] == ["hello"]


async def test_waiting_in_vain_says_what_the_chat_holds(server: PreviewServer, linh: User) -> None:
    await server.say(linh, "anybody there?")
    with pytest.raises(TimeoutError, match="anybody there"):
        await server.wait_for(linh, timeout=0.01)


async def test_a_malformed_update_arrives_as_it_was_injected(server: PreviewServer, call: Call) -> None:
    server.inject({"message": {"message_id": 1, "date": "x"}})
    (update,) = (await call("getUpdates"))["result"]
    with pytest.raises((TypeError, KeyError)):
        Update.de_json(update, None)
