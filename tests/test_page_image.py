"""Page images: the cited sentence is marked where it stands, and nothing else is."""

import io
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from library_fixture import CORPUS
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from index.documents import Passage
from index.errors import SourceError
from index.sentences import Span
from search_app.page_image import page_image

TWO_COLUMNS = CORPUS / "papers" / "depression-and-inflammation.pdf"
RIGHT_COLUMN = (
    "Depressed mood increased clearly in women and did not change significantly in men. "
    "The increase was strongest in women who had reported mild sleep disturbance."
)
ONE_COLUMN = CORPUS / "papers" / "sleep-loss-and-inflammation.pdf"
SENTENCE = "Endotoxin raised IL-6 and TNF-\u03b1 sharply for a few hours."
DOTS = 2  # a point of the page
STRONG, LIGHT = (255, 224, 102), (255, 244, 199)


def drawn(path: Path, number: int, text: str = "", mark: Span | None = None) -> np.ndarray:
    """The page as rows of red, green and blue."""
    passage = Passage(1, str(path), 0, text) if text else None
    png = page_image(path, number, passage, mark)
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def changed(marked: np.ndarray, unmarked: np.ndarray) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what differs."""
    rows, columns = np.nonzero((marked != unmarked).any(axis=2))
    return int(columns.min()), int(rows.min()), int(columns.max()), int(rows.max())


def place_on_page(path: Path, number: int, words: str) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of some words, found by PDFium's own search, in dots."""
    page = pdfium.PdfDocument(path)[number - 1]
    text_page = page.get_textpage()
    found = text_page.search(words).get_next()
    assert found is not None
    boxes = [text_page.get_rect(n) for n in range(text_page.count_rects(*found))]
    left, bottom, right, top = (
        choose(box[edge] for box in boxes) for edge, choose in enumerate((min, min, max, max))
    )
    height = page.get_height()
    return left * DOTS, (height - top) * DOTS, right * DOTS, (height - bottom) * DOTS


def has_colour(picture: np.ndarray, colour: tuple[int, int, int]) -> bool:
    """Whether any dot has it."""
    return bool((picture == colour).all(axis=2).any())


def test_sentence_is_marked_where_it_stands() -> None:
    """To three dots, the width of the rim."""
    marked = drawn(ONE_COLUMN, 2, SENTENCE, Span(0, len(SENTENCE)))
    expected = place_on_page(ONE_COLUMN, 2, SENTENCE)
    assert changed(marked, drawn(ONE_COLUMN, 2)) == pytest.approx(expected, abs=4)
    assert has_colour(marked, STRONG)


def test_page_without_the_sentence_is_not_marked() -> None:
    """The picture is the same, dot for dot."""
    elsewhere = drawn(ONE_COLUMN, 1, SENTENCE, Span(0, len(SENTENCE)))
    assert np.array_equal(elsewhere, drawn(ONE_COLUMN, 1))


def test_mark_stays_in_its_column() -> None:
    """The left column of the page is as it was."""
    marked = drawn(TWO_COLUMNS, 1, RIGHT_COLUMN)
    left, top, right, bottom = changed(marked, drawn(TWO_COLUMNS, 1))
    first = place_on_page(TWO_COLUMNS, 1, "Depressed mood increased clearly in")
    last = place_on_page(TWO_COLUMNS, 1, "sleep disturbance")
    middle = marked.shape[1] / 2
    assert left > middle
    assert right < marked.shape[1]
    assert (top, bottom) == pytest.approx((first[1], last[3]), abs=4)


def test_best_sentence_is_marked_more_strongly_than_the_passage() -> None:
    """Both colours are there; without a best sentence only the light one."""
    second = Span(RIGHT_COLUMN.index("The increase"), len(RIGHT_COLUMN))
    both = drawn(TWO_COLUMNS, 1, RIGHT_COLUMN, second)
    light = drawn(TWO_COLUMNS, 1, RIGHT_COLUMN)
    assert (has_colour(both, LIGHT), has_colour(light, LIGHT)) == (True, True)
    assert (has_colour(light, STRONG), has_colour(drawn(TWO_COLUMNS, 1), LIGHT)) == (False, False)
    strong_rows = np.nonzero((both[:, :, 2] < light[:, :, 2]).any(axis=1))[0]
    start = place_on_page(TWO_COLUMNS, 1, "significantly in men. The")
    assert strong_rows.min() == pytest.approx(start[1], abs=4)


