"""Choosing who gets an announcement."""

from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from bot.chat.staff.broadcast_audience import moment_in
from bot.store import chats
from tests.chat.staff.broadcast_stage import Stage, full_label, labels

NOW = datetime(2031, 5, 5, 8, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Lisbon")


async def drafted(stage: Stage, *presses: str) -> None:
    await stage.say(stage.olivia, "/broadcast Hello")
    for label in ("👥 To whom", *presses):
        await stage.press(label)


def got_it(stage: Stage) -> list[str]:
    everybody = (stage.olivia, *stage.people)
    return [person.first_name for person in everybody if stage.received(person)[-1] == "Hello"]


async def test_a_language_is_chosen_with_its_number_of_readers(stage: Stage) -> None:
    await drafted(stage, "Languages")
    assert labels(stage.card())[:2] == ["◻️ English (3)", "◻️ Spanish (1)"]
    await stage.press("◻️ Spanish")
    assert full_label(stage.card(), "☑️ Spanish (1)")
    await stage.press("Done")
    assert "readers of Spanish – 1 recipient" in stage.card()["text"]
    await stage.press("📣 Send to 1")
    assert got_it(stage) == ["Ana"]


async def test_a_choice_can_be_taken_back(stage: Stage) -> None:
    await drafted(stage, "Languages", "◻️ Spanish", "☑️ Spanish", "Done")
    assert "To: everybody – 4 recipients" in stage.card()["text"]


async def test_groups_and_languages_together_mean_whom_both_fit(stage: Stage) -> None:
    ana, ben, chi = stage.people
    now = stage.bot.clock()
    for person, group in ((ana, "A"), (ben, "A"), (chi, "B")):
        await stage.bot.database.write(partial(chats.join, chat_id=person.id, group=group, now=now))
    await drafted(stage, "Groups of participants", "◻️ A (2)", "‹ More", "Languages", "◻️ English", "Done")
    await stage.press("📣 Send to 1")
    assert got_it(stage) == ["Ben"]


async def test_somebody_in_two_chosen_groups_gets_it_once(stage: Stage) -> None:
    ana, now = stage.people[0], stage.bot.clock()
    for group in ("A", "B"):
        await stage.bot.database.write(partial(chats.join, chat_id=ana.id, group=group, now=now))
    await drafted(stage, "Groups of participants", "◻️ A (1)", "◻️ B (1)", "Done", "📣 Send to 1")
    assert stage.received(ana).count("Hello") == 1


async def test_a_country_is_chosen(stage: Stage) -> None:
    await stage.bot.database.write(lambda c: chats.set_country(c, stage.people[2].id, "VN"))
    await drafted(stage, "Countries", "◻️ Vietnam (1)", "Done", "📣 Send to 1")
    assert got_it(stage) == ["Chi"]


async def test_one_person_is_found_by_a_part_of_their_name(stage: Stage) -> None:
    await drafted(stage, "One person")
    await stage.say(stage.olivia, "nobody of this name")
    assert "I know nobody" in stage.received(stage.olivia)[-1]
    await stage.say(stage.olivia, "be")
    await stage.press("Ben")
    await stage.press("📣 Send to 1")
    assert got_it(stage) == ["Ben"]


async def test_a_group_of_telegram_gets_it_only_when_it_is_chosen(stage: Stage) -> None:
    group = stage.server.add_group("Drivers", [stage.olivia])
    await stage.settle()
    await drafted(stage, "Everybody")
    assert full_label(stage.card(), "📣 Send to 4")
    await stage.press("👥 To whom")
    for label in ("Groups and channels", "◻️ Drivers", "Done", "📣 Send to 1"):
        await stage.press(label)
    assert [message.get("text") for message in stage.server.sent(group)] == ["Hello"]
    assert got_it(stage) == []


async def test_those_who_have_not_confirmed_an_earlier_one_can_be_written_to(stage: Stage) -> None:
    await stage.announce("Read this", "☑️ Button")
    await stage.later(4)
    for person in (stage.olivia, stage.people[1]):
        asked = next(m for m in reversed(stage.server.sent(person)) if labels(m) == ["✅ Understood"])
        await stage.server.press(asked, "✅ Understood")
    await stage.settle()
    await drafted(stage, "Who has not confirmed announcement 1")
    await stage.press("📣 Send to 2")
    assert got_it(stage) == ["Ana", "Chi"]


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2031-05-06 18:30", datetime(2031, 5, 6, 18, 30, tzinfo=ZONE)),
        ("tomorrow 08:00", datetime(2031, 5, 6, 8, tzinfo=ZONE)),
        ("mañana a las 8:15", datetime(2031, 5, 6, 8, 15, tzinfo=ZONE)),
        ("at 17:05", datetime(2031, 5, 5, 17, 5, tzinfo=ZONE)),
        ("soon", None),
        ("tomorrow", None),
        ("Tuesday or Wednesday at 10:00", None),
        ("2031-02-30 10:00", None),
    ],
)
def test_a_moment_is_read_only_when_it_is_clear(typed: str, moment: datetime | None) -> None:
    assert moment_in(typed, NOW, ZONE, ("en", "es")) == moment
