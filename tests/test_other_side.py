"""The other side: what points the other way from an answer, and that nothing does."""

from collections.abc import Iterator

import pytest
from samples import ranked
from study_library import QUESTION, RESULTS, make_studies

from index.embedder import Embedder
from index.search import Index, open_index
from search_app.answering import Answer
from search_app.evidence.directions import Vote
from search_app.evidence.other_side import OtherSide, find_other_side
from search_app.evidence.questions import read_question
from search_app.finding import find
from search_app.narrowing import narrowed
from search_app.ordering import Order
from search_app.quotes import Quote
from search_app.verifying import stands_in_source

HIGHER, ALSO_HIGHER, NO_CHANGE, LOWERED = RESULTS


@pytest.fixture(scope="module")
def studies(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """Three studies of rats and two of women report more IL-6, one no change, one less."""
    place = tmp_path_factory.mktemp("sides")
    make_studies(place / "sources", place / "index", embedder)
    index = open_index(place / "index", lambda _name: embedder)
    yield index
    index.close()


def other_side(index: Index, *answer: str, question: str = QUESTION) -> OtherSide:
    """The other side of an answer of these sentences."""
    asked = read_question(question)
    assert asked
    quotes = tuple(Quote(text, ranked(text), 0, len(text)) for text in answer)
    return find_other_side(index, question, asked, Answer(quotes), find(index, question).ranked)


@pytest.mark.parametrize(
    ("answer", "side", "sentences"),
    [
        ([HIGHER], Vote.RAISES, {NO_CHANGE, LOWERED}),
        ([HIGHER, ALSO_HIGHER, NO_CHANGE], Vote.RAISES, {NO_CHANGE, LOWERED}),
        (
            [LOWERED],
            Vote.LOWERS,
            {HIGHER, ALSO_HIGHER, NO_CHANGE, "Stress raised IL-6 in the rats."},
        ),
        (
            [NO_CHANGE],
            Vote.NO_DIFFERENCE,
            {*RESULTS, "Stress raised IL-6 in the rats."} - {NO_CHANGE},
        ),
    ],
)
def test_the_other_side_is_what_the_answer_does_not_say(
    studies: Index, answer: list[str], side: Vote, sentences: set[str]
) -> None:
    """Most of its sentences decide; what reports no difference is on the other side of a change."""
    other = other_side(studies, *answer)
    assert other.is_said
    assert other.side is side
    assert {one.quote.text for one in other.found} == sentences
    assert all(stands_in_source(studies, one.quote) for one in other.found)


@pytest.mark.parametrize("answer", [[], ["IL-6 was measured."], [HIGHER, LOWERED]])
def test_where_the_answer_says_nothing_the_question_is_doubted(
    studies: Index, answer: list[str]
) -> None:
    """What speaks against a yes is the other side then."""
    other = other_side(studies, *answer)
    assert not other.is_said
    assert other.side is Vote.RAISES
    assert {one.quote.text for one in other.found} == {NO_CHANGE, LOWERED}
    assert other.lead.startswith("The answer does not say which way")


def test_each_is_told_with_its_study_and_counted(studies: Index) -> None:
    """In words of the question."""
    other = other_side(studies, HIGHER)
    assert {one.study.kind.value for one in other.found} == {"randomised trial"}
    told = other.lead
    assert told.startswith("Where the answer says which way, it reports higher IL-6. 2 of the ")
    assert "1 reports no difference" in told
    assert "1 reports lower IL-6" in told


def test_they_come_first_and_the_sentence_is_marked(studies: Index) -> None:
    """The rest stands below as it was ranked, and what the answer quotes keeps its number."""
    best = find(studies, QUESTION)
    findings = find(studies, QUESTION, order=Order.OTHER_SIDE)
    assert findings.other_side
    against = [one.quote for one in findings.other_side.found]
    assert {quote.text for quote in against} == {NO_CHANGE, LOWERED}
    shown = findings.ranked
    assert [one.passage.id for one in shown[:2]] == [quote.source.passage.id for quote in against]
    assert [findings.marks[quote.source.passage.id] for quote in against] == [
        quote.span for quote in against
    ]
    ranks = {one.passage.id: one.rank for one in shown}
    assert len(set(ranks.values())) == len(shown)
    assert all(ranks[one.passage.id] == one.rank for one in best.ranked)
    assert [one.rank for one in shown[2:]] == sorted(one.rank for one in shown[2:])


def test_that_there_is_none_is_said(studies: Index) -> None:
    """And the list stays in its order; it is looked for within the filters."""
    findings = find(
        studies, QUESTION, narrowing=narrowed({"subjects": ["animal"]}), order=Order.OTHER_SIDE
    )
    assert findings.other_side
    assert findings.other_side.found == ()
    assert "holds a sentence that reports lower IL-6 or reports no difference." in (
        findings.other_side.lead
    )
    assert [one.rank for one in findings.ranked] == list(range(1, len(findings.ranked) + 1))


def test_a_question_without_a_yes_or_no_has_no_other_side(studies: Index) -> None:
    """It is answered as ever."""
    findings = find(studies, "what raises IL-6?", order=Order.OTHER_SIDE)
    assert findings.other_side is None
    assert findings.order is Order.BEST
