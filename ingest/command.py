"""The command `citewell ingest`: progress and report for people, JSON for scripts."""

import json
import signal
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from index.errors import CitewellError, IndexBusyError, SourceError
from index.location import DEFAULT_FOLDER, IndexOption
from ingest.options import AllowPrivate, MaxPages
from ingest.web import WebRules

if TYPE_CHECKING:
    from index.embedder import Embedder
    from ingest.judged_set import JudgedSet
    from ingest.pipeline import IngestReport

DEFAULT_CORPUS = "corpus"
_DONE, _SOME_FAILED, _USAGE, _NO_INDEX = 0, 1, 2, 3
# In a log there is no bar: a line for each tenth of the way.
_LINES_IN_A_LOG = 10

_OCR_HELP = "Read scanned pages by OCR (slow), now and in later runs. Default: as last time."
_WATCH_HELP = "Then follow the folders and read what changes, until Ctrl-C."

messages = Console(stderr=True)


def ingest_command(  # noqa: PLR0913, PLR0917  (its options)
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE", help="Files, folders, web addresses, feeds or sitemaps to read."
        ),
    ] = None,
    index: IndexOption = DEFAULT_FOLDER,
    model: Annotated[
        str | None,
        typer.Option(help="Embedding model of a new index: a name or a folder."),
    ] = None,
    watch: Annotated[bool, typer.Option("--watch", help=_WATCH_HELP)] = False,  # noqa: FBT002
    max_pages: MaxPages = WebRules.most_pages,
    allow_private: AllowPrivate = False,  # noqa: FBT002
    ocr: Annotated[bool | None, typer.Option("--ocr/--no-ocr", help=_OCR_HELP)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,  # noqa: FBT002
) -> None:
    """Read articles and PDFs into the index. Without SOURCE: the folder corpus/.

    Only what changed is read again; files that have gone from a folder go from the index.
    Of a feed (RSS, Atom) or sitemap each page listed is read (feed:ADDRESS says that it is one).

    Examples:
      citewell ingest papers/ https://example.org/article.html
      citewell ingest https://example.org/feed.xml --max-pages 20
      citewell ingest notes.md --index ~/library
      citewell ingest papers/ --watch
      citewell ingest scans/ --ocr
    """
    sources = sources or [DEFAULT_CORPUS]
    web = WebRules(allow_private=allow_private, most_pages=max_pages)
    try:
        if watch:
            _watch(sources, index, model, web, ocr=ocr, as_json=as_json)
            raise typer.Exit(_DONE)
        report = _ingest_and_tell(sources, index, model, web, ocr=ocr, as_json=as_json)
    except CitewellError as error:
        messages.print(f"[red]{escape(str(error))}[/red]", soft_wrap=True)
        raise typer.Exit(_USAGE if isinstance(error, SourceError) else _NO_INDEX) from error
    raise typer.Exit(_SOME_FAILED if report.failed else _DONE)


def _ingest_and_tell(
    sources: list[str],
    index: Path,
    model: str | None,
    web: WebRules,
    *,
    ocr: bool | None,
    as_json: bool,
) -> "IngestReport":
    started = time.perf_counter()
    report = _run(sources, index, model, web, ocr=ocr)
    took = time.perf_counter() - started
    _print_report(report, took)
    if as_json:
        print(json.dumps(_report_json(report, took), ensure_ascii=False), flush=True)  # noqa: T201
    return report


def _watch(
    sources: list[str],
    index: Path,
    model: str | None,
    web: WebRules,
    *,
    ocr: bool | None,
    as_json: bool,
) -> None:
    """Ingest, and again after each change; a line of JSON each time. Ends when it is told to."""
    from ingest.watching import changes  # noqa: PLC0415

    # What stops a service ends it as Ctrl-C does, which a shell's background jobs would ignore.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.default_int_handler)
    try:
        for _change in changes(sources):
            try:
                _ingest_and_tell(sources, index, model, web, ocr=ocr, as_json=as_json)
            except IndexBusyError as error:
                messages.print(f"[yellow]{escape(str(error))}[/yellow]", soft_wrap=True)
            messages.print("Following the folders; Ctrl-C ends it.")
    except KeyboardInterrupt:
        messages.print("Stopped; what was read is kept.")


