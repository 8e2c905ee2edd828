"""The assistant: questions, commands and buttons in, replies out, on the sample knowledge."""

from datetime import datetime, timedelta

import pytest

from bot.assistant.assistant import Assistant
from bot.assistant.reply import Conversation, Kind, Reply
from tests.assistant.conftest import SEOUL, TUESDAY

NEW = Conversation()


def ask(
    assistant: Assistant, *questions: str, moment: datetime = TUESDAY, language: str | None = None
) -> Reply:
    """The reply to the last of several questions of one chat."""
    conversation = Conversation(language=language)
    for question in questions:
        reply = assistant.ask(question, conversation, moment)
        conversation = reply.conversation
    return reply


def labels(reply: Reply) -> list[str]:
    return [button.label for row in reply.buttons for button in row]


def test_a_badly_spelled_question_gets_the_answer_with_its_photo(assistant: Assistant) -> None:
    reply = ask(assistant, "wats the wifi pasword")
    assert (reply.kind, reply.id) == (Kind.ANSWER, "wifi")
    assert "smartcity2016" in reply.text
    assert [picture.file.name for picture in reply.pictures] == ["wifi-card.png"]


@pytest.mark.parametrize("spelling", ["panggyo", "Pangyo", "pan-gyo", "판교"])
def test_a_place_is_found_in_any_spelling(assistant: Assistant, spelling: str) -> None:
    reply = ask(assistant, f"where is {spelling}?")
    assert reply.id == "pangyo"
    assert reply.place is not None
    assert reply.place.latitude == pytest.approx(37.3948)


@pytest.mark.parametrize(
    ("question", "id_"),
    [
        ("on which roof are the panels that make power from the sun?", "green-building"),
        ("where do they clean the water, with helmets?", "gwacheon-water"),
        ("is there a goodbye party on the last evening?", "farewell-dinner"),
    ],
)
def test_places_and_sessions_are_found_by_questions_that_do_not_name_them(
    assistant: Assistant, question: str, id_: str
) -> None:
    assert ask(assistant, question).id == id_


@pytest.mark.parametrize(
    "question",
    [
        "do I need a visa for Australia?",
        "how is the weather in Ulaanbaatar?",
        "how many rooms are in the hotel?",
        "who built the Green Building?",
    ],
)
def test_what_is_near_but_not_known_is_not_answered(assistant: Assistant, question: str) -> None:
    assert ask(assistant, question).kind is not Kind.ANSWER


def test_when_a_place_is_visited_comes_from_the_schedule(assistant: Assistant) -> None:
    reply = ask(assistant, "when do we visit Pangyo?")
    assert reply.id == "pangyo"
    assert "Thursday, October 13" in reply.text
    assert "14:00" in reply.text


def test_pictures_of_a_place_are_its_photos(assistant: Assistant) -> None:
    reply = ask(assistant, "photos of the green building")
    assert {picture.file.name for picture in reply.pictures} >= {
        "161012_smartcity_art1.jpg",
        "161012_smartcity_art2.jpg",
    }


def test_a_follow_up_leans_on_the_place_talked_about_last(assistant: Assistant) -> None:
    reply = ask(assistant, "what is Pangyo?", "and how do we get there?")
    assert reply.id == "pangyo"
    assert "13:00" in reply.text


def test_a_bare_day_carries_over_what_was_asked(assistant: Assistant) -> None:
    reply = ask(assistant, "what should I wear tomorrow?", "and on Friday?")
    assert reply.id == "schedule"
    assert "Friday, October 14" in reply.text
    assert "closed shoes" in reply.text.lower()


def test_a_new_topic_is_not_taken_over_by_the_last_one(assistant: Assistant) -> None:
    assert ask(assistant, "what is Pangyo?", "what is the wifi password?").id == "wifi"


def test_tomorrow_shows_the_sessions_of_tomorrow(assistant: Assistant) -> None:
    reply = ask(assistant, "what is tomorrow?")
    assert reply.id == "schedule"
    assert "Wednesday, October 12" in reply.text
    assert "satellite cities" in reply.text
    assert "Railways" not in reply.text


def test_a_free_day_says_so(assistant: Assistant) -> None:
    reply = ask(assistant, "is Sunday free?")
    assert "free day" in reply.text
    assert "Free time" in labels(reply) or reply.buttons


def test_a_session_is_found_by_its_title(assistant: Assistant) -> None:
    reply = ask(assistant, "when is the lecture on railways?")
    assert reply.id == "lecture-railways"
    assert "Monday, October 17" in reply.text


def test_two_questions_in_one_message_are_both_answered(assistant: Assistant) -> None:
    reply = ask(assistant, "When do we visit Pangyo? What is the wifi password?")
    assert "Thursday, October 13" in reply.text
    assert "smartcity2016" in reply.text


def test_small_talk_does_not_touch_the_knowledge(assistant: Assistant) -> None:
    assert [ask(assistant, text).id for text in ("hello", "thank you", "bye")] == ["smalltalk"] * 3


def test_an_unknown_question_is_an_honest_no_with_a_person_to_ask(assistant: Assistant) -> None:
    reply = ask(assistant, "who won the football world cup in 1998?")
    assert reply.kind is Kind.UNKNOWN
    assert "+82-2-0000-0101" in reply.text


