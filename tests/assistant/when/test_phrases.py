import pytest

from bot.assistant.when.phrases import Pattern, Section, Writing, compile_phrases

SPACED = Writing(spaced=True, marked=False, endings="", followers=("is",))
MARKED = Writing(spaced=True, marked=True, endings="", followers=())
UNSPACED = Writing(spaced=False, marked=False, endings="", followers=())


def pattern(phrase: str, writing: Writing = SPACED, section: Section = Section.TODAY) -> Pattern:
    return compile_phrases({section: [phrase]}, "", {"weekday": ["friday"]}, writing)


@pytest.mark.parametrize("text", ["day after", "day  after", "day-after", "(day after)"])
def test_a_space_is_any_spacing_or_a_hyphen(text: str) -> None:
    assert pattern("day after").search.search(text)


@pytest.mark.parametrize("text", ["today's", "now today"])
def test_whole_words_are_found(text: str) -> None:
    assert pattern("today").search.search(text)


@pytest.mark.parametrize("text", ["todays", "xtoday", "today_"])
def test_parts_of_words_are_not_found(text: str) -> None:
    assert not pattern("today").search.search(text)


def test_words_that_are_not_parted_by_spaces_are_found_inside() -> None:
    assert pattern("내일", UNSPACED).search.search("그럼내일은")


def test_a_khmer_letter_is_not_cut_from_its_vowel() -> None:
    assert not pattern("ស្អែក", UNSPACED).search.search("ស្អែក\u17b6")


@pytest.mark.parametrize(("text", "found"), [("tối", True), ("toi", True), ("tôi", False), ("tội", False)])
def test_where_marks_tell_words_apart_a_letter_has_all_of_them_or_none(text: str, found: bool) -> None:
    assert bool(pattern("tối", MARKED).search.search(text)) is found


@pytest.mark.parametrize(
    ("text", "found"), [("the 14", True), ("the 14?", True), ("the 14 is", True), ("the 14 hotels", False)]
)
def test_a_stop_is_the_end_or_a_follower(text: str, found: bool) -> None:
    assert bool(pattern("the {d}{stop}").search.search(text)) is found


@pytest.mark.parametrize("text", ["82-14", "14:30", "1,400", "0.14", "14.5", "114", "14%"])
def test_a_number_inside_a_longer_one_is_no_day(text: str) -> None:
    assert not pattern("{d}").search.search(text)


def test_the_earlier_sort_of_phrase_wins() -> None:
    both = compile_phrases({Section.NOW: ["next"], Section.NEXT: ["next"]}, "", {}, SPACED)
    match = both.detail.search("next")
    assert match is not None
    assert both.groups[match.lastgroup or ""][0] is Section.NEXT


def test_slots_are_told_by_name() -> None:
    found = pattern("on {weekday} {d}")
    match = found.detail.search("on friday 14")
    assert match is not None
    slots = found.groups[match.lastgroup or ""][1]
    assert {slot: match.group(group) for slot, group in slots.items()} == {"weekday": "friday", "d": "14"}


def test_without_signs_of_the_past_nothing_looks_back() -> None:
    assert not pattern("today").past.search("what was it")
