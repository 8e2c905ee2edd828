"""Long texts become parts that lose nothing."""

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.formatted import FormattedText, utf16_units
from bot.chat.markdown import to_formatted
from bot.chat.split import MESSAGE_UNITS, split
from tests.chat.entity_rules import assert_telegram_takes, covered

FAMILY = "👨‍👩‍👧"
FLAG = "🇰🇷"


def test_a_text_that_fits_stays_one_part() -> None:
    text = FormattedText("x" * 4096)
    assert split(text) == (text,)


def test_emoji_count_twice() -> None:
    assert [part.units for part in split(FormattedText("😀" * 2049))] == [4096, 2]


def test_the_cut_comes_after_a_paragraph() -> None:
    paragraphs = ["one two. " * 20, "three\nfour. " * 20]
    first, second = split(FormattedText("\n\n".join(paragraphs)), 300)
    assert first.text == paragraphs[0] + "\n\n"
    assert second.text == paragraphs[1]


def test_without_paragraphs_it_comes_after_a_line_and_then_after_a_word() -> None:
    assert [part.text for part in split(FormattedText("aaaa bbbb\ncccc"), 12)] == ["aaaa bbbb\n", "cccc"]
    assert [part.text for part in split(FormattedText("aaaa bbbb cccc"), 12)] == ["aaaa bbbb ", "cccc"]


def test_a_tiny_first_paragraph_is_not_a_message_of_its_own() -> None:
    first, _ = split(FormattedText("Hi\n\n" + "word " * 30), 100)
    assert first.units > 50


def test_a_family_and_a_flag_are_not_torn() -> None:
    for whole in (FAMILY, FLAG, "e\u0301", "👍🏽"):
        text = "x" + whole * 10
        for part in split(FormattedText(text), 12):
            assert part.text.replace("x", "").replace(whole, "") == ""


def test_one_character_longer_than_a_message_is_cut_somewhere() -> None:
    zalgo = "e" + "\u0301" * 10_000
    parts = split(FormattedText(zalgo))
    assert "".join(part.text for part in parts) == zalgo
    assert all(part.units <= MESSAGE_UNITS for part in parts)


def test_an_entity_over_the_cut_goes_on_in_the_next_part() -> None:
    bold = {"type": "bold", "offset": 0, "length": 9}
    parts = split(FormattedText("aaaa bbbb", (bold,)), 6)
    assert [covered(part) for part in parts] == [[("bold", "aaaa ")], [("bold", "bbbb")]]


@given(
    st.lists(
        st.sampled_from(["**b**", "*i* ", "`c`", "😀", FAMILY, FLAG, "\n\n", "\n", "word ", "e\u0301", "x"])
    ),
    st.integers(2, 60),
)
def test_parts_together_are_the_text_and_each_is_taken_by_telegram(pieces: list[str], limit: int) -> None:
    whole = to_formatted("".join(pieces))
    parts = split(whole, limit)
    assert "".join(part.text for part in parts) == whole.text
    for part in parts:
        assert_telegram_takes(part, limit)
    styled = sum(utf16_units(piece) for _, piece in covered(whole))
    assert sum(utf16_units(piece) for part in parts for _, piece in covered(part)) == styled
