"""Pictures are drawn once and kept, and never shown when they are out of date."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.knowledge.model import Knowledge
from bot.timetable import TimetableCache, day_picture

ZONE = ZoneInfo("Europe/Lisbon")
MONDAY = date(2031, 5, 5)
BEFORE = datetime(2031, 5, 4, 12, tzinfo=ZONE)
TEN = datetime(2031, 5, 5, 10, 0, tzinfo=ZONE)


def day(
    cache: TimetableCache, knowledge: Knowledge, moment: datetime = BEFORE, language: str = "en"
) -> bytes:
    return cache.day(knowledge, MONDAY, language=language, moment=moment)


def test_the_same_picture_is_not_drawn_again(knowledge: Knowledge) -> None:
    cache = TimetableCache()
    assert day(cache, knowledge) is day(cache, knowledge, BEFORE - timedelta(hours=3))
    programme = cache.programme(knowledge, language="en", moment=BEFORE)
    assert cache.programme(knowledge, language="en", moment=BEFORE + timedelta(hours=1)) is programme


def test_it_is_the_picture_of_that_moment(knowledge: Knowledge) -> None:
    assert day(TimetableCache(), knowledge, TEN) == day_picture(knowledge, MONDAY, language="en", moment=TEN)


def test_the_line_of_the_present_moves_every_ten_minutes(knowledge: Knowledge) -> None:
    cache = TimetableCache()
    assert day(cache, knowledge, TEN) is day(cache, knowledge, TEN + timedelta(minutes=9, seconds=59))
    assert day(cache, knowledge, TEN) != day(cache, knowledge, TEN + timedelta(minutes=10))
    assert cache.programme(knowledge, language="en", moment=TEN) != cache.programme(
        knowledge, language="en", moment=TEN + timedelta(minutes=10)
    )


def test_another_revision_language_or_group_is_another_picture(knowledge: Knowledge) -> None:
    cache = TimetableCache()
    first = day(cache, knowledge)
    assert day(cache, replace(knowledge, revision="other")) is not first
    assert day(cache, knowledge, language="es") != first
    assert cache.day(knowledge, MONDAY, language="en", moment=BEFORE, sessions=()) != first


def test_only_so_many_pictures_are_kept(knowledge: Knowledge) -> None:
    cache = TimetableCache(size=2)
    first, second = day(cache, knowledge), day(cache, knowledge, language="es")
    assert day(cache, knowledge) is first  # used last, so it stays
    day(cache, knowledge, language="ko")
    assert day(cache, knowledge) is first
    assert day(cache, knowledge, language="es") is not second


def test_several_threads_may_ask_at_once(knowledge: Knowledge) -> None:
    cache = TimetableCache()
    with ThreadPoolExecutor(4) as threads:
        pictures = list(threads.map(lambda _: day(cache, knowledge), range(12)))
    assert all(picture is pictures[0] for picture in pictures)
