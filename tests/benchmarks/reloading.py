"""What it takes to change the knowledge while people ask: `python -m tests.benchmarks.reloading [PART …]`.

Parts: `live` (seconds from a save to answers from it, by size), `load` (questions over HTTP while the folder
is saved every two seconds, one save in three broken), `killed` (kill -9 while revisions are published, and
what is there afterwards), `follow` (seconds until another process answers from it). Without a part, all.
"""

import asyncio
import os
import random
import re
import shutil
import signal
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from time import perf_counter, process_time

from bot.assistant.reply import Conversation
from bot.clock import system_clock
from bot.encoder.meaning import Meaning
from bot.knowledge.loader import load
from bot.preview.server import PreviewServer
from bot.revisions.admins import Admins
from bot.revisions.live import LiveKnowledge
from bot.revisions.opening import open_revision
from bot.revisions.reloading import Reloading
from bot.store import revisions
from bot.store.database import Database, open_database
from bot.store.migrations import migrate
from bot.store.revisions import Origin
from tests.benchmarks.knowledge_loading import generated_folder
from tests.benchmarks.load import ROOT, Load, People, bot_process
from tests.benchmarks.typed import typed_questions

RUNS = 3
SIZES = (60, 1_000, 10_000)  # entries
QUESTIONS, AT_ONCE = 600, 10
SAVE_EVERY = 2.0  # seconds
KILLS = 20
FIRST = {"hotel-stay", "entry-0"}  # of the files that are changed
WORDS = ("brillig", "slithy", "borogove", "mimsy", "outgrabe", "vorpal", "frumious", "galumph", "uffish")
BROKEN = "\n  - id: Broken!\n"


@asynccontextmanager
async def database_in(place: Path) -> AsyncIterator[Database]:
    """A migrated database in `place`."""
    database = open_database(f"sqlite:///{place / 'bot.db'}")
    await migrate(database)
    yield database
    await database.close()


async def live_in(folder: Path, place: Path, database: Database) -> LiveKnowledge:
    """What a process answers from."""
    opened = await open_revision(folder, database, system_clock)
    meaning, cache = Meaning(None, place), place / "cache"
    return LiveKnowledge(
        opened.number, opened.loaded, database=database, clock=system_clock, meaning=meaning, cache=cache
    )


def with_answer(text: str, number: int) -> str:
    """A file of entries in which the first answer is another one."""
    return re.sub(r"(\banswer:(?:\s+en:)?(?: \|)?\s+)", rf"\1Number {number}, ", text, count=1)


def with_phrasing(text: str, number: int) -> str:
    """A file of entries in which the first one has another phrasing."""
    head, mark, rest = text.partition("questions:\n")
    indent = rest[: len(rest) - len(rest.lstrip())]
    language = rest.lstrip().partition("\n")[0]
    if not language.startswith("-"):  # by language
        head, mark, rest = f"{head}{mark}{indent}{language}\n", "", rest.partition("\n")[2]
        indent = rest[: len(rest) - len(rest.lstrip())]
    return f"{head}{mark}{indent}- {new_question(number)}\n{rest}"


