"""Readers of Word, OpenDocument, EPUB, PowerPoint and RTF files, good and broken ones."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.slide import Slide
from reading_formats import text_of, word_scores
from support import DATA, SHARED

from index.documents import Document
from index.errors import SourceError
from ingest.readers import read_document
from ingest.readers.tables import Cell, table_text
from ingest.sources import Source

FORMATS = DATA / "formats"
REAL = SHARED / "formats"


def read(content: bytes, name: str) -> Document:
    """Read bytes as a file of that name."""
    path = Path("/library") / name
    return read_document(content, Source(str(path), path, path.as_uri()))


def read_file(name: str) -> Document:
    """Read a file of tests/data/formats."""
    return read((FORMATS / name).read_bytes(), name)


def test_word_keeps_headings_tables_notes_and_formulas() -> None:
    """The title is the one printed, not the name of the draft that Word kept."""
    document = read_file("article.docx")
    assert (document.title, document.authors, document.date, document.kind) == (
        "Cold water and sleep",
        ["Ada Lind", "Bo Marsh"],
        "2024-03-05",
        "docx",
    )
    assert document.metadata["tags"] == ["sleep", "immunity"]
    assert document.metadata["origins"] == {
        "title": "title style",
        "authors": "Word properties",
        "date": "Word properties",
        "tags": "Word properties",
    }
    assert text_of(document).split("\n\n") == [
        "# Methods",
        "Forty swimmers slept in a laboratory[1].",
        "## Analysis",
        "The ratio was r=a/b² a night.",
        "Group | Sleep | Colds\nBathers | short | 7\nBathers | long | 3",
        "## Notes",
        "[1] Paid by no one.",
    ]


def test_opendocument_keeps_the_same() -> None:
    """And lists within lists."""
    document = read_file("article.odt")
    assert (document.title, document.authors, document.date, document.kind) == (
        "Cold water and sleep",
        ["Ada Lind"],
        "2024-03-05",
        "odt",
    )
    assert text_of(document).split("\n\n") == [
        "## Methods",
        "Forty swimmers slept[1] in a laboratory.",
        "- Warm\n- very warm",
        "Group | Sleep\nBathers | short\nBathers | long",
        "## Notes",
        "[1] Paid by no one.",
    ]


def test_a_book_is_read_in_the_order_of_its_spine() -> None:
    """Without its table of contents; a chapter that is missing is named."""
    document = read_file("book.epub")
    assert (document.title, document.authors, document.date, document.kind) == (
        "A book of water",
        ["Cleo Tan"],
        "2021-07-01",
        "epub",
    )
    assert (document.metadata["language"], document.metadata["licence"]) == ("en", "CC BY 4.0")
    assert text_of(document).split("\n\n") == [
        "## One",
        "Rain & snow",
        "fall.",
        "## Two",
        "Water² is wet and cold.",
    ]
    assert document.metadata["reading"] == {
        "reader": "EPUB",
        "warnings": ["The chapter OPS/text/gone.xhtml is missing in the file."],
    }


def test_slides_are_pages() -> None:
    """With title, notes and tables; one without text is reported."""
    document = read_file("slides.pptx")
    assert (document.title, document.authors, document.kind) == (
        "Cold water and sleep",
        ["Dee Ortiz"],
        "pptx",
    )
    assert [(page.number, page.text) for page in document.pages] == [
        (
            1,
            "## Cold water and sleep\n\nForty swimmers\nFour weeks\n\n### Notes\n\n"
            "Say who paid for it.",
        ),
        (2, "## Results\n\nGroup | Colds\nBathers | 3"),
        (3, ""),
    ]
    assert document.metadata["pages_without_text"] == [3]


def presentation(fill: Callable[[Slide], None]) -> Document:
    """A presentation of one slide without a title, read."""
    deck = Presentation()
    fill(deck.slides.add_slide(deck.slide_layouts[6]))
    packed = BytesIO()
    deck.save(packed)
    return read(packed.getvalue(), "a.pptx")


def test_charts_are_tables() -> None:
    """A column for each series, below the chart's title; a value that is missing stays empty."""

    def fill(slide: Slide) -> None:
        data = CategoryChartData()
        data.categories = ["Bathers", "Others"]
        data.add_series("Colds", (3, 1234567.3))
        data.add_series("Fevers", (1, None))
        frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, 0, 0, 900_000, 900_000, data)
        frame.chart.chart_title.text_frame.text = "Illness in winter"  # ty: ignore

    assert presentation(fill).pages[0].text.split("\n\n") == [
        "Illness in winter",
        " | Colds | Fevers\nBathers | 3 | 1\nOthers | 1234567.3",
    ]


def test_words_of_diagrams_are_read() -> None:
    """SmartArt, as PowerPoint calls it, has them in a part of its own."""
    diagram = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
    words = "".join(f"<d:pt><a:t>{text}</a:t></d:pt>" for text in ("Stress", "Less sleep"))

    def fill(slide: Slide) -> None:
        table = slide.shapes.add_table(1, 1, 0, 0, 900_000, 900_000)
        part = Part(
            PackURI("/ppt/diagrams/data1.xml"),
            "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml",
            slide.part.package,
            f'<d:dataModel xmlns:d="{diagram}" xmlns:a="{drawing}">{words}</d:dataModel>'.encode(),
        )
        place = slide.part.relate_to(part, RELATIONSHIP_TYPE.DIAGRAM_DATA)
        data = table.element.find(".//{*}graphicData")
        data[:] = [
            etree.fromstring(
                f'<d:relIds xmlns:d="{diagram}" r:dm="{place}" xmlns:r="http://schemas.'
                'openxmlformats.org/officeDocument/2006/relationships"/>'
            )
        ]
        data.set("uri", diagram)

    assert presentation(fill).pages[0].text.split("\n\n") == ["Stress", "Less sleep"]


