"""What the tests share besides fixtures: a fake embedder, places of files, small articles."""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.embedder import Embedder, TokenVectors, Vectors, without_tokens
from index.search import open_index

DATA = Path(__file__).parent / "data"
LIBRARY = DATA / "library"
SHARED = (Path(__file__).parents[2] / "shared" / "data").resolve()


class FakeEmbedder:
    """Texts that share words are close: each word adds 16 numbers made of its hash."""

    model_name = "fake"
    fingerprint = hashlib.sha256(b"fake").hexdigest()
    dimension = 16
    max_tokens = 256
    exported = None

    def __init__(self) -> None:
        """Start with nothing embedded."""
        self.embedded: list[str] = []

    def count_tokens(self, text: str) -> int:
        """Words and marks."""
        return len(re.findall(r"\w+|[^\w\s]", text))

    def token_spans(self, text: str) -> list[tuple[int, int]]:  # noqa: ARG002  (the protocol's)
        """Nowhere: there are no vectors of tokens."""
        return []

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors; remembers the texts."""
        self.embedded += texts
        vectors = [self.embed_query(text) for text in texts]
        return np.stack(vectors) if vectors else np.zeros((0, self.dimension), np.float32)

    def embed_query(self, text: str) -> Vectors:
        """Unit vector of a text."""
        vector = np.full(self.dimension, 0.01, np.float32)
        for word in re.findall(r"\w+", text.lower()):
            digest = hashlib.blake2b(word.encode(), digest_size=self.dimension).digest()
            vector += np.frombuffer(digest, np.uint8).astype(np.float32) / 127.5 - 1
        return (vector / np.linalg.norm(vector)).astype(np.float32)

    def embed_passages_by_token(self, texts: Sequence[str]) -> list[TokenVectors]:
        """Vectors of the texts alone, as of a model that gives no others."""
        vectors = self.embed_passages(texts)
        return [without_tokens(*pair) for pair in zip(texts, vectors, strict=True)]

    def embed_query_by_token(self, text: str) -> TokenVectors:
        """The vector of a text alone."""
        return without_tokens(text, self.embed_query(text))


def load_fake(_model_name: str) -> Embedder:
    """Stands where `load_embedder` stands."""
    return FakeEmbedder()


def write_text(folder: Path, name: str, title: str, body: str) -> Path:
    """Write a small article."""
    path = folder / name
    path.write_text(f"{title}\n\n{body}\n", "utf-8")
    return path


def names(paths: tuple[str, ...]) -> list[str]:
    """File names of document ids."""
    return [Path(path).name for path in paths]


def texts(folder: Path) -> list[str]:
    """All passages of the index."""
    index = open_index(folder, load_fake)
    keys = index.database.passage_keys(index.manifest.build)
    found = index.database.passages(keys, index.manifest.build)
    index.close()
    return sorted(passage.text for passage, _ in found.values())


def write_judged_set(folder: Path, **files: str) -> Path:
    """A judged set of two documents and a query, with other contents for the files named."""
    contents = {
        "corpus": '{"_id": "d1", "title": "Sleep", "text": "Sleep helps immune cells."}\n'
        '{"_id": "d2", "title": "Running", "text": "Running helps the heart."}\n',
        "queries": '{"_id": "q1", "text": "does sleep help immune cells?"}\n',
        "qrels": "query-id\tcorpus-id\tscore\nq1\td1\t1\n",
    }
    (folder / "qrels").mkdir(parents=True)
    for name, content in {**contents, **files}.items():
        path = "qrels/test.tsv" if name == "qrels" else f"{name}.jsonl"
        (folder / path).write_text(content, "utf-8")
    return folder
