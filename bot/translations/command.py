"""The command `translations`: writes the workbook for translators, or takes it back into the YAML."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.knowledge.editing.change import Change, Do, Edit, applied
from bot.knowledge.editing.problems import EditError
from bot.knowledge.files import Files
from bot.knowledge.loader import load, read
from bot.knowledge.problems import KnowledgeError
from bot.translations.texts import LocalText, texts
from bot.translations.workbook import Row, WorkbookError, from_workbook, to_workbook

Known = Mapping[tuple[str, str], LocalText]


class TranslationsError(Exception):
    """Why nothing was written."""


def export_texts(folder: Path, file: Path) -> str:
    """Writes all texts to an .xlsx file and says how many. Raises KnowledgeError."""
    knowledge = load(folder)
    found = list(texts(knowledge))
    file.write_bytes(to_workbook(found, knowledge.programme.languages))
    return f"{len(found)} texts written to {file}."


def import_texts(folder: Path, file: Path) -> str:
    """Takes new and changed translations into the YAML, all or none, and says how many.

    A row is refused when its original is no longer what the translator read. Raises TranslationsError, or
    KnowledgeError when the folder is broken already.
    """
    loaded = read(folder)
    languages = loaded.knowledge.programme.languages
    known = {(text.id, text.field): text for text in texts(loaded.knowledge)}
    try:
        rows = list(from_workbook(file.read_bytes(), languages))
    except (WorkbookError, OSError) as error:
        raise TranslationsError(f"{file}: {error}") from error
    if problems := [
        f"{file.name}, row {row.number}: {why}" for row in rows for why in _refused(row, known, languages[0])
    ]:
        raise TranslationsError("\n".join(problems))
    edits = tuple(edit for row in rows for edit in _edits(row, known, languages[0]))
    try:
        files = applied(Change(edits), loaded.files, languages)
        read(Files(files))
    except (EditError, KnowledgeError) as error:
        raise TranslationsError(str(error)) from error
    for name, data in files.items():
        if data != loaded.files[name]:
            (folder / name).write_bytes(data)
    return f"{len(edits)} texts changed in {folder}. Nothing else was touched."


def _refused(row: Row, known: Known, default: str) -> Iterator[str]:
    text = known.get((row.text.id, row.text.field))
    if text is None:
        yield f"there is no text `{row.text.field}` of `{row.text.id}` any more"
    elif row.text.texts.get(default, "").strip() != text.texts.get(default, "").strip():
        yield f"the original (`{default}`) is not what the folder says now; export again and translate that"


def _edits(row: Row, known: Known, default: str) -> Iterator[Edit]:
    """What differs from the knowledge; the original is the admin's to change, not the translator's."""
    now = known[row.text.id, row.text.field].texts
    for language, text in row.text.texts.items():
        if language != default and text.strip() != now.get(language, "").strip():
            yield Edit(Do.TEXT, row.text.id, row.text.field, language, text.strip())
