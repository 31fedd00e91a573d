"""Check that the references of the corpus are real.

Every DOI and PubMed link must stand in a folder of JATS articles: as an article's own identifier
or in an article's reference list.

Usage: python corpus/check_references.py DIR
"""

import argparse
import html
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from builders.links import find_links
from lxml import etree

CORPUS = Path(__file__).parent
MINIMUM_REFERENCES = 3
_TEXTS = ("sources/*.md", "articles/*.md", "articles/*.txt", "articles/*.html")
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\S+)", re.IGNORECASE)
_PUBMED = re.compile(
    r"https?://(?:pubmed\.ncbi\.nlm\.nih\.gov|www\.ncbi\.nlm\.nih\.gov/pubmed)/(\d+)"
)


@dataclass(frozen=True)
class Cited:
    """The references of one file, as lower-case DOIs and as PubMed numbers."""

    path: Path
    references: frozenset[str]


def main() -> int:
    """Run the command and return its exit code: 1 if any reference is missing."""
    parser = argparse.ArgumentParser(description="Check that the corpus's references are real.")
    parser.add_argument("jats", type=Path, metavar="DIR", help="folder of JATS articles (XML)")
    folder = parser.parse_args().jats
    known = read_known(folder)
    if not known:
        parser.error(f"no JATS articles (.xml, .nxml) in {folder}")
    cited = read_cited(CORPUS)
    faults = find_faults(cited, known)
    for fault in faults:
        print(fault)
    different = frozenset[str]().union(*(file.references for file in cited))
    print(
        f"{len(cited)} files, {len(different)} different references, {len(faults)} faults; "
        f"{len(known)} references known"
    )
    return 1 if faults else 0


def read_known(folder: Path) -> frozenset[str]:
    """Read the identifiers of JATS articles and of the papers in their reference lists.

    Args:
        folder: Folder with `.xml` or `.nxml` files, at any depth.

    Returns:
        DOIs in lower case, and PubMed numbers.
    """
    paths = sorted(path for path in folder.rglob("*") if path.suffix in {".xml", ".nxml"})
    return frozenset(identifier for path in paths for identifier in _jats_identifiers(path))


def read_cited(corpus: Path) -> list[Cited]:
    """Read the DOI and PubMed links of every source and article of the corpus."""
    paths = sorted(path for pattern in _TEXTS for path in corpus.glob(pattern))
    return [Cited(path, _linked_references(path)) for path in paths]


def find_faults(cited: Iterable[Cited], known: frozenset[str]) -> list[str]:
    """Return a line for each reference that isn't known and each file with too few."""
    faults = []
    for file in cited:
        missing = sorted(file.references - known)
        faults += [f"{file.path}: {reference} is in no JATS article" for reference in missing]
        if len(file.references) < MINIMUM_REFERENCES:
            count = len(file.references)
            faults.append(f"{file.path}: {count} references, at least {MINIMUM_REFERENCES} needed")
    return faults


def _jats_identifiers(path: Path) -> Iterable[str]:
    """Yield the DOIs and PubMed numbers in one JATS file."""
    # Recovering: a few published files hold entities that only their DTD would define.
    parser = etree.XMLParser(recover=True, load_dtd=False, no_network=True, resolve_entities=False)
    tree = etree.parse(path, parser)
    for element in tree.iter("article-id", "pub-id"):
        text = "".join(element.itertext()).strip()
        if element.get("pub-id-type") == "doi":
            yield _clean_doi(text)
        elif element.get("pub-id-type") in {"pmid", "medline"}:
            yield text


def _linked_references(path: Path) -> frozenset[str]:
    """Return the references that one file links to; other links, as to a licence, don't count."""
    text = path.read_text(encoding="utf-8")
    links = find_links(html.unescape(text) if path.suffix == ".html" else text)
    return frozenset(filter(None, map(_reference, links)))


def _reference(link: str) -> str | None:
    """Return the DOI or PubMed number of a link, or None if it is a link to something else."""
    if pubmed := _PUBMED.match(link):
        return pubmed.group(1)
    return _clean_doi(link) if "doi.org/" in link else None


def _clean_doi(text: str) -> str:
    """Return a DOI in lower case without the address or prefix it is often written with."""
    match = _DOI.search(unquote(text))
    return (match.group(1) if match else text).lower()


if __name__ == "__main__":
    sys.exit(main())
