"""A programme of three days: one full, one with things side by side, one free."""

from pathlib import Path

import pytest

from bot.knowledge.loader import load
from bot.knowledge.model import Knowledge
from tests.knowledge_folder import PROGRAMME, write_folder

SCHEDULE = """\
sessions:
  - {id: water, title: {en: Water for cities, km: ការគ្រប់គ្រងទឹក}, kind: lecture, date: 2031-05-05, start: 9:00,
     end: 10:30, site: hall, room: room 2, buses: [{site: port, at: 8:15}]}
  - {id: tour, title: Walk, kind: tour, date: 2031-05-05, start: 14:00, end: 16:00, optional: true,
     buses: [{site: hall, at: 14:00}, {site: hall, at: 15:00}]}
  - {id: one, title: One, kind: workshop, date: 2031-05-06, start: 9:00, end: 10:00, groups: [A]}
  - {id: two, title: Two, date: 2031-05-06, start: 9:30, end: 11:00, groups: [B]}
  - {id: three, title: Three, date: 2031-05-06, start: 9:30, end: 11:00}
shuttles:
  - {id: bus, dates: [2031-05-05], origin: port, destination: hall, leaves: 8:15, returns: 17:00}
"""


@pytest.fixture(scope="session")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    programme = PROGRAMME.replace("[en, es]", "[en, es, km, ko]")
    place: Path = tmp_path_factory.mktemp("timetable")
    return load(write_folder(place, programme=programme, schedule=SCHEDULE))
