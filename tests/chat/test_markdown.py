"""Markdown becomes text and entities that Telegram takes."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.chat.markdown import to_formatted
from bot.preview.entities import checked_text
from tests.chat.entity_rules import assert_telegram_takes, covered

MARKS = [
    "*",
    "**",
    "_",
    "`",
    "```",
    "~~",
    "[",
    "](",
    ")",
    "![",
    "> ",
    "- ",
    "1. ",
    "# ",
    "\n",
    "\n\n",
    "  ",
    "|",
    "---",
]
PIECES = [
    *MARKS,
    "\\",
    "<b>",
    "</b>",
    "&amp;",
    "😀",
    "é",
    "e\u0301",
    "\u200d",
    "한국",
    "a",
    "word",
    " ",
    "http://a.bc",
]


def test_styles_cover_the_words_they_mark() -> None:
    shown = to_formatted("**Bold** and *italic*, ~~gone~~ and `code`.")
    assert shown.text == "Bold and italic, gone and code."
    assert covered(shown) == [
        ("bold", "Bold"),
        ("italic", "italic"),
        ("strikethrough", "gone"),
        ("code", "code"),
    ]


def test_offsets_count_utf16_units() -> None:
    shown = to_formatted("😀😀 **x**")
    assert shown.entities == ({"type": "bold", "offset": 5, "length": 1},)


def test_code_in_bold_interrupts_the_bold() -> None:
    assert covered(to_formatted("**a `b` c**")) == [("bold", "a "), ("code", "b"), ("bold", " c")]


def test_a_fence_is_a_block_with_its_language() -> None:
    shown = to_formatted("```python title\nx = 1\n\ny = 2\n```")
    assert shown.text == "x = 1\n\ny = 2"
    assert shown.entities == ({"type": "pre", "offset": 0, "length": 12, "language": "python"},)


@pytest.mark.parametrize(
    "url", ["https://example.com/a?b=c#d", "http://example.com:8080", "https://한국.kr/", "tg://user?id=1"]
)
def test_links_of_the_web_and_of_telegram_can_be_clicked(url: str) -> None:
    [entity] = to_formatted(f"See [the page]({url}).").entities
    assert entity["type"] == "text_link"
    checked_text("See the page.", "", [entity])


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("[Write us](mailto:help@example.com)", "Write us (help@example.com)"),
        ("[+82 2 123 4567](tel:+8221234567)", "+82 2 123 4567 (+8221234567)"),
        ("[+8221234567](tel:+8221234567)", "+8221234567"),
        ("[here](http://localhost/x)", "here (http://localhost/x)"),
        ("[here](http://user@example.com/)", "here (http://user@example.com/)"),
        ("[here](http://example.com:99999/)", "here (http://example.com:99999/)"),
        ("[here](ftp://example.com)", "here (ftp://example.com)"),
        ("[here](javascript:alert(1))", "[here](javascript:alert(1))"),
    ],
)
def test_links_that_telegram_refuses_read_as_plain_text(markdown: str, text: str) -> None:
    shown = to_formatted(markdown)
    assert (shown.text, shown.entities) == (text, ())


def test_headings_are_bold_lines() -> None:
    shown = to_formatted("# Hotel *Han*\nText")
    assert shown.text == "Hotel Han\nText"
    assert covered(shown) == [("bold", "Hotel Han"), ("italic", "Han")]


def test_lists_nest_with_bullets_and_numbers() -> None:
    shown = to_formatted("Bring:\n\n- shoes\n- papers:\n  1. passport\n  2. visa\n\n3. three\n4. four")
    assert shown.text == "Bring:\n\n• shoes\n• papers:\n    1. passport\n    2. visa\n\n3. three\n4. four"


def test_a_list_that_starts_at_zero_does() -> None:
    assert to_formatted("0. zero\n1. one").text == "0. zero\n1. one"


def test_a_quote_is_an_entity_and_two_quotes_are_two() -> None:
    assert covered(to_formatted("> one\n>\n> more\n\nbetween\n\n> two")) == [
        ("blockquote", "one\n\nmore"),
        ("blockquote", "two"),
    ]


def test_a_quote_in_a_quote_belongs_to_the_outer_one() -> None:
    assert covered(to_formatted("> a\n> > b")) == [("blockquote", "a\nb")]


def test_line_breaks_stay_soft_or_hard() -> None:
    assert to_formatted("one\ntwo\\\nthree  \nfour").text == "one\ntwo\nthree\nfour"


def test_paragraphs_stay_as_far_apart_as_they_were_typed() -> None:
    assert to_formatted("**Bring:**\n- shoes\n\nand\n\n\nmore").text == "Bring:\n• shoes\n\nand\n\nmore"


def test_tables_read_as_lines() -> None:
    shown = to_formatted("| Day | Bus |\n|---|---|\n| Mon | 8:00 |\n| Tue | 9:00 |")
    assert shown.text == "Day · Bus\nMon · 8:00\nTue · 9:00"
    assert covered(shown) == [("bold", "Day"), ("bold", "Bus")]


def test_html_stays_as_it_was_typed() -> None:
    markdown = "<b>x</b> <script>y</script> & <a href=tg://z>"
    shown = to_formatted(markdown)
    assert (shown.text, shown.entities) == (markdown, ())


def test_a_picture_in_a_text_is_its_description() -> None:
    assert covered(to_formatted("![the *map*](https://example.com/m.png)")) == [
        ("text_link", "the map"),
        ("italic", "map"),
    ]


def test_text_indented_like_code_is_text() -> None:
    shown = to_formatted("one\n\n    two")
    assert (shown.text, shown.entities) == ("one\n\ntwo", ())


def test_what_the_parser_would_drop_stays_as_typed() -> None:
    deep = ">" * 200 + "x"
    assert to_formatted(deep).text == deep


@given(
    st.one_of(
        st.lists(st.sampled_from(PIECES), max_size=60).map("".join), st.text(st.characters(), max_size=300)
    )
)
@example("\ud83d **\ude00**")
@example("> ```\n>  x\n> ```")
@example("**a\n\nb** [**x** `y`](http://a.bc)")
def test_any_markdown_is_taken_by_telegram(markdown: str) -> None:
    shown = to_formatted(markdown)
    assert_telegram_takes(shown)
    if shown.visible:
        text, _ = checked_text(shown.text, "", [dict(entity) for entity in shown.entities])
        assert text


@given(st.text(st.characters(), max_size=300), st.sampled_from("aЯ한ខ9"))
def test_a_text_with_something_to_see_still_has_it(markdown: str, letter: str) -> None:
    assert to_formatted(markdown + letter).visible
