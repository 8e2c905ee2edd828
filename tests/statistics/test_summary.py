"""The figures in words, as a table and as a picture."""

import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from bot.assistant.reader import Reader
from bot.knowledge.loader import load
from bot.statistics.figures import Day, Figures
from bot.statistics.picture import picture
from bot.statistics.summary import summary, table

NOW = datetime(2031, 5, 5, 8, tzinfo=UTC)
MONDAY = date(2031, 5, 5)
FIGURES = Figures(
    people=3,
    gone=1,
    languages={"es": 2, "": 1},
    groups={"A": 2},
    days=(Day(MONDAY, 5, 2, 1), Day(MONDAY + timedelta(1), 0, 0, 0)),
    topics=(("port", 4), ("gone-by-now", 1)),
)
NOBODY = Figures(0, 0, {}, {}, (Day(MONDAY, 0, 0, 0),), ())


@pytest.fixture
def reader(folder: Path) -> Reader:
    return Reader.of(load(folder), "en", NOW)


def test_the_summary_says_all_of_it(reader: Reader) -> None:
    text = summary(FIGURES, reader)
    assert "3 participants" in text
    assert "Spanish 2" in text
    assert "A 2" in text
    assert "8 questions" in text
    assert "5 answered, 2 with suggestions, 1 unknown" in text
    assert "gone-by-now 1" in text


def test_no_figures_are_said_too(reader: Reader) -> None:
    text = summary(NOBODY, reader)
    assert "0 participants" in text
    assert "Groups" not in text


def test_the_table_has_a_line_a_day() -> None:
    assert table(FIGURES).decode("utf-8-sig").splitlines() == [
        "day,asked,answered,suggested,unknown",
        "2031-05-05,8,5,2,1",
        "2031-05-06,0,0,0,0",
    ]


@pytest.mark.parametrize("figures", [FIGURES, NOBODY])
def test_the_picture_shows_how_many_were_answered(figures: Figures, reader: Reader) -> None:
    with Image.open(io.BytesIO(picture(figures, reader))) as image:
        assert image.width == 1080
        colours = image.convert("RGB").getcolors(2**20) or []
    green = sum(count for count, colour in colours if colour == (0x17, 0x7A, 0x3D))
    assert (green > 5000) == (figures.asked > 0)
