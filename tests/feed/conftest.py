"""A knowledge folder with a session for group A, and a clock."""

from pathlib import Path

import pytest

from bot.knowledge.loader import load
from bot.knowledge.model import Knowledge
from tests.knowledge_folder import SCHEDULE, write_folder


@pytest.fixture(scope="session")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    place: Path = tmp_path_factory.mktemp("feed")
    schedule = SCHEDULE.replace("    kind: ceremony\n", "    kind: ceremony\n    groups: [A]\n")
    return load(write_folder(place, schedule=schedule))
