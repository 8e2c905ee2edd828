"""What a text is made of."""

from bot.matching.features import Text, group_counts, letter_groups, word_counts
from bot.matching.normalise import slot


def text(words: str, language: str = "en", groups: tuple[frozenset[int], ...] = (), read: str = "") -> Text:
    typed, right = tuple(words.split()), tuple((read or words).split())
    return Text(typed, right, language, (1.0,) * len(right), groups or (frozenset(),) * len(right))


def test_words_have_no_endings_and_stand_in_pairs() -> None:
    assert set(word_counts(text("wash clothes"))) == {"wash", "cloth", "^ wash", "wash cloth"}


def test_synonyms_share_a_feature_and_pairs_of_them_do_in_any_order() -> None:
    one = word_counts(text("lost passport", groups=(frozenset({3}), frozenset({8}))))
    other = word_counts(text("pasaporte perdido", "es", groups=(frozenset({8}), frozenset({3}))))
    assert set(one) & set(other) == {"=3", "=8", "=3 =8"}


def test_letters_are_grouped_inside_words_only() -> None:
    groups = letter_groups("bus")
    assert "# bus" in groups and "#us " in groups
    assert not any(group.startswith("#s l") for group in group_counts(text("bus leaves")))


def test_syllables_are_the_letters_of_scripts_that_write_them() -> None:
    assert "#판" in letter_groups("판교")
    assert "#ក្រុ" in letter_groups("ក្រុង")


def test_a_slot_is_one_feature() -> None:
    assert letter_groups(slot("site")) == (f"#{slot('site')}",)


def test_a_corrected_word_counts_half_as_typed_and_half_as_read() -> None:
    counts = group_counts(text("wfi", read="wifi"))
    assert (counts["#wf"], counts["#if"], counts["#fi"]) == (0.5, 0.5, 1.0)
