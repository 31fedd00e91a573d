"""The small runtime: an exported model by onnxruntime and tokenizers, without torch.

The export is a folder of three files: `model.onnx` takes the tokens of one text and gives its
unit vector and those of its tokens, `tokenizer.json` is the model's own, and `description.json`
says the rest. It lies beside the index that was built with it, so that a copied index can be
searched anywhere.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import numpy as np

from index.derived import sha256_of
from index.embedder import ExportedModel, TokenVectors, Vectors, without_tokens
from index.errors import ModelError
from index.process_limits import usable_cores

MODEL_FILE, TOKENIZER_FILE, DESCRIPTION_FILE = "model.onnx", "tokenizer.json", "description.json"
TOKENS, VECTOR, TOKEN_VECTORS = "tokens", "vector", "token_vectors"

Result = TypeVar("Result")


@dataclass(frozen=True)
class Description:
    """What the runtime must know of an exported model.

    Attributes:
        model_name: as the index calls it.
        fingerprint: SHA-256 of the weights it was exported from, or the name of a hub model.
        dimension: length of a vector.
        max_tokens: most tokens of a text that count, special ones included.
        query_prefix: what the model wants before a question.
        passage_prefix: what the model wants before a passage.
        precision: of the weights, `int8` or `float32`.
    """

    model_name: str
    fingerprint: str
    dimension: int
    max_tokens: int
    query_prefix: str = ""
    passage_prefix: str = ""
    precision: str = "int8"


class OnnxEmbedder:
    """An exported model. Safe to use from several threads.

    It runs one text at a time, without padding. That is the quickest way on a processor
    (nothing is computed for padding), and makes a vector a function of its text alone: int8
    weights are multiplied with activations whose scale is that of the whole batch.
    """

    def __init__(self, exported: ExportedModel) -> None:
        """Load the model.

        Raises:
            ModelError: a file is missing or not what was exported, or onnxruntime is.
        """
        _check(exported)
        try:
            # A third of a second of import: here, so that only those who embed pay for it.
            from onnxruntime import InferenceSession  # noqa: PLC0415
            from tokenizers import Tokenizer  # noqa: PLC0415
        except ImportError as error:
            raise ModelError(
                f"Searching needs onnxruntime and tokenizers ({error}); install them with: "
                "pip install citewell"
            ) from error
        self.exported: ExportedModel | None = exported
        self.description = read_description(exported.folder)
        self.model_name = self.description.model_name
        self.fingerprint = self.description.fingerprint
        self.dimension = self.description.dimension
        self.max_tokens = self.description.max_tokens
        self._session = InferenceSession(
            exported.folder / MODEL_FILE, _options(), providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(exported.folder / TOKENIZER_FILE))
        # Many files have a limit and a padding of their own baked in: MiniLM's cuts at 128.
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def count_tokens(self, text: str) -> int:
        """Tokens of the text for this model, without the special ones."""
        return len(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def token_spans(self, text: str) -> Sequence[tuple[int, int]]:
        """Where the tokens of a passage stand of which `embed_passages_by_token` gives vectors."""
        if not self._gives_token_vectors:
            return ()
        prefix = self.description.passage_prefix
        encoding = self._encode(f"{prefix}{text}")
        return [span for _, span in _tokens_after(len(prefix), encoding)]

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of the texts, float32[n, d]; in the order given."""
        prefixed = [f"{self.description.passage_prefix}{text}" for text in texts]
        rows = [vector[np.newaxis] for vector in self._apply(self._embed, prefixed)]
        return np.concatenate([np.zeros((0, self.dimension), np.float32), *rows])

    def embed_query(self, text: str) -> Vectors:
        """Unit vector of a question, float32[d]."""
        return self._embed(f"{self.description.query_prefix}{text}")

    def embed_passages_by_token(self, texts: Sequence[str]) -> list[TokenVectors]:
        """The same vectors, each with those of its tokens."""
        prefix = self.description.passage_prefix
        return list(self._apply(lambda text: self._embed_by_token(prefix, text), texts))

    def embed_query_by_token(self, text: str) -> TokenVectors:
        """The same vector of a question, with those of its tokens."""
        return self._embed_by_token(self.description.query_prefix, text)

    def tokens(self, text: str) -> list[int]:
        """Tokens of a text as the model sees them: with special ones, cut where it must be."""
        return self._encode(text).ids

    def _apply(self, function: Callable[[str], Result], texts: Sequence[str]) -> Iterable[Result]:
        return (self._pool.map if len(texts) > 1 else map)(function, texts)

    def _encode(self, text: str):  # noqa: ANN202  (imported where it is made)
        encoding = self._tokenizer.encode(text)
        if len(encoding.ids) <= self.max_tokens:
            return encoding
        return self._cutting_tokenizer.encode(text)

    def _embed(self, text: str) -> Vectors:
        ids = np.array([self.tokens(text)], dtype=np.int64)
        return np.asarray(self._session.run([VECTOR], {TOKENS: ids})[0], dtype=np.float32)

    def _embed_by_token(self, prefix: str, text: str) -> TokenVectors:
        if not self._gives_token_vectors:
            return without_tokens(text, self._embed(f"{prefix}{text}"))
        encoding = self._encode(f"{prefix}{text}")
        ids = np.array([encoding.ids], dtype=np.int64)
        vector, tokens = self._session.run([VECTOR, TOKEN_VECTORS], {TOKENS: ids})
        own = _tokens_after(len(prefix), encoding)
        return TokenVectors(
            text,
            np.asarray(vector, np.float32),
            np.asarray(tokens, np.float32)[[place for place, _ in own]],
            [span for _, span in own],
        )

    @cached_property
    def _gives_token_vectors(self) -> bool:
        return TOKEN_VECTORS in [output.name for output in self._session.get_outputs()]

    @cached_property
    def _cutting_tokenizer(self):  # noqa: ANN202  (imported where it is made)
        from tokenizers import Tokenizer  # noqa: PLC0415

        # A second one: switching the limit of the first on and off is not safe with threads.
        tokenizer = Tokenizer.from_str(self._tokenizer.to_str())
        tokenizer.enable_truncation(self.max_tokens)
        return tokenizer

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        # Each thread runs one text by itself: all cores work, and none waits for another.
        return ThreadPoolExecutor(usable_cores(), thread_name_prefix="embed")


