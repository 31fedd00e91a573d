"""Whether a page's text can be as written: what decides which of two readers is believed."""

import pytest

from ingest.readers.pdf_quality import POOR, poorness

SOUND = (
    "Forty swimmers bathed in a lake at eight degrees for three minutes a day, and blood was "
    "taken before the first bath and four weeks later (see https://example.org/a/very/long/path)."
)


@pytest.mark.parametrize(
    "text",
    [
        SOUND,
        "1. Topal J, Miklosi A, Csanyi V, Doka A. Dogs. J Comp Psychol. 1997;10:214-9. " * 3,
        "\u30cd\u30b3\u306f\u5e8a\u3067\u7720\u308b" * 40,
        "4.5 | 3.1 | 2.2",
    ],
)
def test_sound_text_is_not_poor(text: str) -> None:
    """Nor are initials, scripts without spaces, or rows of numbers."""
    assert poorness(text) < POOR


@pytest.mark.parametrize(
    "text",
    [
        SOUND.replace(" ", ""),
        " ".join(letter if letter != " " else "  " for letter in SOUND),
        SOUND.replace("e", "\ufffd"),
        SOUND.replace("a", "\ue041").replace("o", "\ue042"),
        "",
    ],
)
def test_glued_split_and_unknown_letters_are_poor(text: str) -> None:
    """And so is a page of which nothing was read."""
    assert poorness(text) > POOR