def new_question(number: int) -> str:
    """Like no other."""
    return " ".join(WORDS[2 * (number % (len(WORDS) // 2)) :][:2])


async def seconds_until_live(folder: Path, file: str) -> tuple[float, float, float]:
    """Medians: from a save to a changed answer, the processor's part of that, and from another save to an
    answer to a new phrasing.
    """
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        async with database_in(place) as database:
            opened = await open_revision(folder, database, system_clock)
            live = await live_in(folder, place, database)
            ending = asyncio.Event()
            loops = [Reloading(live, folder, Admins(database, [], lambda: "en"), opened).run, live.learn]
            tasks = [asyncio.create_task(loop(ending)) for loop in loops]
            await asyncio.sleep(1)
            [entry] = [each.id for each in live.knowledge.entries.values() if each.id in FIRST]

            def told(number: int) -> bool:
                return f"Number {number}, " in live.knowledge.entries[entry].answer["en"]

            def found(number: int) -> bool:
                question = new_question(number)
                return live.assistant.ask(question, Conversation(), system_clock()).id == entry

            answers, cpu = [], process_time()
            for number in range(RUNS):
                answers.append(await until(folder / file, with_answer, told, number))
            cpu = (process_time() - cpu) / RUNS
            phrasings = [await until(folder / file, with_phrasing, found, number) for number in range(RUNS)]
            ending.set()
            await asyncio.gather(*tasks)
            return statistics.median(answers), cpu, statistics.median(phrasings)


async def until(
    file: Path, change: Callable[[str, int], str], is_live: Callable[[int], bool], number: int
) -> float:
    """Saves a change and waits; returns the seconds."""
    text = change(await asyncio.to_thread(file.read_text, "utf-8"), number)
    await asyncio.to_thread(file.write_text, text, "utf-8")
    start = perf_counter()
    while not is_live(number):  # noqa: ASYNC110 - so that a wait is measured and not when it was told
        await asyncio.sleep(0.05)
    return perf_counter() - start


async def print_live(sizes: Sequence[int] = SIZES) -> None:
    """A line for each size."""
    print("| entries | a changed answer is told | of that, processor | a new phrasing is found |")
    print("| ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as name:
        sample = Path(name) / "sample"
        shutil.copytree(ROOT / "knowledge", sample)
        folders = {f"{len(load(sample).entries)} (the sample)": (sample, "faq/30-hotel.yaml")}
        for size in sizes:
            folder = generated_folder(Path(name) / str(size), size)
            folders[f"{size:,}"] = (folder, "faq/file-0.yaml")
        for title, (folder, file) in folders.items():
            told, cpu, found = await seconds_until_live(folder, file)
            print(f"| {title} | {told:.1f} s | {cpu:.2f} s | {found:.1f} s |", flush=True)


async def save_again_and_again(file: Path, saved: list[bool]) -> None:
    """Every two seconds; in turn another answer, another phrasing, and something broken."""
    whole = await asyncio.to_thread(file.read_text, "utf-8")
    while True:
        number = len(saved)
        changes = (with_answer(whole, number), with_phrasing(whole, number), whole + BROKEN)
        await asyncio.to_thread(file.write_text, changes[number % 3], "utf-8")
        saved.append(number % 3 != 2)
        await asyncio.sleep(SAVE_EVERY)


async def under_load(*, saving: bool) -> tuple[Load, int, int, int]:
    """The load, the saves, the revisions that came of them, and apologies among the answers."""
    async with PreviewServer() as server:
        with tempfile.TemporaryDirectory() as name:
            place, people = Path(name), People(server)
            shutil.copytree(ROOT / "knowledge", place / "knowledge")
            questions = typed_questions(load(place / "knowledge"), QUESTIONS)
            settings = {
                "KNOWLEDGE_DIR": str(place / "knowledge"),
                "CACHE_DIR": str(place / "cache"),
                "ENCODER": "off",
                "LOG_LEVEL": "ERROR",
            }
            bot = bot_process(server, place, "tests.benchmarks.unpaced_bot", settings=settings)
            async with people.listening(), bot as process:
                await people.ask("Hello")
                saved: list[bool] = []
                file = place / "knowledge" / "faq" / "30-hotel.yaml"
                saves = save_again_and_again(file, saved) if saving else asyncio.sleep(0)
                task = asyncio.create_task(saves)
                load_ = await people.ask_all(questions, AT_ONCE, process)
                task.cancel()
            database = open_database(f"sqlite:///{place / 'bot.db'}")
            newest = await database.read(revisions.newest)
            await database.close()
            apologies = sum("went wrong" in each.text for each in server.ledger)
            return load_, len(saved), newest.number - 1 if newest else 0, apologies


async def print_load() -> None:
    """A line without saves and one with them."""
    print("| | questions/s | p50 | p99 | slowest | failed | saves | revisions |")
    print(f"| --- |{' ---: |' * 7}")
    for title, saving in (("no saves", False), ("a save every 2 s, one in three broken", True)):
        found, saves, numbers, failed = await under_load(saving=saving)
        failed += found.questions - len(found.waits)
        waits = f"{found.wait(0.5):.2f} s | {found.wait(0.99):.2f} s | {found.waits[-1]:.2f} s"
        rate = found.questions / found.seconds
        print(f"| {title} | {rate:.0f} | {waits} | {failed} | {saves} | {numbers} |", flush=True)


async def publish_for_ever(place: Path) -> None:
    """In a process of its own: one revision after the other, until it is killed."""
    async with database_in(place) as database:
        live = await live_in(place / "knowledge", place, database)
        print("ready", flush=True)
        while True:
            sites = live.files["sites.yaml"].decode()
            text = f"{sites.rstrip()}\n# {live.number}\n".encode()
            await live.publish({**live.files, "sites.yaml": text}, by=1, origin=Origin.EDIT)


async def killed_once(place: Path) -> tuple[int, bool]:
    """Kills a publishing process at some moment: how far it came, and whether the newest one is whole."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.benchmarks.reloading",
        "publish",
        str(place),
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    await process.stdout.readline()
    await asyncio.sleep(random.uniform(0, 0.5))  # noqa: S311 - nothing secret
    os.kill(process.pid, signal.SIGKILL)
    await process.wait()
    async with database_in(place) as database:
        newest = await database.read(revisions.newest)
        assert newest
        opened = await open_revision(place / "knowledge", database, system_clock)
        return (
            opened.number,
            opened.number == newest.number and newest.sha256 == opened.loaded.knowledge.revision,
        )


async def print_killed() -> None:
    """What was there after each kill."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        generated_folder(place, 60)
        found = [await killed_once(place) for _ in range(KILLS)]
    whole = sum(is_whole for _, is_whole in found)
    print(
        f"killed {KILLS} times while publishing, {found[-1][0]} revisions made: {whole} times whole",
        flush=True,
    )


async def print_follow() -> None:
    """Seconds until a second process answers from what the first has published."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        shutil.copytree(ROOT / "knowledge", place / "knowledge")
        async with database_in(place) as first, database_in(place) as second:
            here = await live_in(place / "knowledge", place, first)
            there = await live_in(place / "knowledge", place, second)
            ending, swapped = asyncio.Event(), asyncio.Event()
            there.on_swap(lambda _old, _new: swapped.set())
            following = asyncio.create_task(there.follow(ending))
            for title, change in (("an answer", with_answer), ("a phrasing", with_phrasing)):
                times = []
                for number in range(RUNS):
                    swapped.clear()
                    text = change(here.files["faq/30-hotel.yaml"].decode(), number).encode()
                    await here.publish({**here.files, "faq/30-hotel.yaml": text}, by=1, origin=Origin.EDIT)
                    start = perf_counter()
                    await swapped.wait()
                    times.append(perf_counter() - start)
                print(f"{title}: another process follows in {statistics.median(times):.1f} s", flush=True)
            ending.set()
            await following


PARTS = {"live": print_live, "load": print_load, "killed": print_killed, "follow": print_follow}


async def main(parts: list[str]) -> None:
    """Prints the parts that were asked for."""
    if parts[:1] == ["publish"]:
        await publish_for_ever(Path(parts[1]))
    for part in parts or PARTS:
        await PARTS[part]()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
