"""Every screen of the chat in every language: `python -m tests.screens FOLDER [--knowledge KNOWLEDGE]`.

Writes screens.html into FOLDER, prints what is wrong, and ends with status 1 if anything is. Each language is
read once by a participant, once by an organizer and once by an admin. Takes some minutes.
"""

import argparse
import asyncio
import logging
import sys
import tempfile
from pathlib import Path

from bot.knowledge.loader import load
from tests.screens.report import Checked, checked, page, summary
from tests.screens.stage import set_stage
from tests.screens.walk import Walk


async def walked(knowledge: Path, languages: list[str]) -> list[Checked]:
    """What a walk for each language finds."""
    spoken = load(knowledge).programme.languages
    found: list[Checked] = []
    with tempfile.TemporaryDirectory() as place:
        for number, language in enumerate(spoken):
            if languages and language not in languages:
                continue
            three = (language, spoken[(number + 1) % len(spoken)], spoken[(number + 2) % len(spoken)])
            async with set_stage(knowledge, Path(place), three) as stage:
                await Walk(stage, thorough=True).walk()
                found += checked(stage.screens, stage.live.knowledge)
            print(f"{', '.join(three)}: {len(stage.screens)} screens", flush=True)  # noqa: T201 - a command
    return found


def main(knowledge: Path, folder: Path, languages: list[str]) -> int:
    """Writes the page and prints the summary. Returns the status to end with."""
    found = asyncio.run(walked(knowledge, languages))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "screens.html").write_text(page(found), "utf-8")
    print("\n".join(summary(found)))  # noqa: T201
    return int(any(each.problems for each in found))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.screens", description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, help="where screens.html goes")
    parser.add_argument("--knowledge", type=Path, default=Path("knowledge"))
    parser.add_argument("--languages", nargs="*", default=[], help="of the participant; all unless named")
    given = parser.parse_args()
    logging.disable(logging.WARNING)  # what goes wrong on purpose
    sys.exit(main(given.knowledge, given.folder, given.languages))
