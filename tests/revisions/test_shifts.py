"""Which questions get another answer, in words."""

from bot.exam.foresight import Foresight, Shift
from bot.locales import words_in
from bot.revisions.shifts import MOST, shifts_text


def test_each_question_has_a_line_with_what_answered_it_and_what_would() -> None:
    shifts = (
        Shift("wifi password", "wifi", "sim-card", was_asked=True),
        Shift("x" * 99, "wifi", None, was_asked=False),
    )
    assert shifts_text(Foresight(214, 0, shifts), words_in("en")).splitlines() == [
        "Of 214 questions that I tried, 2 are answered differently:",
        "💬 “wifi password”: wifi → sim-card",
        f"• “{'x' * 80}…”: wifi → no answer",
    ]


def test_nothing_is_said_of_nothing_and_a_long_list_is_cut() -> None:
    assert shifts_text(Foresight(5, 0, ()), words_in("en")) == ""
    many = tuple(Shift(f"{number}?", None, "wifi", was_asked=True) for number in range(MOST + 3))
    assert shifts_text(Foresight(50, 0, many), words_in("en")).splitlines()[-1] == "… and 3 more"
