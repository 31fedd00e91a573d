"""A quote with its citation: word for word, with page, reference and address."""

from dataclasses import replace

from samples import PDF_FILE, WEB_PAGE, ranked

from index.sentences import Span
from search_app.citing import cite
from search_app.excerpts import excerpt_of

TEXT = "Before it. Sleep helps\nthe heart. After it."
MARK = Span(TEXT.index("Sleep"), TEXT.index(" After"))
ARTICLE = replace(
    PDF_FILE,
    metadata={
        "kind": "pdf",
        "authors": ["Ada Lind", "Bo Marsh", "Cy Nord"],
        "date": "2019-03-05",
        "journal": "Sleep",
        "doi": "10.1234/a<b>.2019",
    },
)


def test_quote_stands_with_short_reference_page_reference_and_doi() -> None:
    """As pasted; the line break of the source is a space."""
    found = ranked(TEXT, ARTICLE, page=3)
    assert cite(excerpt_of(found, MARK)).text == (
        "\u201cSleep helps the heart.\u201d (Lind et al., 2019, p. 3)\n\n"
        "Lind A, Marsh B, Nord C. Sleep. Sleep. 2019 Mar 5. doi:10.1234/a<b>.2019\n"
        "https://doi.org/10.1234/a%3Cb%3E.2019"
    )


def test_printed_page_number_is_the_one_that_is_cited() -> None:
    """That is what others find it by."""
    found = ranked(TEXT, ARTICLE, page=3)
    labelled = replace(found, passage=replace(found.passage, page_label="214"))
    assert cite(excerpt_of(labelled, MARK)).short == "Lind et al., 2019, p. 214"


def test_web_page_has_its_address_at_the_sentence() -> None:
    """And no page."""
    citation = cite(excerpt_of(ranked(TEXT, WEB_PAGE), MARK))
    assert citation.short == "Byron, 2024"
    assert citation.address == f"{WEB_PAGE.link}#:~:text=Sleep%20helps%20the%20heart."


def test_file_of_the_owner_has_no_address() -> None:
    """Nor is its path told."""
    citation = cite(excerpt_of(ranked(TEXT, PDF_FILE, page=1), MARK))
    assert citation.address == ""
    assert "/papers" not in citation.text
    assert citation.text.splitlines()[-1] == citation.reference


def test_without_a_sentence_the_whole_passage_is_quoted() -> None:
    """Nothing says which was meant."""
    quoted = cite(excerpt_of(ranked(TEXT, WEB_PAGE), None)).quote
    assert quoted == "Before it. Sleep helps the heart. After it."
