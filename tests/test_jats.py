"""JATS articles: our own small one, and the real ones against an independent reading."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from support import DATA, SHARED

from index.documents import Document
from index.errors import SourceError
from ingest.readers.jats import read_jats
from ingest.sources import Source
from ingest.splitting import split_passages

HEADING = re.compile("^#+ (.*)$", re.MULTILINE)
REAL = SHARED / "articles_jats"


def read(path: Path) -> Document:
    """Read a file."""
    return read_jats(path.read_bytes(), Source(str(path), path, path.as_uri()))


@pytest.fixture(scope="module")
def article() -> Document:
    """The small article."""
    return read(DATA / "formats" / "article.nxml")


def test_what_an_article_says_of_itself(article: Document) -> None:
    """All of it, with where it is from; the link leads to the publisher."""
    assert article.title == "Cold water and sleep: a trial"
    assert article.authors == ["Ada Lind", "The Bathing Group"]
    assert article.link == "https://doi.org/10.1234/ex.7"
    stated = {
        "date": "2024-03-05",
        "journal": "Journal of Examples",
        "doi": "10.1234/ex.7",
        "pmid": "12345",
        "pmcid": "PMC999",
        "licence": "CC BY-NC 4.0",
        "article_type": "research-article",
        "tags": ["sleep", "cold water"],
        "language": "en",
    }
    assert {field: article.metadata[field] for field in stated} == stated
    assert article.metadata["origins"] == dict.fromkeys(["title", "authors", *stated], "JATS")


def test_the_text_of_an_article(article: Document) -> None:
    """Sections, lists, tables with captions and notes, figures, back matter, references."""
    assert article.pages[0].text.split("\n\n") == [
        "## Abstract",
        "### Background",
        "Cold baths are popular.",
        "## 1. Methods",
        "Forty swimmers slept at 10⁹ cells [2]. They were asked:",
        "- Did you sleep?\n- How long?",
        "### Measures",
        "Table 1. Colds by sleep.",
        "Group | Sleep | Colds\nBathers a | short | 7\nBathers a | long | 3\n # of nights | 28",
        "a In a lake.",
        "Figure 1. The lake.",
        "## Funding",
        "Paid by no one.",
        "## Author notes",
        "Edited by: nobody.",
        "## Acknowledgements",
        "We thank the lake.",
        "## Abbreviations",
        "- NK: natural killer",
        "## References",
        "1. Marsh B, Tan C. Noise. J Noise. 2020;3:1-9.\n2. Ortiz D. Calm. 2021.",
    ]
    assert article.metadata["reading"] == {
        "reader": "JATS",
        "references": 2,
        "warnings": ["Of the file only the article was read, not what comes with it (1)."],
    }


def test_an_article_with_a_namespace_is_the_same(article: Document) -> None:
    """As PubMed Central sends it to those who harvest."""
    path = DATA / "formats" / "article.nxml"
    namespace = b'<article xmlns="https://jats.nlm.nih.gov/ns/archiving/1.3/" '
    content = path.read_bytes().replace(b"<article ", namespace, 1)
    assert namespace in content
    assert read_jats(content, Source(str(path), path, path.as_uri())) == article


def test_references_give_no_passages(article: Document) -> None:
    """They are on the page, and not ranked."""
    passages = split_passages(article, lambda text: len(text.split()))
    assert any("lake" in passage.text for passage in passages)
    assert not any("Ortiz" in passage.text for passage in passages)


def test_an_article_in_a_set_is_read_and_a_set_of_two_is_not() -> None:
    """As PubMed Central's interface sends them."""
    path = Path("/library/set.xml")
    source = Source(str(path), path, path.as_uri())
    one = b"<article><front/><body><p>Water is wet.</p></body></article>"
    assert read_jats(b"<set>" + one + b"</set>", source).pages[0].text == "Water is wet."
    with pytest.raises(SourceError, match="one JATS article a file"):
        read_jats(b"<set>" + one + one + b"</set>", source)


def test_an_article_without_identifiers_links_to_its_file() -> None:
    """And has the file's name as title."""
    path = Path("/library/notes.xml")
    source = Source(str(path), path, path.as_uri())
    document = read_jats(b"<article><front/><body><p>Wet.</p></body></article>", source)
    assert (document.title, document.link) == ("notes", "file:///library/notes.xml")
    with pytest.raises(SourceError, match="no text"):
        read_jats(b"<article><front/><body/></article>", source)


def letters(text: str) -> str:
    """Letters only, to compare what is written with other spaces and marks."""
    return "".join(filter(str.isalpha, text))


def stated_in(path: Path) -> Iterator[tuple[str, str]]:
    """What the XML says, by another parser: field, and letters or digits that must be found."""
    root = ElementTree.parse(path).getroot()  # noqa: S314
    meta = root.find("front/article-meta")
    assert meta is not None
    yield "title", "".join(meta.findall("title-group/article-title")[0].itertext())
    for name in meta.iterfind("contrib-group/contrib[@contrib-type='author']/name/surname"):
        yield "authors", "".join(name.itertext())
    for name in root.iterfind("front/journal-meta//journal-title"):
        yield "journal", "".join(name.itertext())
    years = {year.text for year in meta.iterfind("pub-date/year")}
    yield "date", "|".join(filter(None, years))
    for identifier in meta.iterfind("article-id[@pub-id-type='doi']"):
        yield "doi", identifier.text or ""
    if next(meta.iter("license"), None) is not None:
        yield "licence", ""
    for title in root.iterfind("body//sec/title"):
        yield "section", "".join(title.itertext())


def holds(document: Document, headings: str, field: str, stated: str) -> bool:
    """Whether a document has what its file states; headings are given as letters only."""
    if field == "title":
        # Marks of notes on the title stay out of it.
        return letters(document.title).startswith(letters(stated)[:60])
    if field == "date":
        return document.date[:4] in stated.split("|")
    if field == "licence":
        return bool(document.metadata.get("licence"))
    if field == "section":
        return letters(stated) in headings
    return letters(stated) in letters(str(document.metadata.get(field)))


@pytest.mark.skipif(not REAL.is_dir(), reason=f"the real articles are not in {REAL}")
def test_every_real_article_gives_what_its_file_states() -> None:
    """Title, authors, journal, date, DOI, licence and sections, in all of 484."""
    missing = [
        (path.name, field, stated)
        for path in sorted(REAL.glob("*.nxml"))
        for document in [read(path)]
        for headings in [letters("".join(HEADING.findall(document.pages[0].text)))]
        for field, stated in stated_in(path)
        if not holds(document, headings, field, stated)
    ]
    assert not missing
