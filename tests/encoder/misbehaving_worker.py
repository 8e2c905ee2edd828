"""A worker that answers with one number a text, its length, and misbehaves as its mode says."""

import sys
import time
from pathlib import Path

import numpy as np

from bot.encoder.wire import LENGTH, SHAPE, answer, request_length, texts_in

mode = sys.argv[1]
if mode == "no start":
    sys.exit(1)
while header := sys.stdin.buffer.read(LENGTH.size):
    texts = texts_in(sys.stdin.buffer.read(request_length(header)))
    rows = np.zeros((len(texts), 3), dtype=np.float32)
    rows[:, 0] = 1
    sent = answer(rows)
    if texts:
        if mode == "dies":
            sys.exit(3)
        if mode == "hangs" or (mode == "hangs at times" and "hang" in texts):
            time.sleep(600)
        if mode == "slow":
            time.sleep(0.3)
        if mode == "wrong shape":
            sent = SHAPE.pack(len(texts) + 1, 3) + sent[SHAPE.size :]
        if mode == "huge":
            sent = SHAPE.pack(len(texts), 1 << 31) + sent[SHAPE.size :]
        if mode == "not unit":
            sent = answer(rows * np.float32(np.nan))
        if mode == "half":
            sys.stdout.buffer.write(sent[:-4])
            sys.stdout.buffer.flush()
            sys.exit(0)
        if mode.startswith("writes down "):
            Path(mode.removeprefix("writes down ")).write_text("\n".join(texts), "utf-8")
    sys.stdout.buffer.write(sent)
    sys.stdout.buffer.flush()
