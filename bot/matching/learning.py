"""From phrasings to everything that a question is judged by: one pass at load."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.matching.arrays import Ints
from bot.matching.base import Base
from bot.matching.calibrate import Calibration, calibrated
from bot.matching.features import Text
from bot.matching.index import Index
from bot.matching.judge import Judge
from bot.matching.kernel import Kernel, is_small
from bot.matching.meaning import Meanings, MixedIndex
from bot.matching.prototypes import Centroids, Prototypes, Trained
from bot.matching.ranking import Ranker
from bot.matching.reading import Reader, segmenter_of, tokens_of
from bot.matching.rehearsal import held_out, rehearse
from bot.matching.space import Rows, Space
from bot.matching.spell import Written
from bot.matching.synonyms import Synonyms


@dataclass(frozen=True, slots=True)
class Learned:
    """What a base that has phrasings was made into."""

    reader: Reader
    ranker: Ranker
    calibration: Calibration
    bags: Sequence[str]  # the words of each phrasing in alphabetical order, to find it whatever their order


def learn(base: Base, synonyms: Synonyms, meanings: Meanings | None = None) -> Learned:
    """Trains the prototypes of a base that has phrasings, and calibrates the confidence by a rehearsal.

    With `meanings`, of a base small enough to be trained, they have a share in all of that.
    """
    tokens = tokens_of(base.phrasings, segmenter_of(synonyms))
    languages = [phrasing.language for phrasing in base.phrasings]
    reader = Reader(_written(zip(languages, tokens, strict=True)), synonyms)
    texts = [reader.right(own, language) for own, language in zip(tokens, languages, strict=True)]
    topics = np.array(base.group_of, dtype=np.int32)
    space, rows = Space.of(texts, topics)
    letters = Index.of(rows, len(space))
    index = MixedIndex(letters, meanings) if meanings else letters
    rows = replace(rows, meanings=meanings.rows if meanings else None)
    held = held_out(topics)
    prototypes, rehearsing = _prototypes(index, rows, topics, texts)
    ranker = Ranker(space, index, prototypes, topics, meanings)
    subjects = [base.groups[number].id for number in base.group_of]
    rehearsal = rehearse(replace(ranker, prototypes=rehearsing), rows, held, subjects)
    trials = Judge(base, reader, ranker).trials(rehearsal)
    calibration = calibrated(trials, with_meaning=meanings is not None)
    return Learned(reader, ranker, calibration, [bag(text) for text in texts])


def bag(text: Text) -> str:
    """The words of a text in alphabetical order."""
    return " ".join(sorted(text.read))


def _written(tokens: Iterable[tuple[str, Sequence[str]]]) -> Mapping[str, Written]:
    by_language: dict[str, list[Sequence[str]]] = defaultdict(list)
    for language, own in tokens:
        by_language[language].append(own)
    return {language: Written.of(texts) for language, texts in by_language.items()}


def _prototypes(
    index: Index | MixedIndex, rows: Rows, topics: Ints, texts: Sequence[Text]
) -> tuple[Prototypes, Prototypes]:
    """The prototypes, and those that do not know the phrasings that are held out."""
    languages = [text.language for text in texts]
    if not is_small(len(texts), int(topics[-1]) + 1):
        centroids = Centroids.of(rows, topics, languages, index.means)
        return centroids, centroids
    kernel = Kernel(index, rows)
    everything = np.ones(len(texts), dtype=np.bool_)
    kept = [everything, ~held_out(topics)]
    whole, part = (Trained.of(kernel, topics, languages, one) for one in kept)
    return whole, part
