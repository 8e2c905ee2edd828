"""The commands of `python -m bot`."""

import argparse
import sys
from collections.abc import Sequence

from bot.cli import asking, care, moving, running
from bot.encoder.choice import NoEncoderError
from bot.settings import SettingsError

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
        running.add_preview,
        running.add_run,
        running.add_web,
        running.add_worker,
        running.add_migrate,
        care.add_backup,
        care.add_restore,
        asking.add_check,
        asking.add_ask,
        asking.add_test,
        moving.add_import,
        moving.add_export,
        care.add_links,
        care.add_doctor,
        moving.add_translations,
        asking.add_bench,
    ):
        add(commands)
    return parser
