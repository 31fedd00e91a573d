"""Readers of articles: HTML, Markdown and text to a document."""

from pathlib import Path

import pytest
from support import LIBRARY

from index.documents import Document
from index.errors import SourceError
from ingest.readers import read_document
from ingest.sources import Source


def read(content: bytes, name: str, media_type: str = "") -> Document:
    """Read bytes as a file of that name."""
    path = Path("/library") / name
    return read_document(content, Source(str(path), path, path.as_uri()), media_type)


def read_file(name: str) -> Document:
    """Read a file of tests/data/library."""
    return read((LIBRARY / name).read_bytes(), name)


def test_html_gives_the_article_without_menus_and_banners() -> None:
    """Title, author, date, headings; no cookies, no shop, no footer."""
    article = read_file("mindfulness.html")
    (page,) = article.pages
    assert (article.title, article.authors, article.date, article.kind) == (
        "Mindfulness training and anxiety",
        ["Dee Ortiz"],
        "2022-06-01",
        "html",
    )
    assert page.number is None
    assert page.text.startswith("Eight weeks of mindfulness")
    assert "\n\n## How it works\n\nAttention to the breath" in page.text
    for boilerplate in ("cookie", "Shop", "newsletter", "Home", "Copyright"):
        assert boilerplate not in page.text


HTML = """<html><head><title>T</title></head><body><article><h1>A long enough title</h1>
<p>{}</p><ul><li>Fruit<ul><li>Apple</li><li>Pear</li></ul></li><li>Bread</li></ul>
<table><tr><th>Dose</th><th>Effect</th></tr><tr><td>5 mg</td><td>none</td></tr></table>
<p>First line<br>second line. {}</p></article></body></html>"""
FILLER = "Words that make this an article of its own, with enough of them to be kept. " * 4


def test_html_keeps_words_apart() -> None:
    """In lists within lists, in cells and at line breaks."""
    (page,) = read(HTML.format(FILLER, FILLER).encode(), "a.html").pages
    words = page.text.split()
    for word in ("Fruit", "Apple", "Pear", "Bread", "Dose", "Effect", "5", "none"):
        assert word in words
    assert "First line second line." in page.text
    assert "Dose | Effect\n5 mg | none" in page.text


def test_html_says_its_encoding() -> None:
    """In its head."""
    head = '<meta charset="iso-8859-1"></head>'
    html = HTML.replace("</head>", head).format("Déjà vu. " + FILLER, FILLER)
    assert "Déjà vu." in read(html.encode("latin-1"), "a.html").pages[0].text


@pytest.mark.parametrize(
    "content",
    [
        b"<html><body><div id='app'></div><script>start()</script></body></html>",
        b"<",
        b"\x89PNG\r\n" + bytes(range(256)),
        b"<div>" * 20_000,
    ],
)
def test_html_without_an_article_is_refused(content: bytes) -> None:
    """With a way out for pages that a script fills."""
    with pytest.raises(SourceError, match="save the page from the browser"):
        read(content, "a.html")


def test_markdown_front_matter_is_metadata() -> None:
    """Title, authors, date and licence."""
    document = read_file("stress.md")
    assert (document.title, document.authors, document.date) == (
        "Stress and inflammation",
        ["Ada Lind", "Bo Marsh"],
        "2024-03-05",
    )
    assert document.metadata["licence"] == "CC0-1.0"
    assert document.pages[0].text.count("Stress and inflammation") <= 1


def test_markdown_tables_keep_their_rows() -> None:
    """One line a row."""
    assert (
        "Group | C-reactive protein\nCaregivers | 3.1 mg/L\nOthers | 1.9 mg/L"
        in read_file("stress.md").pages[0].text
    )


def test_markdown_marks_go_and_words_stay() -> None:
    """Emphasis, links, images, code, lists, quotes."""
    text = (
        b"Title\n=====\n\nSome *emph* and **strong** [link](http://x) ![picture](y) `code`.\n"
        b"next line\n\n- one\n- two\n  1. deep\n\n> quoted\n\n```\n# a comment\n```\n\n"
        b"### Small\n\nend"
    )
    document = read(text, "a.md")
    assert document.title == "Title"
    assert document.pages[0].text.removeprefix("# Title\n\n").split("\n\n") == [
        "Some emph and strong link picture code. next line",
        "- one\n- two\n- deep",
        "quoted",
        "    # a comment",
        "### Small",
        "end",
    ]


