"""What is read of a web page besides the paragraphs of an article that is marked as one."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from index.documents import Document
from index.errors import SourceError
from ingest.readers import read_document
from ingest.sources import Source

PATH = Path("/library/a.html")
PARAGRAPHS = "".join(
    f"<p>Words that make this an article of its own, enough to be kept, for the {n} time.</p>"
    for n in ("first", "second", "third", "fourth", "fifth", "sixth")
)
MENU = "<div><a href='/a'>Home</a> <a href='/b'>All our news</a></div>"
SUMMARY = "Nurses who sleep by day are ill more often, a study of two hundred of them says today."


def read(body: str, head: str = "<title>T</title>") -> Document:
    """Read a page of this body."""
    page = f"<html><head>{head}</head><body>{body}</body></html>"
    return read_document(page.encode(), Source(str(PATH), PATH, PATH.as_uri()))


def text_of(body: str, head: str = "<title>T</title>") -> str:
    """The text of a page of this body."""
    return read(body, head).pages[0].text


def test_headings_and_lists_are_kept_where_nothing_is_named_an_article() -> None:
    """Straight in the body, as word processors and programs write pages, or in a plain element."""
    written = f"<h2>Methods</h2>{PARAGRAPHS}<ul><li>One nurse</li><li>Two nurses</li></ul>"
    for body in (written, f"{MENU}<div><div class='x1'>{written}</div></div>"):
        text = text_of(body)
        assert text.startswith("## Methods\n\nWords that make")
        assert text.endswith("- One nurse\n- Two nurses")


def test_a_menu_stays_out_where_nothing_is_named_an_article() -> None:
    """It is not in the element that has the paragraphs."""
    assert "news" not in text_of(f"{MENU}<div class='x1'>{PARAGRAPHS}</div>")


def test_what_a_page_says_twice_is_read_twice() -> None:
    """In sets of words to be learned, and in refrains."""
    refrain = "<p>These words of more than fifty letters come back again and again in it.</p>"
    text = text_of(f"<article>{refrain}{refrain}{PARAGRAPHS}{refrain}</article>")
    assert (
        text.count("These words of more than fifty letters come back again and again in it.") == 3
    )
    assert text.isascii()


def test_the_standfirst_is_kept() -> None:
    """The page states it as its description, cut short; it is read as it is printed."""
    head = f"<title>T</title><meta name='description' content='{SUMMARY[:70]}...'>"
    above = f"<header><div class='teaser'>{SUMMARY}</div></header>"
    assert text_of(f"{above}<article>{PARAGRAPHS}</article>", head).startswith(
        f"{SUMMARY}\n\nWords"
    )
    in_text = text_of(f"<article>{PARAGRAPHS}<p>{SUMMARY}</p></article>", head)
    assert in_text.startswith("Words")
    assert in_text.count(SUMMARY) == 1
    assert SUMMARY[:70] not in text_of(f"<article>{PARAGRAPHS}</article>", head)


def test_headings_lose_the_mark_that_links_to_them() -> None:
    """As manuals made by Sphinx have it."""
    mark = '<a class="headerlink" href="#a">\u00b6</a>'
    page = read(f"<article><h1>Sleep{mark}</h1><h2>Doses{mark}</h2>{PARAGRAPHS}</article>", "")
    assert page.title == "Sleep"
    assert page.pages[0].text.startswith("## Doses\n\n")


def test_a_year_alone_makes_no_date() -> None:
    """A copyright line says when the site began."""
    assert read(f"<article>{PARAGRAPHS}</article><footer>Copyright 1998 N</footer>").date == ""


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_a_page_that_a_browser_saved_as_one_file_is_read(charset: str) -> None:
    """MHTML: its letters are those that the file names, whatever the page says."""
    head = "<title>T\u00eate</title><meta charset='koi8-r'>"
    saved = EmailMessage()
    saved.set_content(
        f"<html><head>{head}</head><body><article>{PARAGRAPHS}</article></body></html>",
        subtype="html",
        charset=charset,
        cte="quoted-printable",
    )
    saved.add_related(b"\x89PNG", "image", "png", cid="<a>")
    path = PATH.with_suffix(".mhtml")
    document = read_document(saved.as_bytes(), Source(str(path), path, path.as_uri()))
    assert (document.title, document.kind) == ("T\u00eate", "html")
    assert document.pages[0].text.startswith("Words that make this an article")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"MIME-Version: 1.0\nContent-Type: image/png\n\nabc", "no web page"),
        (
            b"".join(
                b"Content-Type: multipart/related; boundary=b%d\n\n--b%d\n" % (n, n)
                for n in range(3000)
            ),
            "without end",
        ),
    ],
)
def test_a_broken_saved_page_is_refused(content: bytes, reason: str) -> None:
    """Without a page, or of parts within parts."""
    with pytest.raises(SourceError, match=reason):
        read_document(content, Source("a.mht", Path("/library/a.mht"), "file:///library/a.mht"))
