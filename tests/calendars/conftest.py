"""A programme in a zone with summer time: two sessions with buses, one for a group."""

from pathlib import Path

import pytest

from bot.knowledge.loader import load
from bot.knowledge.model import Knowledge
from tests.knowledge_folder import write_folder

SCHEDULE = """\
sessions:
  - {id: opening, title: {en: Opening, es: Apertura}, kind: ceremony, date: 2031-05-05, start: 9:30,
     end: 10:30,
     site: hall, room: 'room 2; left, door', wear: business attire, notes: 'See **the desk**, or [here](https://x.example/a).'}
  - {id: port-visit, title: Visit to the port, kind: visit, date: 2031-05-06, start: 14:00, end: 16:00,
     site: port, buses: [{site: hall, at: 12:30}, {site: hall, at: 13:15}], groups: [A]}
  - {id: walk, title: Walk, date: 2031-05-07, start: 17:00, end: 18:00, site: port, optional: true,
     buses: [{site: hall, at: 16:50}]}
"""


@pytest.fixture(scope="session")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    place: Path = tmp_path_factory.mktemp("calendars")
    return load(write_folder(place, schedule=SCHEDULE))
