"""One question from end to end: searched once, and `search` does what it prints and no more."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace

from library_fixture import StarterLibrary

from index.documents import Hit
from index.embedder import Vectors
from index.filters import Allowed
from index.search import Index, open_index
from index.vectors import VectorIndex
from search_app.evidence.questions import read_question
from search_app.finding import Findings, find, find_passages
from search_app.narrowing import narrowed
from search_app.ordering import Order

QUESTION = "How long does stress raise interleukin-6?"


class Counted(VectorIndex):
    """The vectors of an index, counting the searches."""

    def __init__(self, inner: VectorIndex) -> None:
        self.inner = inner
        self.searches = 0

    def search(self, vector: Vectors, limit: int, allowed: Allowed | None = None) -> Sequence[Hit]:
        self.searches += 1
        return self.inner.search(vector, limit, allowed)


def test_search_finds_what_asking_does_and_marks_all_that_is_not_quoted_alike(
    built_index: Index,
) -> None:
    """And neither answers nor counts."""
    found, findings = find_passages(built_index, QUESTION), find(built_index, QUESTION)
    assert found.ranked == findings.ranked
    quoted = {quote.source.passage.id for quote in findings.answer.quotes}
    assert quoted
    for key in found.marks.keys() - quoted:
        assert found.marks[key] == findings.marks[key]
    assert not isinstance(found, Findings)


def test_a_passage_is_marked_where_it_is_quoted(starter: StarterLibrary) -> None:
    """Though another of its sentences fits the words of the question better."""
    with closing(open_index(starter.folder)) as index:
        found = find_passages(index, "does stress raise inflammation?")
        findings = find(index, "does stress raise inflammation?")
    spans = {quote.source.passage.id: quote.span for quote in findings.answer.quotes}
    assert {key: findings.marks[key] for key in spans} == spans
    assert any(found.marks[key] != span for key, span in spans.items())


def test_a_question_is_searched_once(built_index: Index) -> None:
    """For the answer, how the studies point, and the other side."""
    question = "does stress raise interleukin-6?"
    assert read_question(question)
    vectors = Counted(built_index.vectors)
    find(replace(built_index, vectors=vectors), question, order=Order.OTHER_SIDE)
    assert vectors.searches == 1


def test_search_says_why_nothing_passes_and_not_who_may_answer(built_index: Index) -> None:
    """That is for who asked for an answer."""
    nothing = narrowed({"from": ["2130"]})
    (why,) = find_passages(built_index, QUESTION, narrowing=nothing).notices
    assert find(built_index, QUESTION, nothing).notices == (why,)
    some = narrowed({"kind": ["html"]})
    bicycle = "how do I repair a bicycle chain?"
    told = "were searched: the others may answer"
    assert any(told in notice for notice in find(built_index, bicycle, some).notices)
    assert not any(told in one for one in find_passages(built_index, bicycle, 3, some).notices)
