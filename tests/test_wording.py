"""Wording: short descriptions that a reader understands."""

from dataclasses import replace

import pytest
from samples import PDF_FILE, WEB_PAGE, ranked

from index.documents import Document
from search_app.evidence.studies import Study
from search_app.evidence.subjects import Stated
from search_app.wording import (
    about,
    counted,
    described,
    kind_name,
    language_name,
    page_name,
    place,
    what_was_read,
)


@pytest.mark.parametrize(
    ("number", "label", "name"),
    [
        (None, None, ""),
        (3, None, "page 3"),
        (3, "3", "page 3"),
        (3, "103", "page 3 (printed 103)"),
        (2, "", "page 2"),
    ],
)
def test_page_is_named_as_viewers_count_and_as_printed(
    number: int | None, label: str | None, name: str
) -> None:
    """The printed number stands only where it differs."""
    assert page_name(number, label) == name


def test_place_is_page_and_section() -> None:
    """What is not known is left out."""
    found = ranked("Any.", PDF_FILE, page=2)
    in_section = replace(found, passage=replace(found.passage, heading="Results"))
    assert place(in_section) == "page 2, Results"
    assert place(ranked("Any.")) == ""


def test_about_names_authors_date_and_kind() -> None:
    """Parted by dots."""
    assert about(WEB_PAGE) == "Ada Byron \u00b7 2024-05-01 \u00b7 Web page"


def test_more_than_three_authors_are_shortened() -> None:
    """Three are all named."""
    three = replace(WEB_PAGE, metadata={"authors": ["A", "B", "C"]})
    four = replace(WEB_PAGE, metadata={"authors": ["A", "B", "C", "D"]})
    assert about(three) == "A, B, C"
    assert about(four) == "A et al."


def test_unknown_kind_is_named_as_it_is() -> None:
    """A reader that is added later needs no change here."""
    assert kind_name(replace(WEB_PAGE, metadata={"kind": "comic"})) == "comic"


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 passages"), (1, "1 passage"), (2, "2 passages"), (1200, "1,200 passages")],
)
def test_one_is_counted_in_the_singular(count: int, words: str) -> None:
    """And thousands are parted."""
    assert counted(count, "passage") == words


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (WEB_PAGE, "Whole text"),
        (PDF_FILE, "4 pages"),
        (
            replace(PDF_FILE, metadata={"pages": 4, "pages_without_text": [2, 3]}),
            "4 pages, without text: 2, 3",
        ),
    ],
)
def test_pages_without_text_are_named(document: Document, words: str) -> None:
    """So that nobody relies on what could not be read."""
    assert what_was_read(document) == words


def test_study_says_once_that_it_is_of_animals() -> None:
    """Kind and subjects can have the same name."""
    rats = Study(Stated("animal", ""), Stated("animal", ""), Stated("22", ""))
    assert described(rats) == ("animal", "", "n = 22")
    people = Study(Stated("cohort", ""), Stated("human", ""), Stated("", ""))
    assert described(people) == ("cohort", "human", "")


@pytest.mark.parametrize(("code", "name"), [("ko", "Korean"), ("EN", "English"), ("xx", "xx")])
def test_language_goes_by_its_name(code: str, name: str) -> None:
    """By its code where it is none of the common ones."""
    assert language_name(code) == name
