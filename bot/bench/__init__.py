"""`python -m bot bench`: how well questions are matched, beside what one would pick instead."""

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the subcommands `matching` and `fit` and their options."""
    commands = parser.add_subparsers(dest="measure", metavar="WHAT", required=True)
    matching = commands.add_parser("matching", help="compare this matcher with others, on the same questions")
    matching.add_argument("--data", type=Path, metavar="FOLDER", help="knowledge bases and questions as JSON")
    matching.add_argument(
        "--split",
        choices=("dev", "test"),
        default="test",
        help="which questions of the folder (default: test)",
    )
    matching.add_argument(
        "--bank", type=Path, metavar="FILE", help="a question bank for --knowledge, as JSON lines"
    )
    matching.add_argument(
        "--half",
        choices=("tune", "report"),
        default="report",
        help="which half of the bank (default: report)",
    )
    matching.add_argument("--knowledge", type=Path, default=Path("knowledge"), metavar="FOLDER")
    matching.add_argument(
        "--questions",
        type=int,
        default=400,
        metavar="N",
        help="at most so many of a set (default: 400; 0: all)",
    )
    matching.add_argument(
        "--cases", nargs="+", metavar="CASE", help="a part of the folder, such as `clinc150 k10`"
    )
    matching.add_argument(
        "--only", nargs="+", metavar="MATCHER", help="a part of the matchers, such as `ours`"
    )
    fit = commands.add_parser("fit", help="fit the constants of the confidence, and print them")
    fit.add_argument("--data", type=Path, metavar="FOLDER", required=True)
    fit.add_argument("--seed", type=int, default=0, help="of the random choice of entries and questions")
    for command in (matching, fit):
        command.add_argument(
            "--encoder",
            default="auto",
            metavar="NAME",
            help="for the figures with meaning: as the setting ENCODER (default: auto)",
        )
        command.add_argument(
            "--cache",
            type=Path,
            default=Path(".bot-cache/bench"),
            metavar="FOLDER",
            help="where the encoder's vectors are kept (default: .bot-cache/bench)",
        )


def run(options: argparse.Namespace) -> int:
    """Runs the chosen measurement and returns the exit code."""
    if options.measure == "fit":
        from bot.bench.fit import fit_and_print  # noqa: PLC0415 - each command loads only what it needs

        return fit_and_print(options)
    from bot.bench.table import print_tables  # noqa: PLC0415 - the same

    return print_tables(options)
