"""Very many texts as people type them into the YAML files: `python -m tests.benchmarks.yaml_texts [NUMBER]`.

Each arrives as it was typed, perhaps with a warning, or is an error with a line; nothing else is raised. One
text in fifty goes through the whole loader, as the answer of an entry. Prints counts and the slowest.
"""

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter

import yaml

from bot.knowledge.files import Files
from bot.knowledge.loader import load
from bot.knowledge.problems import KnowledgeError
from bot.knowledge.yaml_tree import Tree, read_tree
from tests.knowledge_folder import HELP, write_folder

NUMBER = 100_000
ONE_IN = 50  # texts that go through the whole loader
PIECES = [
    *"abcXYZ019 .,;:!?#-_/\\|>&*%@`'\"()[]{}=+~^$<",
    *"éñüđứកមМн한글Ω€🙂\u200b\u00a0\u2028\u202e\ufeff\x07\x85\t",
    *("10:30", "9:30", "no", "yes", "on", "null", "~", "007", "1.10", "0x1F", "1e3", "2026-10-01", "+49 30"),
    *("C# #1", " #x", ": ", "- ", "? ", "<<", "!!python/object:os.system", "&a ", "*a", "---", "..."),
    *("Keynote: the future", "[draft] talk", "{en: x}", "“smart”", "**bold**", "[a](https://b.c)"),
]
STYLES = [None, "'", '"', "|", ">"]


def typed(random: Random) -> str:
    """A text of a line."""
    return "".join(random.choices(PIECES, k=random.randint(1, 12)))


def plain(text: str, tree: Tree) -> str | None:
    """What became of a text behind a key, without quotes; None when it was read as something else."""
    value = tree.root.value if tree.root else None
    if not isinstance(value, dict) or set(value) != {"key"}:
        return None
    said = value["key"]
    if said == text.strip(" \t"):
        return "arrived as typed"
    if tree.findings.warnings:
        return "arrived, with a warning"
    # In quotes and brackets people write YAML on purpose, and block texts say how they are to be read.
    return "read as YAML" if text.lstrip()[:1] in set("'\"[{|>") else None


def quoted(written: object, tree: Tree) -> str | None:
    """What became of a text that another program wrote; None when it was read as something else."""
    return "arrived as typed" if tree.root and tree.root.value == written else None


def outcome(document: bytes, arrived: Callable[[Tree], str | None]) -> str:
    """What became of a document. Raises AssertionError when the promise is broken."""
    tree = read_tree(document, "file.yaml")
    if tree.findings.problems:
        assert all(problem.line >= 1 and problem.message for problem in tree.findings.problems), document
        return "an error with its line"
    found = arrived(tree)
    assert found, document
    return found


def one(random: Random) -> tuple[bytes, str]:
    """One document, and what became of it."""
    text, kind = typed(random), random.randrange(3)
    if kind == 0:
        document = f"key: {text}\n".encode()
        return document, outcome(document, lambda tree: plain(text, tree))
    if kind == 1:
        written = {"key": [text], "after": "x"}
        style, wide = random.choice(STYLES), random.random() < 0.5
        document = yaml.dump(written, default_style=style, allow_unicode=wide, sort_keys=False).encode()
        return document, outcome(document, lambda tree: quoted(written, tree))
    data = bytearray(HELP.encode())
    for _ in range(random.randint(1, 4)):
        place = random.randrange(len(data))
        data[place : place + random.randrange(3)] = random.choice(
            [text.encode(), random.randbytes(2), b"\n", b"  "]
        )
    return bytes(data), outcome(bytes(data), lambda _: "a damaged file that is still YAML")


def loaded(files: dict[str, bytes], document: bytes) -> str:
    """What becomes of a whole folder with this file in it."""
    try:
        load(Files({**files, "faq/help.yaml": document}))
    except KnowledgeError as error:
        assert all(problem.message for problem in error.problems), document
        return "a folder with errors"
    return "a folder in order"


def main(number: int) -> None:
    """Prints what became of so many texts."""
    random = Random(1)  # noqa: S311 - nothing secret
    counts: Counter[str] = Counter()
    slowest = 0.0
    with TemporaryDirectory() as place:
        folder = write_folder(Path(place))
        files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.*")}
    for count in range(number):
        start = perf_counter()
        document, became = one(random)
        counts[became] += 1
        if count % ONE_IN == 0:
            with_answer = HELP.replace("answer: The front", f"answer: {typed(random)}").encode()
            counts[loaded(files, document if count % (2 * ONE_IN) else with_answer)] += 1
        slowest = max(slowest, perf_counter() - start)
    for became, times in counts.most_common():
        print(f"{times:>8,} {became}")
    print(f"slowest: {1000 * slowest:.0f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER)
