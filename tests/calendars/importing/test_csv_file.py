"""CSV files in every encoding and with every separator that spreadsheets write, or a clear refusal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendars.importing.csv_file import read_csv
from bot.calendars.importing.draft import RefusedError, Source

ROWS = (("Title", "Date", "Start", "End"), ("Séance à l'hôtel, 2", "5 mai", "9:00", "10:30"))


def text(separator: str = ",") -> str:
    return "\r\n".join(separator.join(f'"{cell}"' for cell in row) for row in ROWS) + "\r\n"


def read(data: bytes) -> tuple[list[tuple[object, ...]], Source]:
    source = Source("plan.csv")
    return [row.cells for row in read_csv(data, source).rows], source


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom", "cp1252"])
def test_it_is_read_whatever_program_wrote_it(separator: str, encoding: str) -> None:
    if encoding == "utf-16-le-bom":
        data = b"\xff\xfe" + text(separator).encode("utf-16-le")
    else:
        data = text(separator).encode(encoding)
    rows, source = read(data)
    assert rows == list(ROWS)
    assert bool(source.notes) == (encoding == "cp1252"), "only a guess is told"


@pytest.mark.parametrize(
    ("korean", "encoding"),
    [("제목,날짜,시작,종료", "cp949"), ("Гарчиг,Огноо", "cp1251"), ("題名,日付", "shift_jis")],
)
def test_another_old_encoding_is_refused_and_not_garbled(korean: str, encoding: str) -> None:
    with pytest.raises(RefusedError, match=r"plan\.csv: line 2: .*UTF-8"):
        read(b"Title,Date\n" + korean.encode(encoding))


@pytest.mark.parametrize("data", [b"PK\x03\x04\0\0", b"\xff\xfea", b"\0"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(RefusedError, match=r"plan\.csv: is "):
        read(data)


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    source = Source("plan.csv")
    table = read_csv(b'Title,Notes\n\nA,"two\nlines"\nB,\n , \n', source)
    assert [(row.number, row.cells[0]) for row in table.rows] == [(1, "Title"), (3, "A"), (4, "B")]


@given(st.binary(max_size=200))
def test_any_bytes_are_a_table_or_refused(data: bytes) -> None:
    try:
        rows, _ = read(data)
    except RefusedError as error:
        assert str(error).startswith("plan.csv: ")
    else:
        assert all(isinstance(cell, str) for row in rows for cell in row)
