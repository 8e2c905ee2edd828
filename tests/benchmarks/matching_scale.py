"""How matching grows with the knowledge base: load, memory, time of a question, on one core.

Run it with `python -m tests.benchmarks.matching_scale [--picture FILE.svg]`. Each size is measured in a
process of its own. Phrasings are made up: five an entry, words as frequent as in a language (Zipf), four to
nine in each; a question mixes words of two phrasings of an entry, and two in five have a typing error. Times
are processor time of the thread, so that other work on the machine does not count.
"""

import argparse
import json
import math
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bot.matching.matcher import Matcher
from bot.matching.topics import Phrasing, Topic

SIZES = (100, 1_000, 10_000, 50_000, 100_000)  # phrasings
AN_ENTRY = 5  # phrasings
QUESTIONS = 400
LENGTH = 4_096  # characters of a hostile question
FREQUENT = "what is the how do i can my to a for in of where when please me on are you get it".split()  # noqa: SIM905 - reads better
HOSTILE = ("a", "ab ", "\u0301", "\ufdfa", "ក្រុង", "판교 ", "🧑‍🚀", "\x00\u202e")
Figures = dict[str, float]


def words(number: int, random: Random) -> list[str]:
    """Different words of one to four syllables."""
    found: dict[str, None] = {}
    while len(found) < number:
        syllables = random.choice((1, 2, 2, 3, 3, 4))
        found["".join(_syllable(random) for _ in range(syllables))] = None
    return list(found)


def _syllable(random: Random) -> str:
    last = random.choice("bdgklmnrst") if random.random() < 0.4 else ""
    return random.choice("bcdfghklmnprstvw") + random.choice("aeiou") + last


def topics(number: int, random: Random) -> list[Topic]:
    """Entries with words of their own."""
    vocabulary = words(max(3_000, number // 2), random)
    weights = [1 / (rank + 10) for rank in range(len(vocabulary))]
    made = []
    for place in range(number):
        own = random.choices(vocabulary, weights, k=4) + random.choices(vocabulary, k=2)
        texts = [" ".join(_word(own, random) for _ in range(random.randint(4, 9))) for _ in range(AN_ENTRY)]
        made.append(Topic(f"t{place}", tuple(Phrasing(text, "en") for text in texts)))
    return made


def _word(own: Sequence[str], random: Random) -> str:
    return random.choice(FREQUENT if random.random() < 0.5 else own)


def question(topic: Topic, random: Random) -> str:
    """Words of two phrasings, sometimes with a wrong letter."""
    one, other = (random.choice(topic.phrasings).text.split() for _ in range(2))
    text = " ".join(random.sample(one, max(2, len(one) - 2)) + random.sample(other, 2))
    place = random.randrange(len(text))
    return text[:place] + random.choice("aeiorst") + text[place + 1 :] if random.random() < 0.4 else text


def measure(phrasings: int) -> Figures:
    """Load in seconds, memory in MB, and the times of questions in ms."""
    random = Random(1)  # noqa: S311 - nothing secret
    made = topics(phrasings // AN_ENTRY, random)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with TemporaryDirectory() as folder:
        cold = _seconds(lambda: Matcher(made, cache=Path(folder)))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        warm = _seconds(lambda: Matcher(made, cache=Path(folder)))
        matcher = Matcher(made, cache=Path(folder))
    asked = [question(random.choice(made), random) for _ in range(QUESTIONS)]
    times = sorted(1000 * _seconds(lambda text=text: matcher.match(text)) for text in asked)
    hostile = [(piece * LENGTH)[:LENGTH] for piece in HOSTILE]
    return {
        "phrasings": phrasings,
        "load": cold,
        "warm": warm,
        "memory": memory / 1024,
        "median": times[len(times) // 2],
        "p99": times[int(len(times) * 0.99)],
        "hostile": max(1000 * _seconds(lambda text=text: matcher.match(text)) for text in hostile),
    }


def _seconds(work: object) -> float:
    assert callable(work)
    start = time.thread_time()
    work()
    return time.thread_time() - start


def measured_apart(phrasings: int) -> Figures:
    """The figures of one size, from a process of its own on one core."""
    command = [sys.executable, "-m", "tests.benchmarks.matching_scale", "--size", str(phrasings)]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    figures: Figures = json.loads(done.stdout)
    return figures


def table(rows: Sequence[Figures]) -> str:
    """The figures in Markdown."""
    lines = ["| phrasings | load, s | warm load, s | memory, MB | median, ms | p99, ms | hostile, ms |"]
    lines.append("| --- | --- | --- | --- | --- | --- | --- |")
    for row in rows:
        lines.append(
            f"| {row['phrasings']:,.0f} | {row['load']:.2f} | {row['warm']:.2f} | {row['memory']:.0f} "
            f"| {row['median']:.2f} | {row['p99']:.2f} | {row['hostile']:.1f} |"
        )
    return "\n".join(lines)


CURVES = {
    "load": "load, s",
    "warm": "warm load, s",
    "median": "question (median), ms",
    "p99": "question (p99), ms",
}
COLOURS = ("#1f77b4", "#7fb3d5", "#d35400", "#f0b27a")
WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 720, 400, 60, 20, 190, 50  # pixels of the picture and its margins
LEAST, MOST = -2, 1  # powers of ten at the ends of the vertical axis


def picture(rows: Sequence[Figures]) -> str:
    """The curves as SVG, both axes logarithmic."""
    lines = [_axes()]
    for number, (field, label) in enumerate(CURVES.items()):
        points = [_point(row["phrasings"], row[field]) for row in rows]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        colour = COLOURS[number]
        lines.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        lines += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in points]
        height = TOP + 20 + 22 * number
        lines.append(f'<text x="{WIDTH - RIGHT + 16}" y="{height}" fill="{colour}">{label}</text>')
    frame = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
    space = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
    head = f'<svg {space} font-family="sans-serif" font-size="13">'
    return "\n".join([head, frame, *lines, "</svg>", ""])


def _point(phrasings: float, value: float) -> tuple[float, float]:
    across = (math.log10(phrasings) - 2) / 3
    up = (min(max(math.log10(value), LEAST), MOST + 0.2) - LEAST) / (MOST - LEAST)
    return LEFT + across * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM)


def _axes() -> str:
    lines = []
    for power in range(LEAST, MOST + 1):
        x, y = _point(100, 10**power)
        lines.append(f'<line x1="{x}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#dddddd"/>')
        lines.append(
            f'<text x="{x - 8}" y="{y + 4:.1f}" text-anchor="end" fill="#555555">{10**power:g}</text>'
        )
    for size in (100, 1_000, 10_000, 100_000):
        x, y = _point(size, 10**LEAST)
        lines.append(
            f'<text x="{x:.1f}" y="{y + 20:.1f}" text-anchor="middle" fill="#555555">{size:,}</text>'
        )
    middle = LEFT + (WIDTH - LEFT - RIGHT) / 2
    lines.append(f'<text x="{middle}" y="{HEIGHT - 10}" text-anchor="middle" fill="#555555">phrasings</text>')
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, help="measure one size in this process, and print JSON")
    parser.add_argument("--picture", type=Path, metavar="FILE", help="also draw the curves, as SVG")
    options = parser.parse_args()
    if options.size:
        print(json.dumps(measure(options.size)))
        return
    rows = [measured_apart(size) for size in SIZES]
    print(table(rows))
    if options.picture:
        options.picture.write_text(picture(rows), "utf-8")


if __name__ == "__main__":
    main()
