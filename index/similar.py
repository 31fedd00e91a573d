"""Passages that are near to a passage by meaning."""

import numpy as np

from index.documents import RankedPassage
from index.search import Index, look_up
from index.spreading import repeats, spread_over_documents

_CANDIDATES = 100
_PER_SIDE = 5


def similar_passages(index: Index, key: int, limit: int = _PER_SIDE) -> list[RankedPassage]:
    """The passages nearest to one by the cosine of their vectors.

    Those of other documents come first, at most two of one and its versions as long as others
    have any, and then those of its own document; each best first. What another document says in
    the same words is no passage to compare with, and is left out.

    Args:
        index: an opened index.
        key: of the passage.
        limit: most passages of other documents, and most of its own.
    """
    cited = index.passage(key)
    stored = index.database.candidates([key], index.manifest.build)
    if cited is None or not stored:
        return []
    vector = np.frombuffer(stored[0].vector, np.float16).astype(np.float32)
    hits = index.vectors.search(vector, _CANDIDATES)
    near = [
        found
        for found in look_up(index, hits)
        if found.passage.id != key and not repeats(found, cited)
    ]
    own = index.versions.get(cited.document.id, (cited.document.id,))
    others = [found for found in near if found.document.id not in own]
    same = [found for found in near if found.document.id == cited.document.id]
    return [*spread_over_documents(others, limit, index.versions), *same[:limit]]
