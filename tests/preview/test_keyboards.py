"""Which inline keyboards Telegram takes."""

from typing import Any

import pytest

from bot.preview.errors import ApiError
from bot.preview.keyboards import checked_markup


def keyboard(*buttons: Any) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


@pytest.mark.parametrize(
    "button",
    [
        {"text": "Go", "callback_data": "x"},
        {"text": "Go", "callback_data": "x" * 64},
        {"text": "Go", "callback_data": "한" * 21},
        {"text": "Go", "url": "https://a.example"},
        {"text": "Go", "switch_inline_query": ""},
        {"text": "Go", "copy_text": {"text": "x"}},
    ],
)
def test_buttons_that_telegram_takes(button: dict[str, Any]) -> None:
    assert checked_markup(keyboard(button)) == keyboard(button)


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ([], "object expected as reply markup"),
        ({"inline_keyboard": {}}, 'field "inline_keyboard" must be of type Array'),
        ({"inline_keyboard": [{}]}, 'field "inline_keyboard" must be an Array of Arrays'),
        (keyboard("Go"), "InlineKeyboardButton must be an Object"),
        (keyboard({"callback_data": "x"}), 'Can\'t find field "text"'),
        (keyboard({"text": 1, "callback_data": "x"}), 'Field "text" must be of type String'),
        (keyboard({"text": " ", "callback_data": "x"}), "inline keyboard button text is empty"),
        (keyboard({"text": "Go"}), "Text buttons are unallowed in the inline keyboard"),
        (keyboard({"text": "Go", "callback_data": ""}), "Text buttons are unallowed in the inline keyboard"),
        (keyboard({"text": "Go", "callback_data": "x" * 65}), "BUTTON_DATA_INVALID"),
        (keyboard({"text": "Go", "callback_data": "한" * 22}), "BUTTON_DATA_INVALID"),
        (keyboard({"text": "Go", "callback_data": 5}), "BUTTON_DATA_INVALID"),
        (keyboard({"text": "Go", "url": "wifi"}), "inline keyboard button URL 'wifi' is invalid"),
        (keyboard({"text": "Go", "url": "https://a.example", "callback_data": "x"}), "exactly one of"),
        (keyboard(*[{"text": "Go", "callback_data": "x"}] * 9), "reply markup is too long"),
        ({"inline_keyboard": [[{"text": "Go", "callback_data": "x"}]] * 101}, "reply markup is too long"),
    ],
)
def test_keyboards_that_telegram_refuses(markup: object, reason: str) -> None:
    with pytest.raises(ApiError) as refused:
        checked_markup(markup)
    assert refused.value.status == 400
    assert reason in refused.value.description


@pytest.mark.parametrize("markup", [None, {"inline_keyboard": []}, {"inline_keyboard": [[]]}])
def test_an_empty_keyboard_is_none(markup: object) -> None:
    assert checked_markup(markup) is None
