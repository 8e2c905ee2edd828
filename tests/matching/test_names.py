"""Names in any spelling, and no names where there are none."""

import pytest

from bot.matching.names import NameFinder

FINDER = NameFinder(
    {
        "green-building": [
            "Green Building, Seoul",
            "Green Building",
            "Seoul Green Building",
            "zero-emission building",
            "그린빌딩",
        ],
        "pangyo": ["Pangyo City", "Pangyo", "Pangyo Techno Valley", "판교"],
        "gwacheon-water": [
            "Gwacheon water management facility",
            "Gwacheon",
            "water plant",
            "water treatment plant",
        ],
        "anyang-transport": [
            "Anyang transport management center",
            "Anyang",
            "transport centre",
            "bus information centre",
        ],
        "training-centre": ["Training centre", "lecture hall", "classroom", "교육 센터", "មជ្ឈមណ្ឌលបណ្តុះបណ្តាល"],
        "hotel": ["Hanbit Hotel", "accommodation", "hotel", "lodging", "한빛호텔"],
    }
)


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("when do we visit pangyo", "pangyo"),
        ("when do we visit panggyo?", "pangyo"),
        ("Pan-gyo photos", "pangyo"),
        ("pan gyo pls", "pangyo"),
        ("PANKYO", "pangyo"),
        ("pangyo's address", "pangyo"),
        ("판교", "pangyo"),
        ("판교에 언제 가요?", "pangyo"),
        ("Пангё хаана байдаг вэ", "pangyo"),
        ("Пангёгийн зураг", "pangyo"),
        ("Kwacheon", "gwacheon-water"),
        ("kwach'ŏn plant", "gwacheon-water"),
        ("gwachun where", "gwacheon-water"),
        ("과천은 어디예요", "gwacheon-water"),
        ("the water plant", "gwacheon-water"),
        ("an-yang", "anyang-transport"),
        ("An Yang tomorrow", "anyang-transport"),
        ("anjang?", "anyang-transport"),
        ("anyng center", "anyang-transport"),
        ("안양은 어때요", "anyang-transport"),
        ("transport center", "anyang-transport"),
        ("green bilding", "green-building"),
        ("the greenbuilding roof", "green-building"),
        ("Zero emission building", "green-building"),
        ("where is the hotel", "hotel"),
        ("hanbit hotel adress", "hotel"),
        ("our acommodation", "hotel"),
        ("한빛호텔에서", "hotel"),
        ("trainning center", "training-centre"),
        ("តើមជ្ឈមណ្ឌលបណ្តុះបណ្តាលនៅឯណា", "training-centre"),
    ],
)
def test_a_name_is_found_in_the_spellings_that_people_use(text: str, id_: str) -> None:
    assert [mention.id for mention in FINDER.find(text)] == [id_]


@pytest.mark.parametrize(
    "text",
    [
        "how young are the participants",
        "the building is tall",
        "when does my plane leave",
        "a plane over water",
        "is it any good",
        "any and all",
        "a hostel",
        "hot tea",
        "my city",
        "green tea",
        "the centre of the town",
        "",
        "👍🏽 !!",
        "뭐예요",
    ],
)
def test_ordinary_words_are_not_taken_for_names(text: str) -> None:
    assert FINDER.find(text) == ()


def test_the_span_of_a_mention_is_its_place_in_the_text() -> None:
    text = "How far is  An-Yang from the Green bilding?"
    assert [text[m.start : m.end] for m in FINDER.find(text)] == ["An-Yang", "Green bilding"]
    (mention,) = FINDER.find("판교에 언제")
    assert (mention.start, mention.end) == (0, 2)


def test_the_longer_name_wins_over_a_shorter_one_inside_it() -> None:
    finder = NameFinder({"city": ["Seoul"], "building": ["Green Building, Seoul"]})
    assert [m.id for m in finder.find("the green building seoul")] == ["building"]


def test_two_things_of_the_same_name_are_both_found() -> None:
    finder = NameFinder({"site": ["Pangyo"], "visit": ["Pangyo"]})
    assert {m.id for m in finder.find("pangyo")} == {"site", "visit"}


def test_an_exact_name_scores_more_than_a_misspelled_one() -> None:
    exact, close = FINDER.find("Gwacheon")[0], FINDER.find("Gwachen")[0]
    assert exact.score == 1.0 > close.score > 0


def test_ordinary_words_that_the_caller_names_are_no_misspellings() -> None:
    assert FINDER.find("hanbit hotel") and NameFinder({"hotel": ["Hanbit"]}).find("habit")
    assert NameFinder({"hotel": ["Hanbit"]}, words=["habit"]).find("habit") == ()


def test_a_finder_without_names_finds_nothing() -> None:
    assert NameFinder({}).find("hello") == ()
