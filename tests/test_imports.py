"""Who may import whom: the arrows of the architecture, checked on the source."""

import ast
from pathlib import Path

import pytest

BOT = Path(__file__).parent.parent / "bot"
ALLOWED = {
    "knowledge": set(),
    "matching": {"knowledge"},
    "locales": set(),
    "encoder": set(),
    "assistant": {"matching", "knowledge", "locales"},
    "timetable": {"assistant", "knowledge"},
    "calendars": {"assistant", "matching", "knowledge", "locales"},
    "store": {"clock"},
    "inbox": {"store", "clock"},
    "outbox": {"store", "clock"},
    "reminders": {"assistant", "outbox", "store", "knowledge", "supervision", "clock"},
    "exam": {"assistant", "encoder", "knowledge", "matching", "clock"},
    "revisions": {
        "exam",
        "assistant",
        "encoder",
        "knowledge",
        "locales",
        "matching",
        "outbox",
        "store",
        "supervision",
        "clock",
    },
    "feed": {"calendars", "store", "knowledge", "clock"},
    "web": set(),
    "receive": {"inbox", "clock"},
    "chat": {
        "assistant",
        "timetable",
        "calendars",
        "feed",
        "outbox",
        "inbox",
        "store",
        "locales",
        "knowledge",
        "broadcasts",
        "revisions",
        "statistics",
        "status",
        "settings",
        "clock",
    },
    "broadcasts": {"assistant", "outbox", "store", "knowledge", "locales", "supervision", "clock"},
    "ratings": {"assistant", "outbox", "store", "knowledge", "supervision", "clock"},
    "statistics": {"assistant", "timetable", "store", "locales"},
    "status": {"outbox", "store", "locales", "VERSION"},
    "translations": {"knowledge"},
    "settings": set(),
    "clock": set(),
    "log": {"settings"},
}
"""Room → the other rooms that it may import. Rooms that are not listed may import all."""


def room_of(path: Path) -> str:
    return path.relative_to(BOT).parts[0].removesuffix(".py")


def imported_modules(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            if node.module == "bot":
                names |= {f"bot.{alias.name}" for alias in node.names}
    return names


def sources() -> list[Path]:
    return sorted(BOT.rglob("*.py"))


@pytest.mark.parametrize("room", ALLOWED)
def test_a_room_imports_only_what_it_may(room: str) -> None:
    for path in sources():
        if room_of(path) == room:
            rooms = {name.split(".")[1] for name in imported_modules(path) if name.startswith("bot.")}
            assert rooms - {room} <= ALLOWED[room], f"{path.name} imports {rooms - ALLOWED[room] - {room}}"


def test_only_the_chat_room_and_the_composition_root_know_telegram() -> None:
    knowing = {
        room_of(path)
        for path in sources()
        if any(n.split(".")[0] == "telegram" for n in imported_modules(path))
    }
    assert knowing <= {"chat", "app"}


def test_only_settings_read_the_environment() -> None:
    reading = {
        path.name
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    }
    assert reading == {"settings.py"}


def test_every_module_says_its_idea_in_its_first_line() -> None:
    for path in sources():
        docstring = ast.get_docstring(ast.parse(path.read_text("utf-8")))
        assert docstring, f"{path} says nothing"
