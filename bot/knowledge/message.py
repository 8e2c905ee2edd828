"""A text that can be said in other languages, because it remembers what it was made of."""

from collections.abc import Callable, Mapping


class Message(str):
    """An English text with named places, filled: a text as any other, with the pattern and its values.

    `Message("nothing has the id {id}", id="wifi")` reads `nothing has the id wifi`. Values may be messages.
    """

    __slots__ = ("pattern", "values")
    pattern: str
    values: Mapping[str, object]

    def __new__(cls, pattern: str, /, **values: object) -> "Message":
        """Without values the pattern stands as it is, and another message may fill it later."""
        message = super().__new__(cls, pattern.format(**values) if values else pattern)
        message.pattern, message.values = pattern, values
        return message


class MessageError(Exception):
    """An error whose words are for people, in their language."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def said(self, words: Callable[..., str]) -> str:
        """The message in a language: `words` takes a pattern and its values."""
        return said(self.message, words)


def said(text: str, words: Callable[..., str]) -> str:
    """A message in the language of `words`; any other text as it is."""
    if not isinstance(text, Message):
        return text
    values = {
        name: said(value, words) if isinstance(value, str) else value for name, value in text.values.items()
    }
    return words(text.pattern, **values)
