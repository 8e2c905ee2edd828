"""The fonts: every letter of the eight languages, light, and with their licence."""

import pytest

from bot.timetable.fonts import FOLDER, font_stack

LETTERS = {
    "es": "áéíóúüñÁÉÍÓÚÜÑ¿¡«»",
    "fr": "àâæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ’",
    "vi": "ăâđêôơưĂÂĐÊÔƠƯ" + "ấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữựỳỵỷỹẤẦẨẪẬẮẰẲẴẶẾỀỂỄỆỐỒỔỖỘỚỜỞỠỢỨỪỬỮỰ₫",
    "mn": "".join(map(chr, range(0x410, 0x450))) + "ёЁөӨүҮ₮",
    "km": "".join(map(chr, range(0x1780, 0x17DE))) + "០១២៣៤៥៦៧៨៩៛",
    "fil": "ñÑ₱",
    "ko": "".join(map(chr, range(0xAC00, 0xD7A4))) + "ㄱㅎㅏㅣ₩",
    "en": "".join(map(chr, range(0x20, 0x7F))) + "–—…‘’“”·→•",
}


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("language", LETTERS)
def test_every_letter_can_be_drawn(language: str, bold: bool) -> None:
    text = LETTERS[language]
    assert font_stack(bold=bold).drawable(text) == text


def test_a_letter_of_no_font_is_a_box_and_a_symbol_goes() -> None:
    assert font_stack(bold=False).drawable("漢 and 🎉") == "□ and "


def test_a_text_of_several_scripts_is_drawn_with_several_fonts() -> None:
    runs = [text for _, text in font_stack(bold=False).runs("Bus 버스 ឡាន 2")]
    assert runs == ["Bus ", "버스", " ", "ឡាន", " 2"]


def test_the_fonts_are_light_and_come_with_their_licence() -> None:
    files = [file for file in FOLDER.iterdir() if file.suffix in {".ttf", ".otf"}]
    assert sum(file.stat().st_size for file in files) < 3_000_000
    assert "SIL OPEN FONT LICENSE" in (FOLDER / "OFL.txt").read_text("utf-8")
    readme = (FOLDER / "README.md").read_text("utf-8")
    assert all(file.name.split("-")[0] in readme for file in files)
