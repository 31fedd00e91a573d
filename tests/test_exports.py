"""Talk packs: each format is read back with its own library, hostile texts and long ones too."""

import csv
import io
import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import bibtexparser
import docx
import pytest
import rispy
from markdown_it import MarkdownIt
from pptx import Presentation
from pptx.presentation import Presentation as Deck
from samples import PDF_FILE, WEB_PAGE, ranked
from support import FakeEmbedder, load_fake, write_text

from index.search import Index, open_index
from index.sentences import Span
from ingest.pipeline import ingest
from search_app.excerpts import Excerpt, excerpt_of
from search_app.exports.formats import FORMATS, file_name
from search_app.exports.layout import MOST_QUOTE_CHARACTERS, in_slides, parts_of, quote_size
from search_app.exports.talk import Talk, make_talk
from search_app.keeping import Item

QUESTION = "does stress raise IL-6?"
SENTENCE = "Stress raises interleukin-6 & more <in> most people."
PASSAGE = f"It is so. {SENTENCE} It falls again."
LONG = " ".join(f"This is sentence number {n} of a very long quote." for n in range(40))
HOSTILE = (
    "=1+1 \x00\x0b\ufffe</a:t><script>alert(1)</script> ![x](http://evil.example/x) # *b* | %s"
)
CLEAN = "=1+1 </a:t><script>alert(1)</script> ![x](http://evil.example/x) # *b* | %s"
AUTHORS = ["Ada Byron", "Grace Hopper", "Alan Turing"]


def excerpt(text: str = PASSAGE, quote: str = SENTENCE) -> Excerpt:
    """A sentence of a PDF's page 3, printed 215."""
    facts = {**PDF_FILE.metadata, "authors": AUTHORS, "date": "2019", "doi": "10.1000/x(1)"}
    found = ranked(text, replace(PDF_FILE, metadata=facts), page=3)
    found = replace(found, passage=replace(found.passage, page_label="215", heading="Results"))
    start = text.index(quote)
    return excerpt_of(found, Span(start, start + len(quote)), QUESTION)


def web_excerpt() -> Excerpt:
    """A passage of a page on the web."""
    return excerpt_of(ranked("Sleep helps. It is free."), Span(0, 12), QUESTION)


def hostile_excerpt() -> Excerpt:
    """Everything that others can write is hostile."""
    document = replace(
        WEB_PAGE,
        id="https://example.org/evil",
        link='https://example.org/">)](x)<evil>',
        fingerprint="99" * 32,
        title=HOSTILE,
        metadata={"kind": "html", "authors": [HOSTILE], "journal": HOSTILE, "date": HOSTILE},
    )
    return excerpt_of(ranked(HOSTILE, document), None, HOSTILE, HOSTILE)


@pytest.fixture
def library(sources: Path, index_folder: Path, fake: FakeEmbedder) -> Index:
    """An index that holds none of the excerpts, but knows its size."""
    write_text(sources, "kelp.txt", "Kelp", "Kelp breaks the waves of storms.")
    ingest([str(sources)], index_folder, fake)
    return open_index(index_folder, load_fake)


@pytest.fixture
def talk(library: Index) -> Talk:
    """Two quotes of a PDF, one of a page, a long one, and a hostile one."""
    items = [
        Item(excerpt(), "say this slowly"),
        Item(web_excerpt()),
        Item(excerpt(quote="It falls again.")),
        Item(excerpt(LONG, LONG)),
        Item(hostile_excerpt(), HOSTILE),
    ]
    return make_talk(library, QUESTION, items)


def slide_texts(deck: Deck) -> list[str]:
    """All text of each slide, in order."""
    texts = []
    for slide in deck.slides:
        parts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        tables = [shape.table for shape in slide.shapes if shape.has_table]
        parts += [cell.text for table in tables for row in table.rows for cell in row.cells]
        texts.append("\n".join(parts))
    return texts


