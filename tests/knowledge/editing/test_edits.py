"""One value of a file changes, and every other byte stays."""

import difflib
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path as FilePath
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from bot.knowledge.editing.edits import Path, append, read_plain, remove, set_value
from bot.knowledge.editing.problems import EditError
from bot.knowledge.yaml_tree import Plain
from tests.knowledge.editing.yaml_files import KEYS, ROOTS, TEXTS, Author

FILE = """\
# Hotel
title: {en: Hotel, es: Hotel}  # two languages
entries:

  # The network
  - id: wifi
    title: Wi-Fi
    questions:
      en: [What is the password?, Internet?]   # short
      es:
        - ¿Cuál es la clave?   # from Ana
        - 'wifi: clave'
    answer: |  # shown in the lobby
      The password
      is **sea**.

    sample: true

  # Food
  - id: lunch
    answer: "Soup"  # every day
    title: >-
      Lunch and
      dinner
"""
WIFI, LUNCH = ("entries", 0), ("entries", 1)


def changed_lines(after: bytes, before: str = FILE) -> list[str]:
    """What a difference shows: lines that went with -, lines that came with +."""
    lines = difflib.ndiff(before.splitlines(), after.decode().splitlines())
    return [line for line in lines if line[0] in "+-"]


def test_a_plain_text_is_replaced() -> None:
    assert changed_lines(set_value(FILE.encode(), (*WIFI, "title"), "Internet")) == [
        "-     title: Wi-Fi",
        "+     title: Internet",
    ]


def test_a_text_that_needs_quotes_gets_them() -> None:
    after = set_value(FILE.encode(), (*WIFI, "title"), "Wi-Fi: it's free #1")
    assert "    title: 'Wi-Fi: it''s free #1'\n" in after.decode()


def test_quotes_and_the_comment_behind_them_stay() -> None:
    after = set_value(FILE.encode(), (*LUNCH, "answer"), "Fish")
    assert '    answer: "Fish"  # every day\n' in after.decode()


def test_a_text_below_a_bar_stays_below_it() -> None:
    assert changed_lines(set_value(FILE.encode(), (*WIFI, "answer"), "It is\n\nland.\n")) == [
        "-       The password",
        "-       is **sea**.",
        "+       It is",
        "+ ",
        "+       land.",
    ]


def test_a_text_of_several_lines_goes_below_a_bar() -> None:
    after = set_value(FILE.encode(), (*LUNCH, "answer"), "Soup.\n- or fish")
    assert "    answer: |-  # every day\n      Soup.\n      - or fish\n    title" in after.decode()


def test_a_folded_text_becomes_one_that_reads_exactly_as_given() -> None:
    after = set_value(FILE.encode(), (*LUNCH, "title"), "Lunch")
    assert after.decode().endswith("    title: |-\n      Lunch\n")


def test_between_brackets_a_text_stays_on_its_line() -> None:
    after = set_value(FILE.encode(), ("title", "es"), "El\nhotel, hoy")
    assert 'title: {en: Hotel, es: "El\\nhotel, hoy"}  # two languages\n' in after.decode()


def test_a_key_is_added_in_the_order_that_is_asked_for() -> None:
    after = set_value(
        FILE.encode(), (*WIFI, "photos"), [{"file": "a.jpg"}], ("id", "answer", "photos", "sample")
    )
    assert "      is **sea**.\n    photos:\n      - file: a.jpg\n\n    sample" in after.decode()


def test_a_key_is_added_between_brackets() -> None:
    assert b"title: {en: Hotel, es: Hotel, fr: 'H: x'}" in set_value(FILE.encode(), ("title", "fr"), "H: x")


def test_an_item_is_appended_to_each_kind_of_list() -> None:
    short = append(FILE.encode(), (*WIFI, "questions", "en"), "net, please")
    assert "en: [What is the password?, Internet?, 'net, please']   # short" in short.decode()
    long = append(FILE.encode(), (*WIFI, "questions", "es"), "red")
    assert changed_lines(long) == ["+         - red"]


def test_an_entry_is_appended_with_a_blank_line_like_the_others() -> None:
    after = append(FILE.encode(), ("entries",), {"id": "tea", "answer": "At\n4."})
    assert changed_lines(after) == ["+ ", "+   - id: tea", "+     answer: |-", "+       At", "+       4."]


def test_a_text_becomes_texts_by_language() -> None:
    after = set_value(FILE.encode(), (*LUNCH, "answer"), {"en": "Soup", "es": "Sopa"})
    assert "    answer:  # every day\n      en: Soup\n      es: Sopa\n    title" in after.decode()


def test_an_item_a_key_and_a_short_one_are_removed() -> None:
    assert changed_lines(remove(FILE.encode(), (*WIFI, "questions", "es", 1))) == [
        "-         - 'wifi: clave'"
    ]
    assert changed_lines(remove(FILE.encode(), (*WIFI, "sample"))) == ["-     sample: true"]
    assert b"en: [Internet?]" in remove(FILE.encode(), (*WIFI, "questions", "en", 0))
    assert b"en: [What is the password?]" in remove(FILE.encode(), (*WIFI, "questions", "en", 1))
    assert b'  - answer: "Soup"  # every day\n' in remove(FILE.encode(), (*LUNCH, "id"))


