"""The worker: `python -m bot.encoder.worker MODEL` reads requests and writes answers until its input ends."""

import sys
from typing import BinaryIO

import numpy as np

from bot.encoder.limits import allow_one_request, limit
from bot.encoder.models import Encoder, open_encoder
from bot.encoder.wire import LENGTH, WireError, answer, request_length, texts_in


def main() -> int:
    """Serves the model named on the command line; the exit status is 1 when it cannot be loaded."""
    name = sys.argv[1]
    limit(name)
    allow_one_request()
    try:
        encoder = open_encoder(name)
        columns = encoder.encode(["ready"]).shape[1]
    except Exception as error:  # whatever a package raises, its traceback helps nobody
        print(f"The encoder {name} cannot be loaded: {error}", file=sys.stderr)  # noqa: T201 - the log of the host
        return 1
    serve(encoder, columns, sys.stdin.buffer, sys.stdout.buffer)
    return 0


def serve(encoder: Encoder, columns: int, requests: BinaryIO, answers: BinaryIO) -> None:
    """Answers until the input ends. Raises WireError for input that is not a request."""
    while header := requests.read(LENGTH.size):
        if len(header) < LENGTH.size:
            raise WireError("a request without its length")
        allow_one_request()
        texts = texts_in(requests.read(request_length(header)))
        vectors = encoder.encode(texts) if texts else np.zeros((0, columns), dtype=np.float32)
        answers.write(answer(vectors))
        answers.flush()


if __name__ == "__main__":
    sys.exit(main())
