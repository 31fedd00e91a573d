"""Sentences: ranges in order, nothing lost, abbreviations understood."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.sentences import sentence_spans

PIECES = ["Dr. Lee", "e.g. this", "et al.", "ends.", "Why?", "  ", "\n", "\n\n", "3.5 mg", "“Yes.”"]
PROSE = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=12).map(" ".join)


def sentences(text: str) -> list[str]:
    """Texts of the spans."""
    return [text[span.start : span.end] for span in sentence_spans(text)]


def test_sentences_of_a_paragraph() -> None:
    """Abbreviations and numbers do not end one."""
    text = "Smith et al. found 3.5 mg/L (p < .05). Dr. Lee did not. Why? Nobody knows!"
    assert sentences(text) == [
        "Smith et al. found 3.5 mg/L (p < .05).",
        "Dr. Lee did not.",
        "Why?",
        "Nobody knows!",
    ]


def test_a_sentence_never_crosses_a_blank_line() -> None:
    """A heading without a full stop stays alone."""
    assert sentences("Results\n \nIt helped.\n\n\nThe end") == ["Results", "It helped.", "The end"]


def test_a_sentence_goes_on_over_a_line_end() -> None:
    """Hard wrapped lines are one sentence."""
    assert sentences("It was\nfound. Twice.") == ["It was\nfound.", "Twice."]


@pytest.mark.parametrize("text", ["", " \n\n ", "\t"])
def test_nothing_has_no_sentences(text: str) -> None:
    """Only space."""
    assert sentence_spans(text) == []


@given(PROSE)
@example("a\x85b. C\x1cd.")
@example("\u2028x. y")
def test_spans_are_in_order_and_lose_no_word(text: str) -> None:
    """Between them there is only space."""
    spans = sentence_spans(text)
    position = 0
    for span in spans:
        assert position <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        assert not text[position : span.start].strip()
        position = span.end
    assert not text[position:].strip()


def test_a_text_of_a_million_characters_takes_seconds_at_most() -> None:
    """Without a blank line, and with long runs of space."""
    assert len(sentence_spans("It helps. " * 50_000)) == 50_000
    assert sentences("a" + " " * 200_000 + "b")[-1].endswith("b")


def test_items_of_a_list_hold_several_sentences() -> None:
    """The mark stays with the first one."""
    text = "Two things:\n- One is this. It goes on.\n  - Another."
    assert [text[span.start : span.end] for span in sentence_spans(text)] == [
        "Two things:",
        "- One is this.",
        "It goes on.",
        "- Another.",
    ]