def test_slides_hold_quotes_table_search_and_references(talk: Talk) -> None:
    """Each with a title; notes hold the passage around the quote, the place and the link."""
    deck = Presentation(io.BytesIO(FORMATS["pptx"].write(talk)))
    slides, texts = list(deck.slides), slide_texts(deck)
    assert all(slide.shapes.title.text_frame.text for slide in slides)
    assert QUESTION in texts[0]
    assert f"\u201c{SENTENCE}\u201d" in texts[1]
    assert "Byron et al., 2019, p. 215 [1]" in texts[1]
    assert "\u201cSleep helps.\u201d" in texts[2]
    assert "Byron, 2024 [2]" in texts[2]
    notes = slides[1].notes_slide.notes_text_frame.text
    assert f"It is so. \u00bb{SENTENCE}\u00ab It falls again." in notes
    for part in (
        "say this slowly",
        "page 3 (printed 215), Results",
        "https://doi.org/10.1000/x%281%29",
    ):
        assert part in notes
    assert f"{WEB_PAGE.link}#:~:text=" in slides[2].notes_slide.notes_text_frame.text
    assert any("evidence at a glance" in text and "Byron et al., 2019" in text for text in texts)
    (searched,) = [text for text in texts if "How this was searched" in text]
    for part in (QUESTION, talk.made, "1 document in 1 passage", "0 of 5 found"):
        assert part in searched
    assert "1. Byron A, Hopper G, Turing A. Sleep. 2019. doi:10.1000/x(1)" in texts[-1]
    assert "/papers" not in "".join(texts) + notes


def test_no_type_on_a_slide_is_smaller_than_can_be_read(talk: Talk) -> None:
    """18 points; and no slide holds more of a quote than fits."""
    deck = Presentation(io.BytesIO(FORMATS["pptx"].write(talk)))
    sizes, quoted = [], []
    for slide in deck.slides:
        frames = [shape.text_frame for shape in slide.shapes if shape.has_text_frame]
        tables = [shape.table for shape in slide.shapes if shape.has_table]
        frames += [cell.text_frame for table in tables for row in table.rows for cell in row.cells]
        runs = [run for frame in frames for line in frame.paragraphs for run in line.runs]
        sizes += [run.font.size.pt for run in runs]
        quoted += [run.text for run in runs if run.font.name == "Georgia"]
    assert min(sizes) >= 18
    assert max(map(len, quoted)) <= MOST_QUOTE_CHARACTERS + 4
    long = [part.strip("\u201c\u201d\u2026\u00a0 ") for part in quoted if "very long quote" in part]
    assert len(long) > 1
    assert " ".join(long) == LONG


def test_handout_holds_quotes_in_context_and_references(talk: Talk) -> None:
    """The quote in bold in its passage, and links to what is on the web."""
    document = docx.Document(io.BytesIO(FORMATS["docx"].write(talk)))
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert lines[0] == QUESTION
    assert f"It is so. \u201c{SENTENCE}\u201d It falls again." in lines
    (bold,) = [
        run.text
        for paragraph in document.paragraphs
        for run in paragraph.runs
        if run.bold and run.text.startswith("\u201cStress")
    ]
    assert bold == f"\u201c{SENTENCE}\u201d"
    assert "1. Byron A, Hopper G, Turing A. Sleep. 2019. doi:10.1000/x(1)" in lines
    addresses = [link.address for p in document.paragraphs for link in p.hyperlinks]
    assert addresses[0] == "https://doi.org/10.1000/x%281%29"
    assert addresses[1] == f"{WEB_PAGE.link}#:~:text=Sleep%20helps."
    assert document.core_properties.author == ""


def test_markdown_takes_no_text_for_a_mark(talk: Talk) -> None:
    """What is read back is what was quoted; no HTML, no picture, no address but the sources'."""
    written = FORMATS["md"].write(talk).decode()
    tokens = MarkdownIt("commonmark").enable("table").parse(written)
    inline = [token for token in tokens if token.type == "inline"]
    kinds = {child.type for token in inline for child in token.children or ()}
    assert kinds <= {"text", "strong_open", "strong_close", "link_open", "link_close", "softbreak"}
    texts = ["".join(child.content for child in token.children or ()) for token in inline]
    assert f"\u201c{SENTENCE}\u201d" in texts
    assert f"\u201c{CLEAN}\u201d" in texts
    links = [
        child.attrGet("href")
        for token in inline
        for child in token.children or ()
        if child.type == "link_open"
    ]
    assert links[0] == "https://doi.org/10.1000/x%281%29"
    assert all(str(link).startswith(("https://doi.org/", "https://example.org/")) for link in links)
    assert not [token for token in tokens if token.type == "html_block"]


