"""The colours of the pictures: dark text on light grounds, at least 4.5 to 1 (WCAG AA)."""

from dataclasses import dataclass

from bot.knowledge.model import SessionKind
from bot.timetable.canvas import Colour

PAGE, CARD = "#f4f5f7", "#ffffff"
TEXT, QUIET, FAINT = "#1b1f24", "#505862", "#656d78"
RULE = "#dde0e5"
NOW = "#d6293e"


@dataclass(frozen=True, slots=True)
class Tone:
    """Two colours that go together."""

    strong: Colour  # for bars and small text
    ground: Colour  # for what is behind the text


TONES: dict[SessionKind, Tone] = {
    "lecture": Tone("#1d5bd0", "#e5eefd"),
    "visit": Tone("#177a3d", "#e0f4e6"),
    "workshop": Tone("#7438c8", "#f0e8fd"),
    "ceremony": Tone("#9a5200", "#fdf0d8"),
    "meal": Tone("#b8274c", "#fde7ec"),
    "tour": Tone("#0b7370", "#dcf4f2"),
    "travel": Tone("#475569", "#e6eaf0"),
    "other": Tone("#5f5750", "#eeebe8"),
}
BUS = Tone("#33404f", CARD)


def faded(tone: Tone) -> Tone:
    """The same for what is over."""
    return Tone(blended(tone.strong, PAGE, 0.45), blended(tone.ground, PAGE, 0.6))


def blended(one: Colour, other: Colour, part: float) -> Colour:
    """The colour that lies `part` of the way from one to the other."""
    pairs = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)
