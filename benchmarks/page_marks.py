"""Are sentences marked where they stand? Reads what lies under the marks of PDF pages.

    python benchmarks/page_marks.py [PDF ...]

Without arguments: the papers of the starter library, and the articles of ../shared/data where
they are. Each sentence of each passage is looked for on its page, as the viewer does, and what
PDFium reads under its boxes is compared with it, by letters and digits alone.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium

from index.sentences import sentence_spans
from ingest.readers import read_document
from ingest.sources import Source
from ingest.splitting import split_passages
from search_app.page_letters import Letters, boxes_of, fold, letters_of

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data"
# A box may touch a letter of the line above or below.
_SAME = 0.95


def main() -> None:
    """Print a line a file, and the sum."""
    given = [Path(name) for name in sys.argv[1:]]
    papers = given or [
        *sorted((ROOT / "corpus" / "papers").glob("*.pdf")),
        *sorted((SHARED / "pdf_with_truth").glob("*/paper.pdf")),
    ]
    total: Counter[str] = Counter()
    print(f"{'sentences':>9} {'whole':>6} {'parts':>6} {'none':>5} {'right':>6}  file")
    for paper in papers:
        counts = measure(paper)
        total += counts
        print(f"{_line(counts)}  {paper.parent.name}/{paper.name}")
    print(f"{_line(total)}  all")


def _line(counts: Counter[str]) -> str:
    return (
        f"{counts['sentences']:9} {counts['whole']:6} {counts['parts']:6} {counts['none']:5} "
        f"{counts['right']:6}"
    )


def measure(paper: Path) -> Counter[str]:
    """How many sentences are found whole, in parts or not at all, and how many are marked right."""
    counts: Counter[str] = Counter()
    file = pdfium.PdfDocument(paper)
    known: dict[int, tuple[pdfium.PdfTextPage, Letters]] = {}
    for number, sentence, near in _sentences(paper):
        if number not in known:
            text_page = file[number - 1].get_textpage()
            known[number] = (text_page, letters_of(text_page))
        text_page, letters = known[number]
        boxes = boxes_of(text_page, letters, sentence, near)
        counts["sentences"] += 1
        counts["none" if not boxes else "whole" if fold(sentence) in letters.text else "parts"] += 1
        read = "".join(
            text_page.get_text_bounded(box.left, box.bottom, box.right, box.top) for box in boxes
        )
        counts["right"] += bool(boxes) and _share(fold(sentence), fold(read)) >= _SAME
    return counts


def _sentences(paper: Path) -> Iterator[tuple[int, str, float]]:
    """Page, text and place of each sentence of the passages that a library would hold."""
    document = read_document(paper.read_bytes(), Source(str(paper), paper, paper.as_uri()))
    pages = {page.number: page for page in document.pages}
    for passage in split_passages(document, lambda text: len(text.split())):
        page = pages[passage.page]
        for span in sentence_spans(passage.text):
            text = passage.text[span.start : span.end]
            if fold(text):
                near = (passage.start + span.start) / max(1, len(page.text))
                yield page.number or 1, text, near


def _share(sentence: str, read: str) -> float:
    """Share of the letters of the longer text that both have, whatever their order."""
    both = (Counter(sentence) & Counter(read)).total()
    return both / max(len(sentence), len(read), 1)


if __name__ == "__main__":
    main()
