"""Whom a name, a @username or a number means."""

from datetime import UTC, datetime

import pytest

from bot.chat.staff.group_people import meant_by
from bot.store.chats import ChatRow

NOW = datetime(2031, 5, 4, tzinfo=UTC)


def person(chat_id: int, name: str, username: str | None = None, kind: str = "private") -> ChatRow:
    return ChatRow(chat_id, kind, name, username, "en", None, NOW, NOW, None, None)


PEOPLE = [
    person(1, "Ana Silva", "ana"),
    person(2, "Ana Maria Costa"),
    person(3, "Ana"),
    person(4, "Нямдорж Бат"),
    person(-5, "Ana's group", kind="group"),
]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ana silva", [1]),
        ("Silva Ana", [1]),
        ("@ANA", [1]),
        ("ana", [3]),  # the whole name goes before a part of it, and before a username
        ("2", [2]),
        ("maria", [2]),
        ("бат", [4]),
        ("an", [1, 2, 3]),
        ("nobody", []),
        ("", []),
        ("-5", []),
    ],
)
def test_the_closest_reading_counts(name: str, expected: list[int]) -> None:
    assert [row.chat_id for row in meant_by(name, PEOPLE)] == expected
