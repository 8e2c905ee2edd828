"""Many reminders due at once, sent by the whole bot to the local Bot API server with Telegram's limits.

`python -m tests.benchmarks.reminders [PEOPLE]`. Meanwhile somebody asks a question every two seconds.
"""

import asyncio
import logging
import sys
import tempfile
from collections import Counter
from pathlib import Path

from bot.preview.server import PreviewServer
from tests.benchmarks.load import ROOT, People
from tests.reminders.crowd import MINUTES, Crowd

PEOPLE = 5_000
PAUSE = 2.0  # seconds between two questions
PATIENCE = 1_200.0  # seconds for all reminders


class Refusals(logging.Handler):
    """Counts what Telegram refused, by the sender's own words."""

    number = 0

    def emit(self, record: logging.LogRecord) -> None:  # noqa: ARG002 - whatever it says
        """One more."""
        self.number += 1


async def ask_on(people: People, waits: list[float]) -> None:
    """Asks until cancelled."""
    while True:
        waits.append(await people.ask("What is the wifi password?"))
        await asyncio.sleep(PAUSE)


async def main(number: int) -> None:
    """Prints a table."""
    refusals, waits = Refusals(), list[float]()
    logging.getLogger("bot.outbox.sender").addHandler(refusals)
    async with PreviewServer(limits=True) as server:
        with tempfile.TemporaryDirectory() as place:
            crowd, people = Crowd(server, ROOT / "knowledge", Path(place), number), People(server)
            await crowd.subscribe()
            reminded = {person.id for person in crowd.people}
            async with people.listening(), crowd.bot():
                await server.wait_until(lambda: bool(server.ledger), PATIENCE)
                asking = asyncio.create_task(ask_on(people, waits))
                await server.wait_until(
                    lambda: len({sent.chat_id for sent in server.ledger} & reminded) == number, PATIENCE
                )
                left = crowd.occasion.expires_at - crowd.clock()
                asking.cancel()
    times = [sent.seconds for sent in server.ledger if sent.chat_id in reminded]
    each = Counter(sent.chat_id for sent in server.ledger if sent.chat_id in reminded)
    waits.sort()
    rows = {
        f"people who are to be reminded {MINUTES} minutes before": f"{number:,}",
        "reminders sent": f"{len(times):,}",
        "people who got none, or more than one": sum(count != 1 for count in each.values())
        + number
        - len(each),
        "refused by Telegram's limits, or failed": refusals.number,
        "from the first to the last": f"{times[-1] - times[0]:.0f} s",
        "the last was sent before the session by": f"{left.total_seconds() / 60:.1f} min",
        "questions asked meanwhile": len(waits),
        "wait for their answers: median, longest": f"{waits[len(waits) // 2]:.2f} s, {waits[-1]:.2f} s",
    }
    print("| reminders | |\n| --- | --- |")
    for name, value in rows.items():
        print(f"| {name} | {value} |")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE))
