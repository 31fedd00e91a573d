"""Word files (DOCX), by way of mammoth: headings, lists, tables, notes and formulas."""

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError

from index.documents import Document, Page
from index.errors import SourceError
from ingest.readers.dublin_core import Description, description
from ingest.readers.formulas import spell_formulas
from ingest.readers.markup import markup_blocks, parse_markup, plain_text
from ingest.readers.titles import choose_title, first_heading, without_title, written_by_person
from ingest.readers.xml_tree import parse_xml
from ingest.readers.zip_container import Container
from ingest.sources import Source

if TYPE_CHECKING:
    from lxml.etree import _Element

_BODY = "word/document.xml"
_RELATIONSHIPS = "_rels/.rels"
_ORIGIN = "Word properties"
_PROPERTIES = "docProps/core.xml"
# Mammoth knows the headings; a title is not one of them, for it is the document's own.
_STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote > p:fresh
"""
_NOTE = ("footnote-", "endnote-")
_BACK_LINK = "\u2191"


def read_docx(content: bytes, source: Source) -> Document:
    """Read a Word file.

    Raises:
        SourceError: it is damaged, protected, or holds no text.
    """
    container = Container(content)
    root = parse_markup(_markup(spell_formulas(container, _body(container))))
    stated = _stated(container)
    if root is None:
        raise SourceError("it holds no text, perhaps only pictures")
    notes = list(_take_notes(root))
    printed = root.find(".//h1[@class='title']")
    blocks = list(markup_blocks(root))
    title, origin = choose_title(
        source,
        ("" if printed is None else plain_text(printed), "title style"),
        (written_by_person(stated.title), _ORIGIN),
        (first_heading(blocks), "first heading"),
    )
    text = without_title(blocks, title)
    if not text:
        raise SourceError("it holds no text, perhaps only pictures")
    if notes:
        text += "\n\n## Notes\n\n" + "\n".join(notes)
    return Document(
        id=source.id,
        title=title,
        link=source.link,
        pages=(Page(text),),
        metadata={
            "kind": "docx",
            "reader": "mammoth",
            "reading": {"reader": "mammoth"},
            **stated.metadata(_ORIGIN, origin),
        },
    )


def _body(container: Container) -> str:
    """The part with the text; most programs call it the same."""
    if _BODY in container.names:
        return _BODY
    if _RELATIONSHIPS in container.names:
        for part in parse_xml(container.read(_RELATIONSHIPS)).iter("{*}Relationship"):
            name = part.get("Target", "").removeprefix("/")
            if part.get("Type", "").endswith("/officeDocument") and name.startswith("word/"):
                return name
    raise SourceError("it is not a Word file (.docx); give it the ending of what it is")


def _markup(content: bytes) -> bytes:
    # Here, for each PDF is read in a process of its own that imports this package.
    import mammoth  # noqa: PLC0415

    try:
        result = mammoth.convert_to_html(
            BytesIO(content),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(lambda _image: {"src": ""}),
            external_file_access=False,
        )
    except (ExpatError, LookupError, ValueError, AttributeError, OSError) as error:
        raise SourceError(
            f"it cannot be read as a Word file ({error}); open it in Word or LibreOffice and save "
            "it again as .docx"
        ) from error
    return f"<html><body>{result.value}</body></html>".encode()


def _stated(container: Container) -> Description:
    if _PROPERTIES not in container.names:
        return Description()
    return description(parse_xml(container.read(_PROPERTIES)), "created", "modified")


def _take_notes(root: "_Element") -> Iterator[str]:
    """The notes, taken out of the list that mammoth puts them in below the text."""
    for number, note in enumerate(root.findall(".//li[@id]"), 1):
        if note.get("id", "").startswith(_NOTE):
            text = " ".join(markup_blocks(note)).removesuffix(_BACK_LINK).strip()
            yield f"[{number}] {text}"
            parent = note.getparent()
            if parent is not None:
                parent.remove(note)
