"""Judged questions in the BEIR layout: read, and checked.

`corpus.jsonl` (`_id`, `title`, `text`), `queries.jsonl` (`_id`, `text`) and `qrels/test.tsv`
(`query-id`, `corpus-id`, `score`); docs/evaluate.md says how to write them.
"""

import hashlib
import json
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from index.documents import Document, Page
from index.errors import JudgedSetError
from index.search import MAX_QUESTION_CHARACTERS

_HEADER = ["query-id", "corpus-id", "score"]
_NAMED_IN_A_NOTICE = 3


@dataclass(frozen=True)
class JudgedSet:
    """Questions, and the documents that were judged to be relevant to them.

    Attributes:
        name: of its folder.
        corpus: the file of its documents.
        fingerprints: of title and text, by document id.
        queries: what to ask, by query id; only those that can be asked and have a relevant
            document.
        qrels: grade by document id, by query id; only queries that have a relevant document.
        notices: what is odd about it and how that was counted.
    """

    name: str
    corpus: Path
    fingerprints: dict[str, str]
    queries: dict[str, str]
    qrels: dict[str, dict[str, int]]
    notices: tuple[str, ...] = ()


def load_judged_set(folder: Path, qrels: Path | None = None) -> JudgedSet:
    """Read and check a judged set; the texts of the documents are not kept.

    What a judgement names and the set does not hold counts as not found, as in trec_eval.

    Args:
        folder: where its files are.
        qrels: judgements in place of `qrels/test.tsv`.

    Raises:
        JudgedSetError: a file is missing or cannot be understood, or nothing is left to ask.
    """
    texts = read_queries(folder / "queries.jsonl")
    judgements = qrels or _default_qrels(folder)
    judged = read_qrels(judgements)
    relevant = {query: grades for query, grades in judged.items() if max(grades.values()) > 0}
    queries = {query: texts[query] for query in relevant if texts.get(query)}
    if not queries:
        raise JudgedSetError(
            f"No query of {folder / 'queries.jsonl'} has a relevant document (score 1 or more) "
            f"in {judgements}, so there is nothing to measure. Are the ids the same in both?"
        )
    fingerprints, empty = _check_corpus(folder / "corpus.jsonl")
    named = {document for grades in relevant.values() for document in grades}
    # The product refuses such questions with the request to shorten them.
    long = [query for query, text in queries.items() if len(text) > MAX_QUESTION_CHARACTERS]
    return JudgedSet(
        folder.resolve().name,
        folder / "corpus.jsonl",
        fingerprints,
        {query: text[:MAX_QUESTION_CHARACTERS] for query, text in queries.items()},
        relevant,
        (
            *_notice("without a relevant document, left out", "queries", texts.keys() - relevant),
            *_notice("without a text, counted as not found", "queries", relevant.keys() - queries),
            *_notice(
                f"longer than the {MAX_QUESTION_CHARACTERS:,} characters that are searched, cut",
                "queries",
                long,
            ),
            *_notice(
                "judged but not in the corpus, counted as not found",
                "documents",
                named - fingerprints.keys(),
            ),
            *_notice("without title and text, which nothing can find", "documents", empty),
        ),
    )


def read_documents(corpus: Path) -> Iterator[Document]:
    """The documents of a corpus.jsonl; one without a text has its title for a text.

    Raises:
        JudgedSetError: the file is missing, a line is no record, or an id comes twice.
    """
    seen: set[str] = set()
    for place, record in read_jsonl(corpus):
        identity = _identity(record, place, seen)
        title, text = (_text(record, key, place) for key in ("title", "text"))
        fingerprint = hashlib.sha256(f"{title}\0{text}".encode()).hexdigest()
        # The text stays as it is: judged answers are given as offsets in it.
        page = Page(text if text.strip() else title)
        yield Document(identity, title.strip(), "", (page,), fingerprint)


def read_queries(path: Path) -> dict[str, str]:
    """Text by query id, of a queries.jsonl.

    Raises:
        JudgedSetError: the file is missing, a line is no record, or an id comes twice.
    """
    seen: set[str] = set()
    return {
        _identity(record, place, seen): _text(record, "text", place).strip()
        for place, record in read_jsonl(path)
    }


