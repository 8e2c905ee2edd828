"""Scripts without blanks are cut at known words."""

from bot.matching.segment import Segmenter

SEGMENTER = Segmenter(["ឡានក្រុង", "ឡាន", "ម៉ោង", "ប៉ុន្មាន", "hotel"])


def test_known_words_are_cut_out_the_longest_first() -> None:
    assert SEGMENTER.split(["ឡានក្រុងចេញម៉ោងប៉ុន្មាន"]) == ["ឡានក្រុង", "ចេញ", "ម៉ោង", "ប៉ុន្មាន"]


def test_a_word_that_goes_on_with_a_mark_is_another_word() -> None:
    assert SEGMENTER.split(["ឡានី"]) == ["ឡានី"]


def test_scripts_with_blanks_are_left_alone() -> None:
    assert SEGMENTER.split(["myhotelroom", "호텔에서"]) == ["myhotelroom", "호텔에서"]
    assert Segmenter([]).split(["ឡានក្រុង"]) == ["ឡានក្រុង"]
