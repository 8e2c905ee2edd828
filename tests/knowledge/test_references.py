"""Ids are given once and found wherever they are named."""

from pathlib import Path

import pytest

from bot.knowledge.loader import load, read
from bot.knowledge.problems import KnowledgeError
from tests.knowledge_folder import HELP, PROGRAMME, SCHEDULE, SITES, write_folder


def errors(folder: Path) -> list[str]:
    with pytest.raises(KnowledgeError) as error:
        load(folder)
    return [str(problem).removeprefix(f"{folder.as_posix()}/") for problem in error.value.problems]


@pytest.mark.parametrize(
    ("part", "typed", "instead", "expected"),
    [
        (
            "schedule",
            "site: port\n",
            "site: prot\n",
            "schedule.yaml:15: sessions[1].site: no site has the id 'prot' (did you mean 'port'?)",
        ),
        (
            "schedule",
            "site: port\n",
            "site: desk\n",
            "schedule.yaml:15: sessions[1].site: no site has the id 'desk'",
        ),
        (
            "schedule",
            "[{site: hall",
            "[{site: bay",
            "schedule.yaml:16: sessions[1].buses[0].site: no site has the id 'bay'",
        ),
        (
            "schedule",
            "origin: hall",
            "origin: bay",
            "schedule.yaml:18: shuttles[0].origin: no site has the id 'bay'",
        ),
        (
            "schedule",
            "destination: port",
            "destination: bay",
            "schedule.yaml:18: shuttles[0].destination: no site has the id 'bay'",
        ),
        (
            "programme",
            "contact: desk",
            "contact: port",
            "programme.yaml:8: cards.contact: no entry has the id 'port'",
        ),
        (
            "programme",
            "[emergency]",
            "[fire]",
            "programme.yaml:10: core_entries[0]: no entry has the id 'fire'",
        ),
        (
            "sites",
            "visited: false",
            "follow_ups: [x]",
            "sites.yaml:16: sites[1].follow_ups[0]: no entry, site or session has the id 'x'",
        ),
    ],
)
def test_a_reference_to_nothing_is_an_error(
    tmp_path: Path, part: str, typed: str, instead: str, expected: str
) -> None:
    text = {"schedule": SCHEDULE, "programme": PROGRAMME, "sites": SITES}[part]
    assert typed in text
    folder = write_folder(tmp_path)
    (folder / f"{part}.yaml").write_text(text.replace(typed, instead))
    assert errors(folder) == [expected]


@pytest.mark.parametrize("name", ["port", "opening", "emergency"])
def test_a_follow_up_may_be_an_entry_a_site_or_a_session(tmp_path: Path, name: str) -> None:
    folder = write_folder(tmp_path, faq={"help": HELP.replace("follow_ups: [desk]", f"follow_ups: [{name}]")})
    assert load(folder).entries["emergency"].follow_ups == (name,)


def test_an_id_is_given_once_among_entries_sites_and_sessions(tmp_path: Path) -> None:
    extra = (
        HELP.replace("id: emergency", "id: port")
        .replace("id: desk", "id: opening")
        .replace("[desk]", "[port]")
    )
    found = errors(write_folder(tmp_path, faq={"help": HELP, "more": extra}))
    where = f"{tmp_path.as_posix()}/knowledge"
    assert found == [
        f"faq/more.yaml:4: the id 'port' is already used at {where}/sites.yaml:2; choose another",
        f"faq/more.yaml:11: the id 'opening' is already used at {where}/schedule.yaml:2; choose another",
    ]


def test_a_shuttle_may_have_the_id_of_an_entry_but_not_of_another_shuttle(tmp_path: Path) -> None:
    line = SCHEDULE.splitlines()[-1].replace("morning-bus", "desk")
    assert load(write_folder(tmp_path, schedule=f"{SCHEDULE}{line}\n"))
    [error] = errors(write_folder(tmp_path, schedule=f"{SCHEDULE}{line}\n{line}\n"))
    assert error.startswith("schedule.yaml:20: the id 'desk' is already used at")


def test_references_into_a_file_that_cannot_be_read_are_not_reported(tmp_path: Path) -> None:
    [error] = errors(write_folder(tmp_path, sites="sites: 'open"))
    assert error == "sites.yaml:1: the quote that opens here is never closed"


def test_ids_of_a_file_with_other_errors_are_known(tmp_path: Path) -> None:
    [error] = errors(write_folder(tmp_path, sites=SITES.replace("latitude: 38.7\n", "latitude: north\n")))
    assert error.startswith("sites.yaml:6: sites[0].latitude: 'north' is not a number")


def test_a_place_knows_the_line_of_every_field(tmp_path: Path) -> None:
    place = read(write_folder(tmp_path)).places["emergency"]
    assert [place.line_of(), place.line_of("id"), place.line_of("questions", "es", 2)] == [4, 4, 8]
