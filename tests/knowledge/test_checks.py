"""Each warning about a doubtful folder, with its line; and none about a good one."""

from pathlib import Path

import pytest

from bot.knowledge.checks import check
from bot.knowledge.loader import read
from tests.knowledge_folder import HELP, PROGRAMME, SCHEDULE, SITES, picture, write_folder


def warnings(folder: Path) -> list[str]:
    return [str(warning).replace(f"{folder.as_posix()}/", "") for warning in check(read(folder))]


def changed(tmp_path: Path, part: str, typed: str, instead: str) -> Path:
    text = {"programme": PROGRAMME, "sites": SITES, "schedule": SCHEDULE, "faq/help": HELP}[part]
    assert typed in text
    folder = write_folder(tmp_path)
    (folder / f"{part}.yaml").write_text(text.replace(typed, instead, 1))
    return folder


def test_a_good_folder_gives_no_warning(tmp_path: Path) -> None:
    assert warnings(write_folder(tmp_path)) == []


@pytest.mark.parametrize(
    ("part", "typed", "instead", "expected"),
    [
        (
            "faq/help",
            "    questions: [Where is the front desk?, How do I reach a person?]\n",
            "",
            "faq/help.yaml:11: desk: has no example phrasing; only buttons lead to it",
        ),
        (
            "faq/help",
            "Where is the front desk?",
            "Ambulance I need an!",
            "faq/help.yaml:13: desk.questions.en[0]: 'Ambulance I need an!' is the same as "
            "'I need an ambulance' of 'emergency' (faq/help.yaml:7)",
        ),
        (
            "faq/help",
            "Where is the front desk?",
            "I need an ambulanc",
            "faq/help.yaml:13: desk.questions.en[0]: 'I need an ambulanc' is nearly the same as "
            "'I need an ambulance' of 'emergency' (faq/help.yaml:7)",
        ),
        (
            "faq/help",
            ", es: Llame al **112**.",
            "",
            "faq/help.yaml:9: emergency.answer: a core entry, but without an answer in 'es'",
        ),
        (
            "faq/help",
            ", policía",
            "",
            "faq/help.yaml:8: emergency.questions.es: a core entry, "
            "but with 2 phrasings in 'es' (write 3 or more)",
        ),
        (
            "faq/help",
            "answer: The front desk is in the town hall, 08:00–20:00.",
            "answer: {es: En el ayuntamiento}",
            "faq/help.yaml:14: desk.answer: has no answer in 'en', the default language",
        ),
        (
            "sites",
            "name: Town hall",
            "name: {en: Town hall, sp: Cabildo}",
            "sites.yaml:11: hall.name.sp: 'sp' is not among the programme's languages",
        ),
        (
            "sites",
            "    visited: false",
            "    aliases: [Docks]\n    visited: no",
            "sites.yaml:16: hall.aliases.en[0]: 'Docks' is the same as 'docks' of 'port' (sites.yaml:4)",
        ),
        (
            "schedule",
            "site: port\n",
            "site: hall\n",
            "sites.yaml:2: port: no session takes place there "
            "(for a place without visits write visited: false)",
        ),
        (
            "schedule",
            "date: 2031-05-06",
            "date: 2031-05-08",
            "schedule.yaml:12: port-visit.date: 2031-05-08 is outside the programme "
            "(2031-05-05 to 2031-05-07)",
        ),
        (
            "schedule",
            "13:15",
            "16:00",
            "schedule.yaml:16: port-visit.buses[0].at: leaves at 16:00, when the session is over (16:00)",
        ),
        (
            "faq/help",
            "sample: true",
            "valid: {until: 2031-05-04}",
            "faq/help.yaml:15: desk.valid.until: ends on 2031-05-04, "
            "before the programme starts (2031-05-05)",
        ),
    ],
)
def test_a_doubtful_place_is_warned_about(
    tmp_path: Path, part: str, typed: str, instead: str, expected: str
) -> None:
    assert warnings(changed(tmp_path, part, typed, instead)) == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("text", "warned"), [("🛟" * 2048, False), ("🛟" * 2048 + "x", True), ("x" * 4096, False)]
)
def test_an_answer_longer_than_a_message_is_warned_about_in_utf_16_units(
    tmp_path: Path, text: str, warned: bool
) -> None:
    folder = changed(tmp_path, "faq/help", "The front desk is in the town hall, 08:00–20:00.", text)
    expected = ["faq/help.yaml:14: desk.answer.en: is 4,097 characters long; one message holds 4,096"]
    assert warnings(folder) == (expected if warned else [])


def test_a_caption_longer_than_telegram_takes_is_warned_about(tmp_path: Path) -> None:
    [warning] = warnings(changed(tmp_path, "sites", "caption: The old port", f"caption: {'x' * 1025}"))
    assert (
        warning == "sites.yaml:9: port.photos[0].caption.en: is 1,025 characters long; a caption holds 1,024"
    )


def test_a_photo_that_nothing_shows_is_warned_about(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, photos={"port.png": picture(), "spare.png": b"not even a picture"})
    assert warnings(folder) == ["photos/spare.png: no entry or site shows this picture"]


def test_a_value_cut_by_a_comment_is_warned_about(tmp_path: Path) -> None:
    [warning] = warnings(changed(tmp_path, "sites", "name: Town hall", "name: Room #3"))
    assert warning.startswith("sites.yaml:11: 'Room' ends before '#3'")


@pytest.mark.parametrize(
    ("first", "second", "start", "warned"),
    [
        ("", "", "10:29", True),
        ("", "", "10:30", False),
        ("groups: [a, b]", "groups: [b]", "9:30", True),
        ("groups: [a]", "groups: [b]", "9:30", False),
        ("groups: [a]", "", "9:30", True),
        ("", "groups: [b]", "9:30", True),
    ],
)
def test_sessions_of_one_audience_must_not_overlap(
    tmp_path: Path, first: str, second: str, start: str, warned: bool
) -> None:
    schedule = SCHEDULE.replace("date: 2031-05-06", "date: 2031-05-05").replace("14:00", start)
    schedule = schedule.replace("    kind: ceremony", f"    {first or '# all'}").replace(
        "    kind: visit", f"    {second or '# all'}"
    )
    found = warnings(write_folder(tmp_path, schedule=schedule))
    expected = ["schedule.yaml:13: port-visit.start: overlaps until 10:30 with 'opening' (schedule.yaml:2)"]
    assert found == (expected if warned else [])


def test_a_long_session_overlaps_with_each_that_begins_before_it_ends(tmp_path: Path) -> None:
    session = "  - {{id: {}, title: X, date: 2031-05-07, start: {}, end: {}}}\n"
    extra = (
        session.format("a", "9:00", "17:00")
        + session.format("b", "10:00", "11:00")
        + session.format("c", "12:00", "13:00")
    )
    found = warnings(write_folder(tmp_path, schedule=SCHEDULE.replace("shuttles:", f"{extra}shuttles:")))
    assert [warning.split(" ")[1] for warning in found] == ["b.start:", "c.start:"]
