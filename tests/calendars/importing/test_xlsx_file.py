"""Excel workbooks, written here with the same library that many others use."""

import io
import zipfile
from datetime import date, datetime, time
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.calendars.importing.draft import RefusedError, Source
from bot.calendars.importing.table import read_table
from bot.calendars.importing.xlsx_file import read_xlsx
from bot.knowledge.model import Programme
from tests.calendars.importing.reading import drafted

HEAD = ("Date", "Start", "End", "Title", "Place")


def workbook(*rows: tuple[Any, ...]) -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(row)
    return book, sheet


def read(book: Workbook, programme: Programme) -> Source:
    file, source = io.BytesIO(), Source("plan.xlsx")
    book.save(file)
    for table in read_xlsx(file.getvalue(), source):
        read_table(table, programme, source)
    return source


def test_dates_and_times_are_read_as_excel_keeps_them(programme: Programme) -> None:
    book, _ = workbook(HEAD, (date(2031, 5, 5), time(9), time(10, 30), "Housing", "Town hall"))
    assert drafted(read(book, programme)) == [("Housing", date(2031, 5, 5), "09:00", "10:30")]


def test_dates_and_times_may_be_texts(programme: Programme) -> None:
    book, _ = workbook(HEAD, ("05/05/2031", "9.00", "10h30", "Housing", None))
    assert drafted(read(book, programme)) == [("Housing", date(2031, 5, 5), "09:00", "10:30")]


def test_a_merged_cell_counts_for_all_its_rows(programme: Programme) -> None:
    book, sheet = workbook(
        HEAD,
        (datetime(2031, 5, 5), "9:00", "10:00", "Housing", "Town hall"),
        (None, "10:15", "12:00", "Water", None),
        (datetime(2031, 5, 6), "9:00", "10:00", "Rail", None),
    )
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("E2:E4")
    source = read(book, programme)
    assert [(draft.date.day, draft.location) for draft in source.drafts] == [
        (5, "Town hall"),
        (5, "Town hall"),
        (6, "Town hall"),
    ]
    assert source.notes == []


def test_a_title_over_the_table_and_empty_rows_are_passed_over(programme: Programme) -> None:
    book, sheet = workbook(
        ("Our schedule",), (), HEAD, (), (date(2031, 5, 5), "9:00", "10:00", "A"), (), ("Day 2",)
    )
    sheet.merge_cells("A1:E1")
    sheet.merge_cells("A7:E7")
    source = read(book, programme)
    assert [draft.place for draft in source.drafts] == ["row 5"]
    assert source.notes == ["plan.xlsx: row 7: 'Day 2' is a line over the whole table, and is not read"]


def test_several_sheets_are_read_and_named(programme: Programme) -> None:
    book, _ = workbook(HEAD, (date(2031, 5, 5), "9:00", "10:00", "A"))
    second = book.create_sheet("Tuesday")
    second.append(HEAD)
    second.append((date(2031, 5, 6), "9:00", "8:00", "B"))
    hidden = book.create_sheet("Old")
    hidden.append(("nothing", "to read"))
    hidden.sheet_state = "hidden"
    source = read(book, programme)
    assert [draft.place for draft in source.drafts] == ["Sheet: row 2"]
    assert source.errors == ["plan.xlsx: Tuesday: row 2: end 08:00 is before start 09:00"]


def test_a_formula_that_was_never_computed_is_an_error(programme: Programme) -> None:
    book, _ = workbook(HEAD, (date(2031, 5, 5), "9:00", "=B2+1/24", "A"))
    assert read(book, programme).errors == ["plan.xlsx: row 2: end: no time"]


def zipped(name: str, data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [b"", b"Title,Date", b"PK\x03\x04 broken", zipped("a.txt", b"x"), zipped("xl/workbook.xml", b"<x")],
)
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(RefusedError, match=r"plan\.xlsx: is not an Excel workbook"):
        read_xlsx(data, Source("plan.xlsx"))


def test_a_workbook_that_unpacks_to_too_much_is_refused() -> None:
    with pytest.raises(RefusedError, match="at most 50,000,000"):
        read_xlsx(zipped("xl/workbook.xml", b"\0" * 60_000_000), Source("plan.xlsx"))


def test_a_sheet_that_reaches_too_far_is_refused(programme: Programme) -> None:
    book, sheet = workbook(HEAD)
    sheet.cell(900_000, 1, "far away")
    with pytest.raises(RefusedError, match="reaches to row 900,000"):
        read(book, programme)
