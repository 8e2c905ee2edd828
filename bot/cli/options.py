"""What several commands have in common: their type, and where the knowledge and the settings come from."""

import argparse
from pathlib import Path
from typing import TypeAlias

from bot.settings import Settings, read_settings

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def knowledge_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--knowledge",
        type=Path,
        metavar="FOLDER",
        help="the folder of YAML files (default: KNOWLEDGE_DIR, else ./knowledge)",
    )


def settings_of(options: argparse.Namespace, *, needs_token: bool = False) -> Settings:
    settings = read_settings(needs_token=needs_token)
    if options.knowledge:
        settings = settings.model_copy(update={"knowledge_dir": options.knowledge})
    return settings
