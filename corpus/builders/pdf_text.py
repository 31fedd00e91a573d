"""The text of a paper as reportlab flowables: title block, headings, paragraphs, references."""

from dataclasses import dataclass

from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, HRFlowable, Paragraph, Spacer

from builders.pdf_fonts import use_printable_fonts
from builders.sections import Block, Section
from builders.sources import Source

_INK = "#1a1a1a"
_ACCENT = "#1f3a5f"
_MUTED = "#555555"


@dataclass(frozen=True)
class Sizes:
    """Type sizes of a paper in points."""

    title: float
    heading: float
    body: float
    references: float


@dataclass(frozen=True)
class Styles:
    """Paragraph styles of a paper."""

    title: ParagraphStyle
    byline: ParagraphStyle
    heading: ParagraphStyle
    body: ParagraphStyle
    item: ParagraphStyle
    reference: ParagraphStyle


class _Heading(Paragraph):
    """A heading that enters itself in the outline of the PDF, with its place on the page."""

    def draw(self) -> None:
        """Draw the heading (called by reportlab)."""
        title = self.getPlainText()
        key = f"{self.canv.getPageNumber()}-{title}"
        self.canv.bookmarkHorizontal(key, 0, self.height)
        self.canv.addOutlineEntry(title, key)
        super().draw()


def make_styles(sizes: Sizes) -> Styles:
    """Make the paragraph styles for some type sizes."""
    title = _sans("title", sizes.title, textColor=_ACCENT, spaceAfter=sizes.title * 0.6)
    byline = _sans("byline", sizes.body - 0.5, fontName="Helvetica", textColor=_MUTED)
    heading = _sans(
        "heading",
        sizes.heading,
        textColor=_ACCENT,
        spaceBefore=sizes.heading * 0.9,
        spaceAfter=sizes.heading * 0.35,
        keepWithNext=True,
    )
    body = _serif("body", sizes.body, alignment=TA_JUSTIFY, spaceAfter=sizes.body * 0.65)
    indent = sizes.body * 1.3
    item = _serif(
        "item",
        sizes.body,
        leftIndent=indent,
        bulletFontSize=sizes.body,
        spaceAfter=sizes.body * 0.4,
    )
    # Not justified: an address that doesn't fit on a line would tear the words before it apart.
    reference = _serif(
        "reference",
        sizes.references,
        leftIndent=indent,
        firstLineIndent=-indent,
        spaceAfter=sizes.references * 0.5,
    )
    return Styles(title, byline, heading, body, item, reference)


def title_block(source: Source, styles: Styles) -> list[Flowable]:
    """Return the title, author, date and licence, with a line below them."""
    lines = (source.author, f"Published {source.long_date}", f"Licence: {source.licence}")
    return [
        Paragraph(use_printable_fonts(_escape(source.title)), styles.title),
        *(Paragraph(use_printable_fonts(_escape(line)), styles.byline) for line in lines),
        HRFlowable(width="100%", thickness=0.8, color=_ACCENT, spaceBefore=8, spaceAfter=14),
    ]


def section_flowables(section: Section, styles: Styles) -> list[Flowable]:
    """Return a section's heading, if it has one, and its paragraphs and lists."""
    flowables: list[Flowable] = []
    if section.heading:
        flowables.append(_Heading(_to_markup(section.heading), styles.heading))
    for block in section.blocks:
        flowables += _block_flowables(block, styles, is_references=section.is_references)
    return flowables


def _block_flowables(block: Block, styles: Styles, *, is_references: bool) -> list[Flowable]:
    """Return a paragraph, the items of a list, or hanging entries of the reference list."""
    if not block.is_list:
        return [_paragraph(block.texts[0], styles.body)]
    if is_references:
        return [_paragraph(text, styles.reference) for text in block.texts]
    items = [_paragraph(text, styles.item, bullet="•") for text in block.texts]
    return [*items, Spacer(1, styles.item.spaceAfter)]


def _paragraph(html: str, style: ParagraphStyle, bullet: str | None = None) -> Paragraph:
    """Return inline HTML as a paragraph."""
    return Paragraph(_to_markup(html), style, bulletText=bullet)


def _to_markup(html: str) -> str:
    """Turn inline HTML into reportlab's paragraph markup, which has the same tags."""
    # A line must not end after the hyphen of "pro- and anti-inflammatory": readers of PDFs take
    # a hyphen at the end of a line for a divided word and join the halves.
    markup = html.replace("- ", "-\N{NO-BREAK SPACE}").replace("<a ", f'<a color="{_ACCENT}" ')
    return use_printable_fonts(markup)


def _escape(text: str) -> str:
    """Escape what paragraph markup would read as a tag."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _sans(name: str, size: float, **settings: object) -> ParagraphStyle:
    """Return a style in bold Helvetica unless the settings name another font."""
    defaults = {"fontName": "Helvetica-Bold", "fontSize": size, "leading": size * 1.25}
    return ParagraphStyle(name, alignment=TA_LEFT, **{**defaults, **settings})


def _serif(name: str, size: float, **settings: object) -> ParagraphStyle:
    """Return a style in Times that keeps two lines of a paragraph together at a page's edge."""
    return ParagraphStyle(
        name,
        fontName="Times-Roman",
        fontSize=size,
        leading=size * 1.32,
        textColor=_INK,
        allowWidows=0,
        allowOrphans=0,
        **settings,
    )
