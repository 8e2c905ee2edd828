"""Polite replies to hello, thanks and the like. They never touch the knowledge."""

from bot.assistant.menu import category_rows
from bot.assistant.reader import Reader
from bot.assistant.reply import Button, Kind, Reply

SMALLTALK = "smalltalk"
"""The id of these replies."""


def small_talk(ask: str, reader: Reader) -> Reply:
    """A line for `ask`: hello, how_are_you, thanks, bye, who or okay."""
    words = reader.words
    lines = {
        "hello": words("Hello! Ask me anything about the programme."),
        "how_are_you": words("I am fine, thank you! What would you like to know?"),
        "thanks": words("You are welcome! Is there anything else?"),
        "bye": words("Goodbye! I am here day and night."),
        "who": words(
            "I am the programme's assistant: a program, not a person. People wrote every answer that I give."
        ),
        "okay": words("Good! Ask me whenever you need something."),
    }
    rows = category_rows(reader) if ask in {"hello", "who"} else ((Button(words("All topics"), "menu"),),)
    return Reply(Kind.ANSWER, SMALLTALK, lines[ask], buttons=rows)