def test_letters_stay_black_under_the_mark() -> None:
    """As under a marker pen."""
    unmarked = drawn(ONE_COLUMN, 2)
    marked = drawn(ONE_COLUMN, 2, SENTENCE, Span(0, len(SENTENCE)))
    black = (unmarked < 40).all(axis=2)
    assert np.array_equal(marked[black].max(axis=1) < 40, np.ones(black.sum(), bool))


def test_sentence_is_found_whatever_its_spaces_hyphens_and_case() -> None:
    """The text that was read is not what stands on the page letter by letter."""
    spelled = "ENDOTOXIN raised IL6 and\nTNF-\u03b1 sharply  for a few hours"
    marked = drawn(ONE_COLUMN, 2, spelled)
    expected = place_on_page(ONE_COLUMN, 2, SENTENCE)
    assert changed(marked, drawn(ONE_COLUMN, 2)) == pytest.approx(expected, abs=4)


def made_pdf(path: Path, *, origin: tuple[int, int] = (0, 0), turned: int = 0) -> Path:
    """A page of 300 x 200 points whose corner is at `origin`, with a line of text on it."""
    canvas = Canvas(str(path), pagesize=(600, 600), pageCompression=0)
    canvas.setPageRotation(turned)
    canvas.setCropBox((origin[0], origin[1], origin[0] + 300, origin[1] + 200))
    canvas.drawString(origin[0] + 40, origin[1] + 150, "Sleep helps.")
    canvas.save()
    return path


@pytest.mark.parametrize("origin", [(0, 0), (100, 200)])
def test_page_may_start_anywhere(tmp_path: Path, origin: tuple[int, int]) -> None:
    """A crop box moves what is shown: 40 points from the left, 150 from the bottom of 200."""
    path = made_pdf(tmp_path / "cropped.pdf", origin=origin)
    left, top, _, bottom = changed(drawn(path, 1, "Sleep helps."), drawn(path, 1))
    assert left == pytest.approx(40 * DOTS, abs=6)
    assert top < (200 - 150) * DOTS < bottom + 6
    assert bottom - top < 20 * DOTS


def test_page_may_be_turned(tmp_path: Path) -> None:
    """By a quarter, clockwise: the line now runs down, near the right edge."""
    path = made_pdf(tmp_path / "turned.pdf", origin=(100, 200), turned=90)
    unmarked = drawn(path, 1)
    left, top, right, bottom = changed(drawn(path, 1, "Sleep helps."), unmarked)
    assert unmarked.shape[:2] == (300 * DOTS, 200 * DOTS)
    assert top == pytest.approx(40 * DOTS, abs=6)
    assert left < 150 * DOTS + 6
    assert right > 150 * DOTS
    assert bottom - top > right - left


def test_huge_page_is_drawn_small(tmp_path: Path) -> None:
    """At most twelve million dots, whatever size the file states."""
    path = tmp_path / "huge.pdf"
    canvas = Canvas(str(path), pagesize=(14_000, 14_000))
    canvas.drawString(40, 40, "Sleep helps.")
    canvas.save()
    height, width, _ = drawn(path, 1).shape
    assert 11_000_000 < height * width < 12_100_000


@pytest.mark.parametrize("content", [b"", b"no PDF at all", b"%PDF-1.7\n%%EOF"])
def test_broken_pdf_is_refused(tmp_path: Path, content: bytes) -> None:
    """With the reason."""
    path = tmp_path / "broken.pdf"
    path.write_bytes(content)
    with pytest.raises(SourceError, match="page 1 cannot be drawn"):
        page_image(path, 1, None, None)


def test_page_that_the_file_lacks_is_refused() -> None:
    """It has three."""
    with pytest.raises(SourceError, match="page 4 cannot be drawn"):
        page_image(ONE_COLUMN, 4, None, None)


def test_file_that_has_gone_is_refused(tmp_path: Path) -> None:
    """Between looking and drawing."""
    with pytest.raises(SourceError):
        page_image(tmp_path / "gone.pdf", 1, None, None)
