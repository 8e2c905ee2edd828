"""An organizer's answer becomes an entry."""

import pytest

from bot.knowledge.editing.by_id import find
from bot.preview.world import User
from bot.store import inquiries
from tests.chat.staff.knowledge_stage import Stage


async def ask(keeping: Stage, answer: str = "In the **cellar**.") -> int:
    database, moment = keeping.bot.database, keeping.bot.clock()
    number = await database.write(lambda c: inquiries.make(c, keeping.ana.id, "Where is the gym?", moment))
    await database.write(lambda c: inquiries.answer(c, number, answer, by=1, now=moment))
    return number


async def press(keeping: Stage, data: str, user: User, where: int | None = None) -> str:
    """What the bot shows over the chat."""
    shown = {"chat": {"id": where or user.id}, "message_id": 1}
    press = await keeping.server.press(shown, data=data, user=user)
    await keeping.bot.settle()
    return (press.answer or {}).get("text") or ""


async def test_an_admin_needs_to_say_only_topic_and_title(keeping: Stage) -> None:
    number = await ask(keeping)
    await press(keeping, f"inquiry-teach:{number}", keeping.admin)
    await keeping.press("Library")
    await keeping.say("Gym")
    await keeping.press("Publish")
    assert find(keeping.live.files, "gym").value == {
        "id": "gym",
        "title": {"en": "Gym"},
        "questions": {"en": ["Where is the gym?"]},
        "answer": {"en": "In the **cellar**."},
    }


async def test_in_the_group_the_admin_is_asked_to_the_private_chat(keeping: Stage) -> None:
    number = await ask(keeping)
    group = keeping.server.add_group("Organizers", [keeping.admin])
    assert "private chat" in await press(keeping, f"inquiry-teach:{number}", keeping.admin, group.id)
    await keeping.press("Add to the knowledge")
    assert "Which topic" in keeping.texts()[-1]


@pytest.mark.parametrize("data", ["inquiry-teach:99", "inquiry-teach:", "inquiry-teach:x"])
async def test_a_forged_number_adds_nothing(keeping: Stage, data: str) -> None:
    assert "not kept" in await press(keeping, data, keeping.admin)


async def test_only_admins_add(keeping: Stage) -> None:
    number = await ask(keeping)
    assert "may not do this" in await press(keeping, f"inquiry-teach:{number}", keeping.ana)
