"""What the commands print as JSON. The shapes are fixed by the schemas in docs/schemas/."""

from index.documents import Document, RankedPassage
from index.search import Index
from index.sentences import Span
from search_app.finding import Findings
from search_app.links import open_link
from search_app.quotes import Quote

Json = dict[str, object]


def search_report(index: Index, findings: Findings) -> Json:
    """The report of `citewell search`."""
    return {
        "question": findings.question,
        "build_id": index.manifest.build_id,
        "took_ms": round(findings.took_ms, 1),
        "hits": [_hit(found, findings.marks.get(found.passage.id)) for found in findings.ranked],
    }


def answer_report(index: Index, findings: Findings) -> Json:
    """The report of `citewell ask`: that of search, and the answer."""
    answer = findings.answer
    return {
        **search_report(index, findings),
        "answer": {
            "answered": answer.is_answered,
            "quotes": [_quote(quote) for quote in answer.quotes],
        },
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
        "report": [
            {**_document(document), "passages": counts[document.id], **what_was_read(document)}
            for document in index.documents()
        ],
        "failed": [
            {"source": source, "reason": reason}
            for source, reason in index.database.failures().items()
        ],
    }


def what_was_read(document: Document) -> Json:
    """Pages read, pages without text (their numbers), reader and language of a document."""
    return {
        "pages": document.metadata.get("pages", 1),
        "pages_without_text": document.metadata.get("pages_without_text", []),
        "reader": document.metadata.get("reader", ""),
        "language": document.metadata.get("language", ""),
    }


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


def _quote(quote: Quote) -> Json:
    return {
        "text": quote.text,
        "passage_id": quote.source.passage.id,
        "document_id": quote.source.document.id,
        "page": quote.source.passage.page,
        "start": quote.start,
        "end": quote.end,
    }