def _tokens_after(skipped: int, encoding) -> list[tuple[int, tuple[int, int]]]:  # noqa: ANN001  (imported where it is made)
    """Each token after that many characters: its place in the encoding and its span from there."""
    # Each of these properties makes a new list whenever it is asked.
    offsets, is_special = encoding.offsets, encoding.special_tokens_mask
    return [
        (place, (start - skipped, end - skipped))
        for place, (start, end) in enumerate(offsets)
        if start >= skipped and not is_special[place]
    ]


def read_description(folder: Path) -> Description:
    """What the runtime must know of the exported model in a folder."""
    return Description(**json.loads((folder / DESCRIPTION_FILE).read_text("utf-8")))


def write_description(folder: Path, description: Description) -> None:
    """Write it beside the model."""
    text = json.dumps(asdict(description), ensure_ascii=False, indent=2)
    (folder / DESCRIPTION_FILE).write_text(f"{text}\n", "utf-8")


def _check(exported: ExportedModel) -> None:
    """Refuse an export that is not as it was made: onnxruntime can end the process on others."""
    problem = "is missing" if not exported.folder.is_dir() else "is damaged or was changed"
    try:
        is_sound = exported.folder.is_dir() and sha256_of(exported.folder) == exported.sha256
    except OSError:
        is_sound = False
    if not is_sound:
        raise ModelError(
            f"The embedding model beside the index, {exported.folder}, {problem}. Run "
            "`citewell ingest` on your sources to make it again; nothing else is lost."
        )


def _options():  # noqa: ANN202  (imported where it is made)
    from onnxruntime import SessionOptions  # noqa: PLC0415

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # Waiting threads would else turn in circles at the cost of whoever shares the machine.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Errors reach us as exceptions; what it logs besides would only alarm a reader.
    options.log_severity_level = 3
    return options