def _run(
    sources: list[str], index: Path, model: str | None, web: WebRules, *, ocr: bool | None
) -> "IngestReport":
    # Here, so that asking and `--help` do not wait for what only reading needs.
    from ingest.ocr_choice import settle_ocr  # noqa: PLC0415
    from ingest.unchanged import unchanged_report  # noqa: PLC0415

    with_ocr = settle_ocr(index, asked=ocr)
    # Loading the model takes longer than to see that there is nothing to do for it. OCR that
    # is asked for just now may be for files that are as they were.
    if model is None and not ocr and (report := unchanged_report(sources, index)):
        return report
    from index.runtimes import embedder_to_write  # noqa: PLC0415
    from ingest.pipeline import ingest  # noqa: PLC0415

    with messages.status("Loading the embedding model"):
        embedder = embedder_to_write(index, model)
    with show_progress("Reading", "read") as show:
        return ingest(sources, index, embedder, show, web=web, ocr=with_ocr)


@contextmanager
def show_progress(doing: str, done_with: str) -> Generator[Callable[[str, int, int], None]]:
    """A bar at a terminal, a line for each tenth of the way in a log; both on stderr.

    Args:
        doing: what stands before the bar.
        done_with: what has been done with those that the lines count.
    """
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (
        TextColumn(doing),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(
        *columns, console=messages, transient=True, disable=not messages.is_terminal
    ) as bar:
        task = bar.add_task("")

        def show(source: str, done: int, total: int) -> None:
            bar.update(task, description=Path(source).name, completed=done, total=total)
            if not messages.is_terminal and done % max(1, total // _LINES_IN_A_LOG) == 0:
                messages.print(f"{done} of {total} {done_with}", highlight=False)

        yield show


@dataclass(frozen=True)
class BuiltSet:
    """A judged set whose corpus is indexed.

    Attributes:
        judged: the set.
        embedder: what embedded its passages.
        cpu_s: processor seconds of the build; None where the index was there already.
    """

    judged: "JudgedSet"
    embedder: "Embedder"
    cpu_s: float | None


def build_judged_set(folder: Path, qrels: Path | None, index: Path) -> BuiltSet:
    """Index the corpus of a judged set; says what is odd about it on stderr.

    Args:
        folder: where the set is.
        qrels: judgements in place of `qrels/test.tsv`.
        index: folder of the index.
    """
    from index.runtimes import embedder_to_write  # noqa: PLC0415
    from ingest.judged_index import build_index  # noqa: PLC0415
    from ingest.judged_set import load_judged_set  # noqa: PLC0415

    judged = load_judged_set(folder, qrels)
    for notice in judged.notices:
        messages.print(f"[yellow]{escape(notice)}[/yellow]", soft_wrap=True, highlight=False)
    with messages.status("Loading the embedding model"):
        embedder = embedder_to_write(index)
    with show_progress("Indexing", "indexed") as show:
        cpu_s = build_index(judged, index, embedder, show)
    if cpu_s is None:
        messages.print(
            f"[yellow]The index in {escape(str(index))} is of this corpus already and is used as "
            "it is; building was not measured.[/yellow]",
            soft_wrap=True,
            highlight=False,
        )
    return BuiltSet(judged, embedder, cpu_s)


def _print_report(report: "IngestReport", took: float) -> None:
    for source, reason in report.failed:
        messages.print(
            f"[red]Not read:[/red] {escape(f'{source}: {reason}')}", soft_wrap=True, highlight=False
        )
    for source, same in report.duplicates:
        messages.print(
            f"[yellow]Same content:[/yellow] {escape(source)} equals {escape(same)}; it is indexed "
            "once. Delete one of the two files, or leave it: nothing is lost.",
            soft_wrap=True,
            highlight=False,
        )
    for notice in report.notices:
        messages.print(f"[yellow]{escape(notice)}[/yellow]", soft_wrap=True, highlight=False)
    messages.print(
        f"{len(report.added)} added, {len(report.updated)} updated, "
        f"{len(report.removed)} removed, {len(report.unchanged)} unchanged, "
        f"{len(report.failed)} failed. The index holds {report.documents} documents in "
        f"{report.passages} passages. {took:.1f} s.",
        soft_wrap=True,
    )


def _report_json(report: "IngestReport", took: float) -> dict[str, object]:
    return {
        "added": len(report.added),
        "updated": len(report.updated),
        "removed": len(report.removed),
        "unchanged": len(report.unchanged),
        "failed": [{"source": source, "reason": reason} for source, reason in report.failed],
        "duplicates": [{"source": source, "same_as": same} for source, same in report.duplicates],
        "documents": report.documents,
        "passages": report.passages,
        "embedded": report.embedded,
        "notices": list(report.notices),
        "took_s": round(took, 3),
    }
