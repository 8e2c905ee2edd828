"""A CSV file as a table: its encoding and separator are found, or the file is clearly refused."""

import codecs
import csv
import io
import re

from bot.calendars.importing.draft import RefusedError, Source
from bot.calendars.importing.headings import column_of
from bot.calendars.importing.table import Row, Table

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_WESTERN = re.compile(rb"[\x80-\xff]{3}|[\x80-\xbf][\x80-\xff]|[\x80-\xff][\x80-\xbf]")
"""Western letters beyond ASCII stand one by one; runs of them are another script, such as Hangul."""
_SEPARATORS = (",", ";", "\t")
_ADVICE = "save it as 'CSV UTF-8', or as an Excel workbook (.xlsx)"


def read_csv(data: bytes, source: Source) -> Table:
    """The table. Raises RefusedError when the bytes are no text or have no rows."""
    text = _decoded(data, source)
    try:
        tables = [_rows(text, separator) for separator in _SEPARATORS]
    except csv.Error as error:
        raise RefusedError(f"{source.name}: cannot be read as a table: {error} ({_ADVICE})") from None
    best = max(tables, key=_known_headings)
    return Table("", tuple(best))


def _decoded(data: bytes, source: Source) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                raise RefusedError(
                    f"{source.name}: is damaged: not all of it is {encoding} ({_ADVICE})"
                ) from None
    if b"\0" in data:
        raise RefusedError(f"{source.name}: is not a text file ({_ADVICE})")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _NOT_WESTERN.search(data):
            line = data.count(b"\n", 0, error.start) + 1
            raise RefusedError(
                f"{source.name}: line {line}: the characters are neither UTF-8 nor western ({_ADVICE})"
            ) from None
    source.note("", f"is not UTF-8, and was read as Windows western European (to be sure, {_ADVICE})")
    return data.decode("cp1252", errors="replace")


def _rows(text: str, separator: str) -> list[Row]:
    """The rows that are not empty, numbered as a spreadsheet shows them."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    return [Row(number, tuple(cells)) for number, cells in enumerate(reader, 1) if any(map(str.strip, cells))]


def _known_headings(rows: list[Row]) -> int:
    """How many headings of the table are known when it is cut this way."""
    return max((sum(column_of(str(cell)) is not None for cell in row.cells) for row in rows[:20]), default=0)
