"""/add: a new entry by conversation."""

import pytest

from bot.chat.staff.adding import free_id
from bot.knowledge.editing.by_id import find
from bot.knowledge.model import Knowledge
from tests.chat.conftest import LIBRARY
from tests.chat.staff.knowledge_stage import Stage


async def test_a_new_entry_is_asked_for_step_by_step(keeping: Stage) -> None:
    await keeping.say("/add")
    await keeping.press("Library")
    await keeping.say("Gym")
    await keeping.say("Is there a gym?\nWhere can I do sport?\nfitness room")
    text = await keeping.say("In the **cellar**: open 6–22.")
    assert "➕ Entry “Gym” (gym)" in text
    assert "In the cellar: open 6–22." in keeping.texts()
    await keeping.press("Publish")
    assert keeping.live_text("faq/20-library.yaml").startswith(LIBRARY)
    assert find(keeping.live.files, "gym").value == {
        "id": "gym",
        "title": {"en": "Gym"},
        "questions": {"en": ["Is there a gym?", "Where can I do sport?", "fitness room"]},
        "answer": {"en": "In the **cellar**: open 6–22."},
    }
    assert "cellar" in await keeping.say("is there a fitness room", keeping.ana)


async def test_a_new_entry_can_have_more_before_it_is_published(keeping: Stage) -> None:
    await keeping.say("/add")
    await keeping.press("Help")
    for text in ("Gym", "gym?", "In the cellar."):
        await keeping.say(text)
    assert "Gym (gym)" in await keeping.press("Change more")
    await keeping.press("Days")
    await keeping.press("No limit")
    await keeping.press("Wed 7")
    await keeping.press("Publish")
    assert find(keeping.live.files, "gym").value["valid"] == {"until": "2031-05-07"}


async def test_each_step_says_what_it_needs(keeping: Stage) -> None:
    await keeping.say("/add")
    assert "choose the topic" in await keeping.say("Gym")
    await keeping.press("Library")
    assert "one line" in await keeping.say("Two\nlines")
    await keeping.say("Gym")
    await keeping.server.send_sticker(keeping.admin)
    assert "as a text" in await keeping.settled()
    await keeping.say("gym?")
    await keeping.server.send_sticker(keeping.admin)
    assert "as a text" in await keeping.settled()
    await keeping.press("Cancel")
    assert keeping.live.number == 1


async def test_a_topic_button_is_over_when_the_step_is(keeping: Stage) -> None:
    await keeping.say("/add")
    topics = keeping.server.sent(keeping.admin)[-1]
    await keeping.press("Cancel")
    assert "This is over" in await keeping.press("Library", message=topics)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Gym & Sauna", "gym-sauna"),
        ("Café à côté", "cafe-a-cote"),
        ("수영장", "entry"),
        ("Port", "port-2"),
        ("Library", "library-2"),
        ("schedule", "schedule-2"),
        ("x" * 60, "x" * 36),
    ],
)
def test_an_id_is_made_of_the_title(knowledge: Knowledge, title: str, name: str) -> None:
    assert free_id(title, knowledge) == name
