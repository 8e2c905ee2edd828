"""Which site a typed place is."""

from pathlib import Path

import pytest

from bot.calendars.importing.places import PlaceFinder, Where
from bot.knowledge.loader import load
from tests.knowledge_folder import SITES, write_folder


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> PlaceFinder:
    sites = SITES.replace(
        "name: Town hall",
        "name: {en: 'Town hall, Lisbon', ko: 시청}\n    aliases: [hall]\n    address: Praça 1",
    )
    place: Path = tmp_path_factory.mktemp("places")
    return PlaceFinder(load(write_folder(place, sites=sites)).sites.values())


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("Old port", Where("port", "")),
        ("the old port", Where(None, "the old port")),
        ("puerto viejo", Where("port", "")),
        ("puerto veijo", Where("port", "")),
        ("시청", Where("hall", "")),
        ("Town hall, Lisbon", Where("hall", "")),
        ("Town hall, Lisbon, room 2", Where("hall", "room 2")),
        ("Room 2, Old port", Where("port", "Room 2")),
        ("Old port (pier 7)", Where("port", "pier 7")),
        ("Old port - pier 7 - gate B", Where("port", "pier 7, gate B")),
        ("Old port, Lisbon", Where("port", "")),
        ("Town hall, Lisbon; Praça 1; room 2", Where("hall", "room 2")),
        ("Grand hall of the university", Where(None, "Grand hall of the university")),
        ("Room 301", Where(None, "Room 301")),
        ("", Where(None, "")),
    ],
)
def test_a_place_is_a_site_only_when_it_is_named_in_full(
    places: PlaceFinder, text: str, where: Where
) -> None:
    assert places.find(text) == where
