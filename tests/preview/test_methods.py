"""What each method refuses, in Telegram's words; nothing of it reaches a chat."""

from datetime import timedelta
from typing import Any

import pytest

from bot.preview.clock import SettableClock
from bot.preview.contents import written
from bot.preview.methods import METHODS
from bot.preview.server import PreviewServer
from bot.preview.world import User

from .conftest import Call

LINH = 7_000_000_001
MINE, THEIRS = 1, 2  # messages in Linh's chat: the bot's own, and Linh's

REFUSALS: list[tuple[str, dict[str, Any], str]] = [
    ("sendMessage", {"text": "x", "chat_id": ""}, "chat_id is empty"),
    ("sendMessage", {"text": "x", "chat_id": 5}, "chat not found"),
    ("sendMessage", {"text": "x", "chat_id": "@nobody"}, "chat not found"),
    ("sendMessage", {}, "message text is empty"),
    ("sendMessage", {"text": "x" * 4097}, "message is too long"),
    ("sendMessage", {"text": "x", "entities": "{"}, "can't parse entities JSON object"),
    ("sendMessage", {"text": "x", "reply_markup": "["}, "can't parse reply markup JSON object"),
    ("sendMessage", {"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
    ("sendLocation", {"latitude": 1}, "longitude is empty"),
    ("sendLocation", {"latitude": 91, "longitude": 1}, "MEDIA_INVALID"),
    ("sendLocation", {"latitude": "north", "longitude": 1}, "latitude is not a number"),
    ("sendVenue", {"latitude": 1, "longitude": 1, "address": "Seoul"}, "venue title is empty"),
    ("sendVenue", {"latitude": 1, "longitude": 1, "title": "Hotel"}, "venue address is empty"),
    ("sendPhoto", {}, "there is no photo in the request"),
    ("sendPhoto", {"photo": "attach://missing"}, "there is no photo in the request"),
    ("sendPhoto", {"photo": "AgACAgQ"}, "wrong file identifier/HTTP URL specified"),
    ("sendPhoto", {"photo": "https://a.example/x.jpg"}, "failed to get HTTP URL content"),
    ("sendPhoto", {"photo": "AgACAgQ", "caption": "x" * 1025}, "message caption is too long"),
    ("sendDocument", {}, "there is no document in the request"),
    ("sendMediaGroup", {}, 'parameter "media" is required'),
    ("sendMediaGroup", {"media": {"type": "photo"}}, "media expected Array"),
    ("sendMediaGroup", {"media": []}, "there are no messages to send"),
    ("sendMediaGroup", {"media": [{"type": "photo"}]}, "too few messages to send as an album"),
    ("sendMediaGroup", {"media": [{"type": "photo"}] * 11}, "too many messages to send as an album"),
    (
        "sendMediaGroup",
        {"media": [{"type": "photo"}, {"type": "document"}]},
        "document can't be mixed with other media types",
    ),
    (
        "sendMediaGroup",
        {"media": [{"type": "photo", "media": "attach://a"}] * 2},
        "can't parse InputMedia: media not found",
    ),
    ("sendMediaGroup", {"media": ["a", "b"]}, "can't parse InputMedia: expected an Object"),
    ("sendMediaGroup", {"media": [{"type": "x"}] * 2}, 'can\'t parse InputMedia: type "x" is unsupported'),
    ("sendChatAction", {"action": "dancing"}, "wrong parameter action in request"),
    ("editMessageText", {"text": "x"}, "message identifier is not specified"),
    ("editMessageText", {"text": "x", "message_id": 99}, "message to edit not found"),
    ("editMessageText", {"text": "x", "message_id": THEIRS}, "message can't be edited"),
    (
        "editMessageText",
        {"text": "Hello", "message_id": MINE},
        "message is not modified: specified new message content and reply markup are exactly the same as a "
        "current content and reply markup of the message",
    ),
    ("editMessageText", {"text": "x", "inline_message_id": "7"}, "MESSAGE_ID_INVALID"),
    ("editMessageCaption", {"message_id": MINE}, "there is no caption in the message to edit"),
    ("deleteMessage", {"message_id": 99}, "message to delete not found"),
    ("deleteMessages", {}, "message identifiers are not specified"),
    ("deleteMessages", {"message_ids": [1] * 101}, "too many message identifiers specified"),
    ("createForumTopic", {"name": "Ana"}, "the chat is not a forum"),
    ("copyMessage", {"from_chat_id": LINH, "message_id": 99}, "message to copy not found"),
    ("forwardMessage", {"from_chat_id": LINH, "message_id": 99}, "message to forward not found"),
    ("pinChatMessage", {"message_id": 99}, "message to pin not found"),
    ("unpinChatMessage", {"message_id": MINE}, "message to unpin not found"),
    ("setMessageReaction", {"message_id": THEIRS, "reaction": [{"type": "x"}]}, "REACTION_INVALID"),
    ("getChatMember", {"user_id": 5}, "user not found"),
    ("getFile", {"file_id": "AgACAgQ"}, "invalid file_id"),
    (
        "answerCallbackQuery",
        {"callback_query_id": "5"},
        "query is too old and response timeout expired or query ID is invalid",
    ),
    (
        "answerInlineQuery",
        {"inline_query_id": "5", "results": []},
        "query is too old and response timeout expired or query ID is invalid",
    ),
    ("setMyCommands", {}, "can't parse commands JSON object"),
    ("setMyCommands", {"commands": [{"command": "Start", "description": "x"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "x" * 33, "description": "x"}]}, "BOT_COMMAND_INVALID"),
    (
        "setMyCommands",
        {"commands": [{"command": "start", "description": ""}]},
        "BOT_COMMAND_DESCRIPTION_INVALID",
    ),
    (
        "setMyCommands",
        {"commands": [{"command": "start", "description": "x"}] * 101},
        "BOT_COMMANDS_TOO_MUCH",
    ),
    ("setMyCommands", {"commands": [], "language_code": "english"}, "invalid language code specified"),
    ("setMyDescription", {"description": "x" * 513}, "description is too long"),
    ("setMyShortDescription", {"short_description": "x" * 121}, "short description is too long"),
    (
        "setWebhook",
        {"url": "http://a.example/"},
        "bad webhook: An HTTPS URL must be provided for webhook",
    ),
    ("setWebhook", {"url": "nonsense"}, "invalid webhook URL specified"),
    (
        "setWebhook",
        {"url": "https://a.example", "secret_token": "ä"},
        "secret token contains unallowed characters",
    ),
    ("setWebhook", {"url": "https://a.example", "secret_token": "x" * 257}, "secret token is too long"),
]


@pytest.mark.parametrize(("method", "values", "reason"), REFUSALS)
async def test_a_call_is_refused_in_telegrams_words(
    server: PreviewServer, call: Call, linh: User, *, method: str, values: dict[str, Any], reason: str
) -> None:
    chat = server.world.chats[linh.id]
    server.world.post(chat, server.bot, {"text": "Hello"})
    server.world.post(chat, linh, written("hello"))
    answer = await call(method, **{"chat_id": LINH, **values})
    assert (answer["error_code"], answer["description"]) == (400, f"Bad Request: {reason}")
    assert server.ledger == []
    assert len(server.messages(linh)) == 2


def test_every_refusal_names_a_method_that_exists() -> None:
    assert {method for method, _, _ in REFUSALS} <= METHODS.keys()


async def test_a_reply_may_go_without_the_message_it_answers(call: Call, linh: User) -> None:
    reply = {"message_id": 99, "allow_sending_without_reply": True}
    answer = await call("sendMessage", chat_id=linh.id, text="x", reply_parameters=reply)
    assert "reply_to_message" not in answer["result"]


async def test_a_toast_may_have_200_units(server: PreviewServer, call: Call, linh: User) -> None:
    await call("sendMessage", chat_id=linh.id, text="x")
    press = await server.press(server.messages(linh)[0], data="y")
    answer = await call("answerCallbackQuery", callback_query_id=press.id, text="x" * 201)
    assert answer["description"] == "Bad Request: MESSAGE_TOO_LONG"
    assert (await call("answerCallbackQuery", callback_query_id=press.id, text="x" * 200))["ok"]


@pytest.mark.parametrize(
    ("results", "reason"),
    [
        ([{"id": str(number)} for number in range(51)], "RESULTS_TOO_MUCH"),
        ([{"id": "a"}, {"id": "a"}], "RESULT_ID_DUPLICATE"),
        ([{"id": "x" * 65}], "RESULT_ID_INVALID"),
        ([{}], "RESULT_ID_INVALID"),
        ("[", "can't parse results JSON object"),
        ({}, "can't parse inline query results: an Array of Objects is expected"),
    ],
)
async def test_inline_results_are_checked(
    server: PreviewServer, call: Call, linh: User, results: object, reason: str
) -> None:
    query = await server.ask_inline(linh, "wifi")
    answer = await call("answerInlineQuery", inline_query_id=query, results=results)
    assert answer["description"] == f"Bad Request: {reason}"
    assert (await call("answerInlineQuery", inline_query_id=query, results=[{"id": "a"}]))["ok"]
    assert server.world.inline_answers[query] == [{"id": "a"}]


async def test_a_button_above_inline_results_is_checked(
    server: PreviewServer, call: Call, linh: User
) -> None:
    query, button = await server.ask_inline(linh, "wifi"), {"text": "Open", "start_parameter": "not so"}
    refused = await call("answerInlineQuery", inline_query_id=query, results=[], button=button)
    assert refused["description"] == "Bad Request: START_PARAM_INVALID"
    button["start_parameter"] = "inline"
    assert (await call("answerInlineQuery", inline_query_id=query, results=[], button=button))["ok"]
    assert server.world.inline_buttons == {query: button}


async def test_after_48_hours_a_message_stays(linh: User, server: PreviewServer, call: Call) -> None:
    clock = SettableClock()
    server.world.clock = clock
    for text in ("old", "older"):
        await call("sendMessage", chat_id=linh.id, text=text)
    clock.advance(timedelta(hours=47, minutes=59))
    assert (await call("deleteMessage", chat_id=linh.id, message_id=1))["ok"]
    clock.advance(timedelta(minutes=2))
    answer = await call("deleteMessage", chat_id=linh.id, message_id=2)
    assert answer["description"] == "Bad Request: message can't be deleted for everyone"
    assert (await call("deleteMessages", chat_id=linh.id, message_ids=[2]))["ok"]
    assert [message["text"] for message in server.messages(linh)] == ["older"]


async def test_a_button_may_be_answered_for_a_quarter_of_an_hour(
    linh: User, server: PreviewServer, call: Call
) -> None:
    clock = SettableClock()
    server.world.clock = clock
    await call("sendMessage", chat_id=linh.id, text="x")
    press = await server.press(server.messages(linh)[0], data="y")
    clock.advance(timedelta(minutes=16))
    answer = await call("answerCallbackQuery", callback_query_id=press.id)
    assert "query is too old" in answer["description"]
