"""Which files Telegram takes, and how they are named afterwards."""

import io

import pytest
from PIL import Image

from bot.preview.errors import ApiError
from bot.preview.files import FILE_BYTES, PHOTO_BYTES, FileStore, Upload

from .conftest import picture


def upload(content: bytes) -> Upload:
    return Upload(content, "photo.jpg", "image/jpeg")


def truncated() -> bytes:
    return picture(400, 400)[:900]


@pytest.mark.parametrize(
    ("width", "height"), [(1, 1), (1280, 960), (5000, 5000), (9500, 500), (20, 400), (400, 20)]
)
def test_photos_that_telegram_takes(width: int, height: int) -> None:
    files = FileStore()
    photo = files.add_photo(upload(picture(width, height)))
    small, large = files.photo_sizes(photo)
    assert (large["width"], large["height"]) == (width, height)
    assert max(small["width"], small["height"]) <= 320


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "file must be non-empty"),
        (b"%PDF-1.7", "IMAGE_PROCESS_FAILED"),
        (truncated(), "IMAGE_PROCESS_FAILED"),
        (picture(9502, 500), "PHOTO_INVALID_DIMENSIONS"),
        (picture(421, 20), "PHOTO_INVALID_DIMENSIONS"),
        (picture(20, 421), "PHOTO_INVALID_DIMENSIONS"),
        (picture() + bytes(PHOTO_BYTES), "is too big to be a photo"),
    ],
    ids=["empty", "pdf", "truncated", "sides", "flat", "tall", "big"],
)
def test_photos_that_telegram_refuses(content: bytes, reason: str) -> None:
    with pytest.raises(ApiError) as refused:
        FileStore().add_photo(upload(content))
    assert refused.value.status == 400
    assert reason in refused.value.description


@pytest.mark.parametrize("mode", ["CMYK", "L", "P", "RGBA"])
def test_photos_in_any_colour_model_are_taken(mode: str) -> None:
    encoded = io.BytesIO()
    Image.new(mode, (50, 40)).save(encoded, "TIFF")
    assert FileStore().add_photo(upload(encoded.getvalue())).width == 50


def test_other_files_may_have_50_megabytes() -> None:
    files = FileStore()
    assert files.add("document", upload(bytes(FILE_BYTES))).file_id
    with pytest.raises(ApiError) as refused:
        files.add("document", upload(bytes(FILE_BYTES + 1)))
    assert refused.value.status == 413


def test_the_same_picture_gets_another_file_id_but_the_same_unique_id() -> None:
    files = FileStore()
    first, second = files.add_photo(upload(picture())), files.add_photo(upload(picture()))
    assert first.file_id != second.file_id
    assert first.as_json()["file_unique_id"] == second.as_json()["file_unique_id"]


def test_a_file_id_is_of_one_kind() -> None:
    files = FileStore()
    photo = files.add_photo(upload(picture()))
    assert files.find(photo.file_id, "photo") is photo
    with pytest.raises(ApiError, match="can't use file of type Photo as Document"):
        files.find(photo.file_id, "document")
    thumbnail = files.photo_sizes(photo)[0]["file_id"]
    with pytest.raises(ApiError, match="can't use file of type Thumbnail as Photo"):
        files.find(thumbnail, "photo")


def test_an_unknown_or_forgotten_file_id_is_refused() -> None:
    files = FileStore()
    photo = files.add_photo(upload(picture()))
    files.forget()
    for file_id in (photo.file_id, "AgACAgQAAxkDAAI"):
        with pytest.raises(ApiError, match="wrong file identifier/HTTP URL specified"):
            files.find(file_id, "photo")
