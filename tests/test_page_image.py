"""Page images: the cited sentence is marked where it stands, and nothing else is."""

import io
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from library_fixture import CORPUS
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from index.documents import Document, Page, Passage, RankedPassage
from index.errors import SourceError
from index.sentences import Span
from search_app.page_image import ZOOMS, Mark, PagePicture, page_image
from search_app.viewing import View, page_marks

TWO_COLUMNS = CORPUS / "papers" / "depression-and-inflammation.pdf"
RIGHT_COLUMN = (
    "Depressed mood increased clearly in women and did not change significantly in men. "
    "The increase was strongest in women who had reported mild sleep disturbance."
)
ONE_COLUMN = CORPUS / "papers" / "sleep-loss-and-inflammation.pdf"
SENTENCE = "Endotoxin raised IL-6 and TNF-\u03b1 sharply for a few hours."
DOTS = 2  # a point of the page
STRONG, LIGHT, ALSO = (255, 224, 102), (255, 244, 199), (217, 236, 242)


def picture_of(
    path: Path, number: int, text: str = "", mark: Span | None = None, zoom: str = "Page"
) -> PagePicture:
    """The page with a passage marked, and its sentence more strongly."""
    passage = Passage(1, str(path), 0, text, page=number, end=len(text))
    named = RankedPassage(1, 1.0, passage, Document(str(path), "", "")) if text else None
    view = View(Document(str(path), "", ""), (Page(text, number),), 0, named, mark)
    return page_image(path, number, page_marks(view), ZOOMS[zoom])


def drawn(path: Path, number: int, text: str = "", mark: Span | None = None) -> np.ndarray:
    """The page as rows of red, green and blue."""
    return dots_of(picture_of(path, number, text, mark))


def dots_of(picture: PagePicture) -> np.ndarray:
    """A picture as rows of red, green and blue."""
    return np.asarray(Image.open(io.BytesIO(picture.content)).convert("RGB")).astype(int)


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
        page_image(path, 1)


def test_page_that_the_file_lacks_is_refused() -> None:
    """It has three."""
    with pytest.raises(SourceError, match="page 4 cannot be drawn"):
        page_image(ONE_COLUMN, 4)


def test_file_that_has_gone_is_refused(tmp_path: Path) -> None:
    """Between looking and drawing."""
    with pytest.raises(SourceError):
        page_image(tmp_path / "gone.pdf", 1)


def test_what_else_was_found_has_a_colour_of_its_own() -> None:
    """And lies below the cited sentence where both mark the same words."""
    mark = Mark("also", SENTENCE, 0.0)
    alone = dots_of(page_image(ONE_COLUMN, 2, [mark]))
    assert (has_colour(alone, ALSO), has_colour(alone, STRONG)) == (True, False)
    both = dots_of(page_image(ONE_COLUMN, 2, [mark, Mark("cited", SENTENCE, 0.0)]))
    assert (has_colour(both, ALSO), has_colour(both, STRONG)) == (False, True)


def test_place_of_the_cited_sentence_is_told() -> None:
    """As shares of the picture, whole or without margins: it is scrolled to."""
    for zoom in ("Page", "Text", "Large"):
        picture = picture_of(ONE_COLUMN, 2, SENTENCE, Span(0, len(SENTENCE)), zoom)
        assert picture.cited is not None
        left, top, width, height = picture.cited
        rows, columns = np.nonzero((dots_of(picture) == STRONG).all(axis=2))
        assert columns.min() == pytest.approx(left * picture.width, abs=2)
        assert rows.min() == pytest.approx(top * picture.height, abs=2)
        assert columns.max() == pytest.approx((left + width) * picture.width, abs=2)
        assert rows.max() == pytest.approx((top + height) * picture.height, abs=2)


def test_words_that_are_not_on_the_page_have_no_place() -> None:
    """The page says so then."""
    text = "Nothing of the kind was ever written on this page of the paper."
    assert picture_of(ONE_COLUMN, 1, text, Span(0, len(text))).cited is None


def test_margins_are_left_out_but_no_ink() -> None:
    """What is dark on the whole page is dark on the smaller one."""
    whole = picture_of(ONE_COLUMN, 2, zoom="Page")
    cropped = picture_of(ONE_COLUMN, 2, zoom="Large")
    scale = ZOOMS["Large"].dots_per_point / ZOOMS["Page"].dots_per_point
    assert cropped.width < 0.9 * scale * whole.width
    edges = dots_of(cropped)
    border = np.concatenate([edges[0], edges[-1], edges[:, 0], edges[:, -1]])
    assert border.min() > 230


def test_page_without_margins_stays_whole(tmp_path: Path) -> None:
    """As a slide with a dark background, or an empty page."""
    path = tmp_path / "slide.pdf"
    canvas = Canvas(str(path), pagesize=(300, 200))
    canvas.rect(0, 0, 300, 200, fill=1)
    canvas.showPage()
    canvas.showPage()
    canvas.save()
    for number in (1, 2):
        picture = page_image(path, number, zoom=ZOOMS["Text"])
        assert (picture.width, picture.height) == (750, 500)


def test_sentence_that_a_page_says_twice_is_marked_where_it_was_read(tmp_path: Path) -> None:
    """The first or the second, as the place in the page's text says."""
    path = tmp_path / "twice.pdf"
    canvas = Canvas(str(path), pagesize=(300, 300))
    lines = ["Sleep helps.", *["Something else is said here."] * 8, "Sleep helps."]
    for row, line in enumerate(lines):
        canvas.drawString(20, 270 - 20 * row, line)
    canvas.save()
    for near, row in ((0.0, 0), (0.95, 9)):
        picture = page_image(path, 1, [Mark("cited", "Sleep helps.", near)])
        assert picture.cited is not None
        assert picture.cited[1] * 300 == pytest.approx(300 - 270 + 20 * row - 10, abs=5)


def test_sentence_that_something_cuts_is_marked_in_its_parts(tmp_path: Path) -> None:
    """A note mark that was not read, a figure that stands between its lines."""
    path = tmp_path / "cut.pdf"
    canvas = Canvas(str(path), pagesize=(400, 300))
    first, second = "Sleep of seven hours or more a night", "keeps people from catching colds."
    for row, line in enumerate((first, "FIGURE 7 SHOWS NONE OF ALL THIS", second)):
        canvas.drawString(20, 250 - 20 * row, line)
    canvas.save()
    marked = dots_of(page_image(path, 1, [Mark("cited", f"{first} {second}", 0.0)]))
    rows = np.nonzero((marked == STRONG).all(axis=2).any(axis=1))[0] / DOTS
    has = {row: ((rows > 40 + 20 * row) & (rows < 52 + 20 * row)).any() for row in range(3)}
    assert has == {0: True, 1: False, 2: True}


def test_page_that_is_a_photograph_is_no_large_message(tmp_path: Path) -> None:
    """Noise cannot be made small without loss."""
    noise = np.random.default_rng(0).integers(0, 255, (1700, 1200, 3), np.uint8)
    path = tmp_path / "photograph.pdf"
    canvas = Canvas(str(path), pagesize=(600, 850))
    canvas.drawImage(ImageReader(Image.fromarray(noise)), 0, 0, 600, 850)
    canvas.save()
    picture = page_image(path, 1, zoom=ZOOMS["Large"])
    assert picture.media_type == "image/jpeg"
    assert len(picture.content) < 10_000_000
