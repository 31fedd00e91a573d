"""One question from end to end: passages, their best sentences, the answer."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from stop_words import safe_get_stop_words

from index.documents import Document, RankedPassage
from index.filters import NO_FILTER, Filter, why_nothing
from index.languages import guess_language
from index.retrievers import DEFAULT_RETRIEVER
from index.search import DEFAULT_LIMIT, Index, check_question, search
from index.sentences import Span
from search_app.answering import Answer, answer_question
from search_app.evidence.line import Evidence, find_evidence
from search_app.quotes import best_quotes, score_quotes
from search_app.report_cards import unread_line
from search_app.telling_words import read_telling_words
from search_app.verifying import verified


@dataclass(frozen=True)
class Findings:
    """What a library has to say to a question.

    Attributes:
        question: without surrounding space.
        ranked: passages, best first.
        marks: where the best sentence of each passage stands in it, by passage id.
        answer: sentences that answer; none where the library does not say.
        evidence: how the studies point, for a question with a yes or a no and enough studies.
        notices: what the reader should know before reading.
        took_ms: time to the ranked passages, in milliseconds.
        versions: other versions of the documents found, by document id.
        unread: how many documents could not be read fully, in a sentence; empty where all were.
    """

    question: str
    ranked: list[RankedPassage]
    marks: Mapping[int, Span]
    answer: Answer
    evidence: Evidence | None
    notices: tuple[str, ...]
    took_ms: float
    versions: Mapping[str, tuple[Document, ...]] = field(default_factory=dict)
    unread: str = ""


def find(
    index: Index,
    question: str,
    limit: int = DEFAULT_LIMIT,
    filters: Filter = NO_FILTER,
    retriever: str = DEFAULT_RETRIEVER,
) -> Findings:
    """Search, mark the best sentences, and answer.

    Args:
        index: an opened index.
        question: what the user typed.
        limit: most passages to return.
        filters: which documents may be found.
        retriever: a key of `RETRIEVERS`.

    Raises:
        QuestionError: the question is empty or too long.
    """
    question = check_question(question)
    embedder = index.embedder  # loaded before the clock starts
    started = time.perf_counter()
    ranked = search(index, question, max(limit, DEFAULT_LIMIT), retriever, filters)
    took_ms = 1000 * (time.perf_counter() - started)
    scored = score_quotes(embedder, question, ranked, read_telling_words(index.words, question))
    return Findings(
        question,
        ranked[:limit],
        best_quotes(scored),
        verified(index, answer_question(scored, versions=index.versions)),
        find_evidence(index, question, filters),
        _filter_notices(index, filters) + _notices(index, question),
        took_ms,
        _other_versions(index, ranked),
        unread_line(index),
    )


def _filter_notices(index: Index, filters: Filter) -> tuple[str, ...]:
    allowed = index.allowed(filters)
    if allowed is None or allowed.documents.size:
        return ()
    return (why_nothing(filters, index.documents()),)


def _other_versions(
    index: Index, ranked: Sequence[RankedPassage]
) -> dict[str, tuple[Document, ...]]:
    groups = {
        id_: index.versions[id_]
        for id_ in dict.fromkeys(found.document.id for found in ranked)
        if id_ in index.versions
    }
    # Most questions find none, and need not look up what the library holds.
    known = {document.id: document for document in index.documents()} if groups else {}
    return {
        id_: tuple(known[other] for other in group if other != id_) for id_, group in groups.items()
    }


def _notices(index: Index, question: str) -> tuple[str, ...]:
    unknown = index.words.unknown_words(question)
    if not unknown:
        # Nor is it in another language then. To guess takes half a second the first time.
        return ()
    languages = index.languages
    guess = guess_language(question)
    if languages and guess.excludes(languages):
        return (
            f"The question seems to be in another language ({guess.best}) than the library "
            f"({', '.join(sorted(languages))}). The passages may miss the point: ask in the "
            "library's language.",
        )
    common = {word for code in languages for word in safe_get_stop_words(code)}
    words = ", ".join(f"\u201c{word}\u201d" for word in unknown if word.lower() not in common)
    return (f"Not in any document of the library: {words}.",) if words else ()
