"""A workbook for translators: a row a text, a column a language."""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.translations.texts import LocalText

_FIRST = ("id", "text")
_WIDE, _NARROW = 60, 18  # characters


class WorkbookError(Exception):
    """Why a file is not a workbook of translations."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as the translator gave it back."""

    number: int
    text: LocalText


def to_workbook(texts: Iterable[LocalText], languages: Sequence[str]) -> bytes:
    """An .xlsx file. The first language is the one to translate from."""
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 - a new workbook has one, and the type says maybe
    sheet.title = "Translations"
    sheet.append([*_FIRST, *languages])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, text in enumerate(texts, 2):
        for column, value in enumerate([text.id, text.field, *map(text.texts.get, languages)], 1):
            cell = sheet.cell(number, column)
            cell.value = value
            cell.data_type = "s" if value else "n"  # a text that begins with = is no formula
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for column in range(1, len(languages) + 3):
        sheet.column_dimensions[get_column_letter(column)].width = _WIDE if column > len(_FIRST) else _NARROW
    sheet.freeze_panes = "D2"
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def from_workbook(data: bytes, languages: Sequence[str]) -> Iterator[Row]:
    """The rows of a workbook that `to_workbook` made. Raises WorkbookError."""
    try:
        sheet = load_workbook(io.BytesIO(data), data_only=True).worksheets[0]
        rows = list(sheet.iter_rows(values_only=True))
    except Exception as error:  # of openpyxl, of its XML, of its zip: any may be damaged
        raise WorkbookError(f"is not an Excel workbook that can be read ({error})") from None
    heading = [str(cell or "").strip() for cell in rows[0]] if rows else []
    if tuple(heading[:2]) != _FIRST:
        raise WorkbookError("has no heading `id`, `text`, and a language each; export it again")
    if strange := [name for name in heading[2:] if name and name not in languages]:
        raise WorkbookError(
            f"has columns for languages that the programme does not have: {', '.join(strange)}"
        )
    for number, row in enumerate(rows[1:], 2):
        cells = ["" if cell is None else str(cell).replace("\r\n", "\n") for cell in row]
        if not any(cell.strip() for cell in cells):
            continue
        given = {
            name: cell for name, cell in zip(heading[2:], cells[2:], strict=False) if name and cell.strip()
        }
        yield Row(number, LocalText(cells[0].strip(), cells[1].strip(), given))
