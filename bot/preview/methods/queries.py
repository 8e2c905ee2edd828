"""Answers to presses of buttons and to inline queries."""

import re
from typing import Any

from bot.preview.entities import utf16_length
from bot.preview.errors import bad_request
from bot.preview.params import Params
from bot.preview.world import World

Json = dict[str, Any]

ANSWER_WITHIN = 900  # seconds; Telegram publishes no figure, answers within a few minutes are taken
TOAST_LIMIT = 200
MOST_RESULTS = 50
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


async def answer_callback_query(world: World, params: Params) -> bool:
    """Ends the waiting of a pressed button, with an optional toast or alert."""
    press = world.presses.get(params.text("callback_query_id"))
    if press is None or press.answer is not None or world.clock().timestamp() - press.at > ANSWER_WITHIN:
        raise bad_request(_TOO_OLD)
    if utf16_length(params.text("text")) > TOAST_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    press.answer = {"text": params.text("text"), "show_alert": params.flag("show_alert")}
    world.events.publish(
        "answer", chat_id=press.chat.id, user_id=press.user.id, press_id=press.id, **press.answer
    )
    return True


async def answer_inline_query(world: World, params: Params) -> bool:
    """At most 50 results for what somebody typed after the bot's name, and a button that opens the chat."""
    query = params.text("inline_query_id")
    if world.inline_answers.get(query, []) is not None:
        raise bad_request(_TOO_OLD)
    results = params.json("results")
    if not isinstance(results, list) or any(not isinstance(result, dict) for result in results):
        raise bad_request("can't parse inline query results: an Array of Objects is expected")
    if len(results) > MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    ids = [result.get("id") for result in results]
    if any(not isinstance(id_, str) or not 1 <= len(id_.encode()) <= 64 for id_ in ids):
        raise bad_request("RESULT_ID_INVALID")
    if len(set(ids)) < len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    if (button := params.json("button")) is not None:
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", str(button.get("start_parameter", ""))):
            raise bad_request("START_PARAM_INVALID")
        world.inline_buttons[query] = button
    world.inline_answers[query] = results
    world.events.publish("inline_answer", query_id=query, results=results, button=button)
    return True
