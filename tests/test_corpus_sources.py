"""Faulty sources are named before anything is built from them."""

from datetime import date
from pathlib import Path

import pytest
from builders.links import find_links, mark_links
from builders.sections import split_sections
from builders.sources import Source, SourceError, read_source

FRONT_MATTER = """---
title: "Stress"
author: Citewell contributors
date: 2026-10-03
licence: CC BY 4.0
format: html  # html | pdf
---

Text.
"""


def test_front_matter_is_read(tmp_path: Path) -> None:
    """The name of the file is the slug; comments in the front matter are no part of a field."""
    path = tmp_path / "on-stress.md"
    path.write_text(FRONT_MATTER, encoding="utf-8")
    expected = ("on-stress", "Stress", "Citewell contributors", date(2026, 10, 3), "CC BY 4.0")
    assert read_source(path) == Source(*expected, format="html", markdown="Text.")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("format: html", "format: docx", "format must be one of html, pdf, pdf-two-column"),
        (
            "author: Citewell contributors\n",
            "",
            "author in the front matter must be text, got None",
        ),
        ("2026-10-03", "October", "date must be written as"),
        ("format", "first_page: x\nformat", "first_page must be a number"),
        ('"Stress"', '"Stress', "not valid YAML"),
    ],
)
def test_faulty_front_matter_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    """The message says which field of which file to change."""
    path = tmp_path / "a.md"
    path.write_text(FRONT_MATTER.replace(old, new), encoding="utf-8")
    with pytest.raises(SourceError, match=rf"a\.md.*{message}"):
        read_source(path)


def test_text_that_cannot_be_built_is_named() -> None:
    """A heading of another level would get lost in the outline, so it is refused."""
    source = Source("s", "T", "A", date(2026, 10, 3), "CC BY 4.0", "html", "Text.\n\n### Deep")
    with pytest.raises(SourceError, match=r"s\.md, line 3 of the text: .* found heading h3"):
        split_sections(source)


def test_links_end_before_punctuation() -> None:
    """A bracket belongs to a DOI only if it was opened in it; <links> stay as they are."""
    text = "(see https://doi.org/10.1/a(05)7). <https://doi.org/10.1/b_c_d>"
    assert find_links(text) == ["https://doi.org/10.1/a(05)7", "https://doi.org/10.1/b_c_d"]
    assert mark_links(text) == "(see <https://doi.org/10.1/a(05)7>). <https://doi.org/10.1/b_c_d>"
