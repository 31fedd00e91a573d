"""Ranked passages to a list that shows several documents."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from index.documents import RankedPassage
from index.overlap import words_of

_PASSAGES_PER_DOCUMENT = 2
# Share of the shorter one's words from which on a passage repeats one of another version.
_SAME_WORDS = 0.9


def spread_over_documents(
    ranked: Iterable[RankedPassage], limit: int, versions: Mapping[str, tuple[str, ...]]
) -> list[RankedPassage]:
    """The first of a ranking, with at most two passages of one document and its versions.

    More of one stand there only where others have none to show, and what two versions say in
    the same words stands there once.

    Args:
        ranked: all there is, best first; read as far as is needed.
        limit: most passages to return.
        versions: all versions of each document that has several, by document id.
    """
    seen: defaultdict[str, list[RankedPassage]] = defaultdict(list)
    chosen: list[RankedPassage] = []
    surplus: list[RankedPassage] = []
    for candidate in ranked:
        if len(chosen) == limit:
            break
        document_id = candidate.document.id
        shown = seen[versions.get(document_id, (document_id,))[0]]
        if any(repeats(candidate, other) for other in shown):
            continue
        shown.append(candidate)
        (chosen if len(shown) <= _PASSAGES_PER_DOCUMENT else surplus).append(candidate)
    # A library of one long document still fills the list, in the order of the scores.
    kept = sorted((chosen + surplus)[:limit], key=lambda candidate: candidate.rank)
    return [replace(candidate, rank=rank) for rank, candidate in enumerate(kept, 1)]


def repeats(candidate: RankedPassage, shown: RankedPassage) -> bool:
    """Whether a passage says again what one of another document says."""
    if candidate.document.id == shown.document.id:
        return False
    words, others = (set(words_of(one.passage.text)) for one in (candidate, shown))
    return len(words & others) >= _SAME_WORDS * min(len(words), len(others))
