"""How often the evidence line reads a study rightly: `python benchmarks/evidence.py DIR`.

DIR holds pubmedqa/ (500 questions with the abstract that answers each, its conclusion taken out,
and yes, no or maybe) and articles_jats/ (484 articles, nearly all trials or plans of trials).
With --work FOLDER the index is kept there.
"""

import argparse
import csv
import html
import re
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from index.documents import Document, Page, RankedPassage
from index.runtimes import embedder_to_write
from index.search import Index, open_index
from ingest.judged_index import build_index
from ingest.judged_set import JudgedSet, load_judged_set
from search_app.evidence.directions import Vote
from search_app.evidence.questions import Asked, Asks, read_question
from search_app.evidence.studies import read_study
from search_app.evidence.study_types import StudyType
from search_app.evidence.voting import Reader
from search_app.telling_words import read_telling_words

_DENIES = re.compile(
    r"no (?:statistically )?significant|not (?:\w+ )?significant|did not", re.IGNORECASE
)
_YES, _NO, _MAYBE = "yes", "no", "maybe"
_ARTICLE_PARTS = {
    "title": re.compile(r"<article-title[^>]*>(.*?)</article-title>", re.DOTALL),
    "abstract": re.compile(r"<abstract[^>]*>(.*?)</abstract>", re.DOTALL),
    "body": re.compile(r"<body[^>]*>(.*?)</body>", re.DOTALL),
    "subject": re.compile(r"<subj-group[^>]*>\s*<subject>(.*?)</subject>", re.DOTALL),
}


def main() -> None:
    """Print a table of directions and one of study types."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="folder of the sets")
    parser.add_argument("--work", type=Path, help="where the index is kept")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = (arguments.work or Path(folder)) / "pubmedqa"
        judged = load_judged_set(arguments.folder / "pubmedqa")
        embedder = embedder_to_write(work)
        build_index(judged, work, embedder)
        with closing(open_index(work, lambda _name: embedder)) as index:
            _print_directions(index, judged, _labels(arguments.folder / "pubmedqa"))
    _print_study_types(arguments.folder / "articles_jats")


def _print_directions(index: Index, judged: JudgedSet, labels: dict[str, str]) -> None:
    passages = _passages_by_document(index)
    texts = {d: "\n\n".join(p.passage.text for p in found) for d, found in passages.items()}
    document_of = {query: next(iter(judged.qrels[query])) for query in labels}
    readings = {
        query: _reading(index, judged.queries[query], passages[document_of[query]])
        for query in labels
    }
    rules: dict[str, Callable[[str], str]] = {
        "always yes": lambda _query: _YES,
        '"no" where the last paragraph denies something': lambda query: (
            _NO if _DENIES.search(texts[document_of[query]].split("\n\n")[-1]) else _YES
        ),
        "the vote; unclear as maybe": lambda query: readings[query],
        "the vote; unclear as yes": lambda query: readings[query].replace(_MAYBE, _YES),
    }
    every, clear = list(labels), [query for query in labels if readings[query] != _MAYBE]
    odd = every[1::2]
    print("| rule | right of 500 | of the half not tuned on | of those with a clear vote |")
    print("|---|---|---|---|")
    for name, rule in rules.items():
        shares = (_share_right(rule, labels, asked) for asked in (every, odd, clear))
        print(f"| {name} | " + " | ".join(f"{share:.3f}" for share in shares) + " |")
    print(f"\nclear votes: {len(clear)}; vote by label: ")
    for label in (_YES, _NO, _MAYBE):
        votes = Counter(readings[query] for query in labels if labels[query] == label)
        print(f"  {label}: {dict(sorted(votes.items()))}")


def _reading(index: Index, question: str, passages: list[RankedPassage]) -> str:
    # Some titles ask without a verb ("a new risk factor?"); the app shows no line for them.
    asked = read_question(question) or Asked(Asks.YES_NO)
    reader = Reader(asked, read_telling_words(index.words, question), question)
    reads = [read for passage in passages for read in reader.read(passage)]
    if not reads:
        return _MAYBE
    vote = max(reads, key=lambda read: read.standing).vote
    if vote is Vote.UNCLEAR:
        return _MAYBE
    return _YES if vote.value in {Vote.SUPPORTS, asked.asks.value} else _NO


def _share_right(rule: Callable[[str], str], labels: dict[str, str], asked: list[str]) -> float:
    return sum(rule(query) == labels[query] for query in asked) / len(asked)


def _passages_by_document(index: Index) -> dict[str, list[RankedPassage]]:
    keys = sorted(index.database.passage_keys(index.manifest.build))
    found = index.database.passages(keys, index.manifest.build)
    by_document: dict[str, list[RankedPassage]] = {}
    for key in keys:
        passage, document = found[key]
        by_document.setdefault(document.id, []).append(RankedPassage(1, 1.0, passage, document))
    return by_document


def _labels(folder: Path) -> dict[str, str]:
    with (folder / "labels.tsv").open(encoding="utf-8", newline="") as file:
        return {row["query-id"]: row["label"] for row in csv.DictReader(file, delimiter="\t")}


def _print_study_types(folder: Path) -> None:
    kinds: dict[str, Counter[str]] = {"plan": Counter(), "other": Counter()}
    subjects: Counter[str] = Counter()
    sizes = 0
    for path in sorted(folder.glob("*.nxml")):
        text = path.read_text("utf-8")
        study = read_study(*_article(text))
        weak = "plan" if "protocol" in _part(text, "subject").lower() else "other"
        kinds[weak][study.kind.value] += 1
        subjects[study.subjects.value] += 1
        sizes += bool(study.size.value)
    print("\n| read as | filed as a protocol | all others |\n|---|---|---|")
    for kind in StudyType:
        plan, other = kinds["plan"][kind.value], kinds["other"][kind.value]
        if plan or other:
            print(f"| {kind.value} | {plan} | {other} |")
    print(f"\nsubjects: {dict(subjects)}; size stated in {sizes}")


def _article(text: str) -> tuple[Document, tuple[Page, ...]]:
    headings = re.findall(r"<sec[^>]*>\s*<title>([^<]+)</title>", text)
    begins = f"{_part(text, 'abstract')}\n\n{_part(text, 'body')[:3000]}"
    sections = "\n".join(f"## {heading}" for heading in headings)
    return Document("", _part(text, "title"), ""), (Page(f"{begins}\n\n{sections}"),)


def _part(text: str, name: str) -> str:
    found = _ARTICLE_PARTS[name].search(text)
    plain = html.unescape(re.sub(r"<[^>]+>", " ", found[1])) if found else ""
    return re.sub(r"\s+", " ", plain).strip()


if __name__ == "__main__":
    main()
