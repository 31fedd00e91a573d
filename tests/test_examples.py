"""Example questions: from the titles of the library, never invented."""

from dataclasses import replace

from samples import WEB_PAGE

from index.documents import Document
from search_app.examples import example_questions


def titled(*titles: str) -> list[Document]:
    """Documents with these titles."""
    return [replace(WEB_PAGE, title=title) for title in titles]


def test_questions_in_titles_come_first() -> None:
    """Up to the question mark; the other titles are asked about."""
    documents = titled("Sleep", "Does stress raise inflammation? A study")
    assert example_questions(documents)[:2] == [
        "Does stress raise inflammation?",
        "What is known about \u201cSleep\u201d?",
    ]


def test_there_are_at_most_five_and_no_two_alike() -> None:
    """However large the library is."""
    examples = example_questions(titled(*["What is resilience?"] * 3, *"ABCDEFGH"))
    assert len(examples) == len(set(examples)) == 5


def test_empty_library_has_no_examples() -> None:
    """There is nothing to ask."""
    assert example_questions([]) == []
