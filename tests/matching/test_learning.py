"""What is learned from a base."""

from bot.matching.base import Base
from bot.matching.learning import Learned, bag, learn
from bot.matching.synonyms import Synonyms
from bot.matching.topics import Phrasing, Topic


def test_the_words_of_each_phrasing_are_kept_in_alphabetical_order(learned: Learned) -> None:
    assert learned.bags[0] == "is password the what wifi"
    assert bag(learned.reader.read("password wifi, what is the").text) == learned.bags[0]


def test_a_single_phrasing_is_enough() -> None:
    one = learn(Base([Topic("only", (Phrasing("hello", "en"),))]), Synonyms())
    assert one.ranker.rank(one.reader.read("hello").text).topics == [0]
    assert one.calibration.rehearsed == ()


def test_phrasings_without_words_do_no_harm() -> None:
    topics = [
        Topic("odd", (Phrasing("???", "en"), Phrasing("hello", "en"))),
        Topic("bus", (Phrasing("bus", "en"),)),
    ]
    odd = learn(Base(topics), Synonyms())
    assert odd.ranker.rank(odd.reader.read("hello").text).topics[0] == 0
