"""What the ask page draws of what was found, as plain data: no text of a document is HTML in it."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from json import dumps, loads
from pathlib import Path

from index.documents import RankedPassage
from index.sentences import Span
from search_app.evidence.line import NOTE, Evidence
from search_app.evidence.other_side import NOTE as OTHER_SIDE_NOTE
from search_app.evidence.other_side import OtherSide
from search_app.evidence.voting import StudyVote
from search_app.finding import Findings
from search_app.links import Asked, ask_link, correction_link, document_link, open_link, viewer_link
from search_app.ordering import ORDER, Order
from search_app.quotes import Quote
from search_app.references.csl_items import csl_item, web_address
from search_app.references.rendering import cited_at, short_reference, write_references
from search_app.spelling import Suggestion
from search_app.timeline import NOTE as TIMELINE_NOTE
from search_app.timeline import Mark, Timeline
from search_app.wording import (
    NOTHING,
    NOTHING_PASSING,
    about,
    counted,
    described,
    place,
    version_name,
)

Data = dict[str, object]

_ADVICE = (
    "The passages below come closest, but may not be to the point. Try other words, or add "
    "sources to the library."
)


def results_of(findings: Findings, timeline: Timeline | None = None) -> Data:
    """The answer, the evidence line, the timeline and the passages, in reading order.

    Each quote and passage has an id, which `collectable` turns back into what it stands for.
    """
    groups = _grouped(findings)
    documents = counted(len({found.document.id for found in findings.ranked}), "document")
    passages = counted(len(findings.ranked), "passage")
    answer = findings.answer
    return {
        "question": findings.question,
        "notices": list(findings.notices),
        "suggestion": _suggestion(findings.suggestion, findings) if findings.suggestion else None,
        "other": _other_side(findings.other_side, findings) if findings.other_side else None,
        "quotes": [_quote(quote, findings) for quote in answer.quotes],
        "nothing": None if answer.is_answered else _nothing(findings),
        "evidence": _evidence(findings.evidence, findings) if findings.evidence else None,
        "timeline": _timeline(timeline, findings) if timeline else None,
        "unread": _unread(findings.unread) if findings.unread else None,
        "heading": f"{passages} from {documents}, {findings.order.told}"
        if findings.ranked
        else "No passages",
        "cards": [_card(group, findings) for group in groups],
    }


def _suggestion(suggestion: Suggestion, findings: Findings) -> Data:
    """The way to the same search with the question that may be meant; exchanged words apart."""
    asked = {**_asked(findings), "q": [suggestion.question]}
    parts, read = [], 0
    for span in suggestion.exchanged:
        between = suggestion.question[read : span.start]
        parts += [between, suggestion.question[span.start : span.end]]
        read = span.end
    parts.append(suggestion.question[read:])
    return {**_link(ask_link(asked), suggestion.question), "parts": parts}


def _nothing(findings: Findings) -> Data:
    says = NOTHING_PASSING if findings.narrowing.given else NOTHING
    return {"says": says, "advice": _ADVICE if findings.ranked else ""}


def collectable(findings: Findings) -> dict[str, tuple[RankedPassage, Span | None]]:
    """What can be collected, by its id on the page: a passage, and what to quote of it."""
    marked = [(found, findings.marks.get(found.passage.id)) for found in findings.ranked]
    other = [one.quote for one in findings.other_side.found] if findings.other_side else []
    quoted = [(quote.source, quote.span) for quote in [*findings.answer.quotes, *other]]
    return {_id(found, span): (found, span) for found, span in [*quoted, *marked]}


def _id(found: RankedPassage, span: Span | None) -> str:
    # Not the rank: on the page there may still be what was found for the question before.
    return f"{found.passage.id}:{span.start}-{span.end}" if span else f"{found.passage.id}"


def _grouped(findings: Findings) -> list[list[RankedPassage]]:
    """The passages of a document and its versions together, where the best one stands."""
    # A group goes by its first document's id.
    group_of = {
        found.document.id: min(
            [found.document.id, *(v.id for v in findings.versions.get(found.document.id, ()))]
        )
        for found in findings.ranked
    }
    order = list(dict.fromkeys(group_of[found.document.id] for found in findings.ranked))
    together = sorted(findings.ranked, key=lambda found: order.index(group_of[found.document.id]))
    return [
        list(group) for _, group in groupby(together, key=lambda found: group_of[found.document.id])
    ]


def _quote(quote: Quote, findings: Findings) -> Data:
    found = quote.source
    ranks = {other.passage.id: other.rank for other in findings.ranked}
    page = found.passage.page_label or str(found.passage.page or "")
    short = cited_at(short_reference(csl_item(found.document)), page)
    return {
        "id": _id(found, quote.span),
        "rank": ranks.get(found.passage.id, 0),
        "text": quote.text,
        "source": _to_source(found, quote.span, findings, short),
        "title": " \u00b7 ".join(filter(None, [found.document.title, found.passage.heading])),
    }


def _card(group: Sequence[RankedPassage], findings: Findings) -> Data:
    first = group[0]
    document, mark = first.document, findings.marks.get(first.passage.id)
    return {
        "title": _to_source(first, mark, findings, document.title),
        "about": about(document),
        "passages": [
            _passage(found, findings, is_other=found.document.id != document.id) for found in group
        ],
        "also": [
            _link(document_link(version, asked=_asked(findings)), version_name(version))
            for version in findings.versions.get(document.id, ())
        ],
        "reference": _reference(dumps(csl_item(document))),
        "address": web_address(document) or f"File: {Path(document.id).name}",
    }


def _passage(found: RankedPassage, findings: Findings, *, is_other: bool) -> Data:
    version = version_name(found.document) if is_other else ""
    text, mark = found.passage.text, findings.marks.get(found.passage.id)
    span = mark or Span(0, 0)
    return {
        "id": _id(found, mark),
        "rank": found.rank,
        "where": ", ".join(filter(None, [version, place(found)])),
        "score": found.score,
        "parts": [text[: span.start], text[span.start : span.end], text[span.end :]],
        "open": _to_source(found, mark, findings, _opens(found)),
    }


def _opens(found: RankedPassage) -> str:
    if not found.document.is_local:
        return f"Open {found.document.link.split('/')[2]} at this place"
    page = found.passage.page
    return f"Open page {page} of the PDF" if page is not None else "Open at this passage"


def _evidence(evidence: Evidence, findings: Findings) -> Data:
    return {
        "lines": [tally.text for tally in evidence.tallies],
        "counted": f"{counted(len(evidence.votes), 'vote')}, each with its sentence",
        "votes": [_vote(vote, findings) for vote in evidence.votes],
        "note": NOTE,
    }


def _other_side(other: OtherSide, findings: Findings) -> Data:
    return {
        "lead": other.lead,
        "quotes": [
            {
                **_quote(one.quote, findings),
                "points": one.vote.value,
                "kind": ", ".join(filter(None, described(one.study))),
            }
            for one in other.found
        ],
        "note": OTHER_SIDE_NOTE,
    }


def _vote(vote: StudyVote, findings: Findings) -> Data:
    stated = (vote.study.kind, vote.study.subjects, vote.study.size)
    return {
        "points": vote.vote.value,
        "sentence": vote.quote.text,
        "source": _to_source(
            vote.quote.source, vote.quote.span, findings, vote.quote.source.document.title
        ),
        "kinds": [
            {"text": text, "sentence": one.sentence}
            for text, one in zip(described(vote.study), stated, strict=True)
            if text
        ],
        "correct": _link(correction_link(vote.quote.source.document, _asked(findings)), "Correct"),
    }


def _timeline(timeline: Timeline, findings: Findings) -> Data:
    return {
        "says": timeline.told,
        "rows": [
            {
                "kind": row.kind,
                "levels": 1 + max(mark.level for mark in row.marks),
                "marks": [_mark(mark, findings) for mark in row.marks],
            }
            for row in timeline.rows
        ],
        "ticks": [{"label": label, "at": at} for label, at in timeline.ticks],
        "undated": [_mark(mark, findings) for mark in timeline.undated],
        "note": TIMELINE_NOTE,
    }


def _mark(mark: Mark, findings: Findings) -> Data:
    date = mark.document.date or "no date"
    return {
        "rank": mark.rank,
        "at": mark.at,
        "level": mark.level,
        "date": date,
        "kind": mark.kind,
        "name": f"{mark.document.title}, {date}, {mark.kind}",
        "source": _link(document_link(mark.document, asked=_asked(findings)), mark.document.title),
    }


def _unread(line: str) -> Data:
    return {"says": line, "way": _link("library", "See which, and why")}


def _to_source(found: RankedPassage, mark: Span | None, findings: Findings, text: str) -> Data:
    """The way to a place in a source; from a local one there is a way back to these results."""
    if found.document.is_local:
        return _link(viewer_link(found, _asked(findings), mark), text)
    return _link(open_link(found, mark), text, is_elsewhere=True)


def _asked(findings: Findings) -> Asked:
    """The question and what was chosen besides, as they go along in addresses."""
    order = {} if findings.order is Order.BEST else {ORDER: [findings.order.value]}
    return {"q": [findings.question], **findings.narrowing.given, **order}


def _link(href: str, text: str, *, is_elsewhere: bool = False) -> Data:
    return {"href": href, "text": text, "elsewhere": is_elsewhere}


@lru_cache(maxsize=4096)
def _reference(item: str) -> str:
    """The reference of a CSL-JSON item, written out; it takes some milliseconds."""
    return write_references([loads(item)])[0]
