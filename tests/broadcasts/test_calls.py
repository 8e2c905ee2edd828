"""An announcement as the calls that one recipient gets."""

from bot.broadcasts.calls import calls_for, edit_for, keyboard_for
from bot.broadcasts.content import Content, Link, Media, MediaKind, Place, Text

PHOTO = Media(MediaKind.PHOTO, "p")
BOLD = {"type": "bold", "offset": 0, "length": 2}


def test_a_text_goes_as_it_was_styled() -> None:
    [call] = calls_for(Content("en", {"en": Text("Hi all", (BOLD,))}), 7, "en")
    assert (call.chat_id, call.method) == (7, "sendMessage")
    assert call.params == {"text": "Hi all", "entities": [BOLD]}


def test_a_reader_of_another_language_gets_the_default_one() -> None:
    content = Content("en", {"en": Text("Hi"), "es": Text("Hola")})
    assert [calls_for(content, 7, code)[0].params["text"] for code in ("es", "vi")] == ["Hola", "Hi"]


def test_one_picture_carries_text_and_buttons() -> None:
    content = Content("en", {"en": Text("Hi")}, (PHOTO,), links=(Link("Web", "https://a.example"),))
    [call] = calls_for(content, 7, "en")
    assert call.method == "sendPhoto"
    assert (call.params["photo"], call.params["caption"]) == ("p", "Hi")
    assert call.params["reply_markup"] == {"inline_keyboard": [[{"text": "Web", "url": "https://a.example"}]]}


def test_an_album_carries_the_text_under_its_first_picture() -> None:
    [call] = calls_for(Content("en", {"en": Text("Hi")}, (PHOTO, PHOTO)), 7, "en")
    assert call.params["media"] == [
        {"type": "photo", "media": "p", "caption": "Hi"},
        {"type": "photo", "media": "p"},
    ]


def test_buttons_of_an_album_stand_under_a_text_of_its_own() -> None:
    album, text = calls_for(Content("en", {"en": Text("Hi")}, (PHOTO, PHOTO)), 7, "en", receipt=5)
    assert "caption" not in album.params["media"][0]
    assert text.params["reply_markup"]["inline_keyboard"] == [
        [{"text": "✅ Understood", "callback_data": "understood:5"}]
    ]


def test_a_place_comes_last_and_silent_means_all_of_it() -> None:
    content = Content("en", {"en": Text("Here")}, place=Place(1.5, 2.5, "Hall", "Street 1"))
    calls = calls_for(content, 7, "en", silent=True)
    assert [call.method for call in calls] == ["sendMessage", "sendVenue"]
    assert all(call.params["disable_notification"] is True for call in calls)


def test_a_button_may_open_one_of_the_bots_own_answers() -> None:
    content = Content("en", links=(Link("Wi-Fi", "wifi"),))
    assert keyboard_for(content, "en", None)["reply_markup"]["inline_keyboard"] == [
        [{"text": "Wi-Fi", "callback_data": "show:wifi"}]
    ]


def test_a_copy_is_edited_where_its_words_stand() -> None:
    assert edit_for(Text("New"), {}, 7, "sendMessage", 9).method == "editMessageText"
    caption = edit_for(Text("New"), {}, 7, "sendMediaGroup", 9)
    assert (caption.method, caption.params) == ("editMessageCaption", {"message_id": 9, "caption": "New"})
