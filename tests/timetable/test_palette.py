"""The colours: text can be read on every ground."""

import pytest

from bot.timetable.palette import BUS, CARD, FAINT, PAGE, QUIET, TEXT, TONES, faded


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [value / 255 for value in bytes.fromhex(colour[1:])]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tone", [*TONES.values(), BUS])
def test_text_on_a_card_has_contrast(tone: object) -> None:
    assert isinstance(tone, type(BUS))
    for text in (TEXT, QUIET, tone.strong):
        assert contrast(text, tone.ground) >= 4.5
    assert contrast(FAINT, faded(tone).ground) >= 4.5


@pytest.mark.parametrize("ground", [PAGE, CARD])
def test_text_on_the_page_has_contrast(ground: str) -> None:
    assert min(contrast(text, ground) for text in (TEXT, QUIET, FAINT)) >= 4.5
