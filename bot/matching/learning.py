"""From phrasings to everything that a question is judged by: one pass at load."""

from collections.abc import Sequence

import numpy as np

from bot.matching.base import Base
from bot.matching.calibrate import Calibration, calibrated
from bot.matching.content import Content
from bot.matching.features import Text
from bot.matching.index import Index
from bot.matching.judge import Judge
from bot.matching.kernel import Kernel, is_small
from bot.matching.prototypes import Centroids, Prototypes, Trained
from bot.matching.ranking import Ranker
from bot.matching.rehearsal import held_out, rehearse
from bot.matching.space import Space


def learn(base: Base, texts: Sequence[Text]) -> tuple[Ranker, Judge, Calibration]:
    """Trains the prototypes of a base that has phrasings, and calibrates the confidence by a rehearsal."""
    topics = np.array(base.group_of, dtype=np.int32)
    languages = [text.language for text in texts]
    space, rows = Space.of(texts, topics)
    index = Index(rows, len(space))
    held = held_out(topics)
    prototypes: Prototypes
    if is_small(languages):
        kernel = Kernel(index, rows)
        prototypes = Trained(kernel, topics, languages, np.ones(len(texts), dtype=np.bool_))
        rehearsing: Prototypes = Trained(kernel, topics, languages, ~held)
    else:
        prototypes = rehearsing = Centroids(rows, topics, languages, index.means)
    ranker = Ranker(space, index, prototypes, topics)
    judge = Judge(base, texts, Content(texts, base.group_of), ranker)
    subjects = [base.groups[number].id for number in base.group_of]
    rehearsal = rehearse(Ranker(space, index, rehearsing, topics), rows, held, subjects)
    return ranker, judge, calibrated(judge.trials(rehearsal))
