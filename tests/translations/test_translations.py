"""Texts for translators: what is missing, the workbook, and the way back into the YAML."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.cli import main
from bot.knowledge.loader import load
from bot.translations.command import TranslationsError, export_texts, import_texts
from bot.translations.texts import missing, missing_table, texts
from bot.translations.workbook import WorkbookError, from_workbook
from tests.knowledge_folder import HELP, PROGRAMME, write_folder

SHOP = """\
# Shops, by Ana
title: Shops
entries:
  - id: shop   # the one at the corner
    title: {en: Shop, es: Tienda}
    questions: [Where is a shop?]
    answer: |
      At the corner.
"""


@pytest.fixture
def shops(tmp_path: Path) -> Path:
    return write_folder(tmp_path, faq={"help": HELP, "shops": SHOP})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "texts.xlsx"


def sheet_of(file: Path) -> tuple[Workbook, Worksheet]:
    workbook = load_workbook(file)
    return workbook, workbook.worksheets[0]


def fill(file: Path, name: str, field: str, language: str, text: str) -> None:
    """What a translator does to one cell."""
    workbook, sheet = sheet_of(file)
    heading = [cell.value for cell in sheet[1]]
    [row] = [row for row in sheet.iter_rows(min_row=2) if (row[0].value, row[1].value) == (name, field)]
    row[heading.index(language)].value = text
    workbook.save(file)


def test_what_is_missing_is_counted_by_id_and_language(shops: Path) -> None:
    assert missing(load(shops))["shop"] == {"es": 1}
    [line] = [line for line in missing_table(load(shops)).splitlines() if line.startswith("shop")]
    assert line.split() == ["shop", "·", "1"]


def test_nothing_missing_is_said(tmp_path: Path) -> None:
    alone = write_folder(tmp_path, programme=PROGRAMME.replace("[en, es]", "[en]"))
    assert missing_table(load(alone)) == "No translation is missing."


def test_phrasings_and_addresses_are_not_for_translators(shops: Path) -> None:
    assert {text.field for text in texts(load(shops))} & {"questions", "aliases", "address"} == set()


def test_a_translation_comes_back_into_the_file_and_nothing_else_changes(shops: Path, file: Path) -> None:
    export_texts(shops, file)
    fill(file, "shop", "answer", "es", "En la esquina.")
    before = (shops / "faq/shops.yaml").read_text("utf-8")
    assert import_texts(shops, file).startswith("1 texts changed")
    assert load(shops).entries["shop"].answer["es"].strip() == "En la esquina."
    after = (shops / "faq/shops.yaml").read_text("utf-8")
    assert after.startswith("# Shops, by Ana")
    assert "- id: shop   # the one at the corner" in after
    assert after.partition("    answer:")[0] == before.partition("    answer:")[0]


def test_an_untouched_workbook_changes_nothing(shops: Path, file: Path) -> None:
    export_texts(shops, file)
    before = {path: path.read_bytes() for path in shops.rglob("*.yaml")}
    assert import_texts(shops, file).startswith("0 texts changed")
    assert {path: path.read_bytes() for path in shops.rglob("*.yaml")} == before


@pytest.mark.parametrize("text", ["=1+1", "a: b #c", "'quoted'", "- dash", "Línea\notra"])
def test_a_text_comes_back_as_it_was_typed(shops: Path, file: Path, text: str) -> None:
    export_texts(shops, file)
    fill(file, "shop", "answer", "es", text)
    workbook, sheet = sheet_of(file)
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            if cell.value == text:
                cell.data_type = "s"
    workbook.save(file)
    import_texts(shops, file)
    assert load(shops).entries["shop"].answer["es"].strip() == text


def test_a_text_that_begins_with_an_equals_sign_is_exported_as_text(tmp_path: Path, file: Path) -> None:
    shop = SHOP.replace("At the corner.", "=HYPERLINK(1)")
    export_texts(write_folder(tmp_path, faq={"help": HELP, "shops": shop}), file)
    _, sheet = sheet_of(file)
    [cell] = [cell for row in sheet.iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
    assert cell.data_type == "s"


def test_an_original_that_has_changed_meanwhile_is_refused_and_nothing_is_written(
    shops: Path, file: Path
) -> None:
    export_texts(shops, file)
    fill(file, "shop", "title", "es", "Almacén")
    path = shops / "faq/shops.yaml"
    path.write_text(path.read_text("utf-8").replace("At the corner.", "Next door."), "utf-8")
    before = path.read_bytes()
    with pytest.raises(TranslationsError, match=r"row \d+: the original \(`en`\) is not what"):
        import_texts(shops, file)
    assert path.read_bytes() == before


def test_a_text_that_is_gone_is_refused(shops: Path, file: Path) -> None:
    export_texts(shops, file)
    path = shops / "faq/shops.yaml"
    path.write_text(path.read_text("utf-8").replace("id: shop ", "id: store "), "utf-8")
    with pytest.raises(TranslationsError, match="no text `title` of `shop` any more"):
        import_texts(shops, file)


def test_what_is_no_workbook_of_ours_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match="not an Excel workbook"):
        list(from_workbook(b"no", ["en"]))
    workbook, file = Workbook(), io.BytesIO()
    workbook.save(file)
    with pytest.raises(WorkbookError, match="has no heading"):
        list(from_workbook(file.getvalue(), ["en"]))
    workbook.worksheets[0].append(["id", "text", "en", "xx"])
    file = io.BytesIO()
    workbook.save(file)
    with pytest.raises(WorkbookError, match="languages that the programme does not have: xx"):
        list(from_workbook(file.getvalue(), ["en"]))


def test_the_command_prints_exports_and_imports(
    shops: Path, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    knowledge = ["--knowledge", str(shops)]
    assert main(["translations", *knowledge]) == 0
    assert "shop" in capsys.readouterr().out
    assert main(["translations", *knowledge, "--export", str(file)]) == 0
    assert main(["translations", *knowledge, "--import", str(file)]) == 0
    assert main(["translations", *knowledge, "--import", str(shops / "sites.yaml")]) == 1
    assert "not an Excel workbook" in capsys.readouterr().err
