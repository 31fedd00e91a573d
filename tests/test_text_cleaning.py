"""Cleaning: nothing that breaks storage, words as their author spelled them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.text_cleaning import (
    LINE_END_HYPHEN,
    clean_text,
    mend_accents,
    mend_hyphens,
    one_line,
    vocabulary,
)


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("a\0b", "ab"),
        ("a\ud800b\udfff", "ab"),
        ("a\ufffeb\uffff", "ab"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("end\x0cStart\x0bagain", "end\nStart\nagain"),
        ("co\xadoperate", "cooperate"),
        ("e\ufb03cient \ufb02ow", "efficient flow"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("naïve 睡眠 µg 😀", "naïve 睡眠 µg 😀"),
    ],
)
def test_text_is_cleaned(dirty: str, clean: str) -> None:
    """Forbidden characters go, all others stay."""
    assert clean_text(dirty) == clean


@given(st.text(st.characters(), max_size=80))
def test_clean_text_can_be_stored_and_is_clean(text: str) -> None:
    """As UTF-8, without NUL; cleaning again changes nothing."""
    clean = clean_text(text)
    assert clean.encode("utf-8").decode("utf-8") == clean
    assert "\0" not in clean
    assert clean_text(clean) == clean


def broken(text: str) -> str:
    """Text with its line ends marked as PDFium marks them."""
    return text.replace("|", LINE_END_HYPHEN)


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("Inflam| mation is inflammation.", "Inflammation is inflammation."),
        ("A new inter|vention.", "A new intervention."),
        ("A long-term view. The long| term effect.", "A long-term view. The long-term effect."),
        ("Self help by self| help.", "Self help by self-help."),
        ("The in|dex. An index.", "The index. An index."),
        ("From 10| 20.", "From 10- 20."),
        ("in| ter| nation| al", "international"),
    ],
)
def test_broken_words_are_joined_as_the_document_spells_them(text: str, mended: str) -> None:
    """With the hyphen where it belongs to the word."""
    text = broken(text)
    assert mend_hyphens(text, vocabulary([text])) == mended


@given(st.text(st.sampled_from("ab -\n|"), max_size=30))
def test_no_mark_is_left_and_no_letter_lost(text: str) -> None:
    """Only hyphens and space change."""
    mended = mend_hyphens(broken(text), vocabulary([broken(text)]))
    assert LINE_END_HYPHEN not in mended
    letters = [character for character in text if character in "ab"]
    assert [character for character in mended if character in "ab"] == letters


def test_one_line_has_single_spaces() -> None:
    """No-break spaces too."""
    assert one_line(" a \n\n b\t\xa0c ") == "a b c"


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("Sto\u00a8ck", "St\u00f6ck"),
        ("M\u00a8uller", "M\u00fcller"),
        ("Andr\u00b4e", "Andr\u00e9"),
        ("Mil\u02c7sa", "Mil\u0161a"),
        ("a \u00a8 b", "a \u00a8 b"),
    ],
)
def test_accents_go_on_their_letter(text: str, mended: str) -> None:
    """Whether they were printed before or after it."""
    assert mend_accents(text) == mended
