"""The command `citewell ingest`: its options, and the way from them to the report."""

import json
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from index.errors import CitewellError, IndexBusyError, SourceError
from index.location import DEFAULT_FOLDER, IndexOption
from ingest.options import AllowPrivate, MaxPages
from ingest.telling import messages, print_report, report_json, say, show_progress
from ingest.web import WebRules

if TYPE_CHECKING:
    from index.embedder import Embedder
    from ingest.judged_set import JudgedSet
    from ingest.pipeline import IngestReport

DEFAULT_CORPUS = "corpus"
_DONE, _SOME_FAILED, _USAGE, _NO_INDEX = 0, 1, 2, 3
_OCR_HELP = "Read scanned pages by OCR (slow), now and in later runs. Default: as last time."
_WATCH_HELP = "Then follow the folders and read what changes, until Ctrl-C."


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
        say(str(error), "red")
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
    print_report(report, took)
    if as_json:
        print(json.dumps(report_json(report, took), ensure_ascii=False), flush=True)  # noqa: T201
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
                say(str(error), "yellow")
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
        say(notice, "yellow")
    with messages.status("Loading the embedding model"):
        embedder = embedder_to_write(index)
    with show_progress("Indexing", "indexed") as show:
        cpu_s = build_index(judged, index, embedder, show)
    if cpu_s is None:
        say(
            f"The index in {index} is of this corpus already and is used as it is; building was "
            "not measured.",
            "yellow",
        )
    return BuiltSet(judged, embedder, cpu_s)
