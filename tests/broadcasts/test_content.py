"""What may be announced: Telegram's limits, found before anything is sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.broadcasts.calls import calls_for
from bot.broadcasts.content import (
    ALBUM,
    CAPTION_UNITS,
    TEXT_UNITS,
    Content,
    Link,
    Media,
    MediaKind,
    Place,
    Text,
    problems,
)
from bot.broadcasts.kept import from_json, to_json
from bot.locales import words_in
from bot.preview.entities import checked_caption, checked_text

ENGLISH = words_in("en")
PHOTO = Media(MediaKind.PHOTO, "photo-id")
FILE = Media(MediaKind.DOCUMENT, "file-id")
LINK = Link("More", "https://example.org")


def found(content: Content, *, buttons: bool = False, caption: bool = False) -> list[str]:
    return problems(content, ENGLISH, buttons=buttons, caption=caption)


def texts(text: str) -> dict[str, Text]:
    return {"en": Text(text)}


def test_nothing_cannot_be_sent() -> None:
    assert found(Content("en")) == ["There is nothing to send yet."]


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("x" * TEXT_UNITS, True),
        ("x" * (TEXT_UNITS + 1), False),
        ("🚌" * (TEXT_UNITS // 2), True),
        ("🚌" * (TEXT_UNITS // 2) + "x", False),
    ],
)
def test_the_length_counts_as_telegram_counts(text: str, fits: bool) -> None:
    assert (found(Content("en", texts(text))) == []) is fits


def test_a_text_that_is_too_long_names_its_language_and_by_how_much() -> None:
    content = Content("en", {"en": Text("x"), "es": Text("y" * 4100)})
    assert found(content) == [
        "The text in Spanish is too long: 4100 characters, and Telegram takes 4096. Shorten it by 4."
    ]


def test_a_correction_under_a_picture_has_the_limit_of_a_caption() -> None:
    content = Content("en", texts("x" * (CAPTION_UNITS + 1)), (PHOTO,))
    assert found(content) == []
    assert found(content, caption=True)


def test_an_album_has_at_most_ten_of_one_kind() -> None:
    assert found(Content("en", media=(PHOTO,) * ALBUM)) == []
    assert "at most 10" in found(Content("en", media=(PHOTO,) * 11))[0]
    assert "not both" in found(Content("en", media=(PHOTO, FILE)))[0]


def test_buttons_need_a_message_to_stand_under() -> None:
    album = Content("en", media=(PHOTO, PHOTO), links=(LINK,))
    assert "no buttons under an album" in found(album, buttons=True)[0]
    assert found(Content("en", texts("x"), (PHOTO, PHOTO), links=(LINK,)), buttons=True) == []
    assert found(Content("en", media=(PHOTO,), links=(LINK,)), buttons=True) == []


def test_the_default_language_must_be_there() -> None:
    assert found(Content("en", {"es": Text("Hola")})) == ["The text in English is missing."]


entities = st.just(({"type": "bold", "offset": 0, "length": 1},))
contents = st.builds(
    Content,
    language=st.just("en"),
    texts=st.dictionaries(
        st.sampled_from(["en", "es"]),
        st.builds(Text, st.text(alphabet="ab🚌 \n", min_size=1, max_size=5000).filter(str.strip)),
        max_size=2,
    ),
    media=st.lists(st.sampled_from([PHOTO, FILE]), max_size=12).map(tuple),
    place=st.none() | st.builds(Place, st.just(1.0), st.just(2.0)),
    links=st.lists(st.just(LINK), max_size=2).map(tuple),
)


@given(contents, st.sampled_from(["en", "es", "fr"]), st.booleans())
def test_what_has_no_problem_is_taken_by_telegram(content: Content, language: str, receipt: bool) -> None:
    if problems(content, ENGLISH, buttons=bool(content.links) or receipt):
        return
    calls = calls_for(content, 7, language, receipt=3 if receipt else None)
    assert calls
    for call in calls:
        if call.method == "sendMediaGroup":
            assert 2 <= len(call.params["media"]) <= ALBUM
            assert len({item["type"] for item in call.params["media"]}) == 1
            assert "reply_markup" not in call.params
            for item in call.params["media"]:
                checked_caption(item.get("caption", ""), "", item.get("caption_entities"))
        elif call.method == "sendMessage":
            checked_text(call.params["text"], "", call.params.get("entities"))
        else:
            checked_caption(call.params.get("caption", ""), "", call.params.get("caption_entities"))
    buttons = [call for call in calls if "reply_markup" in call.params]
    assert len(buttons) == (1 if content.links or receipt else 0)


@given(contents)
def test_what_is_kept_comes_back(content: Content) -> None:
    assert from_json(Content, to_json(content)) == content
