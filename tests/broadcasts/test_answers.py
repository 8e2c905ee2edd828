"""Earlier answers that a change has made wrong."""

from dataclasses import replace
from datetime import date, time
from typing import Any

from bot.broadcasts.answers import Outdated, corrections, outdated
from bot.broadcasts.changes import Item, Timetable, changes
from bot.outbox.answers import Answer

SITES = {"hall": {"en": "Town hall"}, "port": {"en": "Old port"}}
TALK = Item("talk", {"en": "Talk", "es": "Charla"}, date(2031, 5, 5), time(9), time(10), "hall")
OLD = Timetable({"talk": TALK}, SITES, "en")
LANGUAGES = ("en", "es")


def changed(**values: Any) -> Timetable:
    return Timetable({"talk": replace(TALK, **values)}, SITES, "en")


def answer(message_id: int, text: str, chat_id: int = 7, **params: object) -> Answer:
    return Answer(chat_id, message_id, "sendMessage", {"text": text, **params})


def wrong(new: Timetable, *answers: Answer) -> list[Outdated]:
    return outdated(answers, changes(OLD, new), OLD, LANGUAGES)


def test_an_answer_with_the_old_time_is_found_in_any_language() -> None:
    new = changed(start=time(9, 30))
    found = wrong(new, answer(1, "Talk\n🗓 09:00–10:00"), answer(2, "Charla 09:00", chat_id=8))
    assert found == [Outdated(7, 1, ("talk",)), Outdated(8, 2, ("talk",))]


def test_an_answer_about_something_else_stays() -> None:
    assert wrong(changed(start=time(9, 30)), answer(1, "The library opens at 09:00.")) == []


def test_only_the_last_answer_about_a_session_counts() -> None:
    new = changed(start=time(9, 30))
    assert wrong(new, answer(1, "Talk 09:00"), answer(2, "Talk 09:30")) == []
    assert wrong(new, answer(1, "Talk 09:00"), answer(2, "Lunch 12:00")) == [Outdated(7, 1, ("talk",))]


def test_another_day_is_found_by_the_day_and_another_place_by_the_place() -> None:
    by_day = changed(date=date(2031, 5, 6))
    assert wrong(by_day, answer(1, "Talk\nMonday, May 5, 09:00")) == [Outdated(7, 1, ("talk",))]
    assert wrong(by_day, answer(1, "Talk\nTuesday, May 6, 09:00")) == []
    by_place = changed(site="port")
    assert wrong(by_place, answer(1, "Talk, Town hall")) == [Outdated(7, 1, ("talk",))]
    assert wrong(by_place, answer(1, "Talk, Old port")) == []


def test_any_answer_about_a_cancelled_session_is_wrong() -> None:
    assert wrong(Timetable({}, SITES, "en"), answer(1, "There is a Talk.")) == [Outdated(7, 1, ("talk",))]


def test_the_correction_stands_above_the_old_answer_and_moves_its_styles() -> None:
    new = changed(start=time(9, 30))
    bold = {"type": "bold", "offset": 0, "length": 4}
    markup: dict[str, Any] = {"inline_keyboard": []}
    old_answer = answer(1, "Talk 09:00", entities=[bold], reply_markup=markup)
    found = wrong(new, old_answer)
    [call] = corrections(found, [old_answer], changes(OLD, new), (OLD, new), {7: "en"})
    text, [entity] = call.params["text"], call.params["entities"]
    assert text.startswith("⚠️ What I told you here has changed:") and text.endswith("Talk 09:00")
    units = text.encode("utf-16-le")
    start = 2 * entity["offset"]
    assert units[start : start + 8].decode("utf-16-le") == "Talk"
    assert call.params["reply_markup"] == markup


def test_a_correction_that_leaves_no_room_for_the_old_answer_goes_alone() -> None:
    new = changed(start=time(9, 30))
    long = answer(1, "Talk 09:00 " + "x" * 4080)
    [call] = corrections(wrong(new, long), [long], changes(OLD, new), (OLD, new), {})
    assert "xxx" not in call.params["text"] and "09:30" in call.params["text"]
