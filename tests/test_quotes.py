"""Quotes: sentences of passages, word for word, with their scores."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import ranked
from support import FakeEmbedder

from index.sentences import Span
from search_app.quotes import Quote, ScoredQuote, best_quotes, score_quotes
from search_app.telling_words import TellingWords

NO_WORDS = TellingWords({})
SLEEP = "Sleep helps immune cells. Stress harms them. Why is that?"


def texts_of(text: str) -> list[str]:
    """The sentences that are scored."""
    scored = score_quotes(FakeEmbedder(), "why", [ranked(text)], NO_WORDS)
    return [one.quote.text for one in scored]


@given(st.text(max_size=200))
def test_quote_equals_its_range_of_the_passage(text: str) -> None:
    """For any text; quotes are never put together or mended."""
    for scored in score_quotes(FakeEmbedder(), "why", [ranked(text)], NO_WORDS):
        quote = scored.quote
        assert quote.text == quote.source.passage.text[quote.start : quote.end] != ""


def test_sentences_come_in_reading_order() -> None:
    """All of them."""
    assert texts_of(SLEEP) == [
        "Sleep helps immune cells.",
        "Stress harms them.",
        "Why is that?",
    ]


def test_mark_of_a_list_item_is_no_part_of_the_quote() -> None:
    """Bullets and numbers."""
    assert texts_of("- Sleep well.\n\n2. Eat well.") == ["Sleep well.", "Eat well."]


def test_sentence_without_letters_is_no_quote() -> None:
    """Rows of figures."""
    assert texts_of("12 | 14 | 16") == []


def test_no_passages_give_no_quotes() -> None:
    """And the model is not asked."""
    embedder = FakeEmbedder()
    assert score_quotes(embedder, "why", [], NO_WORDS) == []
    assert embedder.embedded == []


def test_sentence_with_the_words_of_the_question_scores_highest() -> None:
    """The same words have the same vector: cosine 1."""
    scored = score_quotes(FakeEmbedder(), "stress harms them", [ranked(SLEEP)], NO_WORDS)
    best = max(scored, key=lambda one: one.score)
    assert best.quote.text == "Stress harms them."
    assert abs(best.score - 1) < 1e-5


def test_sentence_that_says_more_of_the_question_scores_higher() -> None:
    """Of "harms" (3) and "cells" (1) it holds 3 of 4; its passage with the title all."""
    words = TellingWords({"harm": 3, "cell": 1})
    source = ranked("It harms. Many cells die.")
    first, second = score_quotes(FakeEmbedder(), "why", [source], words)
    assert (first.said, second.said) == (0.75, 0.25)
    assert first.around == second.around == 1
    assert first.score == pytest.approx(first.meaning + 0.4 * 0.75 + 0.3)


def test_best_quote_of_each_passage_is_where_it_stands() -> None:
    """By passage id, counted in the passage."""
    first, second = ranked("Alpha one. Beta two.", key=1), ranked("Gamma three.", key=2)
    scored = score_quotes(FakeEmbedder(), "beta two", [first, second], NO_WORDS)
    assert best_quotes(scored) == {1: Span(11, 20), 2: Span(0, 12)}


def test_question_in_a_text_is_marked_only_where_there_is_nothing_else() -> None:
    """It is nearest to the question, and tells nothing."""
    source = ranked("Does stress harm? Yes.")
    asked = ScoredQuote(Quote("Does stress harm?", source, 0, 17), 0.9)
    told = ScoredQuote(Quote("Yes.", source, 18, 22), 0.1)
    assert best_quotes([asked, told]) == {1: Span(18, 22)}
    assert best_quotes([asked]) == {1: Span(0, 17)}
