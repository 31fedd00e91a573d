"""PDFs as publishers print them: margins, columns, tables, floats, raised numbers, back matter."""

import io
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from index.documents import Document
from ingest.readers import read_document
from ingest.sources import Source
from ingest.splitting import split_passages

HEIGHT = A4[1]
LEADING = 13
BODY, BOLD, SMALL = ("Times-Roman", 10), ("Times-Bold", 12), ("Helvetica", 7.5)
LAST_LINES = ("39 people stayed on.", "Nobody was hurt.")
SENTENCES = (
    "The first group slept in a quiet room near the",
    "sea, and the second one beside a railway line.",
    "Nobody in either group knew what was measured,",
    "and all of them kept a diary of their evenings.",
    "Blood was drawn at noon on the seventh day by a",
    "nurse who did not know the group of the person.",
    "Cells were counted twice by two other people at",
    "another hospital, and their counts agreed well.",
    "What they had eaten was written down each night",
    "and they wrote down when they put out the lamp.",
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WIDE = tuple(f"{left} {right}" for left, right in zip(SENTENCES[::2], SENTENCES[1::2], strict=True))


def paragraphs(number: int) -> list[str]:
    """Lines that no other page has."""
    return [f"{WEEKDAYS[number - 1]} {line}" for line in WIDE * 3]


def read(draw: Callable[[Canvas], None], name: str = "a.pdf") -> Document:
    """The document that is read from what `draw` draws."""
    content = io.BytesIO()
    page = Canvas(content, pagesize=A4, invariant=1)
    draw(page)
    page.save()
    path = Path("/library") / name
    return read_document(content.getvalue(), Source(str(path), path, path.as_uri()))


def write(
    page: Canvas,
    left: float,
    top: float,
    lines: Iterable[str],
    font: tuple[str, float] = BODY,
) -> float:
    """Write lines below each other, `top` points from the top; where the next one goes."""
    page.setFont(*font)
    for line in lines:
        page.drawString(left, HEIGHT - top, line)
        top += LEADING
    return top


def reading(document: Document) -> dict[str, object]:
    """What its reader reports."""
    facts = document.metadata["reading"]
    assert isinstance(facts, dict)
    return facts


@pytest.fixture(scope="module")
def journal() -> Document:
    """Seven pages with other heads left and right, and the article's own line below page one."""

    def draw(page: Canvas) -> None:
        for number in range(1, 8):
            write(page, 60, 100 + number, paragraphs(number))
            if number == 1:
                write(page, 60, 800, ["Lind et al. Sleep Letters 2015, 16:2"], SMALL)
            elif number % 2:
                write(page, 400, 40, [f"NOISE AND SLEEP   {number}"], SMALL)
            else:
                write(page, 60, 40, [f"{number}   Lind et al. Sleep Letters 2015, 16:2"], SMALL)
            page.showPage()

    return read(draw)


def test_heads_of_left_and_right_pages_are_left_out(journal: Document) -> None:
    """Each is on fewer than half of all pages."""
    text = "\n".join(page.text for page in journal.pages)
    assert "NOISE AND SLEEP" not in text
    assert text.count("Lind et al.") == 0
    for page in journal.pages:
        assert page.text == " ".join(paragraphs(page.number or 0))
    assert int(str(reading(journal)["boilerplate_characters"])) > 6 * len("NOISE AND SLEEP")


def test_what_the_margins_say_of_the_article_is_kept_as_metadata(journal: Document) -> None:
    """They are no text, but name the journal."""
    assert journal.metadata["journal"] == "Sleep Letters"
    assert journal.metadata["origins"]["journal"] == "first page"


def test_line_numbers_are_left_out_and_other_numbers_stay() -> None:
    """As in preprints; a number that begins a line of the text is none."""

    def draw(page: Canvas) -> None:
        for number, start in enumerate((1, 17), 1):
            lines = [*paragraphs(number), LAST_LINES[number - 1]]
            for place, line in enumerate(lines):
                top = 80 + 3 * number + 2 * LEADING * place
                write(page, 40, top, [str(start + place)], SMALL)
                write(page, 70, top, [line])
            page.showPage()

    first, second = (page.text for page in read(draw).pages)
    assert first.startswith("monday The first group slept in a quiet room")
    assert "39 people stayed on." in first
    assert not {word for word in f"{first} {second}".split() if word.isdigit()} - {"39"}


def test_columns_that_a_file_writes_across_are_read_one_after_the_other() -> None:
    """Some programs write line by line over both columns."""

    def draw(page: Canvas) -> None:
        write(page, 60, 60, ["A title over both of the columns"], ("Times-Bold", 16))
        for place, line in enumerate(SENTENCES):
            write(page, 60, 100 + LEADING * place, [line])
            write(page, 320, 100 + LEADING * place, [line.replace("the", "their")])

    document = read(draw)
    text = " ".join(document.pages[0].text.split())
    assert reading(document)["columns"] == 2
    assert "near the sea, and the second one" in text
    assert text.index("near the sea") < text.index("the lamp") < text.index("near their sea")


def test_a_table_is_rows_with_its_header() -> None:
    """A cell that a row lacks stays empty, the rest of a long cell belongs to its row."""

    def draw(page: Canvas) -> None:
        top = write(page, 60, 80, [*WIDE, "Table 1 Cells by group"])
        rows = (
            ("Group", "People", "Cells"),
            ("Quiet room near", "40", "310"),
            ("Beside a railway", "38", "295"),
            ("On a ship", "", "301"),
            ("At home", "44", "322"),
        )
        for row in rows:
            for left, cell in zip((60, 220, 320), row, strict=True):
                write(page, left, top, [cell])
            top += LEADING
            if row[0].endswith("near"):
                top = write(page, 60, top, ["the sea"])

    (page,) = read(draw).pages
    assert page.text.split("\n\n")[-1].splitlines()[-5:] == [
        "Group | People | Cells",
        "Quiet room near the sea | 40 | 310",
        "Beside a railway | 38 | 295",
        "On a ship |  | 301",
        "At home | 44 | 322",
    ]


def test_raised_numbers_of_citations_are_no_part_of_the_word() -> None:
    """But those of units are."""

    def draw(page: Canvas) -> None:
        top = write(page, 60, 80, WIDE)
        text = page.beginText(60, HEIGHT - top)
        for part, rise in (("In species", 0), ("6", 4), (" of 20 m", 0), ("2", 4), (" it was", 0)):
            text.setFont("Times-Roman", 6 if rise else 10)
            text.setRise(rise)
            text.textOut(part)
        page.drawText(text)

    (page,) = read(draw).pages
    assert "In species 6 of 20 m2 it was" in page.text


def test_a_figure_does_not_stand_in_the_middle_of_a_sentence() -> None:
    """Its caption goes after the paragraph that it interrupts."""

    def draw(page: Canvas) -> None:
        top = write(page, 60, 80, [*WIDE, "The sleepers who had heard no trains at night were"])
        top = write(page, 60, top + 40, ["Figure 1 A room near the sea with a bed in it."], SMALL)
        write(page, 60, top + 40, ["calmer on the next day. They also made fewer errors.", *WIDE])

    (page,) = read(draw).pages
    assert "who had heard no trains at night were calmer on the next day." in page.text
    assert "Figure 1 A room near the sea with a bed in it." in page.text.split("\n\n")


def test_back_matter_gets_headings_and_is_not_ranked() -> None:
    """Who paid is on the page, but answers no question."""

    def draw(page: Canvas) -> None:
        top = write(page, 60, 60, ["Trains at night and cells by day"], ("Times-Bold", 20))
        top = write(page, 60, top + 10, ["Results"], BOLD)
        top = write(page, 60, top, WIDE)
        top = write(page, 60, top + 20, ["Funding: A bank paid for all of the beds."])
        top = write(page, 60, top + 20, ["Competing interests: None of us owns a bank."])
        top = write(page, 60, top + 20, ["References"])
        write(page, 60, top, ["1. Marsh B. Sleep near railways. Sleep Letters. 2011;4:1-9."])

    document = read(draw)
    passages = split_passages(document, lambda text: len(text.split()))
    assert "## Funding\n\nA bank paid for all of the beds." in document.pages[0].text
    assert reading(document)["references"] == 1
    assert {passage.heading for passage in passages} == {"Results"}
    assert not any("bank" in passage.text or "Marsh" in passage.text for passage in passages)


def test_fields_come_from_the_first_page_and_say_so() -> None:
    """Where the file's own description is empty."""

    def draw(page: Canvas) -> None:
        top = write(page, 60, 60, ["RESEARCH ARTICLE"], SMALL)
        top = write(page, 60, top + 20, ["Trains at night and cells by day"], ("Times-Bold", 20))
        top = write(page, 60, top + 10, ["Ada Lind1,2*, Bo van Marsh3 and Cleo M. Day"], BOLD)
        top = write(page, 60, top + 10, ["Department of Sleep, University of Nowhere"])
        top = write(page, 60, top + 10, ["Published: 5 March 2019  doi: 10.1234/sleep.2019.7."])
        top = write(page, 60, top + 10, ["https://creativecommons.org/licenses/by-nc/4.0/"])
        write(page, 60, top + 20, WIDE)

    document = read(draw)
    assert document.title == "Trains at night and cells by day"
    assert document.authors == ["Ada Lind", "Bo van Marsh", "Cleo M. Day"]
    assert document.date == "2019-03-05"
    assert document.metadata["doi"] == "10.1234/sleep.2019.7"
    assert document.metadata["licence"] == "CC BY-NC 4.0"
    assert document.metadata["origins"] == dict.fromkeys(
        ("title", "authors", "date", "doi", "licence"), "first page"
    )


@pytest.mark.parametrize("pages_before", [0, 1])
def test_doi_of_a_cited_work_is_not_taken_for_its_own(pages_before: int) -> None:
    """On the first page, below the text, or on a later one."""

    def draw(page: Canvas) -> None:
        top = write(page, 60, 60, ["Trains at night and cells by day"], ("Times-Bold", 20))
        top = write(page, 60, top + 20, WIDE)
        for _ in range(pages_before):
            page.showPage()
            top = write(page, 60, 60, WIDE)
        top = write(page, 60, top + 20, ["References"], BOLD)
        write(page, 60, top + 10, ["Marsh B. Railways. 2011. https://doi.org/10.1234/rail.2011.4"])

    assert "doi" not in read(draw).metadata


def test_doi_in_the_foot_of_every_page_is_its_own() -> None:
    """Where the first page has none in its head."""

    def draw(page: Canvas) -> None:
        write(page, 60, 60, ["Trains at night and cells by day"], ("Times-Bold", 20))
        write(page, 60, 120, WIDE)
        for _ in range(2):
            page.showPage()
            write(page, 60, 60, WIDE)
            write(page, 60, 800, ["doi:10.1234/sleep.2019.7"], SMALL)

    assert read(draw).metadata["doi"] == "10.1234/sleep.2019.7"
