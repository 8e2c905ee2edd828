"""Values of this room as the JSON that the database keeps, and back."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


def to_json(value: object) -> dict[str, Any]:
    """What the database keeps of a content, an audience or a schedule."""
    kind: Any = type(value)
    kept: dict[str, Any] = TypeAdapter(kind).dump_python(value, mode="json")
    return kept


def from_json(kind: type[T], kept: Mapping[str, Any]) -> T:
    """What the database has kept. Raises pydantic's ValidationError when it is something else."""
    return TypeAdapter(kind).validate_python(kept)
