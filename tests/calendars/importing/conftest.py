"""The programme that sessions are imported for."""

from pathlib import Path

import pytest

from bot.knowledge.loader import load
from bot.knowledge.model import Programme
from tests.knowledge_folder import write_folder


@pytest.fixture(scope="session")
def programme(tmp_path_factory: pytest.TempPathFactory) -> Programme:
    """From 5 to 7 May 2031, in Lisbon."""
    place: Path = tmp_path_factory.mktemp("programme")
    return load(write_folder(place)).programme
