"""What is kept of web pages and what is removed: `python benchmarks/web_pages.py DIR`.

DIR holds the sets `web_segments` (pages, and in `evaldata.json` segments that must and must
not be in their article) and `web_readability` (pages, each with the expected article). Both
are read by the product's own reader; a page that it refuses counts as empty.
"""

import argparse
import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree, html

from index.errors import SourceError
from ingest.readers import read_document
from ingest.sources import Source

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Score:
    """Agreement with a truth; F1 is the harmonic mean of the two."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Zero where nothing agrees."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def main() -> None:
    """Print the scores of both sets, and with --worst the pages that cost most."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, metavar="DIR")
    parser.add_argument("--worst", type=int, default=0, help="name the N worst pages of each set")
    arguments = parser.parse_args()
    _report_segments(arguments.data / "web_segments", arguments.worst)
    _report_articles(arguments.data / "web_readability", arguments.worst)


def _report_segments(folder: Path, worst: int) -> None:
    """Segments as trafilatura's own evaluation counts them: over all pages together."""
    pages = json.loads((folder / "evaldata.json").read_text("utf-8"))
    started = time.process_time()
    counts = {address: _segments(folder, address, page) for address, page in pages.items()}
    took = time.process_time() - started
    total = Counter[str]()
    for count in counts.values():
        total.update(count)
    kept, lost, left = total["kept"], total["lost"], total["left in"]
    score = Score(kept / (kept + left), kept / (kept + lost))
    print(
        f"web_segments: {len(pages)} pages, {_line(score)}; of {kept + lost} must-have segments "
        f"{lost} lost, of {left + total['removed']} must-not-have ones {left} left in; "
        f"{1000 * took / len(pages):.0f} CPU ms a page"
    )
    for address in sorted(counts, key=lambda a: -counts[a]["lost"] - counts[a]["left in"])[:worst]:
        print(f"  {pages[address]['file']}: {dict(counts[address])}")


def _segments(folder: Path, address: str, page: dict[str, list[str]]) -> Counter[str]:
    content = gzip.decompress((folder / "html" / f"{page['file']}.gz").read_bytes())
    text = _squeezed("\n".join(_read(content, address)))
    return Counter(
        ["kept" if _squeezed(segment) in text else "lost" for segment in page["with"]]
        + ["left in" if _squeezed(segment) in text else "removed" for segment in page["without"]]
    )


def _report_articles(folder: Path, worst: int) -> None:
    """Words as a bag, F1 of each page, and the mean over the pages."""
    started = time.process_time()
    scores = dict(_articles(folder))
    took = time.process_time() - started
    pages = len(scores)
    mean = Score(
        sum(score.precision for score in scores.values()) / pages,
        sum(score.recall for score in scores.values()) / pages,
    )
    f1 = sum(score.f1 for score in scores.values()) / pages
    print(
        f"web_readability: {pages} pages, mean of the pages' F1 of words {f1:.3f} (precision "
        f"{mean.precision:.3f}, recall {mean.recall:.3f}); {1000 * took / pages:.0f} CPU ms a page"
    )
    for name in sorted(scores, key=lambda one: scores[one].f1)[:worst]:
        print(f"  {name}: {_line(scores[name])}")


def _articles(folder: Path) -> Iterator[tuple[str, Score]]:
    for page in sorted(folder.iterdir()):
        source, expected = (
            gzip.decompress((page / f"{name}.html.gz").read_bytes())
            for name in ("source", "expected")
        )
        found = _words("\n".join(_read(source, f"https://example.org/{page.name}")[1:]))
        truth = _words(_plain(expected))
        both = (found & truth).total()
        yield page.name, Score(both / max(1, found.total()), both / max(1, truth.total()))


def _plain(content: bytes) -> str:
    """All text of an HTML file; tags part words, as in a browser only those of blocks do."""
    tree = html.fromstring(content, parser=etree.HTMLParser(encoding="utf-8"))
    etree.strip_elements(tree, "script", "style", "noscript", "template", with_tail=False)
    inline = {"a", "abbr", "b", "code", "em", "font", "i", "span", "strong", "sub", "sup", "u"}
    for element in tree.iter(etree.Element):
        if element.tag not in inline:
            element.text = f" {element.text or ''}"
            element.tail = f" {element.tail or ''}"
    return "".join(tree.itertext())


def _read(content: bytes, address: str) -> list[str]:
    """Title and text; the expected articles are without their titles."""
    try:
        document = read_document(content, Source(address, None, address), "text/html")
    except SourceError:
        return []
    return [document.title, *(page.text for page in document.pages)]


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.lower()))


def _line(score: Score) -> str:
    return f"F1 {score.f1:.3f} (precision {score.precision:.3f}, recall {score.recall:.3f})"


if __name__ == "__main__":
    main()
