"""Edits of generated YAML files, texts typed in the chat, and damaged archives: what came of them.

Run it with `python -m tests.benchmarks.edits [NUMBER]`, 100,000 of each by default.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from bot.knowledge.editing.by_id import find, set_text
from bot.knowledge.editing.edits import append, plain_at, read_plain, remove, set_value
from bot.knowledge.editing.problems import EditError
from bot.knowledge.editing.uploads import UploadError, packed, uploaded
from bot.knowledge.yaml_tree import Plain
from tests.knowledge.editing.yaml_files import PIECES, Author
from tests.knowledge_folder import HELP, PROGRAMME

KEYS = ("id", "title", "en", "es", "km", "answer", "questions", "photos", "notes")
NUMBER = 100_000


def text(random: Random) -> str:
    """One to five lines of words that YAML is known to trip over."""
    lines = [
        " ".join(random.choices(PIECES, k=random.randint(1, 4)))
        for _ in range(random.choice((1, 1, 1, 3, 5)))
    ]
    return "\n".join(lines) + random.choice(("", "", "\n"))


def value(random: Random, depth: int = 3) -> Any:
    """A text, list or mapping."""
    kind = random.random() if depth else 0
    if kind < 0.5:
        return text(random)
    number = random.randint(1, 3)
    if kind < 0.75:
        return [value(random, depth - 1) for _ in range(number)]
    return {key: value(random, depth - 1) for key in random.sample(KEYS, number)}


def paths(root: Plain, above: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where anything stands."""
    if above:
        yield above
    steps: Any = root.items() if isinstance(root, dict) else enumerate(root) if isinstance(root, list) else ()
    for step, each in steps:
        yield from paths(each, (*above, step))


def edited(random: Random) -> str:
    """Edits a file, and reads it again: what came of it."""
    root = {key: value(random) for key in random.sample(KEYS, 3)}
    file = Author(random, step=random.choice((2, 2, 4))).file(root)
    try:
        if read_plain(file) != root:
            return "left out, as they cannot be written so"
    except EditError:
        return "left out, as they cannot be written so"
    path, new = random.choice(list(paths(root))), value(random)
    above: Any = plain_at(root, path[:-1])
    try:
        if random.random() < 0.3 and len(above) > 1:
            after = remove(file, path)
            del above[path[-1]]
        elif isinstance(above[path[-1]], list) and random.random() < 0.5:
            after = append(file, path, new)
            above[path[-1]].append(new)
        else:
            after = set_value(file, path, new)
            above[path[-1]] = new
    except EditError as error:
        return f"refused: {'a comment would be lost' if 'comment' in str(error) else error}"
    return "as asked" if read_plain(after) == root else "WRONG"


def typed(random: Random) -> str:
    """Puts a text into an answer of a small file."""
    files, new = {"faq/help.yaml": HELP.encode()}, text(random)
    language = random.choice(("en", "es"))
    try:
        after = set_text(files, "emergency", "answer", new, language=language, languages=("en", "es"))
    except EditError as error:
        return f"refused: {error}"
    answer = find(after, "emergency").value["answer"]
    return "as typed" if isinstance(answer, dict) and answer[language] == new else "WRONG"


def damaged(random: Random) -> str:
    """Takes an archive of which some bytes are others."""
    data = bytearray(packed({"programme.yaml": PROGRAMME.encode(), "faq/help.yaml": HELP.encode()}))
    for _ in range(random.randint(1, 4)):
        data[random.randrange(len(data))] = random.randrange(256)
    try:
        uploaded("k.zip", bytes(data), {})
    except UploadError:
        return "refused"
    return "taken"


def report(name: str, trial: Callable[[Random], str], number: int) -> None:
    """Prints what came of `number` trials, and the processor time of the slowest."""
    counts: Counter[str] = Counter()
    slowest = 0.0
    for seed in range(number):
        random = Random(seed)  # noqa: S311 - nothing secret
        start = time.process_time()
        counts[trial(random)] += 1
        slowest = max(slowest, time.process_time() - start)
    told = ", ".join(f"{count:,} {what}" for what, count in counts.most_common())
    print(f"{name}: {told}; slowest {slowest:.2f} s of the processor", flush=True)


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER
    report("edits of generated files", edited, wanted)
    report("texts typed for an answer", typed, wanted)
    report("damaged archives", damaged, wanted)