def test_word_files_that_call_their_text_otherwise_are_read() -> None:
    """As some programs on the web do."""
    with ZipFile(FORMATS / "article.docx") as file:
        parts = {name: file.read(name) for name in file.namelist()}
    packed = BytesIO()
    with ZipFile(packed, "w") as file:
        for name, content in parts.items():
            renamed = content.replace(b"word/document.xml", b"word/document2.xml")
            file.writestr(name.replace("document.xml", "document2.xml"), renamed)
    assert read(packed.getvalue(), "a.docx").title == "Cold water and sleep"


def test_a_document_of_its_title_only_is_read() -> None:
    """It is not empty."""
    assert read(b"{\\rtf1\\pard\\outlinelevel0 Wash your hands\\par}", "a.rtf").pages[0].text == (
        "# Wash your hands"
    )


def test_rich_text_keeps_headings_accents_and_tables() -> None:
    """Headings are found by their outline level."""
    document = read_file("article.rtf")
    assert (document.title, document.authors, document.date, document.kind) == (
        "Cold water and sleep",
        ["Ada Lind"],
        "2024-03-05",
        "rtf",
    )
    assert text_of(document).split("\n\n") == [
        "## Methods",
        "Forty swimmers slept in a café with Müller.[1]",
        "Group | Colds\nBathers | 3",
        "The end \U0001d465.[2]",
        "## Notes",
        "[1] He paid {all} of the café.\n[2] Twice.",
    ]


def test_table_cells_stay_in_their_columns() -> None:
    """A wide cell is said once, a tall one in each of its rows; no row is a heading."""
    rows = [
        [Cell("A"), Cell("B", columns=2), Cell("C")],
        [Cell("# of nights", rows=2), Cell("1"), Cell("2"), Cell("3")],
        [Cell("4"), Cell(""), Cell("")],
        [Cell("")],
    ]
    assert table_text(rows).split("\n") == [
        "A | B |  | C",
        " # of nights | 1 | 2 | 3",
        " # of nights | 4",
    ]


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        ("truncated.docx", "damaged"),
        ("bomb.docx", "decompression bomb"),
        ("liar.odt", "damaged"),
        ("locked.epub", "locked by its seller"),
        ("old.doc", "old Office file or protected by a password"),
        ("empty.docx", "empty"),
        ("no_article.xml", "XML of another kind"),
        ("laughs.nxml", "not well-formed XML"),
    ],
)
def test_a_broken_file_is_refused_with_its_reason(file: str, reason: str) -> None:
    """Truncated, a bomb, an archive that lies about its sizes, locked, old, empty, growing."""
    with pytest.raises(SourceError, match=reason):
        read_file(file)


def test_an_archive_of_too_many_parts_is_refused() -> None:
    """Before any of them is unpacked."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for number in range(5_001):
            archive.writestr(str(number), "")
    with pytest.raises(SourceError, match="5001 parts"):
        read(packed.getvalue(), "a.epub")


@pytest.mark.parametrize("file", ["canary.nxml", "canary.docx", "canary.odt", "canary.epub"])
def test_a_file_cannot_ask_for_other_files(file: str) -> None:
    """Entities that name a file of the machine or an address give nothing."""
    assert "root:" in Path("/etc/passwd").read_text("utf-8")
    try:
        text = text_of(read_file(file))
    except SourceError as refused:
        text = str(refused)
    assert "root:" not in text
    assert text


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("article.docx", "docx"),
        ("book.epub", "epub"),
        ("slides.pptx", "pptx"),
        ("article.rtf", "rtf"),
    ],
)
def test_a_wrong_ending_does_no_harm(file: str, kind: str) -> None:
    """What the bytes are is what counts."""
    assert read((FORMATS / file).read_bytes(), "a.txt").kind == kind


@pytest.mark.parametrize("name", ["a.docx", "a.epub", "a.odt", "a.pptx", "a.rtf", "a.nxml"])
def test_text_with_the_ending_of_another_format_is_refused(name: str) -> None:
    """With a reason, not with a crash."""
    with pytest.raises(SourceError, match="not"):
        read(b"Just a line of text.", name)


# Formulas and automatic numbers are written otherwise in the reference: LaTeX, "1.2".
WRITTEN_OTHERWISE = {"equations.docx", "unit_test_headers_numbered.docx"}
WITH_REFERENCE = [
    path.with_name(path.name.removesuffix(".truth.md"))
    for path in sorted(REAL.glob("*/*.truth.md"))
    if path.name.removesuffix(".truth.md") not in WRITTEN_OTHERWISE
]


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"the real files are not in {SHARED}")
@pytest.mark.parametrize("path", WITH_REFERENCE, ids=lambda path: path.name)
def test_real_files_say_what_their_reference_says(path: Path) -> None:
    """Nineteen of twenty words, and little else."""
    document = read(path.read_bytes(), path.name)
    reference = path.with_name(f"{path.name}.truth.md").read_text("utf-8")
    _, _, f1 = word_scores(document, reference)
    assert f1 >= 0.95


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"the real files are not in {SHARED}")
@pytest.mark.parametrize(
    "path",
    [path for kind in ("docx", "epub", "odt", "pptx", "rtf") for path in REAL.glob(f"{kind}/*.*")],
    ids=lambda path: path.name,
)
def test_other_real_files_are_read(path: Path) -> None:
    """With a title and text."""
    if path.name.endswith(".truth.md"):
        pytest.skip("a reference, not a source")
    document = read(path.read_bytes(), path.name)
    assert document.title
    assert text_of(document).strip()
