"""Documents of a library in groups that are alike, each named by its telling words."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import faiss
import numpy as np
import numpy.typing as npt

from index.overlap import stems_of
from index.search import Index
from search_app.telling_words import is_common

MOST_TOPICS = 12
_NAME_WORDS = 3
_SHORTEST_WORD = 3
# Words of a title tell more of what a document is about.
_TITLE_WEIGHT = 4.0
# A word that one document alone holds names that document and not its group, unless it is small.
_FEWEST_DOCUMENTS, _FEW = 2, 4
# Where all documents are one group no word tells it from others; then frequent ones name it.
_OF_ALL = 0.01
# Not the "post" of "post-traumatic".
_WHOLE_WORD = re.compile(r"[^\W_]+(?![\w-])")
_SEED, _ROUNDS, _TRIES = 1, 25, 5

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Topic:
    """Documents that are alike.

    Attributes:
        name: its telling words, the most telling first.
        documents: rows of its documents, the most typical first.
    """

    name: str
    documents: tuple[int, ...]


@dataclass(frozen=True)
class Topics:
    """The topics of a library.

    Attributes:
        ids: document ids, in the order of the rows.
        vectors: a unit vector a document, the mean of those of its passages.
        groups: the topics, the one with the most documents first.
    """

    ids: tuple[str, ...]
    vectors: Vectors
    groups: tuple[Topic, ...]


@dataclass(frozen=True)
class _Words:
    """The words of the documents: stems of each, those of its title, and how a stem is written."""

    texts: list[set[str]]
    titles: list[set[str]]
    written: dict[str, Counter[str]]


def find_topics(index: Index) -> Topics:
    """Group the documents of a library; the same library gives the same groups each time."""
    ids, vectors = _document_vectors(index)
    if not ids:
        return Topics((), vectors, ())
    labels = _cluster(vectors)
    words = _read_words(index, ids)
    groups = []
    for label in np.unique(labels):
        rows = np.flatnonzero(labels == label)
        middle = vectors[rows].mean(axis=0)
        typical = rows[np.argsort(-(vectors[rows] @ middle), kind="stable")]
        groups.append(Topic(_name(words, set(rows.tolist())), tuple(typical.tolist())))
    groups.sort(key=lambda topic: (-len(topic.documents), topic.name))
    return Topics(ids, vectors, tuple(groups))


def _document_vectors(index: Index) -> tuple[tuple[str, ...], Vectors]:
    """Ids and unit vectors of the documents that have a passage, by id."""
    build = index.manifest.build
    document_of = {key: document for key, *_, document in index.database.passage_words(build)}
    sums: dict[int, Vectors] = defaultdict(lambda: np.zeros(index.manifest.dimension, np.float32))
    for key, vector in index.database.passage_vectors(build):
        sums[document_of[key]] += np.frombuffer(vector, np.float16)
    known = sorted((id_, key) for id_, key in index.database.document_keys(build).items())
    rows = [(id_, sums[key]) for id_, key in known if key in sums]
    vectors = np.array([total for _, total in rows], np.float32)
    vectors = vectors.reshape(len(rows), index.manifest.dimension)
    faiss.normalize_L2(vectors)
    return tuple(id_ for id_, _ in rows), vectors


def _cluster(vectors: Vectors) -> npt.NDArray[np.int64]:
    """The group of each row, by k-means on the sphere; about the root of half as many groups."""
    wanted = max(1, min(MOST_TOPICS, round(math.sqrt(len(vectors) / 2))))
    means = faiss.Kmeans(
        vectors.shape[1],
        wanted,
        niter=_ROUNDS,
        nredo=_TRIES,
        seed=_SEED,
        spherical=True,
        min_points_per_centroid=1,
    )
    means.train(vectors)
    _, labels = means.index.search(vectors, 1)
    return labels[:, 0]


def _read_words(index: Index, ids: Sequence[str]) -> _Words:
    """Of titles, and of the first passages, which say what a document is about."""
    keys = index.database.document_keys(index.manifest.build)
    row_of = {keys[id_]: row for row, id_ in enumerate(ids)}
    words = _Words([set() for _ in ids], [set() for _ in ids], defaultdict(Counter))
    seen: set[int] = set()
    for _, title, _, text, document in index.database.passage_words(index.manifest.build):
        if document in seen:
            continue
        seen.add(document)
        for held, source in ((words.titles, title), (words.texts, text)):
            for word in _WHOLE_WORD.findall(source):
                if len(word) < _SHORTEST_WORD or word.isdecimal() or is_common(word.lower()):
                    continue
                for stem in stems_of(word):
                    held[row_of[document]].add(stem)
                    words.written[stem][word if word.isupper() else word.lower()] += 1
    return words


def _name(words: _Words, rows: set[int]) -> str:
    """Words of titles that many documents of a group hold and few others, as mostly written.

    As in a class-based tf-idf (Grootendorst 2022, https://arxiv.org/abs/2203.05794), but of
    documents, so that one long text does not name its group: the part of a word in the
    Kullback-Leibler divergence of the group from the library.
    """
    usual, own = _shares(words, range(len(words.texts))), _shares(words, sorted(rows))
    holding = Counter(stem for row in rows for stem in words.texts[row] | words.titles[row])
    entitled = {stem for row in rows for stem in words.titles[row]}
    fewest = _FEWEST_DOCUMENTS if len(rows) > _FEW else 1
    scores = {
        stem: share * (math.log(share / usual[stem]) + _OF_ALL)
        for stem, share in own.items()
        if stem in entitled and holding[stem] >= fewest
    }
    best = sorted(scores, key=lambda stem: (-scores[stem], stem))[:_NAME_WORDS]
    return ", ".join(words.written[stem].most_common(1)[0][0] for stem in best)


def _shares(words: _Words, rows: Sequence[int]) -> dict[str, float]:
    """How many of some documents hold each stem, as a share; titles count besides."""
    weights: dict[str, float] = defaultdict(float)
    for row in rows:
        for stem in words.texts[row]:
            weights[stem] += 1 / len(rows)
        for stem in words.titles[row]:
            weights[stem] += _TITLE_WEIGHT / len(rows)
    return weights
