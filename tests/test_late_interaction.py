"""Late interaction: whose signs are kept, what they weigh, and sums that a reader can redo."""

import math

import numpy as np
import pytest

from index.embedder import TokenVectors, without_tokens
from index.late_interaction import QuestionTokens, cut_passage, meet, pack_passage, weigh_question
from index.onnx_runtime import OnnxEmbedder
from index.overlap import stem_of

# Four dimensions: which of them are above zero.
SLEEP, IMMUNE, THE = (1, 1, 1, 1), (-1, -1, 1, 1), (1, -1, 1, -1)


def text_of(text: str, *tokens: tuple[tuple[int, int], tuple[int, ...]]) -> TokenVectors:
    """A text with the places and vectors of its tokens."""
    vectors = np.array([vector for _, vector in tokens], np.float32)
    return TokenVectors(text, np.ones(2, np.float32), vectors, [span for span, _ in tokens])


def test_a_passage_keeps_a_word_of_eight_bytes_for_each_token_that_says_something() -> None:
    """Not for stop words and marks, which meet anything."""
    text = text_of(
        "The sleep, immune.",
        ((0, 3), THE),
        ((4, 9), SLEEP),
        ((9, 10), THE),
        ((11, 14), IMMUNE),
        ((14, 17), IMMUNE),
        ((17, 18), THE),
    )
    assert pack_passage(text) == b"".join(
        bytes([first, 0, 0, 0, 0, 0, 0, 0]) for first in (0b11110000, 0b00110000, 0b00110000)
    )


def test_tokens_of_a_word_share_its_weight() -> None:
    """Sleep weighs 3 and is one token, immune weighs 1 and is two: 3/4, 1/8, 1/8."""
    question = text_of(
        "Is sleep immune?", ((0, 2), THE), ((3, 8), SLEEP), ((9, 12), IMMUNE), ((12, 15), IMMUNE)
    )
    weighed = weigh_question(question, {"sleep": 3.0, stem_of("immune"): 1.0})
    assert weighed is not None
    assert weighed.weights.tolist() == [3 / 4, 1 / 8, 1 / 8]
    assert weighed.signs.shape == (3, 1)


def test_each_word_meets_the_token_nearest_to_it() -> None:
    """With its own vector whole, of theirs the signs."""
    passage = pack_passage(text_of("immune stress", ((0, 6), IMMUNE), ((7, 13), (1, 1, 1, -1))))
    question = weigh_question(
        text_of("sleep immune", ((0, 5), (4, 2, 2, 1)), ((6, 12), IMMUNE)),
        {"sleep": 1.0, stem_of("immune"): 1.0},
    )
    assert question is not None
    # <q, sign(x)> of unit vectors: sleep and stress (4 + 2 + 2 - 1) / 5, immune and itself 2.
    scale = math.sqrt(math.pi / 8)
    assert meet(question, [passage]) == pytest.approx([scale * (0.5 * 7 / 5 + 0.5 * 2)])


def test_passages_without_tokens_have_no_number_and_move_no_other() -> None:
    """Whichever place they stand in."""
    unit = np.full((1, 64), -1 / 8, np.float32)
    question = QuestionTokens(unit, np.array([[0]], np.uint64), np.ones(1, np.float32))
    same, opposite = bytes(8), b"\xff" * 8
    met = meet(question, [b"", same, b"", opposite, b""])
    assert np.isnan(met).tolist() == [True, False, True, False, True]
    assert met[[1, 3]] == pytest.approx([math.sqrt(math.pi / 2), -math.sqrt(math.pi / 2)])
    assert np.isnan(meet(question, [b"", b""])).all()


def test_estimates_are_near_the_cosines_of_the_whole_vectors(exported: OnnxEmbedder) -> None:
    """Nearer than signs on both sides tell; of a word that is said and of one that is not."""
    question = exported.embed_query_by_token("inflammation or sleeplessness")
    (passage,) = exported.embed_passages_by_token(
        ["After bad nights C-reactive protein, a marker of inflammation, was higher."]
    )
    weights = {stem_of(word): 1.0 for word in ("inflammation", "sleeplessness")}
    weighed = weigh_question(question, weights)
    assert weighed is not None
    said = [bool(stem_of(passage.text[a:b].lower())) for a, b in passage.spans]
    tokens = passage.tokens[said]
    unit = tokens / np.linalg.norm(tokens, axis=1, keepdims=True)
    exact = weighed.weights @ (weighed.vectors @ unit.T).max(axis=1)
    (estimate,) = meet(weighed, [pack_passage(passage)])
    assert estimate == pytest.approx(exact, abs=0.06)


