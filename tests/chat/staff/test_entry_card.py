"""The card of an entry names all of it, and its buttons fit into what Telegram takes."""

from datetime import date

import pytest

from bot.chat.staff.entry_card import card, key, validity_text
from bot.knowledge.model import Entry, Knowledge, Validity
from bot.locales import words_in

WORDS = words_in("en")
LONG = "x" * 40


def test_everything_that_can_be_changed_is_told(knowledge: Knowledge) -> None:
    text, rows = card(knowledge.entries["desk"], "en", knowledge, WORDS)
    assert text.startswith("Front desk (desk)\n\nAnswer in English:\nThe front desk is in the town hall")
    assert "Phrasings in English: 2" in text
    assert "Answered: always" in text
    assert "Marked as sample" in text
    assert [button.label for row in rows for button in row] == [
        *("Answer", "Title", "Phrasings", "Pictures", "Days", "Offered next"),
        "The facts are real now",
        "🌐 Español",
    ]


def test_a_language_without_an_answer_is_said_to_have_none(knowledge: Knowledge) -> None:
    text, _ = card(knowledge.entries["desk"], "es", knowledge, WORDS)
    assert "There is no answer in Spanish yet." in text


def test_the_longest_id_fits_into_every_button(knowledge: Knowledge) -> None:
    fields = {"id": LONG, "title": {"en": "T"}, "answer": {"en": "A"}, "sample": "true"}
    _, rows = card(Entry.model_validate(fields), "fil", knowledge, WORDS)
    actions = [button.action for row in rows for button in row]
    actions += [f"edit-drop:{LONG}:fil:{key('é')}", f"edit-unphoto:{LONG}:{key('a')}"]
    actions += [f"edit-unfollow:{LONG}:{key('b')}", f"edit-offer:{LONG}", f"miss-teach:{10**11}:{LONG}"]
    assert max(len(action.encode()) for action in actions) <= 64


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (None, None, "always"),
        (date(2031, 5, 5), None, "from Monday, May 5"),
        (None, date(2031, 5, 6), "until Tuesday, May 6"),
        (date(2031, 5, 5), date(2031, 5, 6), "from Monday, May 5 until Tuesday, May 6"),
    ],
)
def test_days_are_told_in_words(first: date | None, last: date | None, text: str) -> None:
    valid = Validity.model_construct(from_=first, until=last)
    assert validity_text(valid, WORDS) == text
    assert validity_text(None, WORDS) == "always"
