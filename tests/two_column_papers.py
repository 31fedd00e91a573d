"""Papers in two columns, each with one telling sentence whose place on the page is known."""

from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

# Each stands in a paper of its own, so that whichever is cited third is one of these.
SENTENCES = {
    "lake": "Swimmers who took cold baths in a lake caught fewer winter colds than others.",
    "town": "In a second town, people with cold baths had half as many winter colds in two years.",
    "night": "Cold baths lowered the number of winter colds among nurses who worked at night.",
}
TITLES = {"lake": "A lake in autumn", "town": "Two years in a town", "night": "Nurses at night"}
FILLER = (
    "The records of the harbour name every ship that came and every ship that went, with the "
    "hour of the tide and the weight of what it carried."
)
WIDTH, HEIGHT = A4
LEFT, RIGHT, COLUMN = 50, 310, 235
SIZE, LEADING = 10, 13
TOP = HEIGHT - 120
LINES_ABOVE = 30


def write_paper(path: Path, title: str, sentence: str) -> None:
    """Two columns of filler; the sentence stands low in the right one, and a page follows."""
    page = Canvas(str(path), pagesize=A4, invariant=1)
    page.setTitle(title)
    page.setAuthor("Ada Lind")
    page.setFont("Helvetica-Bold", 18)
    page.drawString(LEFT, HEIGHT - 70, title)
    filler = simpleSplit(f"{FILLER} " * 20, "Helvetica", SIZE, COLUMN)[:45]
    draw_column(page, LEFT, filler)
    lines = simpleSplit(sentence, "Helvetica", SIZE, COLUMN)
    assert len(lines) > 1
    draw_column(page, RIGHT, [*filler[: LINES_ABOVE - 1], "", *lines])
    page.showPage()
    page.setFont("Helvetica-Bold", 13)
    page.drawString(LEFT, HEIGHT - 70, "Thanks")
    draw_column(page, LEFT, ["We thank the harbour master for the records."])
    page.save()


def draw_column(page: Canvas, left: float, lines: list[str]) -> None:
    """Lines below each other."""
    page.setFont("Helvetica", SIZE)
    for number, line in enumerate(lines):
        page.drawString(left, TOP - LEADING * number, line)


def place_of(sentence: str) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the sentence's lines on the page, in points from its top."""
    rows = len(simpleSplit(sentence, "Helvetica", SIZE, COLUMN))
    top = HEIGHT - TOP + LEADING * LINES_ABOVE - SIZE
    return RIGHT, top, RIGHT + COLUMN, top + LEADING * rows
