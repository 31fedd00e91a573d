"""Quotes: sentences of passages, word for word."""

from hypothesis import given
from hypothesis import strategies as st
from samples import ranked

from search_app.quotes import quotes_of

SLEEP = "Sleep helps immune cells. Stress harms them. Why is that?"


def texts_of(text: str) -> list[str]:
    """The sentences of a passage."""
    return [quote.text for quote in quotes_of([ranked(text)])]


@given(st.text(max_size=200))
def test_quote_equals_its_range_of_the_passage(text: str) -> None:
    """For any text; quotes are never put together or mended."""
    for quote in quotes_of([ranked(text)]):
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
