"""This matcher and what one would pick instead, behind one small interface.

The others are used as they come: their default settings, the nearest phrasing wins. A library that is not
installed is left out; `pip install .[bench]` brings them all.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import partial
from typing import Any

from bot.bench.data import Case
from bot.bench.vectors import Vectors
from bot.matching.matcher import Matcher
from bot.matching.topics import Result

Ranked = list[tuple[str, float]]
"""Topic ids with a score, best first; one id may come more than once."""
Rank = Callable[[str], Ranked]
Build = Callable[[Case], Rank]
_DEPTH = 60
"""Phrasings that are looked at for the best three topics."""


OURS, WITH_MEANING = "ours", "ours, with meaning"


def matching(case: Case, vectors: Vectors | None = None) -> Callable[[str], Result]:
    """This project's matcher for the questions of a case; with `vectors` it compares meaning too.

    The vectors are made beforehand, so their time is not that of a question.
    """
    if vectors is None:
        return Matcher(case.topics, synonyms=case.synonyms).match
    phrasings = [each.text for topic in case.topics for each in (*topic.phrasings, *topic.not_about)]
    matcher = Matcher(case.topics, synonyms=case.synonyms, encoded=vectors.of(phrasings))
    written = {question.text: matcher.as_written(question.text) or "" for question in case.questions}
    encoded = vectors.of(list(written.values()))
    return lambda question: matcher.match(question, encoded=encoded[written[question]])


def ours(case: Case, vectors: Vectors | None = None) -> Rank:
    """How this project's matcher ranks."""
    match = matching(case, vectors)
    return lambda question: [(one.id, one.parts["score"]) for one in match(question).matches]


def _phrasings(case: Case) -> tuple[list[str], list[str]]:
    pairs = [(phrasing.text, topic.id) for topic in case.topics for phrasing in topic.phrasings]
    return [text for text, _ in pairs], [id_ for _, id_ in pairs]


def _best(scores: Any, ids: Sequence[str]) -> Ranked:
    order = sorted(range(len(ids)), key=lambda number: -scores[number])[:_DEPTH]
    return [(ids[number], float(scores[number])) for number in order]


def _rapidfuzz(scorer: str | None) -> Build:
    def build(case: Case) -> Rank:
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - only the chosen matchers are loaded

        texts, ids = _phrasings(case)
        chosen = {"scorer": getattr(fuzz, scorer)} if scorer else {}
        return lambda question: [
            (ids[number], score)
            for _, score, number in process.extract(question, texts, limit=_DEPTH, **chosen)
        ]

    return build


def _thefuzz(case: Case) -> Rank:
    from thefuzz import process  # noqa: PLC0415 - the same

    texts, ids = _phrasings(case)
    named = dict(enumerate(texts))
    return lambda question: [
        (ids[number], score) for _, score, number in process.extract(question, named, limit=_DEPTH)
    ]


def _chatterbot(case: Case) -> Rank:
    """ChatterBot compares by the ratio of the standard library's SequenceMatcher, in small letters and
    rounded to two digits, under the name LevenshteinDistance; that is repeated here, the package is heavy.
    """
    texts, ids = _phrasings(case)
    small = [text.lower() for text in texts]

    def rank(question: str) -> Ranked:
        asked = question.lower()
        return _best([round(SequenceMatcher(None, asked, text).ratio(), 2) for text in small], ids)

    return rank


def _bm25s(case: Case) -> Rank:
    import bm25s  # noqa: PLC0415 - the same

    texts, ids = _phrasings(case)
    retriever = bm25s.BM25()
    retriever.index(bm25s.tokenize(texts, show_progress=False), show_progress=False)

    def rank(question: str) -> Ranked:
        tokens = bm25s.tokenize([question], show_progress=False)
        if not tokens.vocab or not tokens.ids[0]:
            return [(ids[0], 0.0)]
        numbers, scores = retriever.retrieve(tokens, k=min(_DEPTH, len(ids)), show_progress=False)
        return [(ids[number], float(score)) for number, score in zip(numbers[0], scores[0], strict=True)]

    return rank


def _tfidf(case: Case) -> Rank:
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - the same

    texts, ids = _phrasings(case)
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    matrix = vectorizer.fit_transform(texts)
    return lambda question: _best((matrix @ vectorizer.transform([question]).T).toarray().ravel(), ids)


def _tfidf_regression(case: Case) -> Rank:
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - the same
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - the same

    texts, ids = _phrasings(case)
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    model = LogisticRegression(C=30, class_weight="balanced", max_iter=300)
    model.fit(vectorizer.fit_transform(texts), ids)
    classes = list(model.classes_)
    return lambda question: _best(model.predict_proba(vectorizer.transform([question]))[0], classes)


MATCHERS: Mapping[str, Build] = {
    OURS: ours,
    "rapidfuzz extractOne (WRatio)": _rapidfuzz(None),
    "rapidfuzz token_sort_ratio": _rapidfuzz("token_sort_ratio"),
    "thefuzz": _thefuzz,
    "ChatterBot (Levenshtein)": _chatterbot,
    "bm25s": _bm25s,
    "TF-IDF characters": _tfidf,
    "TF-IDF + logistic regression": _tfidf_regression,
}
"""Name → how it is built for a case."""


def chosen(names: Iterable[str] | None, vectors: Vectors | None = None) -> dict[str, Build]:
    """The matchers whose name begins with one of `names`; all when there are none.

    With `vectors`, this project's matcher is among them once more, with meaning.
    """
    wanted = tuple(name.casefold() for name in names or ("",))
    semantic = {WITH_MEANING: partial(ours, vectors=vectors)} if vectors else {}
    every = {OURS: ours} | semantic | dict(MATCHERS)
    return {name: build for name, build in every.items() if name.casefold().startswith(wanted)}
