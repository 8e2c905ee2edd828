"""Which texts and entities Telegram takes, and what it makes of them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.preview.entities import checked_caption, checked_text, utf16_length
from bot.preview.errors import ApiError


def entity(kind: str, offset: object, length: object, **more: object) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


def test_emoji_count_as_two_units() -> None:
    assert utf16_length("a😀é한") == 5


@pytest.mark.parametrize("text", ["x", "x" * 4096, "😀" * 2048, "  " + "x" * 4096 + "\n"])
def test_a_text_may_have_4096_units(text: str) -> None:
    assert checked_text(text, "", None)[0] == text.strip()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "message text is empty"),
        (" \n ", "text must be non-empty"),
        ("\u202e", "text must be non-empty"),
        ("x" * 4097, "message is too long"),
        ("😀" * 2048 + "x", "message is too long"),
        ("x" * 40_000, "text is too long"),
        ("\ud83d", "strings must be encoded in UTF-8"),
    ],
)
def test_a_text_that_telegram_refuses(text: str, reason: str) -> None:
    with pytest.raises(ApiError) as refused:
        checked_text(text, "", None)
    assert (refused.value.status, refused.value.description) == (400, f"Bad Request: {reason}")


@pytest.mark.parametrize("caption", ["", "x" * 1024, "😀" * 512])
def test_a_caption_may_have_1024_units(caption: str) -> None:
    assert checked_caption(caption, "", None)[0] == caption


@pytest.mark.parametrize("caption", ["x" * 1025, "😀" * 512 + "x"])
def test_a_longer_caption_is_refused(caption: str) -> None:
    with pytest.raises(ApiError, match="message caption is too long"):
        checked_caption(caption, "", None)


@pytest.mark.parametrize(
    ("entities", "reason"),
    [
        ([entity("bold", -1, 2)], "receive an entity with incorrect offset -1"),
        ([entity("bold", 0, -2)], "receive an entity with incorrect length -2"),
        ([entity("bold", 5, 1)], "entity begins after the end of the text at UTF-16 offset 5"),
        ([entity("bold", 2, 3)], "entity beginning at UTF-16 offset 2 ends after the end of the text"),
        ([entity("bold", 2, 1)], "ends in a middle of a UTF-16 symbol"),
        ([entity("bold", 3, 1)], "entity begins in a middle of a UTF-16 symbol"),
        ([entity("shiny", 0, 1)], "can't parse MessageEntity: Unsupported type specified"),
        ([{"type": "bold", "offset": 0}], "can't parse MessageEntity: Can't find field \"length\""),
        ([entity("bold", "0", 1)], 'can\'t parse MessageEntity: Field "offset" must be of type Number'),
        ([entity("bold", True, 1)], 'can\'t parse MessageEntity: Field "offset" must be of type Number'),
        (["bold"], "can't parse MessageEntity: expected an Object"),
        ({"type": "bold"}, "an Array of MessageEntity is expected"),
        ([entity("text_link", 0, 1)], "can't parse MessageEntity: Can't find field \"url\""),
        ([entity("text_link", 0, 1, url="")], "entity URL '' is invalid: URL host is empty"),
        ([entity("text_link", 0, 1, url="wifi")], "entity URL 'wifi' is invalid: Wrong HTTP URL"),
        ([entity("text_link", 0, 1, url="ftp://a.example")], "Unsupported URL protocol"),
        ([entity("text_link", 0, 1, url="javascript:alert(1)")], "Wrong HTTP URL"),
        ([entity("text_mention", 0, 1)], "can't parse MessageEntity: Can't find field \"user\""),
    ],
)
def test_an_entity_that_telegram_refuses(entities: object, reason: str) -> None:
    with pytest.raises(ApiError) as refused:
        checked_text("ab😀", "", entities)
    assert refused.value.status == 400
    assert reason in refused.value.description


@pytest.mark.parametrize(
    "url",
    ["https://a.example", "http://a.example/x?y=1#z", "a.example", "tg://user?id=1", "http://10.0.0.1:80/"],
)
def test_links_that_telegram_takes(url: str) -> None:
    assert checked_text("x", "", [entity("text_link", 0, 1, url=url)])[1][0]["url"] == url


def test_parse_mode_is_refused_with_a_reason() -> None:
    with pytest.raises(ApiError, match="takes `entities` only"):
        checked_text("<b>x</b>", "HTML", None)


def test_white_space_around_the_text_goes_and_entities_move_along() -> None:
    text, entities = checked_text("\n  Hi there \n", "", [entity("bold", 3, 2), entity("italic", 6, 7)])
    assert text == "Hi there"
    assert entities == [entity("bold", 0, 2), entity("italic", 3, 5)]


def test_marks_that_telegram_removes_go_and_control_characters_become_spaces() -> None:
    text, entities = checked_text("a\u202eb\tc\r\nd", "", [entity("bold", 2, 1)])
    assert text == "ab c\nd"
    assert entities == [entity("bold", 1, 1)]


def test_links_mentions_commands_and_phone_numbers_are_found() -> None:
    text = "See https://a.example/x?q=1, @preview_bot /today #seoul a@b.example +82-2-0000-0101."
    found = {
        e["type"]: text[e["offset"] : e["offset"] + e["length"]] for e in checked_text(text, "", None)[1]
    }
    assert found == {
        "url": "https://a.example/x?q=1",
        "mention": "@preview_bot",
        "bot_command": "/today",
        "hashtag": "#seoul",
        "email": "a@b.example",
        "phone_number": "+82-2-0000-0101",
    }


def test_nothing_is_found_inside_code() -> None:
    entities = checked_text("/today @preview_bot", "", [entity("code", 0, 19)])[1]
    assert [e["type"] for e in entities] == ["code"]


def test_no_more_than_100_entities_are_kept() -> None:
    entities = [entity("bold", number, 1) for number in range(150)]
    assert len(checked_text("x" * 150, "", entities)[1]) == 100


@given(st.text(max_size=200), st.data())
def test_any_text_with_entities_on_its_characters_is_refused_cleanly_or_stays_consistent(
    text: str, data: st.DataObject
) -> None:
    ends = [utf16_length(text[:index]) for index in range(len(text) + 1)]
    start, end = sorted(data.draw(st.tuples(st.sampled_from(ends), st.sampled_from(ends))))
    try:
        shown, entities = checked_text(text, "", [entity("bold", start, end - start)])
    except ApiError as error:
        assert error.description in {
            "Bad Request: message text is empty",
            "Bad Request: text must be non-empty",
        }
        return
    assert shown == shown.rstrip() != ""
    assert all(0 <= e["offset"] < e["offset"] + e["length"] <= utf16_length(shown) for e in entities)
