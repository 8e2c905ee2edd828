"""The backup file: a ZIP archive with the shape's revision and a file of JSON lines for each table."""

import base64
import json
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_MANIFEST = "manifest.json"
_FORMAT = 1


class BackupError(Exception):
    """Why a backup cannot be made or restored."""


class Writer:
    """Writes an archive table by table."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def begin(self, revision: str, made_at: datetime) -> None:
        """Says what the tables look like."""
        manifest = {"format": _FORMAT, "revision": revision, "made_at": made_at.isoformat()}
        self._archive.writestr(_MANIFEST, json.dumps(manifest))

    def table(self, name: str, rows: Iterator[Mapping[str, Any]]) -> int:
        """Writes all rows of a table and says how many."""
        number = 0
        with self._archive.open(f"{name}.jsonl", "w", force_zip64=True) as file:
            for row in rows:
                number += 1
                line = {column: _plain(value) for column, value in row.items()}
                file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        return number


class Reader:
    """Reads an archive."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    @property
    def revision(self) -> str:
        """Of the tables' shape. Raises BackupError when this is no backup."""
        try:
            manifest = json.loads(self._archive.read(_MANIFEST))
            if manifest["format"] == _FORMAT:
                return str(manifest["revision"])
        except (KeyError, ValueError, TypeError):
            pass
        raise BackupError("is not a backup that this version of the bot can read")

    def rows(self, name: str) -> Iterator[dict[str, Any]]:
        """All rows of a table; none when the backup does not have it."""
        if f"{name}.jsonl" not in self._archive.namelist():
            return
        with self._archive.open(f"{name}.jsonl") as file:
            for line in file:
                yield {column: _rich(value) for column, value in json.loads(line).items()}


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """An archive at `path`, there as a whole or not at all. Raises OSError."""
    beside = path.with_name(f"{path.name}.part")
    try:
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as archive:
            yield Writer(archive)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def reading(path: Path) -> Iterator[Reader]:
    """The archive at `path`. Raises BackupError when it is damaged, or OSError."""
    try:
        with zipfile.ZipFile(path) as archive:
            if damaged := archive.testzip():
                raise BackupError(f"is damaged: {damaged} cannot be read")
            yield Reader(archive)
    except zipfile.BadZipFile as error:
        raise BackupError(f"is not a backup ({error})") from error


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return {"$bytes": base64.b64encode(bytes(value)).decode()}
    if isinstance(value, datetime):
        return {"$time": (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()}
    if isinstance(value, dict):
        return {"$json": value}
    return value


def _rich(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    [(kind, content)] = value.items()
    if kind == "$bytes":
        return base64.b64decode(content)
    return datetime.fromisoformat(content) if kind == "$time" else content
