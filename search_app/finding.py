"""One question from end to end: passages, their best sentences, the answer."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import tee

from index.documents import Document, RankedPassage
from index.filters import NO_FILTER
from index.retrievers import DEFAULT_RETRIEVER
from index.search import DEFAULT_LIMIT, Index, check_question, rank_passages, search
from index.sentences import Span
from index.spreading import spread_over_documents
from search_app.answering import Answer, answer_question
from search_app.definitions import says_what_it_is
from search_app.evidence.line import PASSAGES_READ, Evidence, find_evidence
from search_app.evidence.other_side import OtherSide, find_other_side
from search_app.evidence.questions import Asked, read_question
from search_app.evidence.voting import says_which_way
from search_app.facets import described
from search_app.narrowing import EVERYTHING, Narrowing
from search_app.nearness import nearness_to
from search_app.notices import empty_notices, unanswered_notices, word_notices
from search_app.ordering import Order, newest_first, other_side_first
from search_app.report_cards import unread_line
from search_app.scoring import best_quotes, score_quotes
from search_app.spelling import Suggestion, suggest
from search_app.verifying import verified


@dataclass(frozen=True)
class Found:
    """The passages that fit a question best.

    Attributes:
        question: without surrounding space.
        ranked: passages in the order asked for; their ranks say which fits best.
        marks: where the best sentence of each passage stands in it, by passage id.
        notices: what the reader should know before reading.
        took_ms: time to the ranked passages, in milliseconds.
        versions: other versions of the documents found, by document id.
        unread: how many sources could not be read fully, in a sentence; empty where all were.
        suggestion: what may be meant, where no document holds a word of the question.
    """

    question: str
    ranked: list[RankedPassage]
    marks: Mapping[int, Span]
    notices: tuple[str, ...]
    took_ms: float
    versions: Mapping[str, tuple[Document, ...]]
    unread: str
    suggestion: Suggestion | None = field(default=None, kw_only=True)


@dataclass(frozen=True)
class Findings(Found):
    """What a library has to say to a question.

    Attributes:
        answer: sentences that answer; none where the library does not say.
        evidence: how the studies point, for a question with a yes or a no and enough studies.
        narrowing: what the library was narrowed to.
        order: of the passages.
        other_side: what points the other way from the answer, where that was asked for.
    """

    answer: Answer
    evidence: Evidence | None = None
    narrowing: Narrowing = EVERYTHING
    order: Order = Order.BEST
    other_side: OtherSide | None = None

    @property
    def filters(self) -> str:
        """What the library was narrowed to, in words; empty where it was not."""
        return described(self.narrowing)


def find_passages(
    index: Index,
    question: str,
    limit: int = DEFAULT_LIMIT,
    narrowing: Narrowing = EVERYTHING,
    retriever: str = DEFAULT_RETRIEVER,
) -> Found:
    """Search, and mark the best sentences; nothing is answered.

    Args:
        index: an opened index.
        question: what the user typed.
        limit: most passages to return.
        narrowing: which documents may be found.
        retriever: a key of `RETRIEVERS`.

    Raises:
        QuestionError: the question is empty or too long.
    """
    question = check_question(question)
    filters = narrowing.applied(index)
    _ = index.embedder  # loaded before the clock starts
    started = time.perf_counter()
    ranked = search(index, question, limit, retriever, filters)
    took_ms = 1000 * (time.perf_counter() - started)
    scored = score_quotes(index, question, ranked)
    notices = empty_notices(index, narrowing, filters)
    return _found(index, question, ranked, best_quotes(scored), notices, took_ms)


def find(
    index: Index, question: str, narrowing: Narrowing = EVERYTHING, order: Order = Order.BEST
) -> Findings:
    """Search, mark the best sentences, answer, and count how the studies point.

    Args:
        index: an opened index.
        question: what the user typed.
        narrowing: which documents may be found.
        order: of the passages.

    Raises:
        QuestionError: the question is empty or too long.
    """
    question = check_question(question)
    filters = narrowing.applied(index)
    asked = read_question(question)
    _ = index.embedder  # loaded before the clock starts
    started = time.perf_counter()
    # Searched once and looked up once, as far as either is read.
    first, more = tee(rank_passages(index, question, filters=filters))
    ranked = spread_over_documents(first, DEFAULT_LIMIT, index.versions)
    took_ms = 1000 * (time.perf_counter() - started)
    read = spread_over_documents(more, PASSAGES_READ, index.versions) if asked else []
    scored = score_quotes(index, question, ranked)
    near = nearness_to(index.embedder, question)
    says = says_what_it_is(question) or says_which_way(asked)
    answer = verified(index, answer_question(scored, near, versions=index.versions, says=says))
    is_filtered = filters != NO_FILTER
    notices = empty_notices(index, narrowing, filters) or unanswered_notices(index, filters, answer)
    # A passage that is quoted is marked where it is.
    quoted = {quote.source.passage.id: quote.span for quote in answer.quotes}
    marks = {**best_quotes(scored), **quoted}
    findings = Findings(
        **vars(_found(index, question, ranked, marks, notices, took_ms)),
        answer=answer,
        evidence=find_evidence(index, question, asked, read, is_filtered=is_filtered)
        if asked
        else None,
        narrowing=narrowing,
    )
    return _ordered(index, findings, asked, read, order)


def _found(
    index: Index,
    question: str,
    ranked: list[RankedPassage],
    marks: Mapping[int, Span],
    notices: tuple[str, ...],
    took_ms: float,
) -> Found:
    words = word_notices(index, question)
    return Found(
        question,
        ranked,
        marks,
        (*notices, *filter(None, [words.told])),
        took_ms,
        _other_versions(index, ranked),
        unread_line(index),
        suggestion=None if words.is_foreign else suggest(index, question),
    )


def _ordered(
    index: Index,
    findings: Findings,
    asked: Asked | None,
    read: Sequence[RankedPassage],
    order: Order,
) -> Findings:
    """Findings in an order; as they are where the question has no other side."""
    if order is Order.NEWEST:
        return replace(findings, ranked=newest_first(findings.ranked), order=order)
    if order is not Order.OTHER_SIDE or asked is None:
        return findings
    other = find_other_side(index, findings.question, asked, findings.answer, read)
    ranked = other_side_first(findings.ranked, other)
    spans = {one.quote.source.passage.id: one.quote.span for one in other.found}
    return replace(
        findings,
        ranked=ranked,
        marks={**findings.marks, **spans},
        versions=_other_versions(index, ranked),
        order=order,
        other_side=other,
    )


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
