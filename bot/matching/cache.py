"""What was learned from a knowledge base is kept in a file for the next start."""

import hashlib
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, cast

import numpy as np

from bot.matching.base import Base
from bot.matching.calibrate import Calibration
from bot.matching.index import Index
from bot.matching.learning import Learned, learn
from bot.matching.meaning import Meanings, MixedIndex
from bot.matching.prototypes import Centroids, Prototypes, Trained
from bot.matching.ranking import Ranker
from bot.matching.reading import Reader
from bot.matching.space import Rows, Space
from bot.matching.spell import Written
from bot.matching.synonyms import Synonyms

_KEPT = 10
"""Files that are kept: of four matchers and the one with meaning, now and before the last change."""
_NAME = "matching-{}.npz"
_INDEX = ("starts", "phrasings", "weights", "centre", "means")

Arrays = Mapping[str, Any]
"""Name → array, as numpy keeps them in a file."""


def learned(
    base: Base,
    synonyms: Sequence[Sequence[str]],
    folder: Path | None,
    meanings: Meanings | None = None,
) -> Learned:
    """What is learned from a base: read from `folder` if it was learned before, else learned and kept there.

    A file that is damaged or cannot be written is as good as none.
    """
    known = Synonyms(synonyms)
    if folder is None:
        return learn(base, known, meanings)
    path = folder / _NAME.format(_key(base, synonyms, meanings))
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            return _unpacked(arrays, base, known, meanings)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        found = learn(base, known, meanings)
        _write(path, _packed(found))
        return found


def _key(base: Base, synonyms: Sequence[Sequence[str]], meanings: Meanings | None) -> str:
    """Changes with the phrasings, their meanings, the synonyms and this program."""
    digest = hashlib.sha256()
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.read_bytes())
    digest.update(
        repr((base.groups, base.phrasings, base.group_of, [list(one) for one in synonyms])).encode()
    )
    digest.update(meanings.rows.tobytes() if meanings else b"")
    return digest.hexdigest()[:32]


def _write(path: Path, arrays: Arrays) -> None:
    """Writes a whole file or none, and forgets old ones."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
            np.savez(file, **arrays)
        Path(file.name).replace(path)
        files = sorted(path.parent.glob(_NAME.format("*")), key=lambda each: each.stat().st_mtime)
        for old in files[:-_KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return


def _packed(found: Learned) -> Arrays:
    index, prototypes, calibration = found.ranker.index, found.ranker.prototypes, found.calibration
    letters = index.letters if isinstance(index, MixedIndex) else index
    words = {
        "features": list(found.ranker.space.numbers),
        "bags": list(found.bags),
        "written": {
            language: {"counts": dict(own.counts), "pairs": list(own.pairs)}
            for language, own in found.reader.written.items()
        },
        "scale": prototypes.scale,
    }
    rows = letters.rows
    return {
        "words": np.frombuffer(json.dumps(words).encode(), dtype=np.uint8),
        "topics_with": found.ranker.space.topics_with,
        **{f"index_{name}": getattr(letters, name) for name in _INDEX},
        **({f"rows_{name}": getattr(rows, name) for name in ("starts", "ids", "weights")} if rows else {}),
        **_packed_prototypes(prototypes),
        "right": calibration.right,
        "among_three": calibration.among_three,
        "rehearsed": np.array(calibration.rehearsed, dtype=np.float64).reshape(-1, 2),
    }


def _unpacked(arrays: Arrays, base: Base, synonyms: Synonyms, meanings: Meanings | None) -> Learned:
    words = json.loads(arrays["words"].tobytes())
    topics = np.array(base.group_of, dtype=np.int32)
    space = Space(
        dict(zip(words["features"], range(len(words["features"])), strict=True)),
        arrays["topics_with"],
        len(base.groups),
    )
    rows = (
        Rows(arrays["rows_starts"], arrays["rows_ids"], arrays["rows_weights"])
        if "rows_ids" in arrays
        else None
    )
    letters = Index(**{name: arrays[f"index_{name}"] for name in _INDEX}, rows=rows)
    index = MixedIndex(letters, meanings) if meanings else letters
    written = {
        language: Written(own["counts"], frozenset(own["pairs"]))
        for language, own in words["written"].items()
    }
    rehearsed = tuple((confidence, weight) for confidence, weight in arrays["rehearsed"].tolist())
    calibration = Calibration(arrays["right"], arrays["among_three"], rehearsed)
    ranker = Ranker(space, index, _prototypes(arrays, words["scale"]), topics, meanings)
    return Learned(Reader(written, synonyms), ranker, calibration, words["bags"])


def _packed_prototypes(prototypes: Prototypes) -> Arrays:
    if isinstance(prototypes, Trained):
        return {"trained": prototypes.weights}
    return {"lengths": cast(Centroids, prototypes).lengths}


def _prototypes(arrays: Arrays, scale: float) -> Prototypes:
    return Trained(arrays["trained"], scale) if "trained" in arrays else Centroids(arrays["lengths"], scale)
