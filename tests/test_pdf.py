"""PDFs: text in reading order, headings, pages as printed; and files that are none."""

import io
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject
from reportlab.pdfgen.canvas import Canvas
from support import DATA

from index.documents import Document
from index.errors import SourceError
from ingest.readers import read_document
from ingest.readers.pdf_report import PdfReading
from ingest.sources import Source


def read(content: bytes, name: str = "a.pdf") -> Document:
    """Read bytes as a file of that name."""
    path = Path("/library") / name
    return read_document(content, Source(str(path), path, path.as_uri()))


def read_file(name: str) -> Document:
    """Read a file of tests/data."""
    return read((DATA / name).read_bytes(), name)


def blocks(text: str) -> list[str]:
    """Paragraphs and headings, but the title."""
    return [block for block in text.split("\n\n") if not block.startswith("# ")]


def test_columns_are_read_one_after_the_other() -> None:
    """A sentence goes on at the top of the next column."""
    (page,) = read_file("two_columns.pdf").pages
    assert [block for block in page.text.split("\n\n") if "Cold water" not in block] == [
        "## Methods",
        "Forty swimmers bathed in a lake at eight degrees for three minutes a day. Blood was "
        "taken before the first bath and four weeks later. We measured how many white cells each "
        "sample held, and asked about colds. Two swimmers left the study because their hands hurt.",
        "## Results",
        "White cells rose by a tenth. The swimmers caught fewer colds than in other winters.",
    ]


def test_the_printed_title_stands_for_one_that_a_program_wrote() -> None:
    """The file says "Untitled"; its authors are real."""
    document = read_file("two_columns.pdf")
    assert document.title == "Cold water and the immune system"
    assert document.authors == ["Ada Lind", "Bo Marsh"]
    assert (document.kind, document.date) == ("pdf", "2000-01-01")


def test_running_heads_and_footers_are_left_out() -> None:
    """They stand on every page, with another number."""
    text = "\n".join(page.text for page in read_file("report.pdf").pages)
    assert "Journal of Examples" not in text
    assert "of 3" not in text


def test_pages_have_their_number_and_their_printed_label() -> None:
    """As the viewer counts, and as the file labels them."""
    pages = read_file("report.pdf").pages
    assert [(page.number, page.label) for page in pages] == [(1, "i"), (2, "ii"), (3, "iii")]


def test_labels_that_begin_at_zero_are_no_printed_numbers() -> None:
    """Some publishers' software counts a cover so; a quote would get the wrong page."""
    writer = PdfWriter(DATA / "report.pdf")
    start = DictionaryObject(
        {NameObject("/S"): NameObject("/D"), NameObject("/St"): NumberObject(0)}
    )
    labels = DictionaryObject({NameObject("/Nums"): ArrayObject([NumberObject(0), start])})
    writer.root_object[NameObject("/PageLabels")] = labels
    content = io.BytesIO()
    writer.write(content)
    assert PdfReader(content).page_labels == ["0", "1", "2"]
    assert [page.label for page in read(content.getvalue()).pages] == [None, None, None]


@pytest.mark.parametrize(
    ("text", "references"),
    [
        # Run together, an entry broken in two, a volume that looks like a number.
        ("1. Auger C. BMJ. 2013;2:3. 2. Tan B.\n\nJAMA. 2013;17:3. 3. Ho 2. Noise. 1999.", 3),
        ("Bishop S, Li P (1995). Sharks. Boitani L. (1999a). Wolves.\n\nCiucci P (2003). Dogs.", 3),
        ("Bishop S: Sharks. Mar Res. 2006; 57(2): 143. Text Bonham K: Dogfish. 1949; 49: 83.", 2),
    ],
)
def test_references_are_counted_however_they_stand(text: str, references: int) -> None:
    """By their numbers, else by their years; what follows the list is none."""
    page = f"## Results\n\n7. None (1990).\n\n## References\n\n{text}\n\n## Funding\n\n4. A (2001)."
    assert PdfReading("any", (page,)).report()["references"] == references


