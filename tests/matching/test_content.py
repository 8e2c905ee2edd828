"""How much of a question's meaning a topic has."""

from bot.matching.content import Content, words_of
from bot.matching.features import Text


def text(words: str, language: str = "en", likeness: float = 1.0) -> Text:
    tokens = tuple(words.split())
    return Text(tokens, tokens, language, (likeness,) * len(tokens), (frozenset(),) * len(tokens))


HOTEL = [text("where is the hotel"), text("hotel room"), text("zochid buudal", "mn")]
CONTENT = Content(lambda _: HOTEL)


def test_frequent_words_and_numbers_have_no_meaning_of_their_own() -> None:
    assert len(words_of(text("what is the room 301"))) == 1


def test_the_share_of_the_words_that_a_topic_has_is_covered() -> None:
    assert CONTENT.covered(text("is there a pool in the hotel"), 0) == 0.5
    assert CONTENT.covered(text("hotels"), 0) == 1.0
    assert CONTENT.covered(text("where is it"), 0) == 1.0


def test_a_corrected_word_covers_less() -> None:
    assert CONTENT.covered(text("hotel", likeness=0.8), 0) == 0.8


def test_a_phrasing_may_be_left_aside() -> None:
    assert CONTENT.covered(text("room"), 0, HOTEL[1]) == 0.0
    assert CONTENT.covered(text("hotel"), 0, HOTEL[1]) == 1.0


def test_where_endings_are_not_stripped_letters_cover_in_part() -> None:
    assert 0.4 < CONTENT.covered(text("buudlyn", "mn"), 0) < 1.0
