"""Sheets of QR codes, read back by an independent reader."""

import io

import zxingcpp
from PIL import Image

from bot.links import sheet
from bot.links.deep_links import DeepLink
from bot.locales import words_in


def cards(number: int) -> list[DeepLink]:
    return [DeepLink(f"show-entry-{each}", f"Entry {each}") for each in range(number)]


def read(page: bytes) -> set[str]:
    return {code.text for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(page)))}


def test_every_code_of_a_page_can_be_read() -> None:
    [page] = sheet.pages(cards(6), "demo_bot", words_in("en"))
    assert read(page) == {f"https://t.me/demo_bot?start=show-entry-{each}" for each in range(6)}


def test_a_seventh_card_begins_a_second_page() -> None:
    first, second = sheet.pages(cards(7), "demo_bot", words_in("km"))
    assert len(read(first)) == 6
    assert read(second) == {"https://t.me/demo_bot?start=show-entry-6"}


def test_the_longest_payload_can_be_read_too() -> None:
    link = DeepLink("g" * 64, "A door with a name that goes on and on " * 5)
    [page] = sheet.pages([link], "a_bot_with_a_name_of_32_letters_b", words_in("ko"))
    assert read(page) == {link.url("a_bot_with_a_name_of_32_letters_b")}


def test_a_pdf_holds_all_pages() -> None:
    made = sheet.pdf(cards(13), "demo_bot", words_in("en"))
    assert made.startswith(b"%PDF")
    assert made.count(b"/Type /Page\n") + made.count(b"/Type /Page ") + made.count(b"/Type /Page/") == 3
