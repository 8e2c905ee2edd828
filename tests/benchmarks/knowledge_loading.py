"""How long it takes to load and to check a knowledge folder, by its size.

Run it with `python -m tests.benchmarks.knowledge_loading`.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

from bot.knowledge.checks import check
from bot.knowledge.loader import load, read
from tests.knowledge_folder import HELP, write_folder

SIZES = (60, 1_000, 10_000)  # entries
PHRASINGS = 5  # of each entry
ENTRIES_A_FILE = 1_000
RUNS = 5


def generated_folder(place: Path, entries: int) -> Path:
    """A folder of that many entries with invented words, split over several files."""
    random = Random(1)  # noqa: S311 - nothing secret
    letters = "abcdefghiklmnoprstuvw"
    words = ["".join(random.choices(letters, k=random.randint(3, 10))) for _ in range(8_000)]

    def entry(number: int) -> str:
        phrasings = "".join(
            f"      - {' '.join(random.choices(words, k=random.randint(4, 9)))}?\n" for _ in range(PHRASINGS)
        )
        answer = " ".join(random.choices(words, k=30))
        head = f"  - id: entry-{number}\n    title: Entry {number}\n"
        return f"{head}    questions:\n{phrasings}    answer: {answer}.\n"

    faq = {"help": HELP}
    for start in range(0, entries, ENTRIES_A_FILE):
        numbers = range(start, min(start + ENTRIES_A_FILE, entries))
        faq[f"file-{start}"] = f"title: File {start}\nentries:\n{''.join(map(entry, numbers))}"
    return write_folder(place, faq=faq)


def median_seconds(action: Callable[[], object]) -> float:
    """Of RUNS runs."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    """Prints one line for each size."""
    print("| entries | phrasings | bytes | load, s | check, s |\n| --- | --- | --- | --- | --- |")
    for entries in SIZES:
        with tempfile.TemporaryDirectory() as place:
            folder = generated_folder(Path(place), entries)
            size = sum(path.stat().st_size for path in folder.rglob("*.yaml"))
            loaded = read(folder)
            loading = median_seconds(partial(load, folder))
            checking = median_seconds(partial(check, loaded))
            print(f"| {entries:,} | {entries * PHRASINGS:,} | {size:,} | {loading:.2f} | {checking:.2f} |")


if __name__ == "__main__":
    main()
