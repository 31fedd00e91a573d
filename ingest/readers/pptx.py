"""PowerPoint files (PPTX), by python-pptx: a page a slide, with its title, tables and notes."""

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from index.documents import Document, Page
from index.errors import SourceError
from ingest.readers.dublin_core import Description, description
from ingest.readers.pptx_graphics import chart_blocks, diagram_blocks
from ingest.readers.tables import Cell, table_text
from ingest.readers.titles import choose_title, written_by_person
from ingest.readers.xml_tree import parse_xml
from ingest.readers.zip_container import Container
from ingest.sources import Source
from ingest.text_cleaning import one_line, unlike_heading

if TYPE_CHECKING:
    from pptx.shapes.base import BaseShape
    from pptx.slide import Slide
    from pptx.table import Table

_DAMAGE = (AttributeError, LookupError, SyntaxError, TypeError, ValueError)
_ORIGIN = "PowerPoint properties"
_PROPERTIES = "docProps/core.xml"


def read_pptx(content: bytes, source: Source) -> Document:
    """Read a presentation.

    Raises:
        SourceError: it is damaged, protected, or holds no text.
    """
    container = Container(content)
    titles, pages = _slides(content)
    if not any(page.text for page in pages):
        raise SourceError("it holds no text, perhaps only pictures")
    stated = Description()
    if _PROPERTIES in container.names:
        stated = description(parse_xml(container.read(_PROPERTIES)), "created", "modified")
    title, origin = choose_title(
        source,
        (written_by_person(stated.title), _ORIGIN),
        (titles[0] if titles else "", "first slide"),
    )
    read = {
        "pages": len(pages),
        "pages_without_text": [page.number for page in pages if not page.text],
    }
    return Document(
        id=source.id,
        title=title,
        link=source.link,
        pages=pages,
        metadata={
            "kind": "pptx",
            "reader": "python-pptx",
            **read,
            "reading": {"reader": "python-pptx", **read},
            **stated.metadata(_ORIGIN, origin),
        },
    )


def _slides(content: bytes) -> tuple[list[str], tuple[Page, ...]]:
    # Here, for each PDF is read in a process of its own that imports this package.
    from pptx import Presentation  # noqa: PLC0415
    from pptx.exc import PythonPptxError  # noqa: PLC0415

    try:
        slides = list(Presentation(BytesIO(content)).slides)
        titles = [_title(slide) for slide in slides]
        texts = ["\n\n".join(_blocks(*pair)) for pair in zip(slides, titles, strict=True)]
    # The library parses as it goes; of broken XML it says SyntaxError.
    except (*_DAMAGE, PythonPptxError) as error:
        raise SourceError(
            f"it cannot be read as a presentation ({error}); open it in PowerPoint or LibreOffice "
            "and save it again as .pptx"
        ) from error
    return titles, tuple(Page(text, number) for number, text in enumerate(texts, 1))


def _title(slide: "Slide") -> str:
    title = slide.shapes.title
    return one_line(title.text_frame.text) if title is not None else ""


def _blocks(slide: "Slide", title: str) -> Iterator[str]:
    if title:
        yield f"## {title}"
    heading = slide.shapes.title
    for shape in slide.shapes:
        if heading is None or shape.shape_id != heading.shape_id:
            yield from _shape(shape)
    if slide.has_notes_slide and (frame := slide.notes_slide.notes_text_frame):
        notes = list(_paragraphs(frame.text))
        if notes:
            yield "### Notes"
            yield from notes


def _shape(shape: "BaseShape") -> Iterator[str]:
    from pptx.shapes.autoshape import Shape  # noqa: PLC0415
    from pptx.shapes.graphfrm import GraphicFrame  # noqa: PLC0415
    from pptx.shapes.group import GroupShape  # noqa: PLC0415

    if isinstance(shape, GroupShape):
        for inner in shape.shapes:
            yield from _shape(inner)
    elif isinstance(shape, GraphicFrame) and shape.has_table:
        yield from filter(None, [_table(shape.table)])
    elif isinstance(shape, GraphicFrame):
        graphic = chart_blocks(shape) if shape.has_chart else diagram_blocks(shape)
        yield from filter(None, graphic)
    elif isinstance(shape, Shape):
        lines = list(_paragraphs(shape.text_frame.text))
        yield from filter(None, ["\n".join(lines)])


def _paragraphs(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if words := one_line(line):
            yield unlike_heading(words)


def _table(table: "Table") -> str:
    return table_text(
        [
            Cell(one_line(cell.text), cell.span_width, cell.span_height)
            for cell in row.cells
            if not cell.is_spanned
        ]
        for row in table.rows
    )
