"""A chat page with a few people, for tests."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.preview.chat_page import ChatPage, Setting
from bot.preview.clock import SettableClock
from bot.preview.personas import Casting, Role
from bot.preview.server import PreviewServer

MORNING = datetime(2016, 10, 10, 23, 10, tzinfo=UTC)
SETTING = Setting(
    title="A training programme",
    zone=ZoneInfo("Asia/Seoul"),
    days=(date(2016, 10, 10), date(2016, 10, 11), date(2016, 10, 12)),
    languages=(("en", "English"), ("es", "Español"), ("km", "ខ្មែរ")),
)


def set_stage() -> ChatPage:
    """A page that is mounted, with two participants, an organizer and a group; its server is not started."""
    clock = SettableClock()
    clock.set(MORNING)
    page = ChatPage(PreviewServer(clock=clock), clock, SETTING)
    page.mount()
    amara = page.cast(Casting("Amara", "en", Role.PARTICIPANT))
    lucia = page.cast(Casting("Lucía", "es", Role.PARTICIPANT))
    page.cast(Casting("Olivia", "en", Role.ORGANIZER))
    page.server.add_group("Study group", [amara.user, lucia.user])
    return page
