"""A short walk in three scripts, what is logged meanwhile, and screens that are wrong."""

import asyncio
import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.knowledge.loader import load
from bot.knowledge.model import Knowledge
from bot.log import set_up_logging
from bot.preview.server import TOKEN
from bot.settings import Settings
from tests.knowledge_folder import PROGRAMME, write_folder
from tests.screens.report import Checked, checked, page, summary
from tests.screens.rules import unseen
from tests.screens.stage import TYPED, Screen, set_stage
from tests.screens.walk import Walk

FOUR = PROGRAMME.replace("[en, es]", "[en, es, km, ko, mn]") + "rated: [ceremony, visit]\n"


@dataclass(frozen=True, slots=True)
class Walked:
    """What came of a walk."""

    screens: list[Checked]
    failures: list[str]
    written: str  # to the log, at DEBUG, and to the terminal


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    """In scripts in which a word of English, or of one another, stands out."""
    place = tmp_path_factory.mktemp("screens")
    folder = write_folder(place, programme=FOUR)

    async def walk() -> tuple[list[Checked], list[str]]:
        async with set_stage(folder, place, ("km", "ko", "mn")) as stage:
            await Walk(stage, thorough=False).walk()
            return checked(stage.screens, stage.live.knowledge), await stage.failures()

    with writing() as written:
        screens, failures = asyncio.run(walk())
    return Walked(screens, failures, written.getvalue())


@contextmanager
def writing() -> Iterator[io.StringIO]:
    """Takes what the process writes while it logs everything."""
    root, written = logging.getLogger(), io.StringIO()
    handlers, level = list(root.handlers), root.level
    with redirect_stderr(written), redirect_stdout(written):
        set_up_logging(Settings(telegram_bot_token=SecretStr(TOKEN), log_level="DEBUG"))
        yield written
    root.handlers[:] = handlers
    root.setLevel(level)


def test_no_screen_holds_cut_or_untranslated_words(walked: Walked) -> None:
    assert [line for line in summary(walked.screens) if " · " in line] == []
    assert len(walked.failures) == 1  # the one that is refused on purpose
    assert len(walked.screens) > 200


def test_nothing_that_people_write_is_logged_nor_the_token(walked: Walked) -> None:
    assert "No rights" in walked.written  # what went wrong is
    assert TYPED.findall(walked.written) == []
    assert TOKEN not in walked.written
    assert "qqana" in str(walked.screens).lower()


@pytest.fixture
def knowledge(tmp_path: Path) -> Knowledge:
    return load(write_folder(tmp_path, programme=FOUR))


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
