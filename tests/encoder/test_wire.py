"""Lengths and contents are checked on both sides of the pipe."""

import numpy as np
import pytest

from bot.encoder.wire import (
    LENGTH,
    LONGEST_REQUEST,
    SHAPE,
    WireError,
    answer,
    answer_length,
    request,
    request_length,
    texts_in,
    vectors_in,
)


def test_a_request_comes_out_as_it_went_in() -> None:
    sent = request(["Where is the bus?", "버스", "\ud800"])
    assert request_length(sent[: LENGTH.size]) == len(sent) - LENGTH.size
    assert texts_in(sent[LENGTH.size :]) == ["Where is the bus?", "버스", "\ud800"]


def test_an_answer_comes_out_as_it_went_in() -> None:
    rows = np.array([[1, 0], [0.6, 0.8]], dtype=np.float32)
    sent = answer(rows)
    length, columns = answer_length(sent[: SHAPE.size], 2)
    assert length == len(sent) - SHAPE.size
    assert np.array_equal(vectors_in(sent[SHAPE.size :], columns), rows)


@pytest.mark.parametrize("length", [0, LONGEST_REQUEST + 1, 2**32 - 1])
def test_a_request_of_a_wrong_length_is_refused(length: int) -> None:
    with pytest.raises(WireError):
        request_length(LENGTH.pack(length))


def test_a_request_that_is_too_long_is_never_sent() -> None:
    with pytest.raises(WireError):
        request(["x" * LONGEST_REQUEST])


@pytest.mark.parametrize("body", [b"\xff", b"{}", b'[1, "a"]', b'"text"', b"[" * 50])
def test_a_request_that_is_no_list_of_texts_is_refused(body: bytes) -> None:
    with pytest.raises(WireError):
        texts_in(body)


@pytest.mark.parametrize(("rows", "columns"), [(1, 384), (3, 384), (2, 0), (2, 5000), (2**31, 384)])
def test_an_answer_of_a_wrong_shape_is_refused(rows: int, columns: int) -> None:
    with pytest.raises(WireError):
        answer_length(SHAPE.pack(rows, columns), 2)


@pytest.mark.parametrize("number", [0.0, 2.0, float("nan"), float("inf")])
def test_vectors_that_are_not_of_length_1_are_refused(number: float) -> None:
    with pytest.raises(WireError):
        vectors_in(np.array([number, 0], dtype="<f4").tobytes(), 2)
