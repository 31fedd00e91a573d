"""Five real articles: what their publishers say they hold is in what is read of their PDFs."""

import re
from pathlib import Path

import pytest
from pdf_text import NORMALISATIONS, compare, margins_left
from support import SHARED

ARTICLES = sorted((SHARED / "pdf_with_truth").glob("*/paper.pdf"))

pytestmark = pytest.mark.skipif(
    not ARTICLES, reason=f"the articles are not in {SHARED}; see CONTRIBUTING.md"
)


@pytest.mark.parametrize("paper", ARTICLES, ids=lambda paper: re.sub(r"\W", "", paper.parent.name))
def test_more_of_the_truth_is_read_than_by_either_library(paper: Path) -> None:
    """By any way of comparing, and nearly all of what is in the PDF; no margin is left in."""
    for shares in compare(paper).values():
        assert shares.ours >= max(shares.pdfium, shares.pypdf)
        assert shares.of_what_is_there > 0.99
    assert margins_left(paper) == {}


def test_three_ways_of_comparing_are_measured() -> None:
    """White space and punctuation matter in the first two."""
    assert len(NORMALISATIONS) == 3
