"""Errors of the models in plain words, each at the line where the person typed it."""

from pathlib import Path

import pytest

from bot.knowledge.loader import load
from bot.knowledge.problems import KnowledgeError
from tests.knowledge_folder import SCHEDULE, SITES, write_folder


def errors(folder: Path) -> list[str]:
    with pytest.raises(KnowledgeError) as error:
        load(folder)
    return [
        f"{Path(problem.file).name}:{problem.line}: {problem.message}" for problem in error.value.problems
    ]


@pytest.mark.parametrize(
    ("typed", "instead", "expected"),
    [
        ("start: 9:30", "start: 25:00", "schedule.yaml:6: sessions[0].start: '25:00' is not a time"),
        (
            "kind: visit",
            "kind: trip",
            "schedule.yaml:11: sessions[1].kind: 'trip' is not known here (write one of 'lecture'",
        ),
        (
            "start: 9:30",
            "begins: 9:30",
            "schedule.yaml:6: sessions[0].begins: the key 'begins' is not known here",
        ),
        (
            "site: hall\n  -",
            "sites: hall\n  -",
            "schedule.yaml:8: sessions[0].sites: the key 'sites' is not known here (did you mean 'site'?)",
        ),
        ("    end: 10:30\n", "", "schedule.yaml:2: sessions[0]: 'end' is missing"),
        (
            "title: Visit to the port",
            "title: [Visit]",
            "schedule.yaml:10: sessions[1].title.en: expected a text, found a list",
        ),
        (
            "title: Visit to the port",
            "title: {en: {a: b}}",
            "(a text with ': ' in it must stand in 'single quotes')",
        ),
        (
            "title: Visit to the port",
            "title: {English: x}",
            "sessions[1].title.English: 'English' is not a language code",
        ),
        ("title: Visit to the port", "title: ''", "schedule.yaml:10: sessions[1].title.en: '' is blank"),
        (
            "[{site: hall, at: 13:15}]",
            "{site: hall, at: 13:15}",
            "sessions[1].buses: expected a list (lines that begin with '- '",
        ),
        (
            "[{site: hall, at: 13:15}]",
            "[site:hall]",
            "expected lines such as 'key: value', found the text 'site:hall' (write a space after the ':')",
        ),
        (
            "dates: [2031-05-05]",
            "dates: []",
            "schedule.yaml:18: shuttles[0].dates: needs at least 1 of them, has 0",
        ),
        (
            "id: port-visit",
            "id: Port_Visit",
            "schedule.yaml:9: sessions[1].id: 'Port_Visit' is not an id (write small",
        ),
        ("id: port-visit", f"id: {'x' * 41}", "is longer than 40 characters"),
        ("kind: visit", "optional: maybe", "sessions[1].optional: 'maybe' is neither true nor false"),
    ],
)
def test_an_error_of_the_schedule(tmp_path: Path, typed: str, instead: str, expected: str) -> None:
    assert typed in SCHEDULE
    error = errors(write_folder(tmp_path, schedule=SCHEDULE.replace(typed, instead, 1)))[-1]
    assert expected in error


@pytest.mark.parametrize(
    ("typed", "instead", "expected"),
    [
        ("latitude: 38.7\n", "latitude: 38,7\n", "'38,7' is not a number (write digits with a point"),
        ("latitude: 38.7\n", "latitude: 98.7\n", "'98.7' must be at most 90"),
        ("latitude: 38.7\n", "latitude: nan\n", "'nan' is not a number"),
        ("longitude: -9.13\n", "longitude: -999\n", "'-999' must be at least -180"),
        ("visited: false", "visit_minutes: 0", "'0' must be more than 0"),
        (
            "visited: false",
            "visit_minutes: two hours",
            "'two hours' is not a whole number (write digits alone",
        ),
        ("visited: false", "visit_minutes: 1.5", "'1.5' is not a whole number"),
    ],
)
def test_an_error_of_the_sites(tmp_path: Path, typed: str, instead: str, expected: str) -> None:
    assert typed in SITES
    [error] = errors(write_folder(tmp_path, sites=SITES.replace(typed, instead, 1)))
    assert expected in error


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("just words", "a.yaml:1: expected lines such as 'key: value', found the text 'just words'"),
        ("- a\n- b", "a.yaml:1: expected lines such as 'key: value', found a list"),
        (
            "title: A\nentries:\n",
            "a.yaml:2: 'entries' is empty; write something behind the ':', or delete the line",
        ),
        ("title: A\nentries: []", "a.yaml:2: entries: needs at least 1 of them, has 0"),
    ],
)
def test_an_error_of_a_whole_category(tmp_path: Path, text: str, expected: str) -> None:
    folder = write_folder(tmp_path)
    (folder / "faq" / "a.yaml").write_text(text)
    assert errors(folder) == [expected]


def test_an_unknown_key_deep_inside_is_compared_with_the_keys_that_fit_there(tmp_path: Path) -> None:
    [error] = errors(write_folder(tmp_path, sites=SITES.replace("caption:", "captoin:")))
    assert error.startswith("sites.yaml:9: sites[0].photos[0].captoin: the key 'captoin' is not known here")
    assert error.endswith("(did you mean 'caption'?)")
