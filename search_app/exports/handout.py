"""A hand-out (DOCX): each quote with its place and context, how it was searched, references."""

from datetime import UTC, datetime
from io import BytesIO

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

from search_app.exports.talk import Quoted, Talk
from search_app.plain_text import one_line

_MOST_PROPERTY_CHARACTERS = 255
_ACCENT = RGBColor(0x1D, 0x5B, 0x6B)
_INK = RGBColor(0x1C, 0x24, 0x27)


def write_handout(talk: Talk) -> bytes:
    """The DOCX file of a talk."""
    document = docx.Document()
    _describe(document, talk)
    document.add_heading(talk.title, level=0)
    document.add_paragraph(f"Quoted word for word from the library, {talk.made}.")
    document.add_heading("Quotes", level=1)
    for quoted in talk.quotes:
        _add_quote(document, talk, quoted)
    document.add_heading("How this was searched", level=1)
    for what, how in talk.searched:
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.add_run(f"{what}: ").bold = True
        paragraph.add_run(how)
    document.add_heading("References", level=1)
    for number, text in talk.listed:
        document.add_paragraph(f"{number} {text}".strip())
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _describe(document: Document, talk: Talk) -> None:
    facts = document.core_properties
    # The template names an author and a date of its own.
    facts.title, facts.author = talk.title[:_MOST_PROPERTY_CHARACTERS], ""
    facts.comments = facts.last_modified_by = ""
    facts.created = facts.modified = datetime.now(UTC)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    # The context is plain, so that the quote in it, which is bold, stands out.
    document.styles["Quote"].font.italic = False
    for name in ("Title", "Heading 1", "Heading 2"):
        document.styles[name].font.color.rgb = _INK
        document.styles[name].font.name = "Calibri"


def _add_quote(document: Document, talk: Talk, quoted: Quoted) -> None:
    document.add_heading(quoted.title, level=2)
    before, after = quoted.context
    paragraph = document.add_paragraph(style="Quote")
    paragraph.add_run(one_line(before) + " " * bool(before.strip()))
    run = paragraph.add_run(f"\u201c{quoted.text}\u201d")
    run.bold = True
    paragraph.add_run(" " * bool(after.strip()) + one_line(after))
    source = document.add_paragraph(f"{quoted.cited} {talk.mark(quoted)}".strip())
    if quoted.place:
        source.add_run(f" \u00b7 {quoted.place}")
    if address := talk.address(quoted):
        source.add_run(" \u00b7 ")
        _add_link(source, "open the source", address)
    elif quoted.file_name:
        source.add_run(f" \u00b7 {quoted.file_name}")
    for name, text in (("Note: ", quoted.note), ("Take care: ", quoted.missing)):
        if text:
            added = document.add_paragraph()
            added.add_run(name).bold = True
            added.add_run(text)


def _add_link(paragraph: Paragraph, text: str, address: str) -> None:
    # python-docx reads links but has no way to add one.
    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run = paragraph.add_run(text)
    run.font.color.rgb, run.font.underline = _ACCENT, True
    link.append(run._r)
    paragraph._p.append(link)