def test_no_cell_of_the_table_is_a_formula(talk: Talk) -> None:
    """A row a quote; what would be calculated is text."""
    data = FORMATS["csv"].write(talk)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [row["number"] for row in rows] == ["1", "2", "1", "1", "3"]
    assert (rows[0]["quote"], rows[0]["page"], rows[0]["file"]) == (SENTENCE, "215", "sleep.pdf")
    assert rows[0]["authors"] == "; ".join(AUTHORS)
    assert rows[4]["quote"] == f"'{CLEAN}"
    cells = [cell for row in rows for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert "/papers" not in data.decode()


def test_reference_lists_hold_each_document_once(talk: Talk) -> None:
    """As their own libraries read them."""
    assert len(rispy.loads(FORMATS["ris"].write(talk).decode())) == 3
    library = bibtexparser.parse_string(FORMATS["bib"].write(talk).decode())
    assert (len(library.entries), library.failed_blocks) == (3, [])
    items = json.loads(FORMATS["csl"].write(talk))
    assert [item["type"] for item in items] == ["article-journal", "webpage", "article-journal"]
    assert items[0]["author"][0] == {"family": "Byron", "given": "Ada"}


def test_apa_has_no_numbers_and_an_order_of_its_own(library: Index) -> None:
    """By the first word; the table has no column of numbers."""
    made = make_talk(library, "t", [Item(web_excerpt()), Item(excerpt())], "apa")
    first, second = [text for _, text in made.listed]
    assert first.startswith("Byron, A. (2024, May 1). Stress and sleep.")
    assert second.startswith("Byron, A., Hopper, G., & Turing, A. (2019). Sleep")
    texts = slide_texts(Presentation(io.BytesIO(FORMATS["pptx"].write(made))))
    assert "Byron, 2024" in texts[1]
    assert "[1]" not in "".join(texts)


def test_empty_talk_and_hostile_texts_alone_break_no_format(library: Index) -> None:
    """Every format is written."""
    hostile = make_talk(library, HOSTILE, [Item(hostile_excerpt(), HOSTILE)])
    for each in FORMATS.values():
        assert each.write(hostile)
        each.write(make_talk(library, "", []))
    assert CLEAN in "".join(slide_texts(Presentation(io.BytesIO(FORMATS["pptx"].write(hostile)))))


def test_long_quotes_are_cut_between_sentences_else_between_words() -> None:
    """Nothing is lost, nothing is too long, and the type shrinks before anything is cut."""
    assert parts_of("Short.") == ["Short."]
    assert quote_size("x" * 100) > quote_size("x" * 300) > quote_size("x" * 600)
    parts = parts_of(LONG)
    assert " ".join(parts) == LONG
    assert all(len(part) <= MOST_QUOTE_CHARACTERS and part.endswith(".") for part in parts)
    words = "word " * 400
    assert " ".join(parts_of(words)) == words.strip()
    solid = "x" * 1500
    assert "".join(parts_of(solid)) == solid
    assert max(map(len, parts_of(solid))) <= MOST_QUOTE_CHARACTERS


def test_lists_are_cut_into_slides_by_their_lines() -> None:
    """Rows of two lines at a width of ten: two fit into four lines."""
    rows = [("x" * 20, ""), ("x" * 20, "y"), ("x", "y" * 12)]
    assert [len(group) for group in in_slides(rows, [10, 4], 4)] == [2, 1]
    assert list(in_slides([], [10], 4)) == []


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Does stress raise IL-6?", "Does-stress-raise-IL-6.pptx"),
        ("../../etc/passwd", "etc-passwd.pptx"),
        ("Größe", "Größe.pptx"),
        ("?!", "collection.pptx"),
        ("word " * 40, "-".join(["word"] * 12) + ".pptx"),
    ],
)
def test_file_name_is_made_of_the_title(title: str, name: str) -> None:
    """Letters, digits and dashes, so that it is one everywhere."""
    assert file_name(title, FORMATS["pptx"]) == name


@pytest.mark.parametrize("name", ["pptx", "docx"])
def test_libreoffice_opens_it(talk: Talk, tmp_path: Path, name: str) -> None:
    """And makes as many pages of it as there are slides."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    path = tmp_path / f"talk.{name}"
    path.write_bytes(FORMATS[name].write(talk))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path]
    done = subprocess.run(command, capture_output=True, text=True, timeout=280, check=False)
    assert (tmp_path / "talk.pdf").is_file(), done.stderr
    if name == "pptx":
        from pypdf import PdfReader  # noqa: PLC0415

        slides = len(Presentation(path).slides)
        assert len(PdfReader(tmp_path / "talk.pdf").pages) == slides
