"""A question is written for an encoder as the knowledge base writes."""

import pytest

from bot.matching.topics import Phrasing
from bot.matching.writing import Writing

PHRASINGS = [
    Phrasing("Khách sạn ở đâu?", "vi"),
    Phrasing("Mật khẩu wifi khách sạn là gì?", "vi"),
    Phrasing("Ô tô đi lúc mấy giờ?", "vi"),
    Phrasing("Сургалт хэзээ эхлэх вэ?", "mn"),
    Phrasing("Where is the hotel in Busan?", "en"),
]


@pytest.mark.parametrize(
    ("typed", "language", "corrections", "written"),
    [
        ("khach san o dau", "vi", {}, "khách sạn ở đâu"),
        ("o to di luc may gio", "vi", {}, "ô tô đi lúc mấy giờ"),
        ("Khách sạn ở đâu?", "vi", {}, "Khách sạn ở đâu?"),
        ("surgalt hezee ehleh ve", "mn", {}, "сургалт хэзээ эхлэх вэ"),
        ("Whre is teh hotel?", "en", {"whre": "where", "teh": "the"}, "where is the hotel?"),
        ("hotelbusan", "en", {"hotelbusan": "hotel busan"}, "hotel busan"),
        ("Where is the pool, room 301?", "en", {}, "Where is the pool, room 301?"),
        ("khach san", "en", {}, "khach san"),
        ("", "en", {}, ""),
    ],
)
def test_accents_script_and_spelling_come_back(
    typed: str, language: str, corrections: dict[str, str], written: str
) -> None:
    assert Writing(PHRASINGS).restored(typed, language, corrections) == written
