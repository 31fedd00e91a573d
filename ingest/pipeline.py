"""The whole way of an ingest: sources to documents to passages to vectors to the index."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from index.embedder import Embedder
from index.process_limits import Limits
from index.writer import open_writer
from ingest.bibliographies import set_apart_bibliographies
from ingest.pages import Pages
from ingest.reading import LIMITS, LIMITS_WITH_OCR
from ingest.reading_ahead import ReadingAhead
from ingest.report import IngestReport
from ingest.run import Run
from ingest.sources import find_sources
from ingest.splitting import PASSAGE_TOKENS
from ingest.web import WebRules

__all__ = ["IngestReport", "Progress", "ingest"]

# Called with each source when its turn has come, how many are done, and how many there are.
Progress = Callable[[str, int, int], None]


def ingest(  # noqa: PLR0913  (its options)
    arguments: Iterable[str],
    folder: Path,
    embedder: Embedder,
    progress: Progress = lambda _source, _done, _total: None,
    limits: Limits | None = None,
    web: WebRules | None = None,
    *,
    ocr: bool = False,
) -> IngestReport:
    """Read sources into the index of a folder; only what changed is read and embedded.

    Sources are read in worker processes with limits, ahead of their turn; what is read is
    stored in the order of the sources. A source that fails is reported and the others go on;
    what was indexed of it before stays. Rows are committed one document at a time, so an
    interrupted run goes on where it ended.

    Args:
        arguments: files, folders, web addresses, feeds and sitemaps.
        folder: where the index is, or is to be.
        embedder: embeds the passages; must be the one that the index was built with.
        progress: told of each source when its turn has come.
        limits: what reading one source may use; None for as much as its readers need.
        web: what may be fetched, and how.
        ocr: read pages that are pictures by OCR, also of files that are in the index without.

    Raises:
        IndexBusyError: another process is writing to the index.
        IndexFormatError: the index is of another format, or damaged.
        ModelError: the index was built with another model.
    """
    pages = Pages(web or WebRules())
    found = pages.in_place_of_lists(find_sources(arguments))
    found, bibliographies = set_apart_bibliographies(found)
    found = replace(found, sources=tuple(replace(one, ocr=ocr) for one in found.sources))
    limits = limits or (LIMITS_WITH_OCR if ocr else LIMITS)
    with (
        open_writer(folder, embedder, PASSAGE_TOKENS) as writer,
        ReadingAhead(limits, pages.fetch) as readers,
    ):
        pages.remember(writer.database.documents(writer.next))
        total = len(found.sources)
        run = Run(writer, embedder, bibliographies, lambda id_, done: progress(id_, done, total))
        if ocr:
            run.forget_unrecognised()
        run.take(found.sources, readers)
        # After all were read: what was renamed has its new name by then.
        run.remove_gone(found)
        run.apply_sidecars(found)
        return run.finish(found)
