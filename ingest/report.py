"""What an ingest did."""

from dataclasses import dataclass


@dataclass(frozen=True)
class IngestReport:
    """What an ingest did. Every source is in exactly one of the first four or `removed`.

    Attributes:
        added: ids of documents that are new.
        updated: ids of documents whose source had changed.
        unchanged: ids of documents that were not read again.
        failed: reason of each source that could not be read.
        removed: ids of documents whose file has gone from a folder that was read.
        duplicates: sources with the same content as another, and the id of that document.
        documents: documents in the index afterwards.
        passages: passages in the index afterwards.
        embedded: passages that the model had to embed.
        notices: what else the user should know.
    """

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[tuple[str, str], ...] = ()
    duplicates: tuple[tuple[str, str], ...] = ()
    documents: int = 0
    passages: int = 0
    embedded: int = 0
    notices: tuple[str, ...] = ()
