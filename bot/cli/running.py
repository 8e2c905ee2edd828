"""The commands that run the bot: preview, run, web, worker, migrate."""

import argparse
import asyncio
import contextlib
import functools
import signal
import sys
from typing import TYPE_CHECKING

from bot.cli.options import Commands, knowledge_option, settings_of
from bot.clock import Clock, system_clock
from bot.settings import Settings, read_settings

if TYPE_CHECKING:
    pass


def add_preview(commands: Commands) -> None:
    parser = commands.add_parser(
        "preview",
        help="try the bot in your browser, without Telegram",
        description="Starts the whole bot on this machine with a chat page in your browser. "
        "No account, no token, no internet: nobody else can see it.",
    )
    knowledge_option(parser)
    parser.add_argument("--port", type=int, default=8765, help="where the page listens (default: 8765)")
    parser.add_argument("--no-browser", action="store_true", help="do not open the browser by itself")
    parser.set_defaults(command=_preview)


def _preview(options: argparse.Namespace) -> int:
    from bot.knowledge.problems import KnowledgeError  # noqa: PLC0415 - the same
    from bot.log import set_up_logging  # noqa: PLC0415 - the same
    from bot.preview.command import preview  # noqa: PLC0415 - the same
    from bot.starting import StartError  # noqa: PLC0415 - each command loads only what it needs

    settings = settings_of(options)
    set_up_logging(settings)
    try:
        asyncio.run(preview(settings, port=options.port, open_browser=not options.no_browser))
    except (StartError, KnowledgeError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def add_run(commands: Commands) -> None:
    _add_part(
        commands,
        "run",
        part="WHOLE",
        summary="run the bot live in Telegram",
        description="Runs the bot live. Needs TELEGRAM_BOT_TOKEN. Without WEBHOOK_URL it asks Telegram for "
        "news (good on a laptop); with it, Telegram calls the bot (good on a host).",
    )


def add_web(commands: Commands) -> None:
    _add_part(
        commands,
        "web",
        part="WEB",
        summary="run one of several processes: one that Telegram calls",
        description="Like `run`, and insists on WEBHOOK_URL. Start as many `web` and `worker` processes on "
        "one PostgreSQL as you like: they share the work, and keep Telegram's limits together.",
    )


def add_worker(commands: Commands) -> None:
    _add_part(
        commands,
        "worker",
        part="WORKER",
        summary="run one of several processes: one that nobody calls",
        description="Answers, sends and reminds beside the `web` processes, on the same database. Without "
        "WEBHOOK_URL it asks Telegram for news.",
    )


def _add_part(commands: Commands, name: str, *, part: str, summary: str, description: str) -> None:
    parser = commands.add_parser(name, help=summary, description=description)
    knowledge_option(parser)
    parser.set_defaults(command=functools.partial(_run, part=part))


def _run(options: argparse.Namespace, part: str) -> int:
    from bot.log import set_up_logging  # noqa: PLC0415 - each command loads only what it needs

    settings = settings_of(options, needs_token=True)
    set_up_logging(settings)
    return asyncio.run(_run_until_stopped(settings, system_clock, part))


async def _run_until_stopped(settings: Settings, clock: Clock, part: str) -> int:
    from bot.app import Part, run_bot  # noqa: PLC0415 - the same
    from bot.starting import StartError  # noqa: PLC0415 - the same

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C ends the process instead
            loop.add_signal_handler(each, stop.set)
    try:
        await run_bot(settings, clock=clock, stop=stop, part=Part[part])
    except StartError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def add_migrate(commands: Commands) -> None:
    parser = commands.add_parser(
        "migrate",
        help="bring the database to the shape that this version needs",
        description="Every start does so by itself; hosts that release in steps can do it before.",
    )
    parser.add_argument(
        "--back",
        action="store_true",
        help="undo the newest step, for the version before; what only this version keeps is lost",
    )
    parser.set_defaults(command=_migrate)


def _migrate(options: argparse.Namespace) -> int:
    from bot.starting import StartError, migrated  # noqa: PLC0415 - each command loads only what it needs
    from bot.store.migrations import step_back  # noqa: PLC0415 - the same

    async def bring_up() -> None:
        async with migrated(read_settings()) as database:
            if options.back:
                await database.write(step_back)
            where = "one step behind" if options.back else "in the shape that this version needs"
            print(f"The database is {where}.")

    try:
        asyncio.run(bring_up())
    except StartError as error:
        print(error, file=sys.stderr)
        return 1
    return 0
