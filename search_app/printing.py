"""Passages, answers and status for people at a terminal."""

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from index.sentences import Span
from search_app.checking import NOTE as CHECKING_NOTE
from search_app.checking import Checked
from search_app.evidence.line import NOTE, Evidence
from search_app.finding import Findings, Found
from search_app.links import open_link
from search_app.reports import Json
from search_app.wording import NOTHING, described, place, version_name

# Headings of the table of evaluations, and their keys in the report.
_MEASURED = {
    "nDCG@10": "ndcg@10",
    "MRR@10": "mrr@10",
    "Recall@10": "recall@10",
    "Recall@100": "recall@100",
    "Hit@1": "hit@1",
    "p50 ms": "query_p50_ms",
    "p95 ms": "query_p95_ms",
}

output = Console(highlight=False, soft_wrap=True)


def print_passages(found: Found) -> None:
    """Each passage with its place, its best sentence in bold, and a link."""
    if not found.ranked:
        output.print(NOTHING)
    for ranked in found.ranked:
        mark = found.marks.get(ranked.passage.id)
        output.print(
            f"[bold cyan]{ranked.rank}.[/] [bold]{escape(ranked.document.title)}[/] "
            f"[dim]{escape(place(ranked))}  score {ranked.score:.2f}[/]"
        )
        output.print(_marked(ranked.passage.text, mark))
        output.print(f"[blue]{escape(open_link(ranked, mark))}[/]")
        if versions := found.versions.get(ranked.document.id):
            output.print(f"[dim]also in: {escape('; '.join(map(version_name, versions)))}[/]")
        output.print()


def print_answer(findings: Findings) -> None:
    """The quoted sentences, numbered, then their sources."""
    if not findings.answer.is_answered:
        output.print(f"{NOTHING} The closest passages: citewell search")
    for number, quote in enumerate(findings.answer.quotes, 1):
        output.print(f"\u201c{escape(quote.text)}\u201d [cyan]\\[{number}][/]")
    for number, quote in enumerate(findings.answer.quotes, 1):
        link = open_link(quote.source, Span(quote.start, quote.end))
        output.print(
            f"[cyan]\\[{number}][/] {escape(quote.source.document.title)}, "
            f"{escape(place(quote.source))} [blue]{escape(link)}[/]"
        )
    if findings.evidence:
        _print_evidence(findings.evidence)


def _print_evidence(evidence: Evidence) -> None:
    """The lines, each vote with its sentence, and what the count does not say."""
    output.print("\n[bold]How the studies here point[/]")
    for tally in evidence.tallies:
        output.print(escape(tally.text))
    for vote in evidence.votes:
        about = ", ".join(part for part in described(vote.study) if part)
        output.print(
            f"[cyan]{vote.vote.value}[/] \u201c{escape(vote.quote.text)}\u201d "
            f"{escape(vote.quote.source.document.title)} [dim]({escape(about)})[/]"
        )
    output.print(f"[dim]{NOTE}[/]")


def print_checked(checked: Checked) -> None:
    """Each claim with its sentences, then what was left out, and what this does not say."""
    output.print(f"{checked.summary}\n")
    for number, claim in enumerate(checked.claims, 1):
        output.print(
            f"[bold cyan]{number}.[/] [bold]{escape(claim.text)}[/] [dim]{claim.summary}[/]"
        )
        for one in claim.found:
            source = one.quote.source
            where = ", ".join(filter(None, [source.document.title, place(source)]))
            output.print(
                f"[cyan]{one.stance}:[/] \u201c{escape(one.quote.text)}\u201d {escape(where)} "
                f"[blue]{escape(open_link(source, one.quote.span))}[/]"
            )
        output.print()
    for line in checked.left_out:
        output.print(f"[dim]Left out ({line.reason}): {escape(line.text)}[/]")
    output.print(f"[dim]{CHECKING_NOTE}[/]")


def print_status(report: Json) -> None:
    """One line for the index, one for each document, one for each failure."""
    size = report["bytes_on_disk"]
    output.print(
        f"{report['documents']} documents in {report['passages']} passages, "
        f"{size if isinstance(size, int) else 0:,} bytes, model {escape(str(report['model']))}, "
        f"build {report['build_id']}"
    )
    table = Table("Document", "Kind", "Pages", "Passages", "Without text")
    for document in _rows(report["report"]):
        missing = document["pages_without_text"]
        table.add_row(
            escape(str(document["title"])),
            str(document["kind"]),
            str(document["pages"]),
            str(document["passages"]),
            ", ".join(str(page) for page in missing) if isinstance(missing, list) else "",
        )
    output.print(table)
    for document in _rows(report["report"]):
        reading = document["reading"]
        for warning in reading["warnings"] if isinstance(reading, dict) else ():
            output.print(f"[yellow]{escape(str(document['title']))}:[/] {escape(str(warning))}")
    for failure in _rows(report["failed"]):
        what = f"{failure['source']}: {failure['reason']}"
        output.print(f"[red]Not read:[/] {escape(what)}")


def print_evaluations(reports: list[Json], margins: list[float]) -> None:
    """A table with a row a retriever, then what the index cost; margins are those of nDCG@10."""
    first = reports[0]
    output.print(f"{escape(str(first['dataset']))}: {first['queries']} queries")
    columns = (Column(name, justify="right", no_wrap=True) for name in _MEASURED)
    # As narrow as it can be read: it is to fit a terminal of 80 columns.
    table = Table("Retriever", *columns, box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for report, margin in zip(reports, margins, strict=True):
        ndcg, *others = (f"{report[key]:.3f}" for key in _MEASURED.values() if "@" in key)
        times = (f"{report[key]:.1f}" for key in _MEASURED.values() if "@" not in key)
        table.add_row(escape(str(report["retriever"])), f"{ndcg} ± {margin:.3f}", *others, *times)
    output.print(table)
    output.print(
        f"{first['passages']} passages, built in this run: {first['build_cpu_s']:.1f} CPU s, "
        f"{first['passages_per_cpu_s']:.1f} passages a CPU second"
        if first["build_cpu_s"]
        else f"{first['passages']} passages, built by an earlier run"
    )


def _marked(text: str, mark: Span | None) -> str:
    if mark is None:
        return escape(text)
    before, sentence, after = text[: mark.start], text[mark.start : mark.end], text[mark.end :]
    return f"{escape(before)}[bold]{escape(sentence)}[/bold]{escape(after)}"


def _rows(value: object) -> list[Json]:
    return value if isinstance(value, list) else []
