"""The index of a judged set's corpus, built as any other."""

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from index.database import DATABASE_NAME, open_database
from index.embedder import Embedder
from index.errors import IndexUnavailableError
from index.manifest import check_model
from index.writer import open_writer
from ingest.embedding import SplitDocument, embed_passages
from ingest.judged_set import JudgedSet, read_documents
from ingest.splitting import PASSAGE_TOKENS, split_passages

# Called before each document with its id, how many are done, and how many there are.
Progress = Callable[[str, int, int], None]


def build_index(
    judged: JudgedSet,
    folder: Path,
    embedder: Embedder,
    progress: Progress = lambda _document, _done, _total: None,
    passage_tokens: int = PASSAGE_TOKENS,
) -> float | None:
    """Index the corpus of a judged set: split, embed, write and publish, as for any source.

    Args:
        judged: the set.
        folder: where the index is, or is to be.
        embedder: embeds the passages.
        progress: told of each document before it is read.
        passage_tokens: most tokens of a passage.

    Returns:
        Processor seconds with those of child processes, or None where the folder holds the
        index of this very corpus already and nothing had to be done.

    Raises:
        IndexUnavailableError: the folder holds another index, or cannot be written.
        JudgedSetError: the corpus can no longer be read.
        ModelError: the index there was built with another model.
    """
    if _is_built(judged, folder, embedder, passage_tokens):
        return None
    started = _cpu_seconds()
    with open_writer(folder, embedder, passage_tokens) as writer:
        # What an interrupted run left of another corpus.
        for document_id in writer.database.document_keys(writer.next):
            writer.retire_document(document_id)
        for number, document in enumerate(read_documents(judged.corpus)):
            progress(document.id, number, len(judged.fingerprints))
            passages = split_passages(document, embedder.count_tokens, passage_tokens)
            made = embed_passages(SplitDocument(document, passages).texts, embedder)
            writer.add_document(document, passages, made.vectors, made.signs)
        writer.publish()
    return _cpu_seconds() - started


def _is_built(judged: JudgedSet, folder: Path, embedder: Embedder, passage_tokens: int) -> bool:
    """Whether the folder holds the index of this corpus; one of anything else is kept."""
    if not (folder / DATABASE_NAME).exists():
        return False
    with closing(open_database(folder)) as database:
        manifest = database.read_manifest()
        check_model(manifest, embedder, folder)
        held = {d.id: d.fingerprint for d in database.documents(manifest.build)}
    if manifest.build == 0:
        return False
    if held == judged.fingerprints and manifest.passage_tokens == passage_tokens:
        return True
    raise IndexUnavailableError(
        f"The index in {folder} was not built from {judged.corpus} as it is now, and is not "
        "written over. Give another folder with --index, or delete this one."
    )


def _cpu_seconds() -> float:
    """Processor time of this process and of its children that have ended."""
    return sum(os.times()[:4])