def read_qrels(path: Path) -> dict[str, dict[str, int]]:
    """Grade by document id, by query id, of a tab separated file; the header may be missing.

    Raises:
        JudgedSetError: the file is missing, or a line is no judgement.
    """
    qrels: dict[str, dict[str, int]] = {}
    for number, line in _lines(path):
        fields = [field.strip() for field in line.split("\t")]
        if number == 1 and fields == _HEADER:
            continue
        place = f"{path}, line {number}"
        if len(fields) != len(_HEADER):
            raise JudgedSetError(
                f"{place}: it has {len(fields)} fields. Write three, with tabs between them: "
                f"{', '.join(_HEADER)}."
            )
        query, document, score = fields
        grade = _grade(score, place)
        if qrels.setdefault(query, {}).setdefault(document, grade) != grade:
            raise JudgedSetError(
                f"{place}: document {document!r} was given another score for query {query!r} "
                "above. Keep one of the two lines."
            )
    return qrels


def read_jsonl(path: Path) -> Iterator[tuple[str, dict]]:
    """File and line, and the record, of each line of a JSON Lines file.

    Raises:
        JudgedSetError: the file is missing, or a line is no record.
    """
    for number, line in _lines(path):
        place = f"{path}, line {number}"
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise JudgedSetError(
                f"{place}: this is no JSON ({error}). Write one record a line."
            ) from error
        if not isinstance(record, dict):
            raise JudgedSetError(f"{place}: this is no record. Write it as {{...}}, one a line.")
        yield place, record


def _check_corpus(path: Path) -> tuple[dict[str, str], list[str]]:
    """Fingerprint of each document, and the ids of those without title and text."""
    fingerprints: dict[str, str] = {}
    empty: list[str] = []
    for document in read_documents(path):
        fingerprints[document.id] = document.fingerprint
        if not document.pages[0].text.strip():
            empty.append(document.id)
    if len(fingerprints) == len(empty):
        raise JudgedSetError(f"{path} holds no document with a text: there is nothing to find.")
    return fingerprints, empty


def _default_qrels(folder: Path) -> Path:
    path = folder / "qrels" / "test.tsv"
    others = sorted((folder / "qrels").glob("*.tsv"))
    if others and not path.exists():
        names = ", ".join(str(other) for other in others)
        raise JudgedSetError(f"{path} is missing. Choose judgements with --qrels: {names}.")
    return path


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Number and text of the lines that are not blank."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, line.rstrip("\r\n")
    except FileNotFoundError as error:
        raise JudgedSetError(
            f"{path} is missing. A judged set is a folder with corpus.jsonl, queries.jsonl and "
            "qrels/test.tsv."
        ) from error
    except UnicodeDecodeError as error:
        raise JudgedSetError(f"{path} is not UTF-8 ({error}). Save it as UTF-8.") from error
    except OSError as error:
        raise JudgedSetError(f"{path} cannot be read ({error.strerror}).") from error


def _identity(record: dict, place: str, seen: set[str]) -> str:
    value = record.get("_id")
    identity = str(value).strip() if isinstance(value, (str, int)) else ""
    if not identity:
        raise JudgedSetError(f'{place}: it has no "_id" that is a text or a number.')
    if identity in seen:
        raise JudgedSetError(
            f'{place}: the "_id" {identity!r} stands above already; ids are unique.'
        )
    seen.add(identity)
    return identity


def _text(record: dict, key: str, place: str) -> str:
    value = record.get(key)
    if not isinstance(value, str | None):
        raise JudgedSetError(f'{place}: "{key}" is no text.')
    # Halves of characters, which JSON can hold and a file cannot.
    return (value or "").encode("utf-8", "replace").decode("utf-8")


def _grade(score: str, place: str) -> int:
    """A judgement below 0 (junk, in some collections) is one of not relevant."""
    with suppress(ValueError, OverflowError):
        value = float(score)
        if int(value) == value:
            return max(0, int(value))
    raise JudgedSetError(f"{place}: the score {score!r} is no whole number.")


def _notice(what: str, things: str, ids: Collection[str]) -> tuple[str, ...]:
    if not ids:
        return ()
    first = ", ".join(sorted(ids)[:_NAMED_IN_A_NOTICE])
    more = ", ..." if len(ids) > _NAMED_IN_A_NOTICE else ""
    return (f"{len(ids)} {things} {what}: {first}{more}",)
