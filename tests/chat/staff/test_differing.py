"""A difference reads well on a phone, however large it is."""

from bot.chat.staff.differing import LONGEST, difference_text, full_text
from bot.locales import words_in
from bot.revisions.difference import Change, Difference, Field, Item, Kind

WORDS = words_in("en")


def difference(*items: Item) -> Difference:
    return Difference(items, {})


def test_what_came_went_and_changed_is_told_with_its_lines() -> None:
    phrasings = Field("questions.en", "gym?\nsauna?", "gym?\npool?")
    text, complete = difference_text(
        difference(
            Item(Kind.ENTRY, "gym", "Gym", Change.ADDED),
            Item(Kind.ENTRY, "pool", "Pool", Change.CHANGED, (phrasings,)),
            Item(Kind.PHOTO, "a.jpg", "a.jpg", Change.REMOVED),
        ),
        WORDS,
    )
    assert text == (
        "➕ Entry “Gym” (gym)\n\n"
        "✏️ Entry “Pool” (pool)\n  questions.en:\n  − sauna?\n  + pool?\n\n"
        "➖ Picture a.jpg"
    )
    assert complete


def test_long_lines_are_cut_and_whole_in_the_file() -> None:
    change = difference(Item(Kind.ENTRY, "a", "A", Change.CHANGED, (Field("answer.en", "", "x" * 500),)))
    assert "x" * 200 + "…" in difference_text(change, WORDS)[0]
    assert "x" * 500 in full_text(change, WORDS)


def test_very_many_changes_are_counted() -> None:
    items = [Item(Kind.ENTRY, f"entry-{number}", "Title", Change.REMOVED) for number in range(500)]
    text, complete = difference_text(difference(*items), WORDS)
    shown = text.count("➖")
    assert f"… and {500 - shown} more changes" in text
    assert len(text) < LONGEST + 500
    assert not complete


def test_one_thing_with_very_many_changes_is_begun() -> None:
    fields = tuple(Field(f"field-{number}", "x" * 90, "y" * 90) for number in range(50))
    text, complete = difference_text(difference(Item(Kind.ENTRY, "a", "A", Change.CHANGED, fields)), WORDS)
    assert "field-0:" in text
    assert text.endswith("…")
    assert not complete
