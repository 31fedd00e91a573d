"""How much of an article's true text is in what is read from its PDF: ours, PDFium's and pypdf's.

    .venv/bin/python benchmarks/pdf_text.py DIR

DIR holds a folder an article with `paper.pdf` and `truth.txt` (paragraphs between blank lines).
"""

import argparse
import logging
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import astuple, dataclass
from pathlib import Path
from statistics import mean

import pypdf
import pypdfium2

from index.documents import Document
from ingest.readers import read_document
from ingest.readers.pdfium_text import extract_text
from ingest.sources import Source

logging.getLogger("pypdf").setLevel(logging.CRITICAL)

_LENGTH = 40
_EDGE_LINES = 3
_TIMES = 3
_SHARE_OF_PAGES = 0.3


@dataclass(frozen=True)
class Shares:
    """Share of the truth's shingles in each text.

    Attributes:
        ours: in what Citewell reads.
        pdfium: in PDFium's text as it is.
        pypdf: in pypdf's.
        of_what_is_there: ours, of the shingles that any of the three holds.
    """

    ours: float
    pdfium: float
    pypdf: float
    of_what_is_there: float


def main() -> None:
    """Print a table a normalisation, then margins left in and processor time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    papers = sorted(parser.parse_args().folder.glob("*/paper.pdf"))
    compared = {paper.parent.name: compare(paper) for paper in papers}
    for name in NORMALISATIONS:
        print(f"\n{name}\n\n| article | ours | pdfium | pypdf | ours, of what is there |")
        print("|---|---|---|---|---|")
        rows = {article: astuple(shares[name]) for article, shares in compared.items()}
        means = tuple(map(mean, zip(*rows.values(), strict=True)))
        for article, row in (*rows.items(), ("mean", means)):
            print(f"| {article} | {' | '.join(_figure(share) for share in row)} |")
    print("\nLines that repeat at the edges of pages, numbers aside, and are left in:")
    for paper in papers:
        print(f"{paper.parent.name}: {margins_left(paper) or 'none'}")
    _print_time(papers)


def compare(paper: Path) -> dict[str, Shares]:
    """How much of the truth beside a PDF is in its text, by way of comparing.

    Args:
        paper: the PDF; `truth.txt` stands beside it.
    """
    paragraphs = (paper.parent / "truth.txt").read_text("utf-8").split("\n\n")
    texts = _read(paper)
    return {
        name: _shares(paragraphs, texts, normalise) for name, normalise in NORMALISATIONS.items()
    }


def margins_left(paper: Path) -> dict[str, int]:
    """Lines that PDFium has at the edges of many pages and that are left in our text: how often."""
    ours = "\n".join(page.text for page in _document(paper).pages)
    counts = {
        line: len(re.findall(_pattern(line), ours, re.MULTILINE)) for line in _repeated_lines(paper)
    }
    return {line: count for line, count in counts.items() if count}


def _figure(share: float) -> str:
    return f"{share:.4f}".lstrip("0")


def _no_spaces(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _one_space(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


NORMALISATIONS: dict[str, Callable[[str], str]] = {
    "NFKC, no white space": _no_spaces,
    "NFKC, each white space one space": _one_space,
    "NFKC, letters and digits only, case folded": _letters,
}


def _read(paper: Path) -> list[str]:
    """All text of ours, of PDFium and of pypdf."""
    return [
        "\n".join(page.text for page in _document(paper).pages),
        "\n".join(_bare_pages(paper)),
        "\n".join(page.extract_text() for page in pypdf.PdfReader(paper).pages),
    ]


def _bare_pages(paper: Path) -> list[str]:
    """PDFium's text of each page, as it is."""
    with closing(pypdfium2.PdfDocument(paper)) as document:
        return [_bare_text(page) for page in document]


def _bare_text(page: pypdfium2.PdfPage) -> str:
    with closing(page), closing(page.get_textpage()) as text_page:
        return text_page.get_text_bounded()


def _document(paper: Path) -> Document:
    return read_document(paper.read_bytes(), Source(str(paper), paper, paper.resolve().as_uri()))


def _shares(paragraphs: list[str], texts: list[str], normalise: Callable[[str], str]) -> Shares:
    truth = [part for paragraph in paragraphs for part in _shingles(normalise(paragraph))]
    held = [set(_shingles(normalise(text))) for text in texts]
    shares = [sum(part in each for part in truth) / len(truth) for each in held]
    there = [part for part in truth if any(part in each for each in held)]
    return Shares(*shares, sum(part in held[0] for part in there) / len(there))


def _shingles(text: str) -> Iterable[str]:
    return (text[start : start + _LENGTH] for start in range(len(text) - _LENGTH + 1))


def _repeated_lines(paper: Path) -> list[str]:
    pages = _bare_pages(paper)
    seen: Counter[str] = Counter()
    for page in pages:
        lines = [line.strip() for line in page.splitlines() if line.strip()]
        # A file can write both margins first, or both last.
        edges = {*lines[: 2 * _EDGE_LINES], *lines[-2 * _EDGE_LINES :]}
        seen.update({re.sub(r"\d+", "#", line) for line in edges})
    fewest = max(2, _SHARE_OF_PAGES * len(pages))
    return [text for text, count in seen.items() if count >= fewest]


def _pattern(line: str) -> str:
    return "^" + r"\d+".join(re.escape(part) for part in line.split("#")) + "$"


def _print_time(papers: list[Path]) -> None:
    pages = sum(len(_bare_pages(paper)) for paper in papers)
    bare = min(_seconds(_bare_pages, papers) for _ in range(_TIMES))
    ours = min(_seconds(lambda paper: extract_text(str(paper)), papers) for _ in range(_TIMES))
    print(f"\nPages a processor second: PDFium alone {pages / bare:.0f}, ours {pages / ours:.0f}")


def _seconds(read: Callable[[Path], object], papers: list[Path]) -> float:
    started = time.process_time()
    for paper in papers:
        read(paper)
    return time.process_time() - started


if __name__ == "__main__":
    main()
