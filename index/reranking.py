"""A question and passages read together: the Reranker protocol, and any cross-encoder.

None comes with Citewell. Who has one names it in CITEWELL_RERANKER, by folder or by name; it is
the only thing of a search that needs torch, and is loaded only when it is asked for.
"""

import math
import os
import time
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np

from index.embedder import Vectors
from index.errors import ModelError
from index.model_libraries import hub_answers, hush_libraries

MODEL_VARIABLE = "CITEWELL_RERANKER"
SECONDS_VARIABLE = "CITEWELL_RERANK_SECONDS"
DEFAULT_SECONDS = 1.0
# Few, so that a slow model is not held up long past the end of its time.
_BATCH_SIZE = 4
# What the classes are called that were trained to judge a pair of texts.
_JUDGES = ("ForSequenceClassification", "ForCausalLM")


class Reranker(Protocol):
    """Says how well passages answer a question, reading both together."""

    def score(self, question: str, texts: Sequence[str], deadline: float) -> Vectors:
        """Scores of the first texts, as many as could be read in time.

        Args:
            question: what the user typed.
            texts: what to read, the most promising first.
            deadline: when to end, as `time.monotonic` counts.

        Returns:
            float32[n], n <= len(texts), each from 0 to 1, higher is better.
        """
        ...


class CrossEncoderReranker:
    """Any cross-encoder that sentence-transformers loads and that gives one number a pair."""

    def __init__(self, location: str, *, is_on_hub: bool = False) -> None:
        """Load the model.

        Args:
            location: folder or hub name to load it from.
            is_on_hub: the location is a name, not a folder.

        Raises:
            ModelError: it cannot be loaded, or was not trained to rank.
        """
        hush_libraries()
        try:
            # Seconds of import: here, so that only those who rerank pay for it.
            from sentence_transformers import CrossEncoder  # noqa: PLC0415
            from torch.nn import Sigmoid  # noqa: PLC0415
            from transformers.utils.logging import disable_progress_bar  # noqa: PLC0415
        except ImportError as error:
            raise ModelError(
                "Reranking needs sentence-transformers; install it with: "
                "pip install 'citewell[ingest]'"
            ) from error
        disable_progress_bar()
        try:
            self.model = CrossEncoder(
                location,
                device=os.environ.get("CITEWELL_DEVICE"),
                local_files_only=not (is_on_hub and hub_answers()),
            )
        except Exception as error:
            raise ModelError(
                f"The reranker {location!r} cannot be loaded ({error}). Set {MODEL_VARIABLE} to "
                "the folder of a cross-encoder for sentence-transformers."
            ) from error
        # The library would give any other model a last layer of random numbers.
        architectures = getattr(self.model.config, "architectures", None) or []
        if self.model.num_labels != 1 or not any(name.endswith(_JUDGES) for name in architectures):
            raise ModelError(
                f"The model {location!r} is no reranker: it gives no single number for a question "
                f"and a passage. Set {MODEL_VARIABLE} to the folder of a cross-encoder for ranking."
            )
        # By itself, one model gives numbers without bounds and the next from 0 to 1.
        self.activation = Sigmoid()

    def score(self, question: str, texts: Sequence[str], deadline: float) -> Vectors:
        """Scores of the first texts, as many as could be read in time; a first few always."""
        scores: list[float] = []
        slowest = 0.0
        for first in range(0, len(texts), _BATCH_SIZE):
            started = time.monotonic()
            # Always a first batch: a budget below its time would else make a slow way to `fused`.
            if scores and started + slowest > deadline:
                break
            scores += self._judge([(question, text) for text in texts[first : first + _BATCH_SIZE]])
            slowest = max(slowest, time.monotonic() - started)
        return np.array(scores, np.float32)

    def _judge(self, pairs: list[tuple[str, str]]) -> list[float]:
        return self.model.predict(
            pairs, batch_size=_BATCH_SIZE, activation_fn=self.activation, show_progress_bar=False
        ).tolist()


@lru_cache(maxsize=1)
def load_reranker(name: str) -> Reranker:
    """Load a cross-encoder; the last one is kept.

    Args:
        name: the folder of a model, or any name that sentence-transformers itself resolves.

    Raises:
        ModelError: it cannot be loaded.
    """
    folder = Path(name).expanduser()
    if folder.is_dir():
        return CrossEncoderReranker(str(folder.resolve()))
    return CrossEncoderReranker(name, is_on_hub=True)


def is_configured() -> bool:
    """Whether the user has named a reranker."""
    return bool(os.environ.get(MODEL_VARIABLE))


def configured_reranker() -> Reranker:
    """The reranker that the user has named, loaded.

    Raises:
        ModelError: none is named, or it cannot be loaded.
    """
    name = os.environ.get(MODEL_VARIABLE)
    if not name:
        raise ModelError(
            f"No reranker is set up, and none comes with Citewell. Set {MODEL_VARIABLE} to the "
            "folder or the name of a cross-encoder (for example "
            "cross-encoder/ms-marco-MiniLM-L6-v2), or search without --retriever reranked."
        )
    return load_reranker(name)


def seconds_to_rerank() -> float:
    """How long one question may take to rerank.

    Raises:
        ModelError: what is set is no such time.
    """
    value = os.environ.get(SECONDS_VARIABLE) or str(DEFAULT_SECONDS)
    try:
        seconds = float(value)
    except ValueError:
        seconds = math.nan
    if not seconds > 0:
        raise ModelError(
            f"{SECONDS_VARIABLE} is {value!r}; set it to the seconds that reranking may take, "
            f"such as {DEFAULT_SECONDS}."
        )
    return seconds
