"""How well other formats than PDF and HTML are read: `python benchmarks/reading_formats.py [DIR]`.

DIR (default: ../shared/data) holds `formats/KIND/FILE` with `FILE.truth.md` beside it, and
`articles_jats/*.nxml`. Words of each file are compared with its reference; words of a JATS
article with all text of its abstract, body and back matter in the XML.
"""

import re
import sys
import time
from collections import Counter
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

from index.documents import Document
from ingest.readers import read_document
from ingest.sources import find_sources

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "data"
_TRUTH = ".truth.md"
# In a reference: comments, backslashes before marks, addresses of links and pictures.
_MARKS = re.compile(r"<!--.*?-->|\\(?=[_*])|\]\([^)]*\)")
_ARTICLE_PARTS = ("body", "back", "floats-group", "front/article-meta/abstract")


def main() -> None:
    """Print word F1 of each file with a reference, then the share of words of JATS articles."""
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    print("| file | recall | precision | F1 |\n|---|---|---|---|")
    for truth in sorted(data.glob(f"formats/*/*{_TRUTH}")):
        source = truth.with_name(truth.name.removesuffix(_TRUTH))
        recall, precision, f1 = word_scores(read(source), truth.read_text("utf-8"))
        print(f"| {source.name} | {recall:.3f} | {precision:.3f} | {f1:.3f} |")
    articles = sorted(data.glob("articles_jats/*.nxml"))
    start = time.process_time()
    documents = [read(path) for path in articles]
    took = time.process_time() - start
    shares = [
        _share(article_words(path), words(text_of(document)))
        for path, document in zip(articles, documents, strict=True)
    ]
    print(
        f"\n{len(articles)} JATS articles: share of words {sum(shares) / len(shares):.4f}, lowest "
        f"{min(shares):.4f}; {took / len(articles) * 1000:.0f} CPU ms an article"
    )


def read(path: Path) -> Document:
    """Read a file."""
    (source,) = find_sources([str(path)]).sources
    return read_document(path.read_bytes(), source)


def text_of(document: Document) -> str:
    """All its pages."""
    return "\n\n".join(page.text for page in document.pages)


def words(text: str) -> Counter[str]:
    """How often each word occurs."""
    return Counter(re.findall(r"\w+", text.lower()))


def word_scores(document: Document, reference: str) -> tuple[float, float, float]:
    """Recall, precision and F1 of the words of a document, its title included.

    Args:
        document: as it was read.
        reference: what its file says, in Markdown.
    """
    truth = words(unescape(_MARKS.sub("", reference)))
    origins = document.metadata.get("origins")
    is_in_text = not isinstance(origins, dict) or origins.get("title") != "file name"
    found = words(f"{document.title if is_in_text else ''} {text_of(document)}")
    both = (truth & found).total()
    return (
        both / truth.total(),
        both / found.total(),
        2 * both / (truth.total() + found.total()),
    )


def article_words(path: Path) -> Counter[str]:
    """All words of a JATS article besides its front matter, by another parser."""
    root = ElementTree.parse(path).getroot()  # noqa: S314  (a benchmark on known files)
    parts = [part for name in _ARTICLE_PARTS for part in root.iterfind(name)]
    return sum((words(" ".join(part.itertext())) for part in parts), Counter())


def _share(truth: Counter[str], found: Counter[str]) -> float:
    return (truth & found).total() / truth.total()


if __name__ == "__main__":
    main()
