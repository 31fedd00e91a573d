"""What the commands print as JSON. The shapes are fixed by the schemas in docs/schemas/."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from index.documents import Document, RankedPassage
from index.locations import other_places
from index.search import Index
from index.sentences import Span
from search_app.checking import NOTE as CHECKING_NOTE
from search_app.checking import Checked
from search_app.evidence.line import NOTE, Evidence
from search_app.finding import Findings, Found
from search_app.links import open_link
from search_app.quotes import Quote
from search_app.report_cards import report_card, unread_line

if TYPE_CHECKING:
    # It loads the measures, which only evaluating needs and not every installation has.
    from search_app.evaluating import Evaluation

Json = dict[str, object]
_DESCRIBED = ("journal", "doi", "licence", "study_type")


def search_report(index: Index, found: Found) -> Json:
    """The report of `citewell search`."""
    return {
        "question": found.question,
        "build_id": index.manifest.build_id,
        "took_ms": round(found.took_ms, 1),
        "did_you_mean": found.suggestion.question if found.suggestion else None,
        "hits": [_hit(ranked, found.marks.get(ranked.passage.id)) for ranked in found.ranked],
    }


def answer_report(index: Index, findings: Findings) -> Json:
    """The report of `citewell ask`: that of search, the answer, and how the studies point."""
    answer = findings.answer
    return {
        **search_report(index, findings),
        "answer": {
            "answered": answer.is_answered,
            "quotes": [_quote(quote) for quote in answer.quotes],
        },
        "evidence": _evidence(findings.evidence) if findings.evidence else None,
    }


def check_report(index: Index, checked: Checked) -> Json:
    """The report of `citewell check`."""
    return {
        "build_id": index.manifest.build_id,
        "note": CHECKING_NOTE,
        "notices": list(checked.notices),
        "claims": [
            {
                "claim": claim.text,
                "summary": claim.summary,
                "found": [
                    {
                        "stance": one.stance.name.lower(),
                        "study_type": one.study.kind.value if one.study else "",
                        "quote": _quote(one.quote),
                        "document": _document(one.quote.source.document),
                        "open_link": open_link(one.quote.source, one.quote.span),
                    }
                    for one in claim.found
                ],
            }
            for claim in checked.claims
        ],
        "left_out": [asdict(line) for line in checked.left_out],
    }


def status_report(index: Index) -> Json:
    """The report of `citewell status`."""
    manifest = index.manifest
    bytes_on_disk = sum(p.stat().st_size for p in index.folder.rglob("*") if p.is_file())
    counts = index.database.count(manifest.build)
    return {
        "format": manifest.format_version,
        "model": manifest.model_name,
        "build_id": manifest.build_id,
        "documents": len(counts),
        "passages": sum(counts.values()),
        "bytes_on_disk": bytes_on_disk,
        "report": [_read_document(index, d, counts[d.id]) for d in index.documents()],
        "not_fully_read": unread_line(index),
        "failed": [
            {"source": source, "reason": reason}
            for source, reason in index.database.failures().items()
        ],
    }


def evaluation_report(
    index: Index, dataset: str, evaluation: "Evaluation", build_cpu_s: float | None
) -> Json:
    """The report of `citewell evaluate` on one retriever; no seconds: nothing was built."""
    passages = sum(index.database.count(index.manifest.build).values())
    return {
        "dataset": dataset,
        "retriever": evaluation.retriever,
        "queries": evaluation.queries,
        **{name: round(value, 6) for name, value in evaluation.measures.items()},
        "query_p50_ms": round(evaluation.query_p50_ms, 2),
        "query_p95_ms": round(evaluation.query_p95_ms, 2),
        "passages": passages,
        "passages_per_cpu_s": round(passages / build_cpu_s, 2) if build_cpu_s else None,
        "build_cpu_s": round(build_cpu_s, 3) if build_cpu_s else None,
    }


def what_was_read(document: Document) -> Json:
    """Pages read, pages without text (their numbers), reader and language of a document."""
    return {
        "pages": document.metadata.get("pages", 1),
        "pages_without_text": document.metadata.get("pages_without_text", []),
        "reader": document.metadata.get("reader", ""),
        "language": document.metadata.get("language", ""),
    }


def _read_document(index: Index, document: Document, passages: int) -> Json:
    reading = asdict(report_card(document))
    origins = reading.pop("origins")
    described = {name: str(document.metadata.get(name) or "") for name in _DESCRIBED}
    tags = document.metadata.get("tags")
    return {
        **_document(document),
        **described,
        "tags": tags if isinstance(tags, list) else [],
        "origins": origins,
        "passages": passages,
        **what_was_read(document),
        "reading": {name: _plain(value) for name, value in reading.items()},
        "locations": [document.id, *other_places(index.database, document.id)],
        "versions": [id_ for id_ in index.versions.get(document.id, ()) if id_ != document.id],
    }


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _hit(found: RankedPassage, mark: Span | None) -> Json:
    return {
        "rank": found.rank,
        "score": round(found.score, 6),
        "passage_id": found.passage.id,
        "text": found.passage.text,
        "heading": found.passage.heading,
        "page": found.passage.page,
        "page_label": found.passage.page_label,
        "document": _document(found.document),
        "open_link": open_link(found, mark),
        "highlights": [[mark.start, mark.end]] if mark else [],
    }


def _document(document: Document) -> Json:
    return {
        "id": document.id,
        "title": document.title,
        "authors": document.authors,
        "date": document.date,
        "link": document.link,
        "kind": document.kind,
    }


def _evidence(evidence: Evidence) -> Json:
    return {
        "asks": evidence.asked.asks.value,
        "outcome": evidence.asked.outcome,
        "note": NOTE,
        "tallies": [
            {
                "group": tally.group.value,
                "studies": tally.total,
                "counts": {vote.value: count for vote, count in tally.counts.items()},
                "text": tally.text,
            }
            for tally in evidence.tallies
        ],
        "votes": [
            {
                "group": vote.group.value,
                "vote": vote.vote.value,
                "title": vote.quote.source.document.title,
                "quote": _quote(vote.quote),
                "study_type": asdict(vote.study.kind),
                "species": asdict(vote.study.subjects),
                "size": asdict(vote.study.size),
                "open_link": open_link(vote.quote.source, vote.quote.span),
            }
            for vote in evidence.votes
        ],
    }


def _quote(quote: Quote) -> Json:
    return {
        "text": quote.text,
        "passage_id": quote.source.passage.id,
        "document_id": quote.source.document.id,
        "page": quote.source.passage.page,
        "start": quote.start,
        "end": quote.end,
    }
