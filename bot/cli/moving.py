"""The commands that move the knowledge in and out: import, export, translations."""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.options import Commands, knowledge_option, settings_of
from bot.clock import system_clock
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.store.database import Database


def add_import(commands: Commands) -> None:
    parser = commands.add_parser(
        "import",
        help="make schedule.yaml from a calendar or a spreadsheet, or a whole folder live",
        description="Reads the schedule that you keep in Outlook, Google Calendar or Excel, and says by row "
        "what must be mended. Sessions that are known keep their ids, aliases, translations and buses. "
        "Nothing is written while anything is wrong; an existing schedule is only replaced with --replace. "
        "A knowledge folder is put into the database as its newest revision: running bots answer from it "
        "within seconds.",
    )
    parser.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="calendar.ics, schedule.csv or schedule.xlsx; or a knowledge folder",
    )
    parser.add_argument(
        "--into",
        type=Path,
        metavar="FOLDER/schedule.yaml",
        help="the file to write (default: schedule.yaml in the folder of --knowledge)",
    )
    parser.add_argument("--replace", action="store_true", help="replace the schedule.yaml that is there")
    parser.add_argument(
        "--lang", metavar="CODE", help="the language of the titles (default: the programme's first)"
    )
    knowledge_option(parser)
    parser.set_defaults(command=_import)


def _import(options: argparse.Namespace) -> int:
    from bot.calendars.importing.command import import_schedule  # noqa: PLC0415 - the same
    from bot.calendars.importing.draft import RefusedError  # noqa: PLC0415 - the same

    if options.file.is_dir():
        return _import_folder(options)
    target = options.into or settings_of(options).knowledge_dir / "schedule.yaml"
    try:
        done = import_schedule(options.file, target, replace=options.replace, language=options.lang)
    except RefusedError as error:
        print(f"{error}\n\nNothing was written.", file=sys.stderr)
        return 1
    print("\n".join(done.report))
    return 0 if done.is_written else 1


def _import_folder(options: argparse.Namespace) -> int:
    from bot.revisions.moving import import_folder  # noqa: PLC0415 - the same

    async def work(database: "Database") -> list[str]:
        return await import_folder(database, options.file, system_clock)

    return _with_database(settings_of(options), work)


def add_export(commands: Commands) -> None:
    parser = commands.add_parser(
        "export",
        help="write the live knowledge into a folder",
        description="Writes what the bot answers from, with all changes made in the chat, as a knowledge "
        "folder. A folder that holds something is changed only with --replace.",
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--revision", type=int, metavar="N", help="an earlier one (default: the live one)")
    parser.add_argument("--replace", action="store_true", help="bring a folder that holds something to it")
    parser.set_defaults(command=_export, knowledge=None)


def _export(options: argparse.Namespace) -> int:
    from bot.revisions.moving import export_folder  # noqa: PLC0415 - each command loads only what it needs

    async def work(database: "Database") -> list[str]:
        return await export_folder(database, options.folder, number=options.revision, replace=options.replace)

    return _with_database(settings_of(options), work)


def _with_database(settings: Settings, work: "Callable[[Database], Awaitable[list[str]]]") -> int:
    """Runs `work` and prints its lines, or what is in the way."""
    from bot.knowledge.problems import KnowledgeError  # noqa: PLC0415 - the same
    from bot.revisions.moving import MovingError  # noqa: PLC0415 - the same
    from bot.starting import StartError, migrated  # noqa: PLC0415 - each command loads only what it needs
    from bot.store.revisions import MovedError  # noqa: PLC0415 - the same

    async def run() -> list[str]:
        async with migrated(settings) as database:
            return await work(database)

    try:
        lines = asyncio.run(run())
    except (StartError, KnowledgeError, MovingError, MovedError) as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(lines))
    return 0


def add_translations(commands: Commands) -> None:
    parser = commands.add_parser(
        "translations",
        help="what is missing in which language; a workbook for translators, and back",
        description="Without an option it prints how many texts of what are missing in which language.",
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--export", type=Path, metavar="FILE.xlsx", help="write all texts, a column a language"
    )
    which.add_argument(
        "--import",
        dest="taken",
        type=Path,
        metavar="FILE.xlsx",
        help="take the translations in it into the YAML, all or none",
    )
    knowledge_option(parser)
    parser.set_defaults(command=_translations)


def _translations(options: argparse.Namespace) -> int:
    from bot.knowledge.loader import load  # noqa: PLC0415 - each command loads only what it needs
    from bot.knowledge.problems import KnowledgeError  # noqa: PLC0415 - the same
    from bot.translations.command import (  # noqa: PLC0415 - the same
        TranslationsError,
        export_texts,
        import_texts,
    )
    from bot.translations.texts import missing_table  # noqa: PLC0415 - the same

    folder = settings_of(options).knowledge_dir
    try:
        if options.export:
            print(export_texts(folder, options.export))
        elif options.taken:
            print(import_texts(folder, options.taken))
        else:
            print(missing_table(load(folder)))
    except (TranslationsError, KnowledgeError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0
