"""Sending: once, to whom it was meant, and stopped at a tap."""

import asyncio
from datetime import timedelta

import pytest

from bot.outbox import sources
from bot.preview.faults import Kind
from bot.store import roles
from bot.store.broadcasts import BroadcastState
from bot.store.roles import Role
from tests.chat.staff.broadcast_stage import Stage, actions, full_label, labels


def copies(stage: Stage, text: str) -> list[int]:
    """How often each participant has got a text."""
    return [stage.received(person).count(text) for person in stage.people]


async def test_everybody_needs_a_second_yes_that_names_the_number(stage: Stage) -> None:
    await stage.say(stage.olivia, "/broadcast Go home")
    await stage.press("📣 Send to 4")
    assert copies(stage, "Go home") == [0, 0, 0]
    assert "EVERYBODY: 4 people" in stage.card()["text"]
    await stage.press("Yes, to all 4 people")
    assert copies(stage, "Go home") == [1, 1, 1]


async def test_the_second_yes_is_asked_again_when_the_number_has_changed(stage: Stage) -> None:
    await stage.say(stage.olivia, "/broadcast Go home")
    await stage.press("📣 Send")
    late = stage.server.add_user("Late", language_code="en")
    await stage.say(late, "/start")
    await stage.press("Yes, to all 4 people")
    assert copies(stage, "Go home") == [0, 0, 0]
    await stage.press("Yes, to all 5 people")
    assert copies(stage, "Go home") == [1, 1, 1]
    assert stage.received(late)[-1] == "Go home"


async def test_no_is_a_way_back(stage: Stage) -> None:
    await stage.say(stage.olivia, "/broadcast Go home")
    await stage.press("📣 Send")
    await stage.press("‹ Back")
    assert full_label(stage.card(), "📣 Send to 4")


async def test_twenty_taps_at_once_are_one_announcement(stage: Stage) -> None:
    await stage.say(stage.olivia, "/broadcast Go home")
    await stage.press("📣 Send")
    sure = stage.card()
    for _ in range(20):
        await stage.server.press(sure, "Yes, to all 4 people")
    received = await stage.bot.receive()
    await asyncio.gather(*(stage.bot.handle(raw) for raw in received))
    await stage.bot.send()
    assert copies(stage, "Go home") == [1, 1, 1]
    assert len(await stage.broadcasts()) == 1


async def test_two_organizers_send_a_draft_once_and_the_second_hears_of_it(stage: Stage) -> None:
    ben = stage.people[1]
    now = stage.bot.clock()
    await stage.bot.database.write(lambda c: roles.give(c, ben.id, Role.ORGANIZER, now, by=None))
    await stage.say(stage.olivia, "/broadcast Go home")
    [listed] = await stage.say(ben, "/broadcasts")
    await stage.server.press(listed, "1")
    await stage.settle()
    for user in (stage.olivia, ben):
        await stage.press("📣 Send", user=user)
    first, second = stage.card(), stage.card(ben)
    await stage.press("Yes", on=first)
    await stage.press("Yes", on=second, user=ben)
    assert copies(stage, "Go home")[0] == copies(stage, "Go home")[2] == 1
    assert any("Olivia" in text and "sent it already" in text for text in stage.received(ben))


@pytest.mark.parametrize("forged", ["bc:send:1", "bc:sure:1::4", "bc:sure:1:0123456789abcdef:4"])
async def test_a_made_up_button_sends_nothing(stage: Stage, forged: str) -> None:
    await stage.say(stage.olivia, "/broadcast Go home")
    for user in (stage.olivia, stage.people[0]):
        await stage.server.press(stage.card(), user=user, data=forged)
        await stage.settle()
    assert [row.state for row in await stage.broadcasts()] == [BroadcastState.DRAFT]
    assert copies(stage, "Go home") == [0, 0, 0]


@pytest.mark.parametrize("forged", ["bc:", "bc:send", "bc:send:x", "bc:nothing:1:x", "bc:send:9" + "9" * 18])
async def test_a_button_of_nonsense_does_nothing(stage: Stage, forged: str) -> None:
    await stage.say(stage.olivia, "/broadcast Go home")
    await stage.server.press(stage.card(), data=forged)
    await stage.settle()
    assert [row.state for row in await stage.broadcasts()] == [BroadcastState.DRAFT]


async def test_the_button_of_a_draft_that_has_changed_shows_it_as_it_is(stage: Stage) -> None:
    await stage.say(stage.olivia, "/broadcast Go home")
    old = stage.card()
    await stage.press("🔔 With sound")
    await stage.press("📣 Send", on=old)
    assert [row.state for row in await stage.broadcasts()] == [BroadcastState.DRAFT]
    assert full_label(stage.card(), "🔕")


async def test_progress_is_one_message_that_ends_as_the_report(stage: Stage) -> None:
    await stage.say(stage.olivia, "/broadcast Go home")
    await stage.press("📣 Send")
    before = len(stage.server.sent(stage.olivia))
    await stage.press("Yes")
    await stage.later(4)
    own_copy = 1
    assert len(stage.server.sent(stage.olivia)) == before + own_copy
    report = stage.card()["text"]
    assert "Report on announcement 1" in report
    assert "4 recipients" in report and "sent: 4" in report


async def test_pause_holds_the_rest_and_resume_lets_it_go(stage: Stage) -> None:
    await send_to_nobody_yet(stage)
    await stage.press("⏸ Pause")
    await stage.bot.send()
    assert copies(stage, "Go home") == [0, 0, 0]
    assert "Paused" in stage.card()["text"]
    await stage.press("▶️ Resume")
    await stage.later(4)
    assert copies(stage, "Go home") == [1, 1, 1]
    assert "sent: 4" in stage.card()["text"]


