"""Contents and archives that admins send are taken whole, or refused with a reason."""

import io
import stat
import zipfile
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.editing.by_id import Contents
from bot.knowledge.editing.change import applied
from bot.knowledge.editing.uploads import UploadError, packed, refusal, unpacked, uploaded
from tests.knowledge_folder import HELP, PROGRAMME, SCHEDULE, SITES, picture

LIVE: Contents = {
    "programme.yaml": PROGRAMME.encode(),
    "sites.yaml": SITES.encode(),
    "schedule.yaml": SCHEDULE.encode(),
    "faq/10-help.yaml": HELP.encode(),
    "photos/port.png": picture(),
}


def after(name: str, data: bytes, live: Contents = LIVE) -> Contents:
    """The files once an upload is published."""
    return applied(uploaded(name, data, live).change, live, ["en"])


def archive(files: Mapping[str, bytes], top: str = "") -> bytes:
    return packed({f"{top}{name}": data for name, data in files.items()})


@pytest.mark.parametrize(
    ("name", "size", "words"),
    [
        ("plan.yaml", 1_000_000, None),
        ("knowledge.zip", 20_000_000, None),
        ("plan.yaml", None, None),
        ("plan.yaml", 1_000_001, "The file is too large: 1,000,001 bytes"),
        ("knowledge.zip", 20_000_001, "The archive is too large"),
        ("plan.yaml.exe", 10, "Send a .yaml file"),
        ("plan.yml", 10, "Send a .yaml file"),
        ("", 10, "Send a .yaml file"),
    ],
)
def test_what_cannot_be_used_is_known_before_it_is_downloaded(
    name: str, size: int, words: str | None
) -> None:
    assert (refusal(name, size) or "").startswith(words or "")
    assert (refusal(name, size) is None) == (words is None)


def test_a_file_takes_the_place_of_the_one_of_its_name() -> None:
    for name in ("10-help.yaml", "10-help (2).yaml", "10-help-1.yaml"):
        assert after(name, b"new") == {**LIVE, "faq/10-help.yaml": b"new"}
    assert after("schedule.yaml", b"new", LIVE)["schedule.yaml"] == b"new"
    assert after("synonyms.yaml", b"new", LIVE)["synonyms.yaml"] == b"new"


def test_a_file_of_a_new_name_is_a_new_category() -> None:
    assert after("90-sports.yaml", b"new", LIVE)["faq/90-sports.yaml"] == b"new"


@pytest.mark.parametrize("name", ["../programme.yaml", "a/b.yaml", ".yaml", "a b.yaml", "C:x.yaml", "..yaml"])
def test_a_name_is_no_path(name: str) -> None:
    with pytest.raises(UploadError, match="is not that of a file of the knowledge"):
        uploaded(name, b"new", LIVE)


def test_an_archive_that_was_packed_here_comes_back_the_same() -> None:
    assert after("knowledge.zip", packed(LIVE), {}) == LIVE
    assert unpacked(packed(LIVE)) == LIVE
    assert packed(LIVE) == packed(dict(reversed(list(LIVE.items()))))


def test_an_archive_may_hold_the_folder_itself() -> None:
    assert after("k.zip", archive(LIVE, "knowledge/"), {}) == LIVE


def test_an_archive_replaces_all_but_keeps_the_pictures_if_it_has_none() -> None:
    files = {name: data for name, data in LIVE.items() if name.endswith(".yaml") and name != "sites.yaml"}
    assert after("k.zip", archive(files), LIVE) == {**files, "photos/port.png": picture()}


def test_what_is_no_part_of_the_folder_is_left_out_and_named() -> None:
    litter = {"__MACOSX/._programme.yaml": b"x", "faq/.DS_Store": b"x", "photos/Thumbs.db": b""}
    others = {"README.md": b"x", "faq/deep/x.yaml": b"x", "artwork/map.svg": b"x"}
    result = uploaded("k.zip", archive({**LIVE, **litter, **others}), {})
    assert set(result.change.files) - {"photos/Thumbs.db"} == set(LIVE)
    assert set(result.left_out) == set(others)


def written(name: str, data: bytes = b"x", *, mode: int = 0) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("programme.yaml", b"x")
        entry = zipfile.ZipInfo(name)
        entry.external_attr = mode << 16
        made.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def encrypted() -> bytes:
    data = bytearray(written("faq/a.yaml"))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    return bytes(data)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("data", "words"),
    [
        (lambda: written("../x.yaml"), "leads out of it: '../x.yaml'"),
        (lambda: written("/etc/x.yaml"), "leads out of it"),
        (lambda: written("faq\\..\\x.yaml"), "leads out of it"),
        (lambda: written("C:/x.yaml"), "leads out of it"),
        (lambda: written("photos/a.jpg", b"/etc/passwd", mode=stat.S_IFLNK | 0o777), "is a link or device"),
        (lambda: written("photos/a.jpg", mode=stat.S_IFIFO | 0o644), "is a link or device"),
        (lambda: written("programme.yaml"), "holds 'programme.yaml' twice"),
        (lambda: written("faq/a.yaml", b" " * 1_000_001), r"'faq/a\.yaml' in the archive is too large"),
        (lambda: written("photos/a.jpg", b" " * 10_000_001), "is too large: at most 10,000,000 bytes"),
        (encrypted, "has a password"),
        (lambda: archive({"notes.txt": b"x"}), "holds no knowledge folder"),
        (lambda: archive({f"faq/{n}.yaml": b"" for n in range(1_001)}), "holds 1,001 files"),
        (lambda: b"PK\x03\x04 not really", "is damaged or not a ZIP archive"),
        (lambda: written("faq/a.yaml")[:-30], "is damaged"),
    ],
)
def test_an_archive_that_nobody_makes_by_accident_is_refused(data, words: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(UploadError, match=words):
        uploaded("k.zip", data(), LIVE)


def test_all_pictures_together_have_a_limit() -> None:
    files = {**LIVE, **{f"photos/{n}.jpg": b" " * 10_000_000 for n in range(11)}}
    with pytest.raises(UploadError, match="is too large: at most"):
        uploaded("k.zip", archive(files), {})


@given(st.binary(max_size=200), st.integers(0, 400), st.integers(0, 255))
def test_a_damaged_archive_never_gives_another_error(noise: bytes, place: int, byte: int) -> None:
    data = bytearray(archive({"programme.yaml": b"x", "faq/a.yaml": b"y" * 50}))
    data[place % len(data)] = byte
    for content in (bytes(data), noise, bytes(data[:place])):
        try:
            assert after("k.zip", content, {})
        except UploadError as error:
            assert str(error).endswith(".")
