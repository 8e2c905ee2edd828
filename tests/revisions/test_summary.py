"""The summary of a revision reads in any language."""

from bot.locales import words_in
from bot.revisions.difference import Change, Difference, Item, Kind
from bot.revisions.summary import summary_text


def kept(*changes: tuple[Kind, Change]) -> str:
    items = tuple(Item(kind, str(number), "", change) for number, (kind, change) in enumerate(changes))
    return Difference(items, {}).summary()


def test_every_count_of_a_summary_is_read_again() -> None:
    for kind in Kind:
        for change in Change:
            for number in (1, 12):
                text = summary_text(kept(*[(kind, change)] * number), words_in("en"))
                number_read = "1" if kind in {Kind.PROGRAMME, Kind.SYNONYMS} else str(number)
                assert f" {number_read} × " in text


def test_it_names_what_changed_in_the_language_of_the_reader() -> None:
    summary = kept((Kind.ENTRY, Change.CHANGED), (Kind.ENTRY, Change.CHANGED), (Kind.PHOTO, Change.ADDED))
    assert summary_text(summary, words_in("en")) == "✏️ 2 × Entry, ➕ 1 × Picture"
    assert "Entry" not in summary_text(summary, words_in("es"))


def test_a_change_that_does_not_show_is_a_dash() -> None:
    assert summary_text(kept(), words_in("en")) == "–"
