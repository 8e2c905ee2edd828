"""A folder, a database and what answers from them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.encoder.meaning import Meaning
from bot.revisions.live import LiveKnowledge
from bot.revisions.opening import Opened
from bot.store.database import Database

Make = Callable[[Opened, Database], LiveKnowledge]


@pytest.fixture(scope="session")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What was learned from knowledge is learned once."""
    return tmp_path_factory.mktemp("learned")


@pytest.fixture
def make_live(clock: Clock, learned: Path) -> Make:
    """What a process makes of what it has opened."""

    def make(opened: Opened, database: Database) -> LiveKnowledge:
        return LiveKnowledge(
            opened.number,
            opened.loaded,
            database=database,
            clock=clock,
            meaning=Meaning(None, learned),
            cache=learned,
        )

    return make
