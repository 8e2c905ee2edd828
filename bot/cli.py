"""The commands of `python -m bot`."""

import argparse
import asyncio
import contextlib
import functools
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from bot.clock import Clock, system_clock
from bot.encoder.choice import NoEncoderError
from bot.settings import Settings, SettingsError, read_settings

if TYPE_CHECKING:
    from bot.store.database import Database

EPILOG = """\
Start with `python -m bot preview`: the whole bot on this machine, no account needed.
Each command says more with --help, such as `python -m bot ask --help`.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit status (0 good, 1 something to mend, 2 wrong usage)."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except (SettingsError, NoEncoderError) as error:
        print(f"Some settings need mending (in the environment or in .env):\n{error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever reads has seen enough, as `head` does
        sys.stdout = None  # nothing may be flushed at exit
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot",
        description="Answers the participants of a programme from a folder of YAML files.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for add in (
        _add_preview,
        _add_run,
        _add_web,
        _add_worker,
        _add_migrate,
        _add_backup,
        _add_restore,
        _add_check,
        _add_ask,
        _add_test,
        _add_import,
        _add_export,
        _add_links,
        _add_doctor,
        _add_translations,
        _add_bench,
    ):
        add(commands)
    return parser


Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _knowledge_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--knowledge",
        type=Path,
        metavar="FOLDER",
        help="the folder of YAML files (default: KNOWLEDGE_DIR, else ./knowledge)",
    )


def _settings(options: argparse.Namespace, *, needs_token: bool = False) -> Settings:
    settings = read_settings(needs_token=needs_token)
    if options.knowledge:
        settings = settings.model_copy(update={"knowledge_dir": options.knowledge})
    return settings


def _add_preview(commands: Commands) -> None:
    parser = commands.add_parser(
        "preview",
        help="try the bot in your browser, without Telegram",
        description="Starts the whole bot on this machine with a chat page in your browser. "
        "No account, no token, no internet: nobody else can see it.",
    )
    _knowledge_option(parser)
    parser.add_argument("--port", type=int, default=8765, help="where the page listens (default: 8765)")
    parser.add_argument("--no-browser", action="store_true", help="do not open the browser by itself")
    parser.set_defaults(command=_preview)


def _preview(options: argparse.Namespace) -> int:
    from bot.knowledge.problems import KnowledgeError  # noqa: PLC0415 - the same
    from bot.log import set_up_logging  # noqa: PLC0415 - the same
    from bot.preview.command import preview  # noqa: PLC0415 - the same
    from bot.starting import StartError  # noqa: PLC0415 - each command loads only what it needs

    settings = _settings(options)
    set_up_logging(settings)
    try:
        asyncio.run(preview(settings, port=options.port, open_browser=not options.no_browser))
    except (StartError, KnowledgeError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _add_run(commands: Commands) -> None:
    parser = commands.add_parser(
        "run",
        help="run the bot live in Telegram",
        description="Runs the bot live. Needs TELEGRAM_BOT_TOKEN. Without WEBHOOK_URL it asks Telegram for "
        "news (good on a laptop); with it, Telegram calls the bot (good on a host).",
    )
    _knowledge_option(parser)
    parser.set_defaults(command=functools.partial(_run, part="WHOLE"))


def _add_web(commands: Commands) -> None:
    parser = commands.add_parser(
        "web",
        help="run one of several processes: one that Telegram calls",
        description="Like `run`, and insists on WEBHOOK_URL. Start as many `web` and `worker` processes on "
        "one PostgreSQL as you like: they share the work, and keep Telegram's limits together.",
    )
    _knowledge_option(parser)
    parser.set_defaults(command=functools.partial(_run, part="WEB"))


def _add_worker(commands: Commands) -> None:
    parser = commands.add_parser(
        "worker",
        help="run one of several processes: one that nobody calls",
        description="Answers, sends and reminds beside the `web` processes, on the same database. Without "
        "WEBHOOK_URL it asks Telegram for news.",
    )
    _knowledge_option(parser)
    parser.set_defaults(command=functools.partial(_run, part="WORKER"))


def _run(options: argparse.Namespace, part: str) -> int:
    from bot.log import set_up_logging  # noqa: PLC0415 - each command loads only what it needs

    settings = _settings(options, needs_token=True)
    set_up_logging(settings)
    return asyncio.run(_run_until_stopped(settings, system_clock, part))


def _add_migrate(commands: Commands) -> None:
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


def _add_backup(commands: Commands) -> None:
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


def _add_restore(commands: Commands) -> None:
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


def _add_check(commands: Commands) -> None:
    parser = commands.add_parser(
        "check",
        help="check the knowledge folder and say what to mend",
        description="Reads the whole knowledge folder and prints each problem with its file and line, then "
        "what is there and what is still sample. The exit status is 1 when something must be mended.",
    )
    parser.add_argument(
        "folder", nargs="?", type=Path, metavar="FOLDER", help="the folder (default: as --knowledge)"
    )
    _knowledge_option(parser)
    parser.set_defaults(command=_check)


def _check(options: argparse.Namespace) -> int:
    from bot.encoder.choice import chosen, described  # noqa: PLC0415 - each command loads only what it needs
    from bot.knowledge.report import report  # noqa: PLC0415 - the same

    settings = _settings(options)
    text, good = report(options.folder or settings.knowledge_dir)
    print(text)
    print(f"meaning: {described(chosen(settings.encoder))}")
    return 0 if good else 1


def _add_ask(commands: Commands) -> None:
    parser = commands.add_parser(
        "ask",
        help="talk to the bot in this terminal",
        description="Without a question it is a chat: type, or type the number of a button. With a question "
        "it prints one answer. While the programme is not on, it is the programme's second morning.",
    )
    parser.add_argument("question", nargs="?", help="one question, in quotes")
    parser.add_argument("--explain", action="store_true", help="also show the best five matches and why")
    parser.add_argument("--jsonl", action="store_true", help="read questions as JSON lines, write JSON lines")
    parser.add_argument("--lang", metavar="CODE", help="the language to answer in, such as es")
    parser.add_argument("--now", metavar="TIME", help="the moment of asking, such as 2016-10-11T09:00")
    _knowledge_option(parser)
    parser.set_defaults(command=_ask)


def _ask(options: argparse.Namespace) -> int:
    from bot.encoder.blocking import BlockingMeaning  # noqa: PLC0415 - each command loads only what it needs
    from bot.encoder.choice import chosen  # noqa: PLC0415 - the same
    from bot.encoder.meaning import Meaning  # noqa: PLC0415 - the same
    from bot.terminal import ask  # noqa: PLC0415 - the same

    settings = _settings(options)
    with BlockingMeaning(Meaning.by(chosen(settings.encoder), settings.cache_dir)) as meaning:
        return ask(
            settings.knowledge_dir,
            question=options.question,
            explained=options.explain,
            json_lines=options.jsonl,
            language=options.lang,
            now=options.now,
            clock=system_clock,
            meaning=meaning,
            cache=settings.cache_dir,
        )


def _add_test(commands: Commands) -> None:
    parser = commands.add_parser(
        "test",
        help="ask the knowledge its own phrasings, or a file of questions",
        description="Leaves each phrasing out once and asks it: what is answered with another entry is shown "
        "with its file and line. With FILE it asks the questions in there. The exit status is 1 when a "
        "question of a file fails, or when the precision is below --precision.",
    )
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        metavar="FILE",
        help="questions.csv with the columns question,id or questions.yaml with lines `question: id`; "
        "`none` means that it must not be answered",
    )
    parser.add_argument("--precision", type=float, metavar="P", help="the least share (0-1) of right answers")
    parser.add_argument("--junit", type=Path, metavar="FILE", help="also write JUnit XML")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="also write a table of all questions")
    _knowledge_option(parser)
    parser.set_defaults(command=_test)


def _test(options: argparse.Namespace) -> int:
    from bot.encoder.blocking import BlockingMeaning  # noqa: PLC0415 - each command loads only what it needs
    from bot.encoder.choice import chosen  # noqa: PLC0415 - the same
    from bot.encoder.meaning import Meaning  # noqa: PLC0415 - the same
    from bot.exam.command import examine  # noqa: PLC0415 - the same
    from bot.knowledge.problems import KnowledgeError  # noqa: PLC0415 - the same

    settings = _settings(options)
    try:
        with BlockingMeaning(Meaning.by(chosen(settings.encoder), settings.cache_dir)) as meaning:
            passed = examine(
                settings.knowledge_dir,
                options.file,
                clock=system_clock,
                meaning=meaning,
                cache=settings.cache_dir,
                precision=options.precision,
                junit=options.junit,
                table=options.csv,
            )
    except (KnowledgeError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0 if passed else 1


def _add_import(commands: Commands) -> None:
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
    _knowledge_option(parser)
    parser.set_defaults(command=_import)


def _import(options: argparse.Namespace) -> int:
    from bot.calendars.importing.command import import_schedule  # noqa: PLC0415 - the same
    from bot.calendars.importing.draft import RefusedError  # noqa: PLC0415 - the same

    if options.file.is_dir():
        return _import_folder(options)
    target = options.into or _settings(options).knowledge_dir / "schedule.yaml"
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

    return _with_database(_settings(options), work)


def _add_export(commands: Commands) -> None:
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

    return _with_database(_settings(options), work)


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


def _add_links(commands: Commands) -> None:
    parser = commands.add_parser(
        "links",
        help="print links and QR codes that open the bot at an answer",
        description="Prints the links that open the bot at an entry, a site, a session or in a language, and "
        "makes a sheet of QR codes to print: for a badge, a door, the bus.",
    )
    parser.add_argument("ids", nargs="*", metavar="ID", help="of what to link to (default: everything)")
    parser.add_argument("--bot", metavar="NAME", help="the bot's username (default: Telegram is asked)")
    parser.add_argument("--lang", metavar="CODE", help="the language of the titles")
    parser.add_argument("--sheet", type=Path, metavar="FILE", help="write QR codes to a .pdf or .png file")
    _knowledge_option(parser)
    parser.set_defaults(command=_links)


def _links(options: argparse.Namespace) -> int:
    from bot.knowledge.problems import KnowledgeError  # noqa: PLC0415 - each command loads only what it needs
    from bot.links.command import LinksError, links_command  # noqa: PLC0415 - the same

    try:
        text = links_command(
            _settings(options),
            options.ids,
            bot=options.bot,
            language=options.lang,
            sheet_file=options.sheet,
            clock=system_clock,
        )
    except (LinksError, KnowledgeError) as error:
        print(error, file=sys.stderr)
        return 1
    print(text)
    return 0


def _add_doctor(commands: Commands) -> None:
    parser = commands.add_parser(
        "doctor",
        help="examine token, webhook, database, disk, fonts, clock and say what to do",
        description="Examines everything that the bot depends on and says what to do about each finding. "
        "The exit status is 1 when the bot could not run.",
    )
    _knowledge_option(parser)
    parser.set_defaults(command=_doctor)


def _doctor(options: argparse.Namespace) -> int:
    from bot.doctor.command import doctor  # noqa: PLC0415 - each command loads only what it needs

    text, well = asyncio.run(doctor(_settings(options), system_clock))
    print(text)
    return 0 if well else 1


def _add_translations(commands: Commands) -> None:
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
    _knowledge_option(parser)
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

    folder = _settings(options).knowledge_dir
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


def _add_bench(commands: Commands) -> None:
    from bot import bench  # noqa: PLC0415 - each command loads only what it needs

    parser = commands.add_parser("bench", help="measure how well questions are matched")
    bench.add_arguments(parser)
    parser.set_defaults(command=bench.run)
