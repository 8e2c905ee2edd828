"""What goes through the pipes: JSON to the worker and plain numbers back, each behind its checked length."""

import json
import struct
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

LONGEST_REQUEST = 1 << 20  # bytes
MOST_ROWS, MOST_COLUMNS = 4096, 4096
LENGTH = struct.Struct("!I")
"""In front of a request: its bytes."""
SHAPE = struct.Struct("!II")
"""In front of an answer: rows and columns of 32-bit floats, little end first."""
_NUMBER = np.dtype("<f4")
_UNIT = 0.01  # how far from 1 the length of a vector may be


class WireError(Exception):
    """What came through a pipe is not what was agreed."""


def request(texts: Sequence[str]) -> bytes:
    """A request with its length. An empty one asks whether the worker is ready."""
    body = json.dumps(list(texts)).encode()
    if len(body) > LONGEST_REQUEST:
        raise WireError(f"a request of {len(body)} bytes")
    return LENGTH.pack(len(body)) + body


def request_length(header: bytes) -> int:
    """How many bytes of a request follow. Raises WireError."""
    (length,) = LENGTH.unpack(header)
    if not 0 < length <= LONGEST_REQUEST:
        raise WireError(f"a request of {length} bytes")
    return int(length)


def texts_in(body: bytes) -> list[str]:
    """The texts of a request. Raises WireError."""
    try:
        texts = json.loads(body)
    except ValueError as error:
        raise WireError("a request that is not JSON") from error
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise WireError("a request that is not a list of texts")
    return texts


def answer(vectors: Floats) -> bytes:
    """An answer with its shape."""
    rows, columns = vectors.shape
    return SHAPE.pack(rows, columns) + vectors.astype(_NUMBER).tobytes()


def answer_length(header: bytes, rows: int) -> tuple[int, int]:
    """How many bytes of an answer follow, and its columns. Raises WireError unless there are `rows`."""
    sent, columns = SHAPE.unpack(header)
    if sent != rows or rows > MOST_ROWS or not 0 < columns <= MOST_COLUMNS:
        raise WireError(f"an answer of {sent} × {columns} to {rows} texts")
    return rows * columns * _NUMBER.itemsize, int(columns)


def vectors_in(body: bytes, columns: int) -> Floats:
    """The vectors of an answer. Raises WireError unless all have the length 1."""
    vectors = np.frombuffer(body, dtype=_NUMBER).reshape(-1, columns).astype(np.float32)
    if not np.all(np.abs(np.linalg.norm(vectors, axis=1) - 1) < _UNIT):
        raise WireError("an answer with vectors that are not of length 1")
    return vectors
