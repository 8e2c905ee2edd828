"""From phrasings to everything that a question is judged by: one pass at load."""

from collections.abc import Sequence

import numpy as np

from bot.matching.base import Base
from bot.matching.calibrate import Calibration, calibrated
from bot.matching.content import Content
from bot.matching.features import Space, Text
from bot.matching.index import Index
from bot.matching.judge import Judge
from bot.matching.prototypes import Centre, Prototypes
from bot.matching.ranking import Ranker
from bot.matching.rehearsal import rehearse


def learn(base: Base, texts: Sequence[Text]) -> tuple[Ranker, Judge, Calibration]:
    """Trains the prototypes of a base that has phrasings, and calibrates the confidence by a rehearsal."""
    topics = np.array(base.group_of, dtype=np.int32)
    languages = [text.language for text in texts]
    space, vectors = Space.of(texts, base.group_of)
    index = Index(vectors, len(space.topics_with))
    similarities = index.kernel(vectors)
    centre = Centre(similarities.mean(axis=0))
    kernel = centre.moved(similarities)
    prototypes = Prototypes(kernel, topics, languages, np.ones(len(texts), dtype=np.bool_))
    ranker = Ranker(space, index, centre, prototypes, topics)
    judge = Judge(base, texts, Content(texts, base.group_of), ranker)
    return ranker, judge, calibrated(judge.trials(rehearse(ranker, vectors, kernel, languages)))
