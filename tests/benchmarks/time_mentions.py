"""How long it takes to find the mentions of time in a question, and in the longest hostile message.

Run it with `python -m tests.benchmarks.time_mentions`.
"""

import json
import time
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.assistant.when import find_when

QUESTIONS = Path(__file__).parent.parent / "assistant" / "when" / "questions.jsonl"
LANGUAGES = ("en", "es", "fr", "vi", "km", "mn", "fil", "ko")
LENGTH = 100  # characters of a long question
HOSTILE = (
    "a",
    " ",
    "1/",
    "14 ",
    "14 october ",
    "the ",
    "today ",
    "tomorow ",
    "오늘 ",
    "ថ្ងៃ",
    "10 сарын ",
    "😀",
    "- ",
)
RUNS = 5
ZONE = ZoneInfo("Asia/Seoul")
STARTS, ENDS = date(2016, 10, 10), date(2016, 10, 20)
MOMENT = datetime(2016, 10, 12, 10, 40, tzinfo=ZONE)


def milliseconds(text: str, languages: Sequence[str] = LANGUAGES) -> float:
    """The shortest time of RUNS, so that other work on the machine does not count."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        find_when(text, MOMENT, zone=ZONE, starts=STARTS, ends=ENDS, languages=languages)
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def main() -> None:
    """Prints one line for each sort of text."""
    rows = [json.loads(line)["q"] for line in QUESTIONS.read_text("utf-8").splitlines()]
    long = [" ".join(three)[:LENGTH] for three in zip(rows, rows[7:], rows[19:], strict=False)]
    hostile = [(text * 4096)[:4096] for text in HOSTILE]
    start = time.perf_counter()
    find_when("hello", MOMENT, zone=ZONE, starts=STARTS, ends=ENDS, languages=LANGUAGES)
    print(
        f"The first question, which reads the words of eight languages: {time.perf_counter() - start:.2f} s\n"
    )
    print("| text | median, ms | 95 %, ms | most, ms |\n| --- | --- | --- | --- |")
    for name, texts, languages in (
        ("a question, eight languages", rows, LANGUAGES),
        (f"{LENGTH} characters, eight languages", long, LANGUAGES),
        (f"{LENGTH} characters, two languages", long, LANGUAGES[:2]),
        ("4,096 hostile characters", hostile, LANGUAGES),
    ):
        times = sorted(milliseconds(text, languages) for text in texts)
        middle, high = times[len(times) // 2], times[int(len(times) * 0.95)]
        print(f"| {name} | {middle:.2f} | {high:.2f} | {times[-1]:.2f} |")


if __name__ == "__main__":
    main()
