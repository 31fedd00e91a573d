"""The starter corpus is built from its sources without losing or inventing a word."""

import re
import unicodedata
from datetime import date
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
import trafilatura
from builders.html_page import TEMPLATES, choose_related, choose_template, render_page
from builders.links import find_links
from builders.outputs import render_outputs, write_outputs
from builders.pdf_paper import render_paper, shorten_title
from builders.sources import Source, SourceError, read_source
from pypdf import PdfReader

PARAGRAPHS = (
    "Stress is any demand that a person has to meet, and the body answers it within minutes.",
    "Interleukin-6 rose by 1.8 ± 0.4 pg/mL, and TNF-α and IL-1β by ≥ 10%.",  # noqa: RUF001
    "Pro- and anti-inflammatory cytokines changed – but not in all (Memiş, 2004).",  # noqa: RUF001
)
ITEMS = ("sleep of less than six hours;", "work at night.")
REFERENCES = (
    "Memiş, Yağmur. Effects of lornoxicam. Critical Care. 2004. https://doi.org/10.1186/cc2969",
    "Nowak Ł. Ageing. Lancet. 2005. https://doi.org/10.1016/S0140-6736(05)67483-1",
    "Sheehan. An interview. J Clin Psychiatry. 1998. https://pubmed.ncbi.nlm.nih.gov/9881538/",
)
HEADINGS = ("What was found", "What is not known", "References")
BOILERPLATE = ("cookie", "newsletter", "imprint", "share", "privacy", "topics", "another page")


def markdown(repeat: int = 1) -> str:
    """The text of a source; its middle section stands there several times to fill pages."""
    middle = [f"## {HEADINGS[0]}", PARAGRAPHS[1], "\n".join(f"- {item}" for item in ITEMS)] * repeat
    end = [f"## {HEADINGS[1]}", PARAGRAPHS[2], f"## {HEADINGS[2]}"]
    references = "\n".join(f"- {reference}" for reference in REFERENCES)
    return "\n\n".join([PARAGRAPHS[0], *middle, *end, references])


def make_source(kind: str, first_page: int = 1, repeat: int = 1) -> Source:
    """A source with signs, Greek and Turkish letters, a list, and a DOI with brackets."""
    return Source(
        slug="stress-and-cytokines",
        title="Stress & cytokines: a longer look at interleukins",
        author="Citewell contributors",
        date=date(2026, 10, 3),
        licence="CC BY 4.0",
        format=kind,
        markdown=markdown(repeat),
        first_page=first_page,
    )


def write_source(folder: Path, slug: str, kind: str) -> Path:
    """Write a source file into the sources of a corpus folder."""
    path = folder / "sources" / f"{slug}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    fields = f'title: "On {slug}"\nauthor: A\ndate: 2026-10-03\nlicence: CC BY 4.0\nformat: {kind}'
    path.write_text(f"---\n{fields}\n---\n\n{markdown()}\n", encoding="utf-8")
    return path


def words(text: str) -> list[str]:
    """The words of a text, with signs that look the same (µ and μ) made one."""
    return unicodedata.normalize("NFKC", text).split()


def open_paper(source: Source) -> PdfReader:
    """Render a paper and open it with pypdf."""
    return PdfReader(BytesIO(render_paper(source)))


def pdf_text(content: bytes) -> str:
    """The text of all pages as a PDF reader sees it."""
    with pypdfium2.PdfDocument(content) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


@pytest.mark.parametrize("template", TEMPLATES)
def test_page_keeps_every_paragraph_and_heading(template: str) -> None:
    """What trafilatura reads from a page holds all of the article's text, in order."""
    page = render_page(make_source("html"), ["Another page"], template)
    text = trafilatura.bare_extraction(page.decode(), favor_precision=True).text
    parts = [PARAGRAPHS[0], HEADINGS[0], PARAGRAPHS[1], *ITEMS, HEADINGS[1], PARAGRAPHS[2]]
    places = [text.find(part) for part in [*parts, HEADINGS[2], *REFERENCES]]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("template", TEMPLATES)
def test_page_boilerplate_is_there_and_is_dropped(template: str) -> None:
    """Menus, banners and boxes are on the page, but not in what trafilatura reads."""
    page = render_page(make_source("html"), ["Another page"], template).decode()
    text = trafilatura.bare_extraction(page, favor_precision=True).text
    assert {"cookie", "newsletter", "imprint", "another page"} <= {
        word for word in BOILERPLATE if word in page.lower()
    }
    assert not [word for word in BOILERPLATE if word in text.lower()]


@pytest.mark.parametrize("template", TEMPLATES)
def test_page_metadata_is_found(template: str) -> None:
    """Title, author, date and licence can be read, however the template gives them."""
    source = make_source("html")
    page = render_page(source, [], template).decode()
    document = trafilatura.bare_extraction(page, favor_precision=True, with_metadata=True)
    assert (document.title, document.author) == (source.title, source.author)
    assert (document.date, document.license) == ("2026-10-03", "CC BY 4.0")


