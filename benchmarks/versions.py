"""How well versions of one document are grouped: precision and recall on made and real pairs.

    python benchmarks/versions.py [--articles N]

Made pairs, from ../shared/data/articles_jats: the abstract of an article against its full text, a
preprint (some sentences fewer, some words different, the title a little different) against the
article, and a reprint (another title, a closing line more) against the abstract. Every other pair
of these documents is none. Real pairs, from ../shared/data/medquad: answers of one institute, many
of which differ in the name of the disease only; those with the same title and most of their text in
common are versions, those about another disease are not.
"""

import argparse
import json
import random
import re
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from lxml import etree

from index.documents import Document, Page
from index.writer import open_writer
from ingest.grouping import compare_documents

DATA = Path(__file__).parents[2] / "shared" / "data"
_FEWEST_CHARACTERS = 400
_KINDS = ("abstract", "light", "heavy", "reprint")


class NoModel:
    """Stands where the embedder stands: grouping needs no vectors."""

    model_name, fingerprint, dimension, max_tokens, exported = "none", "none", 1, 256, None


def main() -> None:
    """Print precision and recall."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--articles", type=int, default=120)
    print(measure_articles(arguments.parse_args().articles))
    print(measure_medquad())


def measure_articles(limit: int) -> str:
    """Recall of each kind of made pair, and how many of the pairs found are right."""
    documents = list(made_documents(limit))
    pairs, seconds = found_pairs(documents)
    right = [pair for pair in pairs if len({id_.split("/")[0] for id_ in pair}) == 1]
    groups: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        groups[one].add(other)
        groups[other].add(one)
    recall = {}
    for kind in _KINDS:
        against = "abstract" if kind == "reprint" else "full"
        made = [d.id for d in documents if d.id.endswith(f"/{kind}")]
        hits = sum(f"{id_.split('/')[0]}/{against}" in groups[id_] for id_ in made)
        recall[kind] = f"{hits}/{len(made)}"
    return (
        f"articles: {len(documents)} documents, {len(pairs)} pairs, precision "
        f"{len(right)}/{len(pairs)}, recall {recall}, {seconds:.1f} CPU s"
    )


def measure_medquad() -> str:
    """How many pairs are about the same thing."""
    lines = (DATA / "medquad" / "corpus.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    documents = [Document(r["_id"], r["title"], "", (Page(r["text"]),)) for r in rows]
    titles = {document.id: document.title.lower() for document in documents}
    pairs, seconds = found_pairs(documents)
    same = Counter(titles[one] == titles[other] for one, other in pairs)
    others = [
        f"  {titles[one]} | {titles[other]}"
        for one, other in sorted(pairs)
        if titles[one] != titles[other]
    ]
    return "\n".join(
        [
            f"medquad: {len(documents)} documents, {len(pairs)} pairs, {same[True]} of the same "
            f"title, {same[False]} of others, {seconds:.1f} CPU s; the others:",
            *others,
        ]
    )


def made_documents(limit: int) -> Iterator[Document]:
    """Of each article its full text and the versions made of it."""
    for path in sorted((DATA / "articles_jats").glob("*.nxml"))[:limit]:
        root = etree.parse(path).getroot()
        title = _text(root.find(".//article-title"))
        abstract = max(map(_text, root.iterfind(".//article-meta/abstract")), key=len, default="")
        body = root.find(".//body")
        if body is None or len(abstract) < _FEWEST_CHARACTERS:
            continue
        full = f"{abstract}\n\n{_text(body)}"
        chance = random.Random(path.stem)  # noqa: S311  (the same pairs at every run)
        texts = {
            "full": (title, full),
            "abstract": (title, abstract),
            "light": (f"{title} a preprint", _edited(full, 0.1, 0.01, chance)),
            "heavy": (f"{title} a preprint", _edited(full, 0.2, 0.03, chance)),
            "reprint": ("News of science", f"{abstract} Reprinted with permission of the authors."),
        }
        for kind, (name, text) in texts.items():
            yield Document(f"{path.stem}/{kind}", name, "", (Page(text),))


def found_pairs(documents: Iterable[Document]) -> tuple[set[tuple[str, str]], float]:
    """Pairs that ingest takes for versions, and the processor seconds of finding them."""
    with tempfile.TemporaryDirectory() as folder, open_writer(Path(folder), NoModel(), 1) as writer:
        for document in documents:
            writer.add_document(document, [], np.zeros((0, 1), np.float32))
        started = time.process_time()
        compare_documents(writer)
        seconds = time.process_time() - started
        rows = writer.database.connection.execute(
            "SELECT one.id, other.id FROM alike JOIN document AS one ON one.key = document_key "
            "JOIN document AS other ON other.key = other_key"
        )
        return set(rows), seconds


def _edited(text: str, dropped: float, changed: float, chance: random.Random) -> str:
    sentences = re.split(r"(?<=[.!?])\s+", text)
    words = " ".join(s for s in sentences if chance.random() >= dropped).split()
    return " ".join(f"{w}x" if chance.random() < changed else w for w in words)


def _text(element: "etree._Element | None") -> str:
    return " ".join(" ".join(element.itertext()).split()) if element is not None else ""


if __name__ == "__main__":
    main()
