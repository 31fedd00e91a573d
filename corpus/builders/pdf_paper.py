"""PDFs of the corpus: A4 papers in one or two columns, with page numbers and an outline."""

import re
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    NextPageTemplate,
    PageTemplate,
)

from builders.pdf_text import Sizes, Styles, make_styles, section_flowables, title_block
from builders.sections import split_sections
from builders.sources import Source

SHORT_TITLE_CHARACTERS = 60
_WIDTH, _HEIGHT = A4
_GREY = (0.35, 0.35, 0.35)
_NO_PADDING = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}


@dataclass(frozen=True)
class Layout:
    """How a kind of paper is set; lengths in points."""

    sizes: Sizes
    columns: int
    side_margin: float
    end_margin: float
    gutter: float = 0

    @property
    def text_width(self) -> float:
        """Width between the side margins."""
        return _WIDTH - 2 * self.side_margin

    @property
    def text_height(self) -> float:
        """Height between the margins at the head and the foot of the page."""
        return _HEIGHT - 2 * self.end_margin


LAYOUTS = {
    "pdf": Layout(Sizes(20, 13.5, 11, 9.5), columns=1, side_margin=30 * mm, end_margin=28 * mm),
    "pdf-two-column": Layout(
        Sizes(20, 11.5, 9.8, 8.5),
        columns=2,
        side_margin=20 * mm,
        end_margin=27 * mm,
        gutter=7 * mm,
    ),
}


def render_paper(source: Source) -> bytes:
    """Render a source as a PDF that comes out the same, byte for byte, each time.

    Args:
        source: The source, its format one of `LAYOUTS`.

    Returns:
        The bytes of the PDF.
    """
    layout = LAYOUTS[source.format]
    styles = make_styles(layout.sizes)
    title = title_block(source, styles)
    buffer = BytesIO()
    paper = _Paper(buffer, source, layout)
    paper.addPageTemplates(_page_templates(layout, _height(title, layout.text_width)))
    paper.build([*title, FrameBreak(), NextPageTemplate("later"), *_text(source, styles)])
    return buffer.getvalue()


def shorten_title(title: str) -> str:
    """Shorten a title for the running header, at a colon or between two words."""
    short = title.partition(":")[0]
    if len(short) <= SHORT_TITLE_CHARACTERS:
        return short
    return re.sub(r"\W*\s\S*$", "", short[: SHORT_TITLE_CHARACTERS + 1]) + "…"


class _Paper(BaseDocTemplate):
    """A PDF whose dates, labels, header and outline come from its source."""

    def __init__(self, buffer: BytesIO, source: Source, layout: Layout) -> None:
        """Prepare an empty paper to be written to the buffer."""
        super().__init__(
            buffer,
            pagesize=A4,
            title=source.title,
            author=source.author,
            subject=f"Licence: {source.licence}",
            lang="en-GB",
            invariant=1,
            # Builds of zlib compress differently, so the file would depend on the computer.
            pageCompression=0,
        )
        self._source = source
        self._margin = layout.side_margin

    def beforeDocument(self) -> None:  # noqa: N802
        """Set what belongs to the whole file (called by reportlab)."""
        published = f"D:{self._source.date:%Y%m%d}000000Z"
        self.canv.setDateFormatter(lambda *_now: published)
        self.canv.setViewerPreference("DisplayDocTitle", "true")
        if self._source.first_page != 1:
            self.canv.addPageLabel(0, style="ARABIC", start=self._source.first_page)

    def beforePage(self) -> None:  # noqa: N802
        """Draw the running header and the page number (called by reportlab)."""
        canvas, head, right = self.canv, _HEIGHT - 15 * mm, _WIDTH - self._margin
        canvas.saveState()
        canvas.setFont("Helvetica", 8)
        canvas.setFillColorRGB(*_GREY)
        canvas.setStrokeColorRGB(*_GREY)
        canvas.setLineWidth(0.4)
        canvas.drawString(self._margin, head, shorten_title(self._source.title))
        canvas.drawRightString(right, head, "Citewell Library")
        canvas.line(self._margin, head - 2 * mm, right, head - 2 * mm)
        canvas.drawCentredString(_WIDTH / 2, 13 * mm, str(self.page + self._source.first_page - 1))
        canvas.restoreState()


def _page_templates(layout: Layout, title_height: float) -> list[PageTemplate]:
    """Return the first page, with room for the title across all columns, and the later pages."""
    body_height = layout.text_height - title_height
    top = Frame(
        layout.side_margin,
        layout.end_margin + body_height,
        layout.text_width,
        title_height,
        **_NO_PADDING,
    )
    return [
        PageTemplate("first", frames=[top, *_columns(layout, body_height)]),
        PageTemplate("later", frames=_columns(layout, layout.text_height)),
    ]


def _columns(layout: Layout, height: float) -> list[Frame]:
    """Return the columns of a page, from left to right."""
    width = (layout.text_width - (layout.columns - 1) * layout.gutter) / layout.columns
    lefts = [layout.side_margin + n * (width + layout.gutter) for n in range(layout.columns)]
    return [Frame(left, layout.end_margin, width, height, **_NO_PADDING) for left in lefts]


def _height(flowables: list[Flowable], width: float) -> float:
    """Return the height that flowables take up in a column of this width."""
    return sum(
        flowable.wrap(width, _HEIGHT)[1] + flowable.getSpaceBefore() + flowable.getSpaceAfter()
        for flowable in flowables
    )


def _text(source: Source, styles: Styles) -> list[Flowable]:
    """Return the flowables of all sections."""
    return [
        flowable
        for section in split_sections(source)
        for flowable in section_flowables(section, styles)
    ]
