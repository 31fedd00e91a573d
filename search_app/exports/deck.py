"""A deck of slides in one look: paper, ink, a title on each slide, boxes and tables of text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Inches, Pt

from search_app.exports.layout import MOST_TITLE_CHARACTERS, title_size
from search_app.plain_text import shortened

# Inches.
WIDTH, HEIGHT, MARGIN = 13.333, 7.5, 0.8
INNER = WIDTH - 2 * MARGIN
INK, SOFT, ACCENT, PAPER = "1C2427", "4A5558", "1D5B6B", "FBFAF8"
_BAND = "F1EEEA"
SERIF = "Georgia"
_SANS = "Calibri"
# Of a text that is to be read from the back of a room.
BODY_POINTS = 18
_MOST_PROPERTY_CHARACTERS = 255


@dataclass(frozen=True)
class Lettering:
    """How a line is set: size in points, colour, font, weight, and space below it in points."""

    points: int = BODY_POINTS
    colour: str = INK
    font: str = _SANS
    is_bold: bool = False
    gap: int = 0


@dataclass(frozen=True)
class Area:
    """A place on a slide, in inches, from the left margin to the right one."""

    top: float
    height: float
    indent: float = 0.0


_TITLE = Area(0.5, 1.1)


class Deck:
    """Slides, added one after the other."""

    def __init__(self, title: str) -> None:
        """Start an empty deck."""
        self._deck = Presentation()
        self._deck.slide_width, self._deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
        facts = self._deck.core_properties
        # The template names an author and a date of its own.
        facts.title, facts.author = title[:_MOST_PROPERTY_CHARACTERS], ""
        facts.last_modified_by = ""
        facts.created = facts.modified = datetime.now(UTC)

    def add_slide(self, title: str, area: Area = _TITLE, points: int = 0) -> Slide:
        """Add a slide; its title is one to programs that read slides aloud, too."""
        slide = self._deck.slides.add_slide(self._deck.slide_layouts.get_by_name("Title Only"))
        slide.background.fill.solid()
        slide.background.fill.fore_color.rgb = RGBColor.from_string(PAPER)
        shape = slide.shapes.title
        shape.left, shape.top = Inches(MARGIN), Inches(area.top)
        shape.width, shape.height = Inches(INNER), Inches(area.height)
        shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        lettering = Lettering(points or title_size(title), is_bold=True)
        add_line(shape.text_frame, shortened(title, MOST_TITLE_CHARACTERS), lettering)
        return slide

    def to_bytes(self) -> bytes:
        """The PPTX file."""
        file = BytesIO()
        self._deck.save(file)
        return file.getvalue()


def add_box(slide: Slide, area: Area, *, is_middle: bool = False) -> TextFrame:
    """Add an empty text box; its text begins at the top, or stands in the middle."""
    frame = slide.shapes.add_textbox(
        Inches(MARGIN + area.indent),
        Inches(area.top),
        Inches(INNER - area.indent),
        Inches(area.height),
    ).text_frame
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE if is_middle else MSO_ANCHOR.TOP
    return frame


def add_line(
    frame: TextFrame, text: str, lettering: Lettering, *, link: str = "", lead: str = ""
) -> None:
    """Add a paragraph to a frame, the first one in place of its empty one.

    Args:
        frame: of a box, a title or a cell.
        text: what to write.
        lettering: how.
        link: address that a click on it opens.
        lead: bold words before it.
    """
    is_first = len(frame.paragraphs) == 1 and not frame.paragraphs[0].runs
    paragraph = frame.paragraphs[0] if is_first else frame.add_paragraph()
    paragraph.alignment, paragraph.space_after = PP_ALIGN.LEFT, Pt(lettering.gap)
    for part, is_bold in ((lead, True), (text, lettering.is_bold)):
        if part:
            run = paragraph.add_run()
            run.text, run.font.bold = part, is_bold
            run.font.size, run.font.name = Pt(lettering.points), lettering.font
            run.font.color.rgb = RGBColor.from_string(lettering.colour)
    if link:
        paragraph.runs[-1].hyperlink.address = link


def add_notes(slide: Slide, text: str) -> None:
    """Add what only the speaker sees."""
    if frame := slide.notes_slide.notes_text_frame:
        frame.text = text


def add_bar(slide: Slide, area: Area) -> None:
    """Add an upright bar at the left margin."""
    bar = slide.shapes.add_shape(
        MSO_SHAPE.RECTANGLE, Inches(MARGIN), Inches(area.top), Inches(0.07), Inches(area.height)
    )
    bar.fill.solid()
    bar.fill.fore_color.rgb = RGBColor.from_string(ACCENT)
    bar.line.fill.background()


def add_table(
    slide: Slide, top: float, widths: Sequence[float], rows: Sequence[Sequence[str]]
) -> None:
    """Add a table; the first row is its head.

    Args:
        slide: where.
        top: in inches.
        widths: of the columns, in inches.
        rows: the text of the cells.
    """
    table = slide.shapes.add_table(
        len(rows), len(widths), Inches(MARGIN), Inches(top), Inches(sum(widths)), Inches(0.5)
    ).table
    for number, width in enumerate(widths):
        table.columns[number].width = Inches(width)
    for number, texts in enumerate(rows):
        is_head = number == 0
        lettering = Lettering(colour=PAPER if is_head else INK, is_bold=is_head)
        fill = ACCENT if is_head else _BAND if number % 2 else PAPER
        for cell, text in zip(table.rows[number].cells, texts, strict=True):
            cell.fill.solid()
            cell.fill.fore_color.rgb = RGBColor.from_string(fill)
            add_line(cell.text_frame, text, lettering)
