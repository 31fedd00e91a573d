"""Verifying: a quote is shown only where it stands in its source."""

import logging
from dataclasses import replace

import pytest

from index.search import Index
from search_app.answering import Answer
from search_app.finding import find
from search_app.quotes import Quote
from search_app.verifying import stands_in_source, verified

QUESTION = "How long does stress raise interleukin-6?"


@pytest.fixture
def quote(built_index: Index) -> Quote:
    """A sentence of an answer."""
    return find(built_index, QUESTION).answer.quotes[0]


def test_quotes_of_an_answer_stand_in_their_pages(built_index: Index) -> None:
    """Each, word for word, at the place that it names."""
    quotes = find(built_index, QUESTION).answer.quotes
    assert quotes
    assert all(stands_in_source(built_index, quote) for quote in quotes)


def test_changed_word_is_found_out(built_index: Index, quote: Quote) -> None:
    """A single letter."""
    assert not stands_in_source(built_index, replace(quote, text=quote.text[:-2] + "x."))


def test_other_place_is_found_out(built_index: Index, quote: Quote) -> None:
    """One character off; a passage that there is not."""
    moved = replace(quote, start=quote.start + 1, end=quote.end + 1)
    passage = replace(quote.source.passage, id=10**9)
    gone = replace(quote, source=replace(quote.source, passage=passage))
    assert not any(stands_in_source(built_index, wrong) for wrong in (moved, gone))


def test_what_is_not_found_is_not_shown(
    built_index: Index, quote: Quote, caplog: pytest.LogCaptureFixture
) -> None:
    """The others are; the log says so."""
    wrong = replace(quote, text="Never written anywhere at all.")
    with caplog.at_level(logging.WARNING):
        assert verified(built_index, Answer((wrong, quote))) == Answer((quote,))
    assert "1 quoted sentences were left out" in caplog.text
