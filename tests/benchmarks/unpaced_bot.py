"""The whole bot without the pace that spares Telegram: `python -m tests.benchmarks.unpaced_bot`."""

import asyncio
import signal

from bot.app import run_bot
from bot.clock import system_clock
from bot.log import set_up_logging
from bot.outbox.pacing import UNPACED
from bot.settings import read_settings


async def main() -> None:
    """Runs until it is terminated."""
    settings = read_settings(needs_token=True)
    set_up_logging(settings)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await run_bot(settings, clock=system_clock, stop=stop, pace=UNPACED)


if __name__ == "__main__":
    asyncio.run(main())
