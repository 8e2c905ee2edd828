"""How long a timetable picture takes and how large it is: `python -m tests.benchmarks.timetable`.

The first picture also reads the fonts; each figure after it is the median of several drawings without the
cache of pictures.
"""

import io
import statistics
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from datetime import time as clock_time
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image

from bot.calendars.export import calendar_file
from bot.knowledge.loader import load
from bot.timetable import TimetableCache, day_picture, programme_picture

FOLDER = Path(__file__).parent.parent.parent / "knowledge"
LANGUAGES = ("en", "ko", "km", "mn")
RUNS = 5


def measured(make: Callable[[], bytes]) -> tuple[float, bytes]:
    """Median milliseconds of RUNS runs, and what was made."""
    times, made = [], b""
    for _ in range(RUNS):
        start = time.perf_counter()
        made = make()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times), made


def row(name: str, language: str, make: Callable[[], bytes]) -> str:
    """One line of the table."""
    milliseconds, data = measured(make)
    width, height = Image.open(io.BytesIO(data)).size
    return f"| {name} | {language} | {milliseconds:.0f} | {len(data) / 1000:.0f} | {width} × {height} |"


def main() -> None:
    """Prints a table of pictures, then what the cache and a calendar file take."""
    knowledge = load(FOLDER)
    busiest, _ = Counter(session.date for session in knowledge.sessions.values()).most_common(1)[0]
    moment = datetime.combine(busiest, clock_time(11), ZoneInfo(knowledge.programme.time_zone))
    start = time.perf_counter()
    day_picture(knowledge, busiest, language="en", moment=moment)
    print(f"first picture, with reading the fonts: {(time.perf_counter() - start) * 1000:.0f} ms\n")
    print("| picture | language | ms | kB | pixels |\n| --- | --- | --- | --- | --- |")
    for language in LANGUAGES:
        print(
            row("day", language, partial(day_picture, knowledge, busiest, language=language, moment=moment))
        )
    for language in LANGUAGES:
        print(
            row(
                "programme", language, partial(programme_picture, knowledge, language=language, moment=moment)
            )
        )
    cache = TimetableCache()
    kept, _ = measured(partial(cache.programme, knowledge, language="en", moment=moment))
    print(f"\nfrom the cache: {kept * 1000:.0f} µs")
    whole = partial(
        calendar_file,
        knowledge,
        tuple(knowledge.sessions.values()),
        language="en",
        moment=moment,
        namespace="bench",
    )
    milliseconds, data = measured(whole)
    print(f"calendar of {len(knowledge.sessions)} sessions: {milliseconds:.0f} ms, {len(data) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
