"""Web pages: the article without menus, banners and footers (trafilatura)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.documents import Document, Page
from index.errors import SourceError
from ingest.sources import Source
from ingest.text_cleaning import one_line

if TYPE_CHECKING:
    from lxml.etree import _Element

_FEWEST_CHARACTERS = 200
_PARTS = ("cell", "head", "item", "lb", "list", "p", "quote", "row")


def read_html(content: bytes, source: Source) -> Document:
    """Read the article of a web page.

    Raises:
        SourceError: the page holds no article text.
    """
    # Here, for it takes as long to import as a PDF to read, and each PDF is read in a process
    # of its own that imports this package.
    import trafilatura  # noqa: PLC0415
    from trafilatura.settings import Document as Extracted  # noqa: PLC0415

    article = trafilatura.bare_extraction(
        content,
        url=source.link,
        favor_precision=True,
        include_comments=False,
        with_metadata=True,
    )
    extracted = article if isinstance(article, Extracted) else Extracted()
    title = one_line(extracted.title or "")
    text = "\n\n".join(_blocks(extracted.body, title))
    if len(text) < _FEWEST_CHARACTERS:
        raise SourceError(
            "no article text was found on the page. If it shows in a browser, it is put there by a "
            "script: save the page from the browser and ingest the saved file"
        )
    return Document(
        id=source.id,
        title=title or _name(source),
        link=source.link,
        pages=(Page(text),),
        metadata={
            "kind": "html",
            "authors": [name.strip() for name in (extracted.author or "").split(";") if name],
            "date": extracted.date or "",
            "site": extracted.sitename or "",
            "reader": "trafilatura",
        },
    )


def _name(source: Source) -> str:
    return source.path.stem if source.path else source.link


def _blocks(body: "_Element", title: str) -> Iterator[str]:
    for element in body:
        if element.tag == "head":
            heading = one_line("".join(element.itertext()))
            if heading and heading != title:
                yield f"{'#' * int(element.get('rend', 'h2')[1:])} {heading}"
        elif element.tag == "list":
            yield "\n".join(f"- {_text(item)}" for item in element if _text(item))
        elif element.tag == "table":
            rows = ([_text(cell) for cell in row] for row in element.iter("row"))
            yield "\n".join(" | ".join(row) for row in rows)
        elif text := _text(element):
            yield text


def _text(element: "_Element") -> str:
    # A line break or a list within a list parts words, though no character stands there.
    for part in element.iter(*_PARTS):
        part.text = f" {part.text or ''}"
        part.tail = f" {part.tail or ''}"
    return one_line("".join(element.itertext()))