def test_lines_are_removed_whole_whatever_breaks_a_file_mixes() -> None:
    assert remove(b"a: b\r\nc: d\n  # e\nf: g\r\n", ("c",)) == b"a: b\r\n  # e\nf: g\r\n"
    assert remove(b"a: b\nc: d\r\n\r\nf: g", ("f",)) == b"a: b\nc: d\r\n"


def test_the_last_thing_is_not_removed() -> None:
    with pytest.raises(EditError, match=r"answer\.en is all that answer holds; remove that"):
        remove(b"answer: {en: x}\nid: y\n", ("answer", "en"))


def test_a_comment_inside_what_is_replaced_is_not_lost() -> None:
    with pytest.raises(EditError, match="a comment near line 11 would be lost"):
        set_value(FILE.encode(), (*WIFI, "questions", "es"), ["red"])


def test_a_file_with_errors_is_not_edited() -> None:
    with pytest.raises(EditError, match=r"the file has errors already \(line 2: 'b' is empty"):
        set_value(b"a: x\nb:\n", ("a",), "y")


def test_what_is_not_there_cannot_be_changed() -> None:
    for path in [(*WIFI, "questions", "en", 2), ("entries", 5, "id"), ("title", "en", "x")]:
        with pytest.raises(EditError, match="nothing stands at"):
            set_value(FILE.encode(), path, "x")
    with pytest.raises(EditError, match="is not a list"):
        append(FILE.encode(), (*WIFI, "title"), "x")


def test_an_invisible_character_is_refused() -> None:
    with pytest.raises(EditError, match=r"an invisible character \(U\+2028"):
        set_value(FILE.encode(), (*WIFI, "title"), "x\u2028y")


def test_what_the_line_breaks_around_it_would_change_is_refused() -> None:
    """Below | the break at the end belongs to the text, and this file ends without one."""
    with pytest.raises(EditError, match="has no line break at its end; add one"):
        set_value(b"a: |\n  x", ("b",), "y")


# Any file, any change


def paths(value: Plain, above: Path = ()) -> Iterator[Path]:
    if above:
        yield above
    steps: Any = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for step, each in steps:
        yield from paths(each, (*above, step))


def at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def remarks(data: bytes) -> list[str]:
    return re.findall(r"# remark \d+\.", data.decode())


def kept(before: bytes, after: bytes) -> tuple[bytes, bytes]:
    """What of `before` and `after` lies between the bytes that both begin and end with."""
    start = next(
        (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b),
        min(len(before), len(after)),
    )
    end = next(
        (
            n
            for n, (a, b) in enumerate(zip(reversed(before[start:]), reversed(after[start:]), strict=False))
            if a != b
        ),
        min(len(before), len(after)) - start,
    )
    return before[start : len(before) - end], after[start : len(after) - end]


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(
    root=ROOTS,
    seed=st.integers(0, 2**32),
    value=st.one_of(TEXTS, ROOTS, st.lists(TEXTS, min_size=1)),
    data=st.data(),
)
def test_of_any_file_only_the_target_changes(root: Any, seed: int, value: Any, data: st.DataObject) -> None:
    author = Author(Random(seed), step=Random(seed).choice([2, 2, 3, 4]))  # noqa: S311 - of no secret
    file = author.file(root)
    try:
        assume(read_plain(file) == root)
    except EditError:
        assume(False)
    path = data.draw(st.sampled_from(list(paths(root))))
    expected, change = deepcopy(root), data.draw(st.sampled_from(["set", "add", "append", "remove"]))
    above, step = at(expected, path[:-1]), path[-1]
    try:
        if change == "remove":
            assume(len(above) > 1)
            del above[step]
            after = remove(file, path)
        elif change == "append":
            assume(isinstance(above[step], list))
            above[step].append(value)
            after = append(file, path, value)
        elif change == "add":
            assume(isinstance(above[step], dict))
            key = data.draw(KEYS)
            assume(key not in above[step])
            above[step][key] = value
            after = set_value(file, (*path, key), value)
        else:
            above[step] = value
            after = set_value(file, path, value)
    except EditError as error:
        event(f"refused: {re.sub('[0-9]+', 'n', str(error))[:40]}")
        return
    assert read_plain(after) == expected
    assert after.startswith(b"\xef\xbb\xbf") == file.startswith(b"\xef\xbb\xbf")
    assert (b"\r\n" in after) <= (b"\r\n" in file)
    if change != "remove":
        assert remarks(after) == remarks(file)
    went, _ = kept(file, after)
    if change in {"append", "add"}:
        assert went in b" ", "something was taken away where something was only to be added"


@pytest.mark.parametrize("name", sorted(path.name for path in FilePath("knowledge").rglob("*.yaml")))
def test_every_kind_of_value_of_the_real_files_can_be_changed(name: str) -> None:
    [path] = FilePath("knowledge").rglob(name)
    data = path.read_bytes()
    root = read_plain(data)
    texts = [each for each in paths(root) if isinstance(at(root, each), str)]
    for number, target in enumerate(Random(1).sample(texts, 12)):  # noqa: S311 - of no secret
        for text in ["New: it's\n\n- one #1\n", "plain", "'x", "[y]"][number % 4 :][:2]:
            after = set_value(data, target, text)
            went, _ = kept(data, after)
            assert at(read_plain(after), target) == text
            assert len(went.splitlines()) <= len(str(at(root, target)).splitlines()) + 1