async def test_cancel_ends_it_with_exact_counts(stage: Stage) -> None:
    await send_to_nobody_yet(stage)
    await stage.press("⏸ Pause")
    await stage.press("🛑 Cancel")
    await stage.later(4)
    assert copies(stage, "Go home") == [0, 0, 0]
    card = stage.card()
    assert "cancelled: 4" in card["text"] and "sent: 0" in card["text"]
    assert "Write to them" in labels(card)
    [row] = await stage.broadcasts()
    assert row.state is BroadcastState.CANCELLED and row.ended_at is not None


async def send_to_nobody_yet(stage: Stage) -> None:
    """Starts an announcement of which nothing has been sent when this returns."""
    await stage.say(stage.olivia, "/broadcast Go home")
    await stage.press("📣 Send")
    await stage.server.press(stage.card(), full_label(stage.card(), "Yes"))
    for raw in await stage.bot.receive():
        await stage.bot.handle(raw)
    await stage.bot.database.write(lambda connection: sources.pause(connection, "broadcast:1"))
    await stage.bot.send()  # the card alone
    await stage.bot.database.write(lambda connection: sources.resume(connection, "broadcast:1"))


async def test_what_waits_for_its_hour_goes_out_then_by_the_participants_clock(stage: Stage) -> None:
    await stage.say(stage.olivia, "/broadcast Good morning")
    await stage.press("🕒 When")
    await stage.say(stage.olivia, "tomorrow 07:30")
    card = stage.card()
    assert "Tuesday, May 6, 07:30 (Europe/Lisbon)" in card["text"]
    await stage.press("🕒 Send to 4")
    await stage.press("Yes")
    assert "waits for its hour" in stage.card()["text"]
    stage.bot.clock.advance(timedelta(hours=22))
    await stage.later(1)
    assert copies(stage, "Good morning") == [0, 0, 0]
    stage.bot.clock.advance(timedelta(hours=1))
    await stage.later(4)
    await stage.later(4)
    assert copies(stage, "Good morning") == [1, 1, 1]
    assert "Report on announcement 1" in stage.card()["text"]


@pytest.mark.parametrize("typed", ["yesterday 10:00", "soon", "09:00", "2031-02-30 10:00"])
async def test_a_time_that_is_past_or_unclear_is_asked_again(stage: Stage, typed: str) -> None:
    await stage.say(stage.olivia, "/broadcast Good morning")
    await stage.press("🕒 When")
    await stage.say(stage.olivia, typed)
    assert [row.send_at for row in await stage.broadcasts()] == [None]
    await stage.say(stage.olivia, "2031-05-06 10:00")
    assert [row.send_at is not None for row in await stage.broadcasts()] == [True]


async def test_a_change_takes_it_out_of_the_queue_for_its_hour(stage: Stage) -> None:
    await stage.say(stage.olivia, "/broadcast Good morning")
    await stage.press("🕒 When")
    await stage.say(stage.olivia, "tomorrow 07:30")
    for label in ("🕒 Send", "Yes", "🔔 With sound"):
        await stage.press(label)
    assert [row.state for row in await stage.broadcasts()] == [BroadcastState.DRAFT]
    stage.bot.clock.advance(timedelta(days=2))
    await stage.later(4)
    assert copies(stage, "Good morning") == [0, 0, 0]


async def test_what_waits_can_go_out_at_once(stage: Stage) -> None:
    await stage.say(stage.olivia, "/broadcast Good morning")
    await stage.press("🕒 When")
    await stage.say(stage.olivia, "tomorrow 07:30")
    for label in ("🕒 Send", "Yes", "Send it now", "Yes"):
        await stage.press(label)
    assert copies(stage, "Good morning") == [1, 1, 1]


async def test_nobody_to_send_to_means_no_button_to_send(stage: Stage) -> None:
    await stage.say(stage.olivia, "/broadcast Good morning")
    await stage.press("👥 To whom")
    await stage.press("Languages")
    await stage.press("◻️ Spanish")
    await stage.press("Done")
    stage.server.block(stage.people[0])
    await stage.settle()
    await stage.press("🔔 With sound")
    card = stage.card()
    assert "Nobody would get this" in card["text"]
    assert not any(action.startswith("bc:send") for action in actions(card))


async def test_a_refusal_by_telegram_stops_before_the_second_recipient(stage: Stage) -> None:
    stage.server.faults.add(
        "sendMessage",
        Kind.BAD_REQUEST,
        description="Bad Request: can't parse entities",
        times=None,
        when=lambda params: "Go home" in params.text("text") and "EVERYBODY" not in params.text("text"),
    )
    await stage.say(stage.olivia, "/broadcast Hello")
    await stage.press("✏️ Other content")
    await stage.say(stage.olivia, "Go home")
    await stage.server.press(stage.card(), full_label(stage.card(), "📣"))
    await stage.settle()
    await stage.server.press(stage.card(), full_label(stage.card(), "Yes"))
    for raw in await stage.bot.receive():
        await stage.bot.handle(raw)
    await stage.bot.send()
    await stage.later(4)
    card = stage.card()
    assert "Stopped: BadRequest: Can't parse entities" in card["text"]
    assert "refused by Telegram: 1" in card["text"] and "left: 3" in card["text"]
    assert copies(stage, "Go home") == [0, 0, 0]
