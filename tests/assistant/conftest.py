"""The assistant on the sample knowledge, built once."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.assistant.assistant import Assistant
from bot.knowledge.loader import load

SEOUL = ZoneInfo("Asia/Seoul")
TUESDAY = datetime(2016, 10, 11, 8, 10, tzinfo=SEOUL)


@pytest.fixture(scope="session")
def assistant() -> Assistant:
    return Assistant(load(Path(__file__).parent.parent.parent / "knowledge"))
