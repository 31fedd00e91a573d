"""Real articles: PDFs against the text that their publisher gives, web pages against readers'."""

import gzip
import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree
from support import SHARED

from index.documents import Document
from index.errors import SourceError
from ingest.readers import read_document
from ingest.sources import Source, find_sources

WITH_TRUTH = SHARED / "pdf_with_truth"
WEB = SHARED / "web_readability"
FORMATS = SHARED / "formats"
WORD = re.compile(r"[a-z]{2,}")

skip_without_data = pytest.mark.skipif(
    not SHARED.is_dir(), reason=f"the real articles are not in {SHARED}; see CONTRIBUTING.md"
)
pytestmark = skip_without_data


def read(path: Path) -> Document:
    """Read a file."""
    (source,) = find_sources([str(path)]).sources
    return read_document(path.read_bytes(), source)


def words(text: str) -> Counter[str]:
    """How often each word occurs."""
    return Counter(WORD.findall(text.lower()))


def share(part: Counter[str], whole: Counter[str]) -> float:
    """Share of the words of `whole` that `part` holds as well."""
    return (part & whole).total() / whole.total()


def text_of(document: Document) -> str:
    """All its pages."""
    return "\n\n".join(page.text for page in document.pages)


PAPERS = sorted(WITH_TRUTH.glob("*/paper.pdf")) if WITH_TRUTH.is_dir() else []


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.parent.name)
def test_the_words_of_a_paper_are_read(paper: Path) -> None:
    """At least 95 of 100, by the publisher's own text; no word is broken at a line end."""
    truth = words((paper.parent / "truth.txt").read_text("utf-8"))
    assert share(words(text_of(read(paper))), truth) >= 0.95


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.parent.name)
def test_paragraphs_of_a_paper_are_whole(paper: Path) -> None:
    """At most one of eight begins in the middle of a sentence."""
    blocks = [
        block
        for page in read(paper).pages
        for block in page.text.split("\n\n")[1:]
        if len(block) > 200 and not block.startswith("#")
    ]
    torn = [block for block in blocks if block[0].islower()]
    assert len(torn) <= len(blocks) / 8, [block[:60] for block in torn]


def truth_headings(paper: Path) -> set[str]:
    """Section titles in the publisher's file, letters only."""
    found: set[str] = set()
    for file in paper.parent.glob("*xml"):
        root = etree.parse(file, etree.XMLParser(recover=True, load_dtd=False, no_network=True))
        found |= {
            re.sub(r"[^a-z]", "", "".join(title.itertext()).lower())
            for title in root.iter("title", "st")
            if title.getparent().tag == "sec"
        }
    return found - {""}


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.parent.name)
def test_headings_of_a_paper_are_found(paper: Path) -> None:
    """At least 60 of 100 section titles; those that stand in their paragraph's line are not."""
    truth = truth_headings(paper)
    if not truth:
        pytest.skip("the publisher's file has no section titles")
    headings = re.findall(r"^#+ (.+)$", text_of(read(paper)), re.MULTILINE)
    found = {re.sub(r"[^a-z]", "", heading.lower()) for heading in headings}
    assert len(truth & found) >= 0.6 * len(truth), truth - found


PAGES = ["001", "ars-1", "bbc-1", "medicalnewstoday", "quanta-1"]


def unpacked(folder: Path, stem: str) -> bytes:
    """A file of the folder, packed or not."""
    (path,) = folder.glob(f"{stem}*")
    content = path.read_bytes()
    return gzip.decompress(content) if path.suffix == ".gz" else content


@pytest.mark.parametrize("name", PAGES)
def test_the_article_of_a_web_page_is_read(name: str) -> None:
    """Nine of ten words of the expected article, and little else."""
    address = f"https://example.org/{name}"
    document = read_document(
        unpacked(WEB / name, "source"), Source(address, None, address), "text/html"
    )
    expected = etree.fromstring(unpacked(WEB / name, "expected.html"), etree.HTMLParser())
    truth = words(" ".join(expected.itertext()))
    found = words(text_of(document))
    assert share(found, truth) >= 0.9
    assert share(truth, found) >= 0.9
    assert document.title


@pytest.mark.parametrize(
    "path",
    [path for kind in ("md", "html") for path in sorted((FORMATS / kind).glob("*.*"))],
    ids=lambda path: path.name,
)
def test_other_real_files_are_read(path: Path) -> None:
    """With a title and text."""
    try:
        document = read(path)
    except SourceError as error:
        pytest.fail(str(error))
    assert document.title
    assert len(text_of(document)) > 100
