"""The commands that ask the bot: check, ask, test, bench."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.options import Commands, knowledge_option, settings_of
from bot.clock import system_clock

if TYPE_CHECKING:
    pass


def add_check(commands: Commands) -> None:
    parser = commands.add_parser(
        "check",
        help="check the knowledge folder and say what to mend",
        description="Reads the whole knowledge folder and prints each problem with its file and line, then "
        "how many texts of what are missing in which language, what is there and what is still sample. "
        "The exit status is 1 when something must be mended.",
    )
    parser.add_argument(
        "folder", nargs="?", type=Path, metavar="FOLDER", help="the folder (default: as --knowledge)"
    )
    parser.add_argument("--brief", action="store_true", help="without the table of missing translations")
    knowledge_option(parser)
    parser.set_defaults(command=_check)


def _check(options: argparse.Namespace) -> int:
    from bot.assistant.understanding import is_small_enough  # noqa: PLC0415 - each command loads only what it needs
    from bot.encoder.choice import chosen, described  # noqa: PLC0415 - the same
    from bot.knowledge.loader import load  # noqa: PLC0415 - the same
    from bot.knowledge.report import report  # noqa: PLC0415 - the same
    from bot.translations.texts import missing, missing_table  # noqa: PLC0415 - the same

    settings = settings_of(options)
    folder = options.folder or settings.knowledge_dir
    text, good = report(folder)
    knowledge = load(folder) if good else None
    if knowledge and missing(knowledge) and not options.brief:
        print(f"How many texts are missing in which language:\n{missing_table(knowledge)}\n")
    print(text)
    model = chosen(settings.encoder)
    print(f"meaning: {described(model)}")
    if model and knowledge and not is_small_enough(knowledge):
        print("There are too many phrasings for that: entries are matched by letters and words only.")
    return 0 if good else 1


def add_ask(commands: Commands) -> None:
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
    knowledge_option(parser)
    parser.set_defaults(command=_ask)


def _ask(options: argparse.Namespace) -> int:
    from bot.encoder.blocking import BlockingMeaning  # noqa: PLC0415 - each command loads only what it needs
    from bot.encoder.choice import chosen  # noqa: PLC0415 - the same
    from bot.encoder.meaning import Meaning  # noqa: PLC0415 - the same
    from bot.terminal import ask  # noqa: PLC0415 - the same

    settings = settings_of(options)
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


def add_test(commands: Commands) -> None:
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
    knowledge_option(parser)
    parser.set_defaults(command=_test)


def _test(options: argparse.Namespace) -> int:
    from bot.encoder.blocking import BlockingMeaning  # noqa: PLC0415 - each command loads only what it needs
    from bot.encoder.choice import chosen  # noqa: PLC0415 - the same
    from bot.encoder.meaning import Meaning  # noqa: PLC0415 - the same
    from bot.exam.command import examine  # noqa: PLC0415 - the same
    from bot.knowledge.problems import KnowledgeError  # noqa: PLC0415 - the same

    settings = settings_of(options)
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


def add_bench(commands: Commands) -> None:
    from bot import bench  # noqa: PLC0415 - each command loads only what it needs

    parser = commands.add_parser("bench", help="measure how well questions are matched")
    bench.add_arguments(parser)
    parser.set_defaults(command=bench.run)
