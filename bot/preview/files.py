"""Files that were uploaded, by file_id, and Telegram's rules for photos."""

import hashlib
import io
import secrets
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from PIL import Image, UnidentifiedImageError

from bot.preview.errors import ApiError, bad_request

Json = dict[str, Any]

PHOTO_BYTES = 10 << 20
FILE_BYTES = 50 << 20
DOWNLOAD_BYTES = 20 << 20
PHOTO_SIDES = 10_000  # width and height together
PHOTO_RATIO = 20
THUMBNAIL = 320  # pixels


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came with a call."""

    content: bytes
    name: str
    mime: str


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as Telegram keeps it."""

    file_id: str
    kind: str  # photo, thumbnail, document, sticker or voice
    content: bytes
    name: str
    mime: str
    width: int = 0  # pixels, of photos
    height: int = 0

    @property
    def sha256(self) -> str:
        """The content's hash, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def path(self) -> str:
        """Where it is downloaded from."""
        return f"{self.kind}s/{self.file_id}"

    def as_json(self) -> Json:
        """The fields that all kinds of file share."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.sha256[:16],
            "file_size": len(self.content),
        }

    def as_photo_size(self) -> Json:
        """A PhotoSize."""
        return {**self.as_json(), "width": self.width, "height": self.height}


class FileStore:
    """Files by file_id, of one bot."""

    def __init__(self) -> None:
        self._files: OrderedDict[str, StoredFile] = OrderedDict()
        self._thumbnails: dict[str, StoredFile] = {}  # by the photo's file_id

    def add_photo(self, upload: Upload) -> StoredFile:
        """Keeps a photo and a thumbnail of it. Raises 400 when Telegram would not take it as a photo."""
        if not upload.content:
            raise bad_request("file must be non-empty")
        if len(upload.content) > PHOTO_BYTES:
            size = len(upload.content)
            raise bad_request(f'file "{upload.name}" of size {size} bytes is too big to be a photo')
        thumbnail, width, height = _thumbnail(upload.content)
        photo = self._keep("photo", upload, width, height)
        with Image.open(io.BytesIO(thumbnail)) as small:
            small_upload = Upload(thumbnail, "thumbnail.jpg", "image/jpeg")
            self._thumbnails[photo.file_id] = self._keep("thumbnail", small_upload, small.width, small.height)
        return photo

    def add(self, kind: str, upload: Upload) -> StoredFile:
        """Keeps a file that is not a photo. Raises 400 when it is empty, 413 when it is too big."""
        if not upload.content:
            raise bad_request("file must be non-empty")
        if len(upload.content) > FILE_BYTES:
            raise ApiError(413, "Request Entity Too Large")
        return self._keep(kind, upload)

    def get(self, file_id: str) -> StoredFile | None:
        """The file, None when this bot never had it."""
        return self._files.get(file_id)

    def find(self, file_id: str, kind: str) -> StoredFile:
        """A file to send again. Raises 400 when it is unknown or of another kind."""
        file = self._files.get(file_id)
        if file is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        if file.kind != kind:
            raise bad_request(f"can't use file of type {file.kind.title()} as {kind.title()}")
        return file

    def photo_sizes(self, photo: StoredFile) -> list[Json]:
        """The photo as a message shows it, the smallest size first."""
        return [self._thumbnails[photo.file_id].as_photo_size(), photo.as_photo_size()]

    def forget(self) -> None:
        """Makes every file_id invalid, as for a new bot."""
        self._files.clear()
        self._thumbnails.clear()

    def _keep(self, kind: str, upload: Upload, width: int = 0, height: int = 0) -> StoredFile:
        file_id = f"{kind[:2].upper()}{secrets.token_urlsafe(24)}"
        file = StoredFile(file_id, kind, upload.content, upload.name, upload.mime, width, height)
        self._files[file_id] = file
        return file


def _thumbnail(content: bytes) -> tuple[bytes, int, int]:
    """A small JPEG of a photo, and the photo's width and height in pixels."""
    try:
        with Image.open(io.BytesIO(content)) as image:
            width, height = image.size
            if width + height > PHOTO_SIDES or max(width, height) > PHOTO_RATIO * min(width, height):
                raise bad_request("PHOTO_INVALID_DIMENSIONS")
            image.draft("RGB", (THUMBNAIL, THUMBNAIL))
            small = image.convert("RGB")
            small.thumbnail((THUMBNAIL, THUMBNAIL))
            encoded = io.BytesIO()
            small.save(encoded, "JPEG")
            return encoded.getvalue(), width, height
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        raise bad_request("IMAGE_PROCESS_FAILED") from None
