"""/misses: admins teach the bot what people asked in vain, and those who wished are told."""

from bot.knowledge.editing.by_id import find
from bot.store import misses
from tests.chat.staff.knowledge_stage import Stage


async def ask_in_vain(keeping: Stage) -> None:
    await keeping.say("Do you have a swimming pool?", keeping.ana)


async def test_questions_without_an_answer_are_grouped(keeping: Stage) -> None:
    ben = keeping.server.add_user("Ben", language_code="en", started=True)
    await ask_in_vain(keeping)
    await keeping.say("swimming pool", ben)
    await keeping.say("quantum chromodynamics zzz", ben)
    text = await keeping.say("/misses")
    assert text == "3 questions had no answer. Tap one to teach me."
    assert keeping.buttons() == ["2× swimming pool", "1× quantum chromodynamics zzz"]
    text = await keeping.press("swimming pool")
    assert "• swimming pool\n• Do you have a swimming pool?" in text
    assert "New answer" in keeping.buttons()


async def test_nothing_to_teach(keeping: Stage) -> None:
    await keeping.say("Where is the library?", keeping.ana)
    assert await keeping.say("/misses") == "Every question had an answer. 🎉"


async def test_one_tap_teaches_an_entry_and_who_wished_is_told(keeping: Stage) -> None:
    await ask_in_vain(keeping)
    assert "I will write to you" in await keeping.press("Tell me when you know", keeping.ana)
    await keeping.say("/misses")
    text = await keeping.press("swimming pool")
    assert "1 person wants to hear of an answer." in text
    [card] = [
        message
        for message in keeping.server.sent(keeping.admin)
        if "1 person wants" in message.get("text", "")
    ]
    number = card["reply_markup"]["inline_keyboard"][-1][0]["callback_data"].partition(":")[2]
    await keeping.server.press(card, data=f"miss-teach:{number}:rules")
    assert "+ Do you have a swimming pool?" in await keeping.settled()
    heard = len(keeping.texts(keeping.ana))
    await keeping.press("Publish")
    assert keeping.texts(keeping.ana)[heard:] == [
        "You asked: “Do you have a swimming pool?”. There is an answer now."
    ]
    assert "Be kind" in await keeping.press("House rules", keeping.ana)
    assert "Be kind" in await keeping.say("Do you have a swimming pool?", keeping.ana)
    assert await keeping.say("/misses") == "Every question had an answer. 🎉"


async def test_who_did_not_wish_is_not_told(keeping: Stage) -> None:
    await ask_in_vain(keeping)
    heard = len(keeping.texts(keeping.ana))
    await keeping.say("/misses")
    await keeping.press("swimming pool")
    await keeping.press("New answer")
    await keeping.press("Library")
    await keeping.say("Pool")
    await keeping.say("There is none.")
    await keeping.press("Publish")
    assert find(keeping.live.files, "pool").value["questions"] == {"en": ["Do you have a swimming pool?"]}
    assert len(keeping.texts(keeping.ana)) == heard
    assert "There is none." in await keeping.say("do you have a swimming pool", keeping.ana)


async def test_none_of_the_guesses_counts_as_a_miss(keeping: Stage) -> None:
    await keeping.say("library password rules", keeping.ana)
    assert "None of these" in keeping.buttons(keeping.ana)
    assert await keeping.say("/misses") == "Every question had an answer. 🎉"
    await keeping.press("None of these", keeping.ana)
    assert "I will write to you" in await keeping.press("Tell me when you know", keeping.ana)
    await keeping.say("/misses")
    await keeping.press("library password rules")
    assert any(label.startswith("➕ ") for label in keeping.buttons())


async def test_what_nobody_will_answer_is_dropped(keeping: Stage) -> None:
    await ask_in_vain(keeping)
    await keeping.say("/misses")
    await keeping.press("swimming pool")
    group = keeping.server.sent(keeping.admin)[-1]
    await keeping.press("Drop")
    assert await keeping.say("/misses") == "Every question had an answer. 🎉"
    assert "not there any more" in await keeping.press("New answer", message=group)


async def test_an_edited_question_that_finds_an_answer_is_no_miss(keeping: Stage) -> None:
    question = await keeping.server.say(keeping.ana, "Do you have a swimming pool?")
    await keeping.settled(keeping.ana)
    await keeping.server.edit(question, "Where is the library?")
    await keeping.settled(keeping.ana)
    assert await keeping.say("/misses") == "Every question had an answer. 🎉"


async def test_questions_in_groups_are_not_kept(keeping: Stage) -> None:
    group = keeping.server.add_group("Everybody", [keeping.ana], privacy=False)
    name = keeping.server.world.bot.username
    await keeping.server.say(keeping.ana, f"@{name} Do you have a swimming pool?", group)
    await keeping.bot.settle()
    assert await keeping.bot.database.read(misses.unanswered) == []


async def test_only_admins_see_what_people_asked(keeping: Stage) -> None:
    await ask_in_vain(keeping)
    await keeping.say("/misses", keeping.ana)
    assert "had no answer" not in keeping.texts(keeping.ana)[-1]


async def test_an_answer_that_was_not_meant_counts_as_a_miss(keeping: Stage) -> None:
    await keeping.say("Where is the library?", keeping.ana)
    assert "Not what I meant" not in keeping.buttons(keeping.ana)  # the bot is sure
    await keeping.say("opening time of the library please", keeping.ana)
    await keeping.press("Not what I meant", keeping.ana)
    assert "I don't know that" in keeping.texts(keeping.ana)[-1]
    assert "I will write to you" in await keeping.press("Tell me when you know", keeping.ana)
    assert await keeping.say("/misses") == "1 question had no answer. Tap one to teach me."
    assert "1 person wants to hear" in await keeping.press("opening time of the library")


async def test_nobody_can_object_to_the_questions_of_others(keeping: Stage) -> None:
    await keeping.say("Where is the library?", keeping.ana)
    update = keeping.server.next_update_id - 1
    await keeping.say("Where is the library?", keeping.other_admin)
    await keeping.server.press(
        keeping.server.sent(keeping.other_admin)[-1], data=f"wrong:{update}", user=keeping.other_admin
    )
    await keeping.settled(keeping.other_admin)
    assert await keeping.say("/misses") == "Every question had an answer. 🎉"
