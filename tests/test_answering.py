"""Answers: whole sentences of different documents, or none."""

from dataclasses import replace

import pytest
from samples import WEB_PAGE, ranked

from search_app.answering import MOST_QUOTES, THRESHOLD, Answer, answer_question
from search_app.quotes import Quote, ScoredQuote

SENTENCE = "Chronic stress raises markers of inflammation."


def scored(text: str, score: float, document: str = "one") -> ScoredQuote:
    """A sentence that is a whole passage of a document."""
    source = ranked(text, replace(WEB_PAGE, id=document))
    return ScoredQuote(Quote(text, source, 0, len(text)), score)


def answered(*candidates: ScoredQuote) -> list[tuple[str, str]]:
    """Document and text of each quote of the answer."""
    answer = answer_question(candidates)
    return [(quote.source.document.id, quote.text) for quote in answer.quotes]


def test_best_sentence_is_the_answer() -> None:
    """Word for word."""
    assert answered(scored(SENTENCE, 0.8)) == [("one", SENTENCE)]


def test_below_the_threshold_there_is_no_answer() -> None:
    """At it there is one."""
    assert answer_question([scored(SENTENCE, THRESHOLD - 0.001)]) == Answer()
    assert answer_question([scored(SENTENCE, THRESHOLD)]).is_answered


def test_no_sentences_give_no_answer() -> None:
    """An empty library says nothing."""
    assert not answer_question([]).is_answered


def test_one_quote_a_document() -> None:
    """Its best."""
    assert answered(
        scored("A first sentence says less of it.", 0.7),
        scored("A second sentence says more of it.", 0.8),
        scored("Another document says it as well here.", 0.75, "two"),
    ) == [
        ("one", "A second sentence says more of it."),
        ("two", "Another document says it as well here."),
    ]


def test_at_most_four_quotes() -> None:
    """The best ones."""
    candidates = [scored(SENTENCE, 0.9 - n / 100, f"document {n}") for n in range(6)]
    assert [document for document, _ in answered(*candidates)] == [
        f"document {n}" for n in range(MOST_QUOTES)
    ]


def test_third_sentence_far_behind_the_best_is_left_out() -> None:
    """By more than 0.2; one nearer stays."""
    candidates = [scored(SENTENCE, 0.9, "one"), scored(SENTENCE, 0.85, "two")]
    near, far = scored(SENTENCE, 0.71, "near"), scored(SENTENCE, 0.69, "far")
    documents = [document for document, _ in answered(*candidates, near, far)]
    assert documents == ["one", "two", "near"]


def test_second_sentence_may_be_far_behind_but_not_below_the_floor() -> None:
    """0.4: two documents say more than one, if the second says anything."""
    best, second = scored(SENTENCE, 0.9, "one"), scored(SENTENCE, 0.41, "two")
    assert [document for document, _ in answered(best, second)] == ["one", "two"]
    assert [document for document, _ in answered(best, scored(SENTENCE, 0.39, "two"))] == ["one"]


def test_sentence_of_a_passage_that_fits_better_comes_first() -> None:
    """Passages of rank 1 and 2 score 1 and 1/2 here: 0.3 x 1/2 outweighs 0.1."""
    other = ranked(SENTENCE, replace(WEB_PAGE, id="two"), key=2)
    nearer = ScoredQuote(Quote(SENTENCE, other, 0, len(SENTENCE)), 0.7)
    assert [document for document, _ in answered(nearer, scored(SENTENCE, 0.6))] == ["one", "two"]


def test_of_equal_sentences_the_first_comes_first() -> None:
    """In the order of the passages."""
    equal = [scored(SENTENCE, 0.8, name) for name in ("one", "two")]
    assert [document for document, _ in answered(*equal)] == ["one", "two"]


@pytest.mark.parametrize(
    "text",
    [
        "Does chronic stress raise markers of inflammation?",
        "Chronic stress and the markers of inflammation",
        "Stress raises inflammation.",
        "Table 2: stress, sleep, and all other markers,",
        " ".join(["word"] * 61) + ".",
    ],
)
def test_questions_and_fragments_and_overlong_sentences_are_no_answer(text: str) -> None:
    """However near they are to the question."""
    assert answered(scored(text, 0.99)) == []


@pytest.mark.parametrize(
    "text",
    [
        "\u201cChronic stress raises markers of inflammation.\u201d",
        "(Chronic stress raises markers of inflammation.)",
    ],
)
def test_sentence_may_end_in_a_closing_mark(text: str) -> None:
    """A quotation mark or a bracket."""
    assert answered(scored(text, 0.8)) == [("one", text)]


@pytest.mark.parametrize("opening", ["It", "This", "However", "These", "In contrast"])
def test_sentence_that_leans_on_another_stands_back(opening: str) -> None:
    """ "It rose as well" answers nothing when it stands alone."""
    leaning = scored(f"{opening} raises the markers of inflammation too.", 0.80)
    standing = scored("Stress raises the markers of inflammation too.", 0.75)
    assert answered(leaning, standing) == [("one", standing.quote.text)]
