"""Who belongs to an audience."""

from hypothesis import given
from hypothesis import strategies as st

from bot.broadcasts.audience import Audience, Outcome, Recipient, chosen, described, includes
from bot.broadcasts.kept import from_json, to_json
from bot.locales import words_in
from bot.store.reachable import Reachable


def person(chat_id: int, language: str | None = "en", *groups: str, country: str | None = None) -> Reachable:
    return Reachable(chat_id, "private", f"P{chat_id}", None, language, country, frozenset(groups))


ANA, BEN, CHI = person(1, "es", "A"), person(2, None, "A", "B", country="NG"), person(3, "en")
HALL = Reachable(-5, "supergroup", "Hall", None, "en", None, frozenset())
EVERYBODY = (ANA, BEN, CHI, HALL)


def ids(audience: Audience, outcome: set[int] | None = None) -> list[int]:
    return [recipient.chat_id for recipient in chosen(audience, EVERYBODY, "en", lambda _: outcome or set())]


def test_everybody_is_every_participant_and_no_group_of_telegram() -> None:
    assert ids(Audience()) == [1, 2, 3]
    assert ids(Audience(chats=(-5, 3))) == [3, -5]


def test_choices_of_one_kind_add_up_and_of_several_kinds_narrow() -> None:
    assert ids(Audience(groups=("A", "B"))) == [1, 2]
    assert ids(Audience(groups=("A",), languages=("en",))) == [2]
    assert ids(Audience(countries=("NG",))) == [2]


def test_who_is_in_no_group_may_be_meant_with_a_group() -> None:
    assert ids(Audience(groups=("B",), or_in_no_group=True)) == [2, 3]


def test_the_language_of_a_recipient_is_theirs_or_the_default() -> None:
    people = chosen(Audience(), EVERYBODY, "en", lambda _: set())
    assert people == [Recipient(1, "es"), Recipient(2, "en"), Recipient(3, "en")]


def test_an_outcome_narrows_too_and_reaches_groups_of_telegram() -> None:
    assert ids(Audience(outcome=Outcome.DELIVERED, languages=("en",)), {1, 3, -5}) == [3, -5]


def test_a_newcomer_belongs_by_choices_but_never_to_an_outcome() -> None:
    assert includes(Audience(languages=("es",)), ANA, "en")
    assert not includes(Audience(languages=("es",)), BEN, "en")
    assert not includes(Audience(outcome=Outcome.UNCONFIRMED), ANA, "en")


def test_it_is_said_in_words() -> None:
    words = words_in("en")
    assert described(Audience(), words, {}) == "everybody"
    audience = Audience(groups=("A",), languages=("es", "fr"), chats=(7, 8))
    assert described(audience, words, {7: "Hall"}) == "groups A; readers of Spanish and French; Hall and 8"
    assert described(Audience(countries=("NG", "DO")), words_in("es"), {}) == (
        "las personas de Nigeria y República Dominicana"
    )


names = st.sampled_from(["A", "B", "C"])
audiences = st.builds(
    Audience,
    groups=st.lists(names, max_size=2, unique=True).map(tuple),
    or_in_no_group=st.booleans(),
    languages=st.lists(st.sampled_from(["en", "es"]), max_size=2, unique=True).map(tuple),
    countries=st.lists(st.just("NG"), max_size=1).map(tuple),
    chats=st.lists(st.integers(-6, 6), max_size=3, unique=True).map(tuple),
    outcome=st.none() | st.sampled_from(Outcome),
)


@given(audiences, st.sets(st.integers(-6, 6)))
def test_nobody_is_chosen_twice_and_nobody_outside_an_outcome(audience: Audience, within: set[int]) -> None:
    found = ids(audience, within)
    assert len(found) == len(set(found))
    assert not audience.outcome or set(found) <= within


@given(audiences)
def test_what_is_kept_comes_back(audience: Audience) -> None:
    assert from_json(Audience, to_json(audience)) == audience
