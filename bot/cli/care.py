"""The commands that look after a running bot: backup, restore, doctor, links."""

import argparse
import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.options import Commands, knowledge_option, settings_of
from bot.clock import system_clock
from bot.settings import read_settings

if TYPE_CHECKING:
    pass


def add_backup(commands: Commands) -> None:
    parser = commands.add_parser(
        "backup",
        help="copy the database into one file, while the bot runs",
        description="Writes all that the bot keeps into one file, as of one moment. It can be restored into "
        "SQLite or PostgreSQL. The file holds personal data: keep it where nobody else reads it.",
    )
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="such as backup.zip; replaced when it is there"
    )
    parser.set_defaults(command=_backup)


def _backup(options: argparse.Namespace) -> int:
    from bot.backup.command import back_up  # noqa: PLC0415 - each command loads only what it needs

    url = read_settings().database_url.get_secret_value()
    return _kept(options.file, lambda: back_up(url, options.file, system_clock))


def add_restore(commands: Commands) -> None:
    parser = commands.add_parser(
        "restore",
        help="put a backup into an empty database",
        description="Puts a backup into the database of DATABASE_URL, which must be empty: nothing is "
        "overwritten. Stop the bot before.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="a file that `backup` wrote")
    parser.set_defaults(command=_restore)


def _restore(options: argparse.Namespace) -> int:
    from bot.backup.command import restore  # noqa: PLC0415 - each command loads only what it needs

    url = read_settings().database_url.get_secret_value()
    return _kept(options.file, lambda: asyncio.run(restore(url, options.file)))


def _kept(file: Path, act: Callable[[], str]) -> int:
    from bot.backup.archive import BackupError  # noqa: PLC0415 - each command loads only what it needs
    from bot.store.database import DatabaseError  # noqa: PLC0415 - the same

    try:
        print(act())
    except (BackupError, OSError) as error:
        print(f"{file}: {error}", file=sys.stderr)
        return 1
    except DatabaseError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def add_doctor(commands: Commands) -> None:
    parser = commands.add_parser(
        "doctor",
        help="examine token, webhook, database, disk, fonts, clock and say what to do",
        description="Examines everything that the bot depends on and says what to do about each finding. "
        "The exit status is 1 when the bot could not run.",
    )
    knowledge_option(parser)
    parser.set_defaults(command=_doctor)


def _doctor(options: argparse.Namespace) -> int:
    from bot.doctor.command import doctor  # noqa: PLC0415 - each command loads only what it needs

    text, well = asyncio.run(doctor(settings_of(options), system_clock))
    print(text)
    return 0 if well else 1


def add_links(commands: Commands) -> None:
    parser = commands.add_parser(
        "links",
        help="print links and QR codes that open the bot at an answer",
        description="Prints the links that open the bot at an entry, a site, a session or in a language, and "
        "makes a sheet of QR codes to print: for a badge, a door, the bus. With --enrol it makes links that "
        "put who opens them into a group, such as one for each badge: --enrol A --uses 1 --count 15.",
    )
    parser.add_argument("ids", nargs="*", metavar="ID", help="of what to link to (default: everything)")
    parser.add_argument("--bot", metavar="NAME", help="the bot's username (default: Telegram is asked)")
    parser.add_argument(
        "--lang", metavar="CODE", help="the language of the titles, which links that enrol bring along"
    )
    parser.add_argument("--sheet", type=Path, metavar="FILE", help="write QR codes to a .pdf or .png file")
    enrol = parser.add_argument_group("links that enrol")
    enrol.add_argument(
        "--enrol", nargs="?", const="", metavar="GROUP", help="make one that leads into a group, or into none"
    )
    enrol.add_argument("--country", metavar="XX", help="where those come from who open it: a code or a name")
    enrol.add_argument("--expires", metavar="WHEN", help="after so many days, or after a day: 2030-05-21")
    enrol.add_argument(
        "--uses", type=int, metavar="N", help="how many people may use it (default: any number)"
    )
    enrol.add_argument("--count", type=int, default=1, metavar="N", help="make so many different ones")
    knowledge_option(parser)
    parser.set_defaults(command=_links)


def _links(options: argparse.Namespace) -> int:
    from bot.knowledge.problems import KnowledgeError  # noqa: PLC0415 - each command loads only what it needs
    from bot.links.command import links_command  # noqa: PLC0415 - the same
    from bot.links.deep_links import LinksError  # noqa: PLC0415 - the same
    from bot.links.enrolment import Enrolment  # noqa: PLC0415 - the same

    enrolment = None
    if options.enrol is not None:
        enrolment = Enrolment(
            options.enrol, options.country, options.lang, options.expires, options.uses, options.count
        )
    elif options.country or options.expires or options.uses is not None or options.count != 1:
        print("--country, --expires, --uses and --count go with --enrol.", file=sys.stderr)
        return 2
    try:
        text = links_command(
            settings_of(options),
            options.ids,
            bot=options.bot,
            language=options.lang,
            sheet_file=options.sheet,
            clock=system_clock,
            enrolment=enrolment,
        )
    except (LinksError, KnowledgeError) as error:
        print(error, file=sys.stderr)
        return 1
    print(text)
    return 0
