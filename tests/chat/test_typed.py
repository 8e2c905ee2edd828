"""What people typed with Telegram's formatting becomes Markdown."""

import pytest
from telegram import Chat, Message, MessageEntity

from bot.chat.markdown import to_formatted
from bot.chat.typed import typed_markdown
from bot.clock import system_clock


def message(text: str, *entities: tuple[str, int, int], caption: bool = False) -> Message:
    """A message with entities given as type, offset and length in UTF-16 units."""
    found = [
        MessageEntity(kind, start, length, url="https://x.org" if kind == "text_link" else None)
        for kind, start, length in entities
    ]
    chat = Chat(1, "private")
    if caption:
        return Message(1, system_clock(), chat, caption=text, caption_entities=found)
    return Message(1, system_clock(), chat, text=text, entities=found)


@pytest.mark.parametrize(
    ("text", "entities", "markdown"),
    [
        ("It is bold", [("bold", 6, 4)], "It is **bold**"),
        ("so slanted code", [("italic", 3, 7), ("code", 11, 4)], "so *slanted* `code`"),
        ("see the map", [("text_link", 4, 7)], "see [the map](https://x.org)"),
        ("🛟🛟 help now", [("bold", 5, 4)], "🛟🛟 **help** now"),
        ("a bold  end", [("bold", 2, 6)], "a **bold**  end"),
        ("both at once", [("bold", 0, 12), ("italic", 5, 2)], "**both *at* once**"),
        ("@ana #tag", [("mention", 0, 4), ("hashtag", 5, 4)], "@ana #tag"),
        ("   ", [("bold", 0, 3)], ""),
        ("**typed** marks", [], "**typed** marks"),
    ],
)
def test_formatting_becomes_marks(text: str, entities: list[tuple[str, int, int]], markdown: str) -> None:
    assert typed_markdown(message(text, *entities)) == markdown
    assert typed_markdown(message(text, *entities, caption=True)) == markdown


def test_what_was_bold_comes_back_bold() -> None:
    back = to_formatted(typed_markdown(message("🛟 Call 112 at once", ("bold", 8, 3), ("italic", 15, 4))))
    assert back.text == "🛟 Call 112 at once"
    assert [(each["type"], each["offset"], each["length"]) for each in back.entities] == [
        ("bold", 8, 3),
        ("italic", 15, 4),
    ]
