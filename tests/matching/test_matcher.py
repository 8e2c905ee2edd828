"""Questions in, topics out: exact, close, unknown."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching.matcher import Matcher
from bot.matching.normalise import slot
from bot.matching.topics import Outcome, Phrasing, Topic


def topic(id_: str, *texts: str, language: str = "en", not_about: tuple[str, ...] = ()) -> Topic:
    return Topic(
        id_,
        tuple(Phrasing(text, language) for text in texts),
        tuple(Phrasing(text, language) for text in not_about),
    )


TOPICS = (
    topic(
        "wifi",
        "What is the wifi password?",
        "How do I connect to the internet?",
        "Is there wireless in the room?",
    ),
    topic("breakfast", "When is breakfast?", "Where do we eat in the morning?", "Is breakfast included?"),
    topic("laundry", "Where can I wash my clothes?", "Is there a laundry?", "How much is laundry service?"),
    topic(
        "pharmacy", "Where can I buy medicine?", "Is there a pharmacy near the hotel?", "I need a drugstore"
    ),
    topic("taxi", "How do I call a taxi?", "Can I pay a cab by card?", "taxi to the airport"),
    topic("bus", "When does the bus leave?", "Where does the shuttle stop?", "¿A qué hora sale el autobús?"),
    topic("bus-km", "រថយន្តក្រុងចេញនៅម៉ោងប៉ុន្មាន", language="km"),
    topic("bus-mn", "Автобус хэдэн цагт явах вэ?", language="mn"),
    topic("bus-ko", "버스는 몇 시에 출발해요?", language="ko"),
    topic("bus-vi", "Xe buýt khởi hành lúc mấy giờ?", language="vi"),
)
MATCHER = Matcher(TOPICS)


def best(question: str) -> str:
    return MATCHER.match(question).matches[0].id


@pytest.mark.parametrize(
    "question",
    ["What is the wifi password?", "WHAT IS THE WIFI PASSWORD", " what is   the wi-fi password ?!"],
)
def test_a_phrasing_is_answered_whatever_its_case_and_punctuation(question: str) -> None:
    result = MATCHER.match(question)
    assert result.exact
    assert result.outcome is Outcome.ANSWER
    assert (result.matches[0].id, result.matches[0].confidence) == ("wifi", 1.0)


@pytest.mark.parametrize(
    ("question", "id_"),
    [
        ("whats the wifi pasword", "wifi"),
        ("pls tell me where i can wash clothes", "laundry"),
        ("farmacy near hotel?", "pharmacy"),
        ("how to cal taxi", "taxi"),
        ("រថយន្តក្រុងចេញម៉ោងប៉ុន្មាន?", "bus-km"),
        ("avtobus heden tsagt yavah ve", "bus-mn"),
        ("버스 몇시에 출발하나요", "bus-ko"),
        ("xe buyt khoi hanh luc may gio", "bus-vi"),
        ("a que hora sale el autobus", "bus"),
    ],
)
def test_a_question_in_other_words_spellings_or_letters_finds_its_topic(question: str, id_: str) -> None:
    assert best(question) == id_


def test_a_misspelled_word_is_reported_as_it_was_read() -> None:
    assert ("pasword", "password") in MATCHER.match("wifi pasword").corrections


@pytest.mark.parametrize("question", ["", "   ", "?!", "🙂🙂", "xyzzy", "quantum chromodynamics lattice"])
def test_what_no_phrasing_resembles_is_unknown(question: str) -> None:
    assert MATCHER.match(question).outcome is Outcome.UNKNOWN


def test_a_matcher_without_topics_knows_nothing() -> None:
    result = Matcher(()).match("hello")
    assert (result.outcome, result.matches) == (Outcome.UNKNOWN, ())


def test_topics_without_phrasings_are_never_matched() -> None:
    assert (
        Matcher([Topic("empty", ()), topic("taxi", "call a taxi")]).match("call a taxi").matches[0].id
        == "taxi"
    )


def test_the_same_phrasing_in_two_topics_is_not_an_exact_answer() -> None:
    matcher = Matcher([topic("a", "where is it"), topic("b", "where is it"), topic("c", "when is lunch")])
    result = matcher.match("where is it")
    assert not result.exact
    assert {match.id for match in result.matches[:2]} == {"a", "b"}


def test_a_preferred_topic_wins_a_tie_and_nothing_else() -> None:
    matcher = Matcher([topic("a", "where is it"), topic("b", "where is it"), topic("c", "when is lunch")])
    assert matcher.match("where is it", prefer=["b"]).matches[0].id == "b"
    assert matcher.match("when is lunch", prefer=["b"]).matches[0].id == "c"


def test_what_a_topic_is_not_about_is_not_answered_by_it() -> None:
    question = "is there a gym in the hotel"
    plain = [
        topic("hotel", "tell me about the hotel", "is there a room in the hotel"),
        topic("bus", "when is the bus"),
    ]
    assert Matcher(plain).match(question).matches[0].id == "hotel"
    wary = [
        topic("hotel", *(p.text for p in plain[0].phrasings), not_about=("hotel gym", "is there a gym")),
        plain[1],
    ]
    assert Matcher(wary).match(question).outcome is not Outcome.ANSWER
    assert Matcher(wary).match("tell me about the hotel").outcome is Outcome.ANSWER


def test_a_slot_matches_its_own_kind_only() -> None:
    where, when = f"where is {slot('site')}", f"what is on {slot('day')}"
    matcher = Matcher(
        [topic("where", where, f"the way to {slot('site')}"), topic("plan", when, f"plan {slot('day')}")]
    )
    assert matcher.match(f"wher is {slot('site')} pls").matches[0].id == "where"
    assert matcher.match(f"and {slot('day')}?").matches[0].id == "plan"
    assert matcher.match(f"{slot('day')}").corrections == ()


def test_at_most_ten_matches_come_best_first() -> None:
    matcher = Matcher([topic(f"t{number}", f"question number {number} about rooms") for number in range(30)])
    matches = matcher.match("question about rooms").matches
    assert len(matches) == 10
    assert all(0 <= match.confidence <= 1 for match in matches)


def test_the_nearest_phrasing_is_shown_as_it_was_written() -> None:
    assert (
        MATCHER.match("is there a pharmacy near").matches[0].phrasing == "Is there a pharmacy near the hotel?"
    )


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_gets_a_result(question: str) -> None:
    result = MATCHER.match(question)
    assert all(0 <= match.confidence <= 1 for match in result.matches)


@pytest.mark.parametrize(
    "question",
    [
        "\u0301" * 10_000,
        "🧑‍🚀" * 2_000,
        "\x00\x1b" * 3_000,
        "\ufdfa" * 4_096,
        "ក្ក" * 1_500,
        "a" * 4_096,
        "ab " * 1_400,
    ],
)
def test_hostile_text_is_survived(question: str) -> None:
    assert MATCHER.match(question).outcome is Outcome.UNKNOWN
