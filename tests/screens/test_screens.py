"""A short walk in three scripts, and what the rules say of screens that are wrong."""

from pathlib import Path

import pytest

from bot.knowledge.loader import load
from bot.knowledge.model import Knowledge
from tests.knowledge_folder import PROGRAMME, write_folder
from tests.screens.report import checked, page, summary
from tests.screens.rules import unseen
from tests.screens.stage import Screen, set_stage
from tests.screens.walk import Walk

FOUR = PROGRAMME.replace("[en, es]", "[en, es, km, ko, mn]")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path, programme=FOUR)


@pytest.fixture
def knowledge(folder: Path) -> Knowledge:
    return load(folder)


async def test_no_screen_holds_cut_or_untranslated_words(folder: Path, tmp_path: Path) -> None:
    """In scripts in which a word of English, or of one another, stands out."""
    async with set_stage(folder, tmp_path, ("km", "ko", "mn")) as stage:
        await Walk(stage, thorough=False).walk()
        failures = await stage.failures()
    found = checked(stage.screens, stage.live.knowledge)
    assert [line for line in summary(found) if " · " in line] == []
    assert len(failures) == 1  # the one that is refused on purpose


def shown(text: str, *labels: str, language: str = "km", kind: str = "message") -> Screen:
    return Screen(language, "participant", "/start", kind, text, (labels,) if labels else ())


@pytest.mark.parametrize(
    ("screen", "what"),
    [
        (shown("ប្រធានបទទាំងអស់ Which topic?"), "another language"),
        (shown("ប្រធានបទទាំងអស់", "All topics"), "another language"),
        (shown("ប្រធានបទទាំងអស់ 안녕"), "another language"),
        (shown("Todos los temas of the bot", language="es"), "another language"),
        (shown("{number} ម៉ោង"), "a place that was not filled"),
        (shown("**112**"), "marks of Markdown"),
        (shown("3 session(s)", language="en"), "two forms for one number"),
        (shown("112 None", language="en"), "a value of the code"),
        (shown("112\n\n\n119"), "an empty beginning or end, or a gap"),
        (shown("ទី\u17d2…"), "broken within a character"),
        (shown("1" * 5000), "longer than Telegram takes"),
        (shown("1" * 201, kind="pop-up"), "longer than Telegram takes"),
        (shown("112", "Todos los temas de los que sé algo", "Idioma", language="es"), "wider than a phone"),
    ],
)
def test_what_is_wrong_is_found(screen: Screen, what: str, knowledge: Knowledge) -> None:
    found = checked([screen], knowledge)
    assert what in [problem.what for problem in found[0].problems]
    assert f"{what}: " in page(found)


@pytest.mark.parametrize(
    "screen",
    [
        shown("សង្គ្រោះបន្ទាន់ Front desk: +351-20-000-0001", "Old port"),
        shown("Todos los temas", "Idioma", language="es"),
        shown("All topics", "Language", language="en"),
        shown("/privacy\nhttps://bot.example/calendar\nschedule.yaml"),
        shown("«Qqana Zqqz»"),
    ],
)
def test_what_is_right_is_left_alone(screen: Screen, knowledge: Knowledge) -> None:
    assert checked([screen], knowledge)[0].problems == ()


def test_messages_that_no_screen_shows_are_counted() -> None:
    assert "All topics" in unseen([], "es")
    assert "All topics" not in unseen([shown("Todos los temas", language="es")], "es")
    assert "All topics" in unseen([shown("Todos los temas", language="es")], "fr")
