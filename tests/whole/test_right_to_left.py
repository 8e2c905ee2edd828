"""A language that is read from the right: adding it is adding files, and what it says reads in order."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from bot.locales import Words, read_words
from tests.knowledge_folder import HELP, PROGRAMME, SCHEDULE, SITES, write_folder

ROOT = Path(__file__).parents[2]
SAID = {
    "Free day": "يوم حر",
    "Ask a person": "اسأل شخصًا",
    "Sorry, I don't know that, and I would rather not guess.": "عذرًا، لا أعرف ذلك.",
    "A person can help: {contact}": "يمكن لشخص أن يساعدك: {contact}.",
    "Bus at **{time}** from {origin} to {destination}": "حافلة **{time}** من {origin} إلى {destination}.",
}
TEXTS = {
    "Curso del puerto": "دورة الميناء",
    "Apertura": "حفل الافتتاح (Opening)",
    "Emergencia": "طوارئ",
    "[¿A quién llamo en una emergencia?, Necesito una ambulancia, policía]": "[بمن أتصل في حالة الطوارئ؟]",
    "Llame al **112**.": "'اتصل بالرقم **112** أو 020-000-0001.'",
}
"""Spanish in the usual folder of the tests → Arabic."""
APART = "\u2068\u2069"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the bot with one file more, and knowledge in Arabic."""
    place = tmp_path_factory.mktemp("arabic")
    shutil.copytree(ROOT / "bot", place / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    catalogue = Catalog("ar")
    for english, arabic in SAID.items():
        catalogue.add(english, string=arabic)
    with (place / "bot/locales/ar.po").open("wb") as file:
        write_po(file, catalogue)
    english_only = SITES.replace(", es: Puerto viejo", "")
    translated = [each.replace("es]", "ar]") for each in (PROGRAMME, english_only, SCHEDULE, HELP)]
    for spanish, arabic in TEXTS.items():
        assert any(spanish in each for each in translated)
        translated = [each.replace(f"es: {spanish}", f"ar: {arabic}") for each in translated]
    programme, sites, schedule, entries = translated
    write_folder(place, programme=programme, sites=sites, schedule=schedule, faq={"help": entries})
    return place


def run(place: Path, *arguments: str) -> str:
    """What a command of the copy prints."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(place), "ENCODER": "off"}
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(
        command, cwd=place, env=environment, check=True, capture_output=True, text=True
    ).stdout


def test_the_folder_is_checked_with_the_new_language(place: Path) -> None:
    assert "0 errors" in run(place, "check", "knowledge")


def test_answers_and_lists_come_in_the_new_language(place: Path) -> None:
    plan = run(place, "ask", "--lang", "ar", "/schedule")
    assert "الاثنين، 5 مايو" in plan
    assert "09:30–10:30 حفل الافتتاح (Opening)" in plan
    assert "يوم حر" in plan


def test_a_phone_number_stays_in_order(place: Path) -> None:
    answer = run(place, "ask", "--lang", "ar", "بمن أتصل في حالة الطوارئ؟")
    assert "020-000-0001".join(APART) in answer


def test_a_latin_name_stands_apart_in_a_sentence(place: Path) -> None:
    plan = run(place, "ask", "--lang", "ar", "--now", "2031-05-06T08:00", "/today")
    assert f"من {'Town hall'.join(APART)} إلى {'Old port'.join(APART)}." in plan


@pytest.fixture
def words(place: Path) -> Words:
    return read_words(place / "bot/locales/ar.po", "ar")


def test_what_fills_a_place_stands_apart_once(words: Words) -> None:
    message = "A person can help: {contact}"
    assert words(message, contact="Ana") == f"يمكن لشخص أن يساعدك: {'Ana'.join(APART)}."
    assert words(message, contact="Ana".join(APART)).count(APART[0]) == 1
    assert APART[0] not in words(message, contact="آنا")
    assert APART[0] not in words(message, contact="https://t.me/bot")


def test_words_that_are_read_from_the_left_are_left_alone() -> None:
    english = read_words(ROOT / "bot/locales/en.po", "en")
    assert english("A person can help: {contact}", contact="Ana") == "A person can help: Ana"
    assert english.readable("020-000-0001") == "020-000-0001"
