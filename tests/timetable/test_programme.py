"""The picture of the whole programme: one page, whatever its length, within what Telegram takes."""

import io
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from bot.assistant.reader import Reader
from bot.knowledge.loader import load
from bot.knowledge.model import Knowledge, Session
from bot.timetable.palette import NOW, TONES
from bot.timetable.programme import programme_picture
from bot.timetable.strips import strips_of
from tests.knowledge_folder import PROGRAMME, write_folder

ZONE = ZoneInfo("Europe/Lisbon")
BEFORE = datetime(2031, 5, 4, 12, tzinfo=ZONE)
DURING = datetime(2031, 5, 6, 9, 45, tzinfo=ZONE)


def drawn(
    knowledge: Knowledge,
    moment: datetime = BEFORE,
    language: str = "en",
    sessions: list[Session] | None = None,
) -> Image.Image:
    data = programme_picture(knowledge, language=language, moment=moment, sessions=sessions)
    assert len(data) < 10_000_000
    return Image.open(io.BytesIO(data)).convert("RGB")


def colours(picture: Image.Image) -> set[str]:
    counted = picture.getcolors(maxcolors=picture.width * picture.height)
    assert counted
    return {f"#{bytes(colour).hex()}" for _, colour in counted if isinstance(colour, tuple)}


def many_days(folder: Path, days: int) -> Knowledge:
    programme = PROGRAMME.replace("ends: 2031-05-07", f"ends: {date(2031, 5, 4) + timedelta(days)}")
    return load(write_folder(folder, programme=programme, schedule="sessions: []"))


def sessions(days: int, a_day: int) -> list[Session]:
    return [
        Session(
            id=f"s-{day}-{hour}",
            title={"en": f"A lecture with a title of some length, number {hour}"},
            date=date(2031, 5, 5) + timedelta(day),
            start=time(8 + hour),
            end=time(9 + hour),
        )
        for day in range(days)
        for hour in range(a_day)
    ]


def test_it_is_one_column_and_shows_every_kind(knowledge: Knowledge) -> None:
    picture = drawn(knowledge)
    assert picture.width == 1080
    assert {TONES[kind].strong for kind in ("lecture", "tour", "workshop", "other")} <= colours(picture)
    assert TONES["meal"].strong not in colours(picture)


@pytest.mark.parametrize("language", ["es", "km", "ko"])
def test_languages_differ(knowledge: Knowledge, language: str) -> None:
    assert drawn(knowledge, language=language).tobytes() != drawn(knowledge).tobytes()


def test_today_is_marked_and_other_days_are_not(knowledge: Knowledge) -> None:
    assert NOW in colours(drawn(knowledge, DURING))
    assert NOW not in colours(drawn(knowledge, BEFORE))
    assert NOW not in colours(drawn(knowledge, BEFORE + timedelta(days=30)))


def test_only_the_sessions_passed_are_shown(knowledge: Knowledge) -> None:
    only = drawn(knowledge, sessions=[knowledge.sessions["water"]])
    assert TONES["lecture"].strong in colours(only)
    assert TONES["tour"].strong not in colours(only)


def test_every_day_has_a_strip_and_every_session_a_line(knowledge: Knowledge) -> None:
    strips = strips_of(list(knowledge.sessions.values()), Reader.of(knowledge, "en", BEFORE), 300)
    assert [strip.first for strip in strips] == [date(2031, 5, day) for day in (5, 6, 7)]
    assert [[item.session.id for item in strip.items] for strip in strips] == [
        ["water", "tour"],
        ["one", "three", "two"],
        [],
    ]
    assert [row.line.text for row in strips[2].words] == ["Free day"]


def test_many_free_days_in_a_row_are_one_strip(tmp_path: Path) -> None:
    strips = strips_of([], Reader.of(many_days(tmp_path, 60), "en", BEFORE), 300)
    assert [(strip.first, strip.last) for strip in strips] == [(date(2031, 5, 5), date(2031, 7, 3))]
    assert "Jul 3" in " ".join(row.line.text for row in strips[0].words)


def test_a_day_outside_the_programme_is_shown_when_there_is_something(knowledge: Knowledge) -> None:
    early = knowledge.sessions["water"].model_copy(update={"date": date(2031, 5, 2)})
    strips = strips_of([early], Reader.of(knowledge, "en", BEFORE), 300)
    assert strips[0].first == date(2031, 5, 2)


@pytest.mark.parametrize(("days", "a_day"), [(1, 1), (14, 6), (60, 12), (365, 3)])
def test_it_stays_within_what_telegram_takes(tmp_path: Path, days: int, a_day: int) -> None:
    picture = drawn(many_days(tmp_path, days), sessions=sessions(days, a_day))
    assert picture.width + picture.height <= 10_000
    assert max(picture.size) / min(picture.size) <= 20
    assert picture.width * picture.height <= 12_100_000