def test_a_model_that_gives_no_tokens_is_no_trouble() -> None:
    """Nor is a question of stop words alone."""
    bare = without_tokens("sleep", np.ones(2, np.float32))
    assert pack_passage(bare) == b""
    assert weigh_question(bare, {"sleep": 1.0}) is None
    assert weigh_question(text_of("the", ((0, 3), THE)), {}) is None


def test_the_real_model_meets_a_word_by_its_meaning(exported: OnnxEmbedder) -> None:
    """No word of the question stands in either passage."""
    texts = [
        "The chart has two axes. The drug eased the pain of the volunteers. Rain fell in May.",
        "The chart has two axes. The bridge was painted in the spring. Rain fell in May.",
    ]
    passages = exported.embed_passages_by_token(texts)
    question = exported.embed_query_by_token("medicine against aching")
    weighed = weigh_question(question, {stem_of("medicine"): 1.0, stem_of("aching"): 1.0})
    assert weighed is not None
    eased, painted = meet(weighed, [pack_passage(passage) for passage in passages])
    assert eased > painted + 0.1


def test_tokens_of_the_real_model_stand_where_they_say(exported: OnnxEmbedder) -> None:
    """Their vectors come from the pass that gives the text's own."""
    text = "Interleukin-6 rose — naïve T cells, 免疫, did not."
    (embedded,) = exported.embed_passages_by_token([text])
    assert (embedded.vector == exported.embed_passages([text])[0]).all()
    assert embedded.tokens.shape == (len(embedded.spans), 384)
    assert "".join(text[start:end] for start, end in embedded.spans) == text.replace(" ", "")
    long = exported.embed_query_by_token("stress " * 500)
    assert len(long.spans) == exported.max_tokens - 2


def test_parts_of_a_passage_have_the_signs_of_their_own_tokens() -> None:
    """The title's stand before them, those of stop words and marks are not kept."""
    text = "Sleep. The immune rest. Is the"
    spans = [(0, 5), (5, 6), (7, 10), (11, 14), (14, 17), (18, 22), (22, 23), (24, 26), (27, 30)]
    tokens = [SLEEP, THE, THE, IMMUNE, THE, SLEEP, THE, THE, THE]
    packed = pack_passage(text_of(text, *zip(spans, tokens, strict=True)))
    first, second = cut_passage(packed, 8, text, spans, [(7, 23), (24, 30)])
    assert first == packed[8:]
    assert len(first) == 3 * 8
    assert second == b""


def test_parts_are_found_from_the_end_where_the_title_was_another() -> None:
    """Two words instead of one; the text that follows is the same."""
    text = "New title. Immune."
    spans = [(0, 3), (4, 9), (9, 10), (11, 17), (17, 18)]
    old = pack_passage(text_of("Old. Immune.", ((0, 3), SLEEP), ((5, 11), IMMUNE)))
    assert cut_passage(old, 8, text, spans, [(11, 18)]) == [old[8:]]


def test_passage_without_tokens_has_none_in_its_parts() -> None:
    """Neither where the index keeps none nor where the model tells none."""
    assert cut_passage(b"", 8, "Sleep well.", [(0, 5), (6, 10)], [(0, 11)]) == [b""]
    assert cut_passage(bytes(16), 8, "Sleep well.", [], [(0, 11)]) == [b""]


def test_spans_of_tokens_are_those_of_the_vectors(exported: OnnxEmbedder) -> None:
    """Without a vector being made; a text too long for the model is cut alike."""
    for text in ("Interleukin-6 rose \u2014 na\u00efve T cells.", "stress " * 500, ""):
        (embedded,) = exported.embed_passages_by_token([text])
        assert list(exported.token_spans(text)) == list(embedded.spans)
