"""A stage with a few people, for tests."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.preview.chat_page import mount
from bot.preview.clock import SettableClock
from bot.preview.personas import Casting, Role
from bot.preview.server import PreviewServer
from bot.preview.stage import Setting, Stage

MORNING = datetime(2016, 10, 10, 23, 10, tzinfo=UTC)
SETTING = Setting(
    title="A training programme",
    zone=ZoneInfo("Asia/Seoul"),
    days=(date(2016, 10, 10), date(2016, 10, 11), date(2016, 10, 12)),
    languages=(("en", "English"), ("es", "Español"), ("km", "ខ្មែរ")),
)


def set_stage() -> Stage:
    """Two participants, an organizer and a group, with a page on a server that is not started."""
    clock = SettableClock()
    clock.set(MORNING)
    stage = Stage(PreviewServer(clock=clock), clock, SETTING)
    mount(stage)
    amara = stage.cast(Casting("Amara", "en", Role.PARTICIPANT))
    lucia = stage.cast(Casting("Lucía", "es", Role.PARTICIPANT))
    stage.cast(Casting("Olivia", "en", Role.ORGANIZER))
    stage.server.add_group("Study group", [amara.user, lucia.user])
    return stage
