"""How well a passage meets each word of a question: late interaction, one bit a dimension.

A passage's vector is the mean of what the model made of its tokens, and the one sentence that
answers is lost among the others. So each token's vector is kept as well, and each word of a
question looks for the one that is nearest to it: ColBERT (Khattab and Zaharia 2020,
https://arxiv.org/abs/2004.12832), with an encoder that was not trained for it. Signs are enough
of a passage's vector: the share of signs that differ grows with the angle (Charikar 2002,
https://doi.org/10.1145/509907.509965), and what is kept is a thirty-second of the whole. Those of
a question are kept nowhere, so once the nearest tokens are known, it is compared whole with them
(asymmetric distances: Gordo and Perronnin 2011, https://doi.org/10.1109/CVPR.2011.5995505).
"""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from index.embedder import TokenVectors, Vectors
from index.overlap import WORD, stem_of

Signs = npt.NDArray[np.uint64]
# Signs are compared sixty-four at a time.
_WORD_BYTES = 8
# Tokens whose signs differ in so many bits more than those of the nearest one could be nearer.
_MARGIN_BITS = 8


@dataclass(frozen=True)
class QuestionTokens:
    """The tokens of a question that carry weight.

    Attributes:
        vectors: unit vectors, float32[t, e].
        signs: of these, uint64[t, w].
        weights: float32[t]; their sum is 1.
    """

    vectors: Vectors
    signs: Signs
    weights: Vectors

    @property
    def token_bytes(self) -> int:
        """Bytes that a token takes."""
        return self.signs.shape[1] * _WORD_BYTES


def pack_passage(embedded: TokenVectors) -> bytes:
    """Signs of the tokens of a passage, those of stop words and punctuation left out.

    Each token takes as many bytes as the dimensions need, rounded up to eight bytes. Nothing
    where the model gives no vectors of tokens.
    """
    stems = _stems_of_tokens(embedded)
    return _signs(embedded.tokens)[[bool(stem) for stem in stems]].tobytes() if stems else b""


def cut_passage(
    packed: bytes,
    token_bytes: int,
    text: str,
    tokens: Sequence[tuple[int, int]],
    parts: Sequence[tuple[int, int]],
) -> list[bytes]:
    """The signs of parts of a passage, out of those that are kept of the whole.

    No part is embedded, and each of its tokens knows the passage around it: late chunking (Günther
    et al. 2024, https://arxiv.org/abs/2409.04701), a word at a time.

    Args:
        packed: as `pack_passage` gave them.
        token_bytes: bytes that a token takes.
        text: what was embedded.
        tokens: where its tokens stand (`Embedder.token_spans`).
        parts: their first characters in the text, and the ones after them.

    Returns:
        One for each part; empty where nothing is kept of its tokens.
    """
    words = _words_of_tokens(text, tokens)
    kept = [start for (start, _), (_, stem) in zip(tokens, words, strict=True) if stem]
    # Under a title that was corrected since, the text stands elsewhere; its end is the same.
    moved = len(packed) // token_bytes - len(kept)
    cuts = ((bisect_left(kept, end) + moved for end in part) for part in parts)
    return [packed[max(a, 0) * token_bytes : max(b, 0) * token_bytes] for a, b in cuts]


def weigh_question(embedded: TokenVectors, weights: Mapping[str, float]) -> QuestionTokens | None:
    """The tokens of a question, each with the weight of its word, shared by a word's tokens.

    Args:
        embedded: the question.
        weights: of its stems.

    Returns:
        None where the model gives no vectors of tokens, or no word has any weight.
    """
    words = list(_words_of_tokens(embedded.text, embedded.spans))
    shared_by = Counter(start for start, _ in words)
    shares = [weights.get(stem, 0.0) / shared_by[start] for start, stem in words]
    if not any(shares):
        return None
    kept = np.flatnonzero(shares)
    share = np.array(shares, np.float32)[kept]
    share /= share.sum()
    vectors = embedded.tokens[kept]
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return QuestionTokens(unit, _signs(vectors), share)


def meet(question: QuestionTokens, passages: Sequence[bytes]) -> Vectors:
    """How well each passage meets the words of a question.

    The score is the sum over the question's tokens q of weight * max over the passage's tokens x
    of their cosine, of which sqrt(pi / 2e) <q, sign(x)> is an estimate (Plan and Vershynin 2013,
    https://doi.org/10.1109/TIT.2012.2207945). It is made where few signs differ; elsewhere it
    could not be the highest.

    Args:
        question: its tokens with their weights.
        passages: as `pack_passage` gave them; one may be empty.

    Returns:
        float32[n], about -1 to 1; no number for a passage without tokens.
    """
    width = question.signs.shape[1]
    lengths = np.array([len(packed) // (width * _WORD_BYTES) for packed in passages], np.intp)
    scores = np.full(len(passages), np.nan, np.float32)
    filled = np.flatnonzero(lengths)
    if not filled.size:
        return scores
    lengths = lengths[filled]
    starts = np.cumsum(lengths) - lengths
    signs = np.frombuffer(b"".join(passages), np.uint64).reshape(-1, width)
    # A column at a time runs along memory; to add up six numbers a token takes four times as long.
    columns = np.ascontiguousarray(signs.T)
    met = np.zeros(filled.size, np.float32)
    # A token at a time: all at once, a long question would take some hundred megabytes.
    for i, weight in enumerate(question.weights):
        differing = np.zeros(columns.shape[1], np.uint16)
        for column, part in zip(columns, question.signs[i], strict=True):
            differing += np.bitwise_count(column ^ part)
        nearest = np.minimum.reduceat(differing, starts)
        near = np.flatnonzero(differing <= np.repeat(nearest + _MARGIN_BITS, lengths))
        cosines = _cosines(question.vectors[i], signs[near])
        met += weight * np.maximum.reduceat(cosines, np.searchsorted(near, starts))
    scores[filled] = met
    return scores


def _cosines(unit: Vectors, signs: Signs) -> Vectors:
    """float32[n]; of a unit vector, estimated, with the vectors that have these signs."""
    bits = np.unpackbits(signs.view(np.uint8), axis=1, count=len(unit)).astype(np.float32)
    return math.sqrt(math.pi / (2 * len(unit))) * (2 * (bits @ unit) - unit.sum())


def _signs(vectors: Vectors) -> Signs:
    """uint64[t, w]; a sign is 1 above zero, and what is added to fill a word is 0."""
    bits = np.packbits(vectors > 0, axis=1)
    missing = -bits.shape[1] % _WORD_BYTES
    return np.ascontiguousarray(np.pad(bits, ((0, 0), (0, missing)))).view(np.uint64)


def _stems_of_tokens(embedded: TokenVectors) -> list[str]:
    return [stem for _, stem in _words_of_tokens(embedded.text, embedded.spans)]


def _words_of_tokens(text: str, spans: Sequence[tuple[int, int]]) -> Iterable[tuple[int, str]]:
    """For each token, where its word begins and the word's stem; none between words."""
    end_of_text = len(text)
    nowhere = (end_of_text, end_of_text, "")
    found = (
        (word.start(), word.end(), stem_of(word.group().lower())) for word in WORD.finditer(text)
    )
    words = chain(found, [nowhere])
    start, end, stem = next(words)
    for token_start, token_end in spans:
        while end <= token_start < end_of_text:
            start, end, stem = next(words)
        yield (start, stem) if start < token_end else (token_start, "")