@pytest.mark.parametrize(
    "front_matter", ["date: 2024-13-45", "a: [", "a: !!python/object:os.system x", "{{"]
)
def test_markdown_with_broken_front_matter_is_refused(front_matter: str) -> None:
    """A date that no calendar has, open brackets, code."""
    with pytest.raises(SourceError, match="not valid YAML"):
        read(f"---\n{front_matter}\n---\nText\n".encode(), "a.md")


def test_markdown_with_empty_front_matter_has_empty_metadata() -> None:
    """Not the word None."""
    document = read(b"---\ntitle:\ndate:\nauthor:\n---\n# Heading\n\nText", "a.md")
    assert (document.title, document.authors, document.date) == ("Heading", [], "")


def test_text_has_title_author_date_and_headings() -> None:
    """From its first lines and underlined ones; wrapped lines are joined."""
    document = read_file("sleep.txt")
    assert (document.title, document.authors, document.date) == (
        "Sleep and the immune system",
        ["Cleo Tan"],
        "2023-11-20",
    )
    assert document.pages[0].text.split("\n\n")[:3] == [
        "One night of short sleep lowers the activity of natural killer cells. After a week of "
        "six hours a night, vaccines give about half the antibodies.",
        "## What helps",
        "Going to bed at the same hour is the single most useful habit. Caffeine after noon "
        "delays sleep by forty minutes.",
    ]


def test_text_keeps_its_lists() -> None:
    """One line an item."""
    document = read(b"Shopping\n\nBuy this:\n- apples that\n  are red\n- bread\n1. first", "a.txt")
    assert document.pages[0].text == "Buy this:\n- apples that are red\n- bread\n1. first"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
def test_text_is_read_in_its_encoding(encoding: str) -> None:
    """Guessed where it is not UTF-8."""
    text = "Über Müdigkeit\n\nDie Müdigkeit war größer, als die Ärzte früher glaubten. " * 5
    document = read(text.encode(encoding), "a.txt")
    assert document.title == "Über Müdigkeit"
    assert "größer, als die Ärzte" in document.pages[0].text
    assert document.metadata["language"] == "de"


def test_text_without_nul_characters_and_form_feeds() -> None:
    """A page break parts words."""
    (page,) = read(b"Title\n\nthe end\x0cNew page\0 here", "a.txt").pages
    assert page.text.split() == ["the", "end", "New", "page", "here"]


@pytest.mark.parametrize("content", [b"", b" \n\t", b"\n" * 1000])
def test_an_empty_file_is_refused(content: bytes) -> None:
    """Whatever its name says."""
    for name in ("a.txt", "a.md", "a.html", "a.pdf"):
        with pytest.raises(SourceError, match="empty"):
            read(content, name)


def test_an_unknown_kind_is_refused_with_the_known_ones() -> None:
    """By its ending or by the media type that a server states."""
    with pytest.raises(
        SourceError, match=r"\.xls .*\.html, \.jats, \.markdown, \.md, \.mht, \.mhtml, \.nxml"
    ):
        read(b"PK", "a.xls")
    with pytest.raises(SourceError, match=r"no ending cannot.*\.citewellignore"):
        read(b"text", "README")
    with pytest.raises(SourceError, match="'image/png'"):
        read(b"text", "a.txt", "image/png")


def test_the_stated_media_type_counts_but_not_where_it_says_nothing() -> None:
    """Servers call Markdown plain text, and unknown files a stream of octets."""
    markdown = b"# Heading\n\nSome *text*."
    for media_type in ("text/plain", "application/octet-stream", ""):
        assert read(markdown, "a.md", media_type).kind == "markdown"
    assert read(markdown, "a.html", "text/markdown").kind == "markdown"
    assert read(markdown, "a.txt", "text/plain").kind == "text"
