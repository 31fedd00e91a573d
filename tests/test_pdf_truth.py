"""Five real articles: what their publishers say they hold is in what is read of their PDFs."""

import re
from pathlib import Path

import pytest
from pdf_text import NORMALISATIONS, compare, margins_left
from support import SHARED

from ingest.readers import read_document
from ingest.sources import Source

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


def test_the_references_of_real_articles_are_counted() -> None:
    """As many as the publishers' files have, or nearly so where they are not numbered."""
    counted = {}
    for paper in ARTICLES:
        document = read_document(paper.read_bytes(), Source(str(paper), paper, paper.as_uri()))
        reading = document.metadata["reading"]
        assert isinstance(reading, dict)
        counted[paper.parent.name.rpartition("_")[2]] = reading["references"]
    assert {name: counted[name] for name in ("2", "50", "journal.pone.0115884")} == {
        "2": 21,
        "50": 47,
        "journal.pone.0115884": 25,
    }
    assert counted["190"] == pytest.approx(16, abs=2)
    assert counted["01582"] == pytest.approx(97, abs=5)
