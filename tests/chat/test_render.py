"""A reply becomes calls: photos, text, buttons, place, each within Telegram's limits."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.assistant.reply import Button, Kind, Made, MadeKind, Picture, Place, Reply
from bot.chat.making import MADE, to_json
from bot.chat.render import message, messages, render
from bot.knowledge.model import PhotoFile

BUTTONS = ((Button("Yes", "show:yes"), Button("No", "show:no")), (Button("Menu", "menu"),))
KEYBOARD = {
    "inline_keyboard": [
        [{"text": "Yes", "callback_data": "show:yes"}, {"text": "No", "callback_data": "show:no"}],
        [{"text": "Menu", "callback_data": "menu"}],
    ]
}


def picture(name: str, caption: str = "") -> Picture:
    return Picture(PhotoFile(name, b"", name, 10, 10), caption)


def reply(text: str, *pictures: Picture, place: Place | None = None) -> Reply:
    return Reply(Kind.ANSWER, "x", text, pictures=pictures, place=place, buttons=BUTTONS)


def test_a_text_is_one_message_with_its_buttons_and_no_link_preview() -> None:
    [call] = render(reply("**Hi** https://example.com"), 7)
    assert (call.chat_id, call.method, call.photos) == (7, "sendMessage", ())
    assert call.params == {
        "text": "Hi https://example.com",
        "entities": [{"type": "bold", "offset": 0, "length": 2}],
        "link_preview_options": {"is_disabled": True},
        "reply_markup": KEYBOARD,
    }


def test_a_long_text_is_several_messages_with_the_buttons_under_the_last() -> None:
    calls = render(reply("\n\n".join(["word " * 200] * 9)), 7)
    assert [call.method for call in calls] == ["sendMessage"] * 3
    assert ["reply_markup" in call.params for call in calls] == [False, False, True]


def test_one_picture_carries_a_short_text_and_the_buttons() -> None:
    [call] = render(reply("**Hi**", picture("a.jpg", "A card")), 7)
    assert (call.method, call.photos) == ("sendPhoto", ("a.jpg",))
    assert call.params == {
        "caption": "Hi\n\nA card",
        "caption_entities": [{"type": "bold", "offset": 0, "length": 2}],
        "reply_markup": KEYBOARD,
    }


@pytest.mark.parametrize(
    ("kind", "method"), [(MadeKind.TIMETABLE, "sendPhoto"), (MadeKind.CALENDAR, "sendDocument")]
)
def test_what_is_to_be_made_carries_the_text_while_it_fits(kind: MadeKind, method: str) -> None:
    made = Made(kind, "en", "r")
    [call] = render(replace(reply("**Hi**"), made=made), 7)
    bold = [{"type": "bold", "offset": 0, "length": 2}]
    expected = {"caption": "Hi", "caption_entities": bold, "reply_markup": KEYBOARD, MADE: to_json(made)}
    assert (call.method, call.params) == (method, expected)
    *texts, file = render(replace(reply("word " * 300), made=made), 7)
    assert [text.method for text in texts] == ["sendMessage"]
    assert (file.method, file.params) == (method, {"reply_markup": KEYBOARD, MADE: to_json(made)})


@pytest.mark.parametrize(("text", "methods"), [("x" * 1024, ["sendPhoto"]), ("😀" * 512, ["sendPhoto"])])
def test_a_text_that_just_fits_is_a_caption(text: str, methods: list[str]) -> None:
    assert [call.method for call in render(reply(text, picture("a.jpg")), 7)] == methods


@pytest.mark.parametrize("text", ["x" * 1025, "😀" * 513])
def test_a_picture_goes_before_a_text_that_does_not_fit(text: str) -> None:
    photo, message = render(reply(text, picture("a.jpg", "A *card*")), 7)
    assert (photo.method, photo.params["caption"]) == ("sendPhoto", "A card")
    assert "reply_markup" not in photo.params
    assert (message.method, message.params["reply_markup"]) == ("sendMessage", KEYBOARD)


def test_several_pictures_are_an_album_with_the_buttons_after_it() -> None:
    album, message = render(reply("Look", picture("a.jpg", "A"), picture("b.jpg")), 7)
    assert (album.method, album.photos) == ("sendMediaGroup", ("a.jpg", "b.jpg"))
    assert album.params["media"] == [{"type": "photo", "caption": "A"}, {"type": "photo"}]
    assert (message.params["text"], message.params["reply_markup"]) == ("Look", KEYBOARD)


@pytest.mark.parametrize(("pictures", "albums"), [(10, [10]), (11, [5, 6]), (21, [7, 7, 7])])
def test_many_pictures_are_albums_of_about_the_same_size(pictures: int, albums: list[int]) -> None:
    calls = render(reply("Look", *(picture(f"{n}.jpg") for n in range(pictures))), 7)
    assert [len(call.photos) for call in calls] == [*albums, 0]
    assert [name for call in calls for name in call.photos] == [f"{n}.jpg" for n in range(pictures)]


def test_a_place_is_a_venue_after_the_text() -> None:
    _, pin = render(reply("There", place=Place("Hall", "1 Main St", 37.5, 127.0)), 7)
    assert pin.method == "sendVenue"
    assert pin.params == {"latitude": 37.5, "longitude": 127.0, "title": "Hall", "address": "1 Main St"}


def test_a_place_without_an_address_is_a_bare_pin() -> None:
    _, pin = render(reply("There", place=Place("Hall", " ", 37.5, 127.0)), 7)
    assert (pin.method, pin.params) == ("sendLocation", {"latitude": 37.5, "longitude": 127.0})


def test_a_part_with_nothing_to_see_is_not_sent() -> None:
    calls = render(reply("```\nx" + "\n" * 9000 + "y\n```"), 7)
    assert [call.params["text"].strip() for call in calls] == ["x", "y"]


@given(st.text(st.characters(), max_size=400), st.integers(0, 25), st.integers(1, 30))
def test_every_call_stays_within_telegrams_limits(text: str, pictures: int, repeat: int) -> None:
    calls = render(reply(text * repeat, *(picture(f"{n}.jpg", text * repeat) for n in range(pictures))), 7)
    for call in calls:
        media = call.params.get("media", [call.params])
        assert len(call.params.get("text", "").encode("utf-16-le")) <= 2 * 4096
        assert all(len(item.get("caption", "").encode("utf-16-le")) <= 2 * 1024 for item in media)
        assert call.method != "sendMediaGroup" or 2 <= len(media) == len(call.photos) <= 10
    assert sum(len(call.photos) for call in calls) == pictures


def test_words_that_are_too_long_for_one_message_go_on_in_the_next() -> None:
    buttons = ((Button("Go", "go"),),)
    calls = messages(7, "line of words\n" * 700, buttons)
    texts = [call.params["text"] for call in calls]
    assert len(texts) == 3
    assert all(len(text) <= 4096 for text in texts)
    assert "".join(texts).split() == ("line of words\n" * 700).split()
    assert ["reply_markup" in call.params for call in calls] == [False, False, True]
    assert messages(7, "short", buttons) == [message(7, "short", buttons)]
