"""Brings the catalogues in step with the messages in the code: `python -m bot.locales.messages`."""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from bot.locales import FOLDER

CODE = Path(__file__).parent.parent
KEYWORDS = {"words": None, "theirs": None, "plural": (1, 2), "self": None, "Message": None}
"""The calls that hold messages: `words("…")`, `theirs("…")` to somebody else, `words.plural("…", "…", n)`,
those of Words itself, and `Message("…")` where it is not known yet who reads it."""


def messages_in_code(folder: Path = CODE) -> Catalog:
    """Every message of the bot's own words, with the places where it is said."""
    catalog = Catalog(project="programme-bot", charset="utf-8")
    for name, line, message, comments, _ in extract_from_dir(
        folder, method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=("Translators:",)
    ):
        catalog.add(message, locations=[(f"bot/{name}", line)], auto_comments=comments)
    return catalog


def read_catalogue(path: Path, language: str) -> Catalog:
    """A catalogue file."""
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update_catalogue(path: Path, language: str) -> None:
    """Brings a catalogue in step with the code: new messages are empty, old ones go, the others stay."""
    template = messages_in_code()
    catalog = read_catalogue(path, language) if path.is_file() else Catalog(language, charset="utf-8")
    catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    with path.open("wb") as file:
        write_po(
            file, catalog, omit_header=False, sort_output=True, ignore_obsolete=True, include_lineno=False
        )


if __name__ == "__main__":
    for file_name in sorted(FOLDER.glob("*.po")):
        update_catalogue(file_name, file_name.stem)
