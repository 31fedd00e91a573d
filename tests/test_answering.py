"""Answers: whole sentences of different documents, or none."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from samples import WEB_PAGE, ranked

from index.embedder import Vectors
from search_app.answering import MOST_QUOTES, Answer, answer_question
from search_app.quotes import Quote
from search_app.refusing import MOST_EMBEDDED, read_clues
from search_app.scoring import ScoredQuote

SENTENCE = "Chronic stress raises markers of inflammation."


def scored(text: str, score: float, document: str = "one") -> ScoredQuote:
    """A sentence that is a whole passage of a document."""
    source = ranked(text, replace(WEB_PAGE, id=document))
    return ScoredQuote(Quote(text, source, 0, len(text)), score)


# Found with the others, and far from the question.
ELSE = "Something else altogether is told here."
FAR_OFF = [scored(ELSE, 0.0, f"other {n}") for n in range(9)]


def near(texts: Sequence[str]) -> Vectors:
    """All but those are near to the question."""
    return np.array([0.0 if text == ELSE else 0.9 for text in texts], np.float32)


def answered(*candidates: ScoredQuote) -> list[tuple[str, str]]:
    """Document and text of each quote of the answer."""
    answer = answer_question([*candidates, *FAR_OFF], near)
    return [(quote.source.document.id, quote.text) for quote in answer.quotes]


def test_best_sentence_is_the_answer() -> None:
    """Word for word."""
    assert answered(scored(SENTENCE, 0.8)) == [("one", SENTENCE)]


def test_below_the_threshold_there_is_no_answer() -> None:
    """At it there is one."""
    found = [scored(SENTENCE, 0.5)]
    likely = read_clues(near([SENTENCE]), found).probability
    assert answer_question(found, near, likely + 0.001) == Answer()
    assert answer_question(found, near, likely - 0.001).is_answered


def test_only_the_best_are_embedded() -> None:
    """However many were found."""
    asked: list[str] = []

    def noting(texts: Sequence[str]) -> Vectors:
        asked.extend(texts)
        return near(texts)

    sentences = [f"Stress raises inflammation in group {n} of forty." for n in range(40)]
    answer_question([scored(text, 0.8 - n / 100) for n, text in enumerate(sentences)], noting)
    assert asked == sentences[:MOST_EMBEDDED]


def test_of_two_that_fit_alike_the_nearer_stands_first() -> None:
    """Its own vector tells what the words do not."""
    found = [scored(SENTENCE, 0.8), scored("Stress raises what has been said here.", 0.8, "two")]
    cosines = {found[0].quote.text: 0.6, found[1].quote.text: 0.9}
    answer = answer_question(
        found, lambda texts: np.array([cosines[text] for text in texts], np.float32), 0.0
    )
    assert [quote.source.document.id for quote in answer.quotes] == ["two", "one"]


def test_a_piece_of_a_list_gives_way() -> None:
    """ "Fourth" of what, a reader would ask."""
    listed = f"Fourth, {SENTENCE.lower()}"
    assert answered(scored(listed, 0.9), scored(SENTENCE, 0.8, "two"))[0] == ("two", SENTENCE)


def test_a_sentence_that_says_what_is_asked_passes_one_with_the_same_words() -> None:
    """As long as it is not far behind."""
    silent, telling = "Cortisol calms inflammation, and stress raises cortisol.", SENTENCE
    for behind, first in ((0.1, telling), (0.3, silent)):
        found = [scored(silent, 0.8), scored(telling, 0.8 - behind, "two"), *FAR_OFF]
        answer = answer_question(found, near, says=lambda text: text == telling)
        assert answer.quotes[0].text == first


def test_no_sentences_give_no_answer() -> None:
    """An empty library says nothing."""
    assert not answer_question([], near).is_answered


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
    candidates = [scored(SENTENCE, 0.95 - n / 100, f"document {n}") for n in range(6)]
    assert [document for document, _ in answered(*candidates)] == [
        f"document {n}" for n in range(MOST_QUOTES)
    ]


def test_third_sentence_far_behind_the_best_is_left_out() -> None:
    """By more than 0.2; one less far behind stays."""
    candidates = [scored(SENTENCE, 0.95, "one"), scored(SENTENCE, 0.9, "two")]
    close, far = scored(SENTENCE, 0.76, "close"), scored(SENTENCE, 0.74, "far")
    documents = [document for document, _ in answered(*candidates, close, far)]
    assert documents == ["one", "two", "close"]


def test_second_sentence_may_be_further_behind_but_must_say_something() -> None:
    """Two documents say more than one, if the second says anything: 0.6 behind it does not."""
    best, second = scored(SENTENCE, 0.9, "one"), scored(SENTENCE, 0.31, "two")
    assert [document for document, _ in answered(best, second)] == ["one", "two"]
    nothing = scored(SENTENCE, 0.29, "two")
    assert [document for document, _ in answered(best, nothing)] == ["one"]


def test_sentence_that_names_more_of_the_question_comes_first() -> None:
    """All of its words weigh 0.4, more than 0.1 of nearness."""
    named = replace(scored(SENTENCE, 0.7, "two"), said=1.0)
    assert [document for document, _ in answered(named, scored(SENTENCE, 0.8))] == [
        "two",
        "one",
    ]


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
