"""What peers do, to compare with: whole documents, and fixed weights over stretched rankings."""

from pathlib import Path

from convex_fusion import fuse

from index.documents import Hit, Passage
from index.embedder import Embedder
from index.filters import Allowed
from index.retrievers import RETRIEVERS
from index.search import Index, open_index
from index.writer import open_writer
from ingest.judged_set import JudgedSet, read_documents
from ingest.splitting import PASSAGE_TOKENS

PLAIN = "plain"
# Far more than the 256 tokens that the model looks at; it cuts the rest itself.
_EMBEDDED_CHARACTERS = 4_000
# The last of so many by meaning is 0 on the scale, however few are asked for.
_SCALED = 100


def plain(index: Index, question: str, candidates: int, allowed: Allowed | None) -> list[Hit]:
    """Convex fusion of meaning and words, .6 and .4."""
    depth = max(candidates, _SCALED)
    rankings = [RETRIEVERS[name](index, question, depth, allowed) for name in ("meaning", "words")]
    return fuse(*rankings)


def open_whole_documents(judged: JudgedSet, folder: Path, embedder: Embedder) -> Index:
    """The index of a judged set with one passage a document, embedded from its beginning."""
    if not folder.exists():
        with open_writer(folder, embedder, PASSAGE_TOKENS) as writer:
            documents = [d for d in read_documents(judged.corpus) if d.pages[0].text.strip()]
            texts = [f"{d.title}. {d.pages[0].text}"[:_EMBEDDED_CHARACTERS] for d in documents]
            vectors = embedder.embed_passages(texts)
            for document, vector in zip(documents, vectors, strict=True):
                text = document.pages[0].text
                whole = Passage(0, document.id, 0, text, start=0, end=len(text))
                writer.add_document(document, [whole], vector[None])
            writer.publish()
    return open_index(folder, lambda _name: embedder)