def test_headings_and_broken_words_are_as_their_author_meant() -> None:
    """Inflam-mation is one word, long-term keeps its hyphen."""
    document = read_file("report.pdf")
    assert document.title == "The example report on noise"
    assert document.authors == []
    assert blocks(document.pages[0].text) == [
        "## 1 Introduction",
        "Noise at night wakes people up. It also leads to inflammation, and inflammation of "
        "vessels is a long-term risk. We look at long-term effects of road noise on the heart.",
    ]
    assert blocks(document.pages[1].text)[0] == "## 2 Measurements"


def test_an_empty_password_opens_without_being_asked() -> None:
    """As viewers do."""
    (page,) = read_file("open_locked.pdf").pages
    assert page.text == "The treasure is buried under the old oak tree."


def test_a_password_is_told() -> None:
    """And nothing of the text is guessed."""
    with pytest.raises(SourceError, match="protected by a password; save a copy"):
        read_file("locked.pdf")


def test_a_scan_is_told_with_the_way_out() -> None:
    """An empty document is not indexed silently."""
    with pytest.raises(SourceError, match=r"page count: 1\): it is a scan .* OCRmyPDF"):
        read_file("scanned.pdf")


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n" + b"\0" * 500,
        b"%PDF-1.4\n%%EOF",
        b"These are only words, in a file that calls itself a PDF.\n" * 20,
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
    ],
)
def test_a_broken_file_is_told_with_the_way_out(content: bytes) -> None:
    """So is a text or a picture that is named .pdf."""
    with pytest.raises(SourceError, match=r"cannot be read as a PDF .* save it again"):
        read(content)


def test_a_file_cut_in_half_is_read_or_told() -> None:
    """At any length; never an error that nobody expects."""
    content = (DATA / "report.pdf").read_bytes()
    for share in (0.3, 0.6, 0.9):
        try:
            document = read(content[: int(len(content) * share)])
        except SourceError as error:
            assert str(error)  # noqa: PT017
        else:
            assert any("Noise" in page.text for page in document.pages)


def test_a_pdf_without_the_ending_is_still_one() -> None:
    """Its first bytes tell."""
    content = (DATA / "report.pdf").read_bytes()
    assert read(content, "download").kind == "pdf"
    assert read(b"some junk before\n" + content, "article.html").kind == "pdf"


def drawn(*pages: str, rectangle: bool = False) -> bytes:
    """A PDF with one line of text a page."""
    content = io.BytesIO()
    canvas = Canvas(content, invariant=1)
    for text in pages:
        canvas.drawString(72, 700, text)
        if rectangle:
            canvas.rect(72, 500, 100, 50)
        canvas.showPage()
    canvas.save()
    return content.getvalue()


def test_lines_that_repeat_are_the_text_where_there_is_little_else() -> None:
    """A page of another wording among them changes nothing."""
    pages = read(drawn(*(f"Label {number}" for number in range(1, 9)), "Last one")).pages
    assert [page.text for page in pages] == [*(f"Label {n}" for n in range(1, 9)), "Last one"]


@pytest.mark.parametrize("rectangle", [False, True])
def test_blank_pages_are_not_called_scans(*, rectangle: bool) -> None:
    """Text recognition would find nothing there, and is not advised."""
    with pytest.raises(SourceError, match="pages are blank") as raised:
        read(drawn("", "x", rectangle=rectangle))
    assert "ocr" not in str(raised.value).lower()


def test_letters_that_only_eyes_can_read_need_ocr() -> None:
    """The file gives its letters no meaning but numbers of its own."""
    writer = PdfWriter(io.BytesIO(drawn("Twenty letters that nobody can know")))
    meaning = StreamObject()
    meaning.set_data(
        b"1 begincodespacerange <00> <ff> endcodespacerange "
        b"1 beginbfrange <00> <ff> <e000> endbfrange"
    )
    resources = writer.pages[0]["/Resources"]
    assert isinstance(resources, DictionaryObject)
    for font in resources["/Font"].values():
        font.get_object()[NameObject("/ToUnicode")] = writer._add_object(meaning)
    content = io.BytesIO()
    writer.write(content)
    with pytest.raises(SourceError, match="needs OCR: page 1"):
        read(content.getvalue())


def test_protection_without_a_password_is_named() -> None:
    """By a certificate, for one: neither reader knows it."""
    locked = (DATA / "locked.pdf").read_bytes()
    with pytest.raises(SourceError, match="protected by a certificate"):
        read(locked.replace(b"/Filter /Standard", b"/Filter /Adobe.PS"))