def test_a_second_unknown_in_a_row_offers_categories_and_the_contact(assistant: Assistant) -> None:
    first = ask(assistant, "who won the football world cup in 1998?")
    second = ask(assistant, "who won the football world cup in 1998?", "qwxz blorp vfnord")
    assert second.kind is Kind.UNKNOWN
    assert second.text != first.text
    assert len(second.buttons) > len(first.buttons)
    assert "+82-2-0000-0101" in second.text


def test_none_of_these_is_a_miss(assistant: Assistant) -> None:
    reply = assistant.press("none", NEW, TUESDAY)
    assert reply is not None
    assert (reply.kind, reply.conversation.misses) == (Kind.UNKNOWN, 1)


def test_an_answer_ends_the_row_of_misses(assistant: Assistant) -> None:
    assert ask(assistant, "qwxz blorp vfnord", "what is the wifi password?").conversation.misses == 0


@pytest.mark.parametrize(
    "name", ["start", "help", "today", "tomorrow", "next", "schedule", "sites", "language", "emergency"]
)
@pytest.mark.parametrize("language", ["en", "es", "fr", "vi", "km", "mn", "fil", "ko"])
def test_every_command_replies_in_every_language(assistant: Assistant, name: str, language: str) -> None:
    reply = assistant.command(name, Conversation(language=language), TUESDAY)
    assert reply.text.strip()
    assert reply.kind is Kind.ANSWER


def test_every_button_that_is_offered_works(assistant: Assistant) -> None:
    """Presses everything that can be reached from /start."""
    waiting = [button.action for row in assistant.command("start", NEW, TUESDAY).buttons for button in row]
    seen: set[str] = set()
    while waiting:
        action = waiting.pop()
        if action in seen:
            continue
        seen.add(action)
        assert len(action.encode()) <= 64, action
        reply = assistant.press(action, NEW, TUESDAY)
        assert reply is not None, action
        waiting += [button.action for row in reply.buttons for button in row]
    assert len(seen) > 60


@pytest.mark.parametrize(
    "action",
    ["show:gone", "site:gone:what", "site:pangyo:gone", "day:soon", "category:gone", "sample:0", "x"],
)
def test_a_button_that_points_at_nothing_is_told_apart(assistant: Assistant, action: str) -> None:
    assert assistant.press(action, NEW, TUESDAY) is None


def test_a_chosen_language_is_spoken_from_then_on(assistant: Assistant) -> None:
    chosen = assistant.press("language:es", NEW, TUESDAY)
    assert chosen is not None
    assert chosen.conversation.language == "es"
    assert "contraseña" in assistant.ask("wifi", chosen.conversation, TUESDAY).text.lower()


def test_typing_the_name_of_a_language_chooses_it(assistant: Assistant) -> None:
    assert ask(assistant, "Español").conversation.language == "es"
    assert ask(assistant, "vietnamese").conversation.language == "vi"


def test_a_question_in_another_language_is_answered_in_it(assistant: Assistant) -> None:
    reply = ask(assistant, "¿Cuál es la contraseña del wifi?")
    assert (reply.id, reply.conversation.guessed_language) == ("wifi", "es")


def test_a_chosen_language_is_not_fought_over(assistant: Assistant) -> None:
    assert ask(assistant, "¿Cuál es la contraseña del wifi?", language="ko").conversation.language == "ko"


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2016, 10, 1, 9, tzinfo=SEOUL), "begins in 9 days"),
        (datetime(2016, 10, 11, 9, 30, tzinfo=SEOUL), "On now, until 10:00"),
        (datetime(2016, 10, 13, 12, 30, tzinfo=SEOUL), "13:00"),
        (datetime(2016, 10, 16, 11, 0, tzinfo=SEOUL), "free day"),
        (datetime(2016, 11, 1, 9, 0, tzinfo=SEOUL), "over"),
    ],
)
def test_what_is_next_depends_on_the_moment(assistant: Assistant, moment: datetime, expected: str) -> None:
    assert expected in ask(assistant, "what is next?", moment=moment).text


def test_a_missed_bus_is_helped_when_the_last_one_has_left(assistant: Assistant) -> None:
    late = datetime(2016, 10, 13, 13, 5, tzinfo=SEOUL)
    reply = assistant.command("next", NEW, late)
    assert "show:missed-bus" in [button.action for row in reply.buttons for button in row]


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Where's the bus?", "shuttle-bus"),
        ("and bus??", "shuttle-bus"),
        ("when is bus coming", "shuttle-bus"),
        ("¿y dónde está nuestro autobús?", "shuttle-bus"),
        ("우리 버스 어디 있어요?", "shuttle-bus"),
        ("автобус хаана байгаа вэ", "shuttle-bus"),
        ("I forgot my umbrella in the bus", "lost-property"),
        ("I was too slow and missed the bus", "missed-bus"),
    ],
)
def test_the_bus_without_a_day_or_place_is_the_daily_one(
    assistant: Assistant, question: str, topic: str
) -> None:
    reply = ask(assistant, question)
    assert (reply.kind, reply.id) == (Kind.ANSWER, topic)


def test_what_is_asked_beside_the_bus_is_not_answered_with_its_times(assistant: Assistant) -> None:
    for question in ("who is driving the bus", "can I drink coffee on the bus", "how long is a bus"):
        assert ask(assistant, question).kind is not Kind.ANSWER


def test_the_same_question_at_another_hour_is_about_another_day(assistant: Assistant) -> None:
    today = ask(assistant, "what is tomorrow?").text
    assert ask(assistant, "what is tomorrow?", moment=TUESDAY + timedelta(days=1)).text != today
