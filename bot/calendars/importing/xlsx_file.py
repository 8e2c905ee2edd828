"""An Excel workbook as tables: merged cells hold their value everywhere, empty rows are passed over."""

import io
import warnings
import zipfile
from datetime import date, datetime, time, timedelta

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.calendars.importing.clock_times import Cell
from bot.calendars.importing.draft import RefusedError, Source
from bot.calendars.importing.table import Row, Table

_MOST_BYTES = 50_000_000  # unpacked
_MOST_CELLS = 200_000  # of a sheet


def read_xlsx(data: bytes, source: Source) -> list[Table]:
    """Every visible sheet with something in it. Raises RefusedError when it is no workbook, or too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(each.file_size for each in packed.infolist())
        if size > _MOST_BYTES:
            raise RefusedError(f"{source.name}: holds {size:,} bytes, at most {_MOST_BYTES:,} are read")
        with warnings.catch_warnings(action="ignore"):  # about decoration that openpyxl does not keep
            workbook = load_workbook(io.BytesIO(data), data_only=True)
    except RefusedError:
        raise
    except Exception as error:  # of openpyxl, of its XML, of its zip: any may be damaged
        raise RefusedError(f"{source.name}: is not an Excel workbook that can be read ({error})") from None
    sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    tables = [Table(sheet.title, rows) for sheet in sheets if (rows := _rows(sheet, source))]
    return [Table("", tables[0].rows)] if len(tables) == 1 else tables


def _rows(sheet: Worksheet, source: Source) -> tuple[Row, ...]:
    """The rows that are not empty. A merged area has its value in each of its cells."""
    if sheet.max_row * sheet.max_column > _MOST_CELLS:
        words = f"{sheet.title}: reaches to row {sheet.max_row:,} (delete the empty rows and columns)"
        raise RefusedError(f"{source.name}: {words}")
    merged = {
        (row, column): sheet.cell(area.min_row, area.min_col).value
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
    }
    rows = []
    for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
        cells = tuple(_cell(merged.get((number, at), value)) for at, value in enumerate(values, 1))
        if any(cell is not None and str(cell).strip() for cell in cells):
            rows.append(Row(number, cells))
    return tuple(rows)


def _cell(value: object) -> Cell:
    if isinstance(value, str | bool | int | float | datetime | time | timedelta) or value is None:
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    return str(value)
