"""The picture of a day, looked at pixel by pixel."""

import io
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from bot.knowledge.model import Knowledge
from bot.timetable.day import day_picture
from bot.timetable.palette import NOW, TONES

ZONE = ZoneInfo("Europe/Lisbon")
MONDAY, TUESDAY, WEDNESDAY = date(2031, 5, 5), date(2031, 5, 6), date(2031, 5, 7)
SUNDAY = datetime(2031, 5, 4, 12, tzinfo=ZONE)


def drawn(knowledge: Knowledge, day: date, language: str = "en", moment: datetime = SUNDAY) -> Image.Image:
    data = day_picture(knowledge, day, language=language, moment=moment)
    assert data == day_picture(knowledge, day, language=language, moment=moment), "drawn twice, drawn alike"
    return Image.open(io.BytesIO(data)).convert("RGB")


def rows_with(picture: Image.Image, colour: str) -> list[int]:
    """The rows of pixels, from the top, in which the colour occurs."""
    wanted = tuple(bytes.fromhex(colour[1:]))
    data = picture.tobytes()
    stride = picture.width * 3
    return [y for y in range(picture.height) if bytes(wanted) in data[y * stride : (y + 1) * stride]]


@pytest.mark.parametrize("language", ["en", "es", "km", "ko"])
def test_a_day_is_as_wide_as_a_phone_and_not_endless(knowledge: Knowledge, language: str) -> None:
    picture = drawn(knowledge, MONDAY, language)
    assert picture.width == 1080
    assert 600 < picture.height < 1800


def test_sessions_have_the_colour_of_their_kind_in_order_of_time(knowledge: Knowledge) -> None:
    picture = drawn(knowledge, MONDAY)
    lecture, tour = rows_with(picture, TONES["lecture"].ground), rows_with(picture, TONES["tour"].ground)
    assert lecture and tour
    assert max(lecture) < min(tour)
    assert not rows_with(picture, TONES["workshop"].ground)


@pytest.mark.parametrize(("hour", "minute"), [(0, 0), (7, 0), (9, 45), (12, 0), (23, 59)])
def test_the_present_has_a_line_at_any_time_of_the_day(knowledge: Knowledge, hour: int, minute: int) -> None:
    line = rows_with(drawn(knowledge, MONDAY, moment=datetime(2031, 5, 5, hour, minute, tzinfo=ZONE)), NOW)
    assert 0 < len(line) < 40


def test_the_line_goes_down_as_time_goes_on(knowledge: Knowledge) -> None:
    tops = [
        min(rows_with(drawn(knowledge, MONDAY, moment=datetime(2031, 5, 5, hour, 10, tzinfo=ZONE)), NOW))
        for hour in (8, 9, 10, 14, 15, 16)
    ]
    assert tops == sorted(tops)
    assert len(set(tops)) == len(tops)


def test_the_present_is_read_in_the_programmes_zone(knowledge: Knowledge) -> None:
    in_seoul = datetime(2031, 5, 6, 2, 0, tzinfo=ZoneInfo("Asia/Seoul"))  # 18:00 on Monday in Lisbon
    assert rows_with(drawn(knowledge, MONDAY, moment=in_seoul), NOW)
    assert not rows_with(drawn(knowledge, TUESDAY, moment=in_seoul), NOW)


def test_other_days_have_no_line(knowledge: Knowledge) -> None:
    assert not rows_with(drawn(knowledge, MONDAY), NOW)


def test_three_at_once_make_a_wider_page(knowledge: Knowledge) -> None:
    assert drawn(knowledge, TUESDAY).width > 1080
    two = [knowledge.sessions["one"], knowledge.sessions["two"]]
    data = day_picture(knowledge, TUESDAY, language="en", moment=SUNDAY, sessions=two)
    assert Image.open(io.BytesIO(data)).width == 1080


@pytest.mark.parametrize(("at_once", "minutes"), [(1, 5), (12, 60), (200, 60), (40, 6)])
def test_a_day_of_any_number_of_sessions_is_a_picture_that_telegram_takes(
    knowledge: Knowledge, at_once: int, minutes: int
) -> None:
    sessions = [
        knowledge.sessions["water"].model_copy(
            update={
                "id": f"s-{start}-{n}",
                "start": time(*divmod(start, 60)),
                "end": time(*divmod(start + minutes, 60)),
            }
        )
        for start in range(8 * 60, 20 * 60, minutes)
        for n in range(at_once if start < 10 * 60 else 1)
    ]
    data = day_picture(knowledge, MONDAY, language="en", moment=SUNDAY, sessions=sessions)
    width, height = Image.open(io.BytesIO(data)).size
    assert width + height <= 10_000
    assert max(width, height) / min(width, height) <= 20
    assert len(data) < 10_000_000


def test_a_free_day_and_a_day_outside_the_programme_say_different_things(knowledge: Knowledge) -> None:
    free, outside = drawn(knowledge, WEDNESDAY), drawn(knowledge, date(2031, 6, 1))
    assert free.height < 700
    assert free.tobytes() != outside.tobytes()


def test_languages_differ(knowledge: Knowledge) -> None:
    pictures = {drawn(knowledge, WEDNESDAY, language).tobytes() for language in ("en", "es", "km", "ko")}
    assert len(pictures) == 4