@pytest.mark.parametrize("template", TEMPLATES)
def test_page_has_no_address_of_its_own_and_loads_nothing(template: str) -> None:
    """Links lead to references, to the licence or nowhere; there are no outside resources."""
    page = render_page(make_source("html"), ["Another page"], template).decode()
    targets = {link for link in re.findall(r'href="([^"]*)"', page) if not link.startswith("#")}
    references = {find_links(reference)[0] for reference in REFERENCES}
    assert targets == references | {"https://creativecommons.org/licenses/by/4.0/"}
    assert not re.search(r"\bsrc=|canonical|og:url|@import|url\(", page)


def test_each_template_is_chosen_by_some_name() -> None:
    """Names spread over the templates."""
    assert {choose_template(f"article-{n}") for n in range(20)} == set(TEMPLATES)


def test_related_titles_go_round_at_the_end(tmp_path: Path) -> None:
    """The last source is followed by the first, and none is related to itself."""
    sources = [read_source(write_source(tmp_path, slug, "html")) for slug in ("a", "b", "c")]
    assert choose_related(sources[1], sources) == ["On c", "On a"]


@pytest.mark.parametrize("kind", ["pdf", "pdf-two-column"])
def test_paper_holds_every_word_in_order(kind: str) -> None:
    """The PDF's text has the words of each paragraph, also where columns and pages break."""
    source = make_source(kind, repeat=9)
    text = words(pdf_text(render_paper(source)))
    for part in (source.title, *PARAGRAPHS, *ITEMS, *HEADINGS, *REFERENCES):
        assert not set(words(part)) - set(text)
    body = [*words(PARAGRAPHS[0]), *words(HEADINGS[0]), *words(PARAGRAPHS[1])]
    assert " ".join(body) in " ".join(text)


@pytest.mark.parametrize("kind", ["pdf", "pdf-two-column"])
def test_paper_tells_its_metadata_outline_and_links(kind: str) -> None:
    """Title, author, date and licence stand in the file; sections in its outline; DOIs link."""
    paper = open_paper(make_source(kind))
    assert (paper.metadata.title, paper.metadata.author) == (
        "Stress & cytokines: a longer look at interleukins",
        "Citewell contributors",
    )
    assert paper.metadata.creation_date.date() == date(2026, 10, 3)
    assert tuple(entry.title for entry in paper.outline) == HEADINGS
    links = [note.get_object()["/A"]["/URI"] for page in paper.pages for note in page["/Annots"]]
    assert set(links) == {find_links(reference)[0] for reference in REFERENCES}


def test_paper_prints_and_labels_its_page_numbers() -> None:
    """A paper that starts on page 101 says so at the foot of each page and in its labels."""
    paper = open_paper(make_source("pdf", first_page=101, repeat=9))
    assert paper.page_labels == [str(101 + index) for index in range(len(paper.pages))]
    assert len(paper.pages) > 1
    for label, page in zip(paper.page_labels, paper.pages, strict=True):
        assert label in page.extract_text().split()


def test_papers_without_first_page_count_from_one() -> None:
    """Without first_page in the front matter, labels are page numbers."""
    assert open_paper(make_source("pdf", repeat=9)).page_labels[:2] == ["1", "2"]


def test_letters_that_no_font_has_are_refused() -> None:
    """A character that would print as a black box stops the build, by name."""
    source = Source("s", "心", "A", date(2026, 10, 3), "CC BY 4.0", "pdf", "Text.")
    with pytest.raises(SourceError, match=r"'心' \(U\+5FC3\)"):
        render_paper(source)


def test_short_titles_end_at_a_colon_or_between_words() -> None:
    """The running header never cuts a word."""
    assert shorten_title("Stress & cytokines: a longer look") == "Stress & cytokines"
    assert shorten_title("wordword " * 8) == "wordword " * 5 + "wordword…"


def test_build_writes_the_same_bytes_each_time(tmp_path: Path) -> None:
    """A second build changes nothing, so that built files can be kept in git."""
    for slug, kind in (("a", "html"), ("b", "pdf"), ("c", "pdf-two-column")):
        write_source(tmp_path, slug, kind)
    written = write_outputs(render_outputs(tmp_path))
    names = [output.path.relative_to(tmp_path).as_posix() for output in written]
    assert names == ["articles/a.html", "papers/b.pdf", "papers/c.pdf"]
    assert write_outputs(render_outputs(tmp_path)) == []


def test_build_leaves_other_files_alone(tmp_path: Path) -> None:
    """Articles written by hand stand beside the built ones."""
    write_source(tmp_path, "a", "html")
    other = tmp_path / "articles" / "by-hand.md"
    other.parent.mkdir()
    other.write_text("by hand", encoding="utf-8")
    write_outputs(render_outputs(tmp_path))
    assert other.read_text(encoding="utf-8") == "by hand"
