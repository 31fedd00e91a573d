"""Reranking: a tiny cross-encoder with random weights, loaded and asked like a real one."""

import json
import math
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from library_fixture import run_citewell
from models import make_cross_encoder, make_model
from support import DATA, FakeEmbedder, load_fake, write_text

from index.errors import ModelError
from index.filters import Filter
from index.reranking import (
    MODEL_VARIABLE,
    SECONDS_VARIABLE,
    configured_reranker,
    load_reranker,
    seconds_to_rerank,
)
from index.retrievers import RERANKED, RETRIEVERS, available_retrievers, prepare
from index.search import Index, open_index, rank_documents, search
from ingest.pipeline import ingest

QUESTION = "sleep helps immune cells"
WORDS = ("stress", "vaccines", "bridge", "steel", "query", "harms")
TEXTS = [f"sleep helps {one} of {other}" for one in WORDS for other in WORDS]


def in_time() -> float:
    """A deadline that nothing here can miss."""
    return time.monotonic() + 3600


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a cross-encoder."""
    return make_cross_encoder(tmp_path_factory.mktemp("cross_encoder"))


@pytest.fixture
def configured(model: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cross-encoder, set up with all the time it needs."""
    monkeypatch.setenv(MODEL_VARIABLE, str(model))
    monkeypatch.setenv(SECONDS_VARIABLE, "3600")
    return model


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """An index of 36 short texts: more than are reranked."""
    sources, folder = tmp_path_factory.mktemp("sources"), tmp_path_factory.mktemp("index")
    for number, text in enumerate(TEXTS):
        write_text(sources, f"{number}.txt", f"Text {number}", f"{text}, cells.")
    ingest([str(sources)], folder, FakeEmbedder())
    return open_index(folder, load_fake)


def test_scores_are_those_of_the_model_itself(model: Path) -> None:
    """Computed by hand from what transformers gives for each pair, one at a time."""
    from transformers import AutoModelForSequenceClassification, AutoTokenizer  # noqa: PLC0415

    plain = AutoModelForSequenceClassification.from_pretrained(model).eval()
    tokenizer = AutoTokenizer.from_pretrained(model)
    logits = [
        plain(**tokenizer(QUESTION, text, return_tensors="pt")).logits.item() for text in TEXTS
    ]
    scores = load_reranker(str(model)).score(QUESTION, TEXTS, in_time())
    assert (scores.dtype, scores.shape) == (np.float32, (len(TEXTS),))
    assert scores == pytest.approx([1 / (1 + math.exp(-logit)) for logit in logits], abs=1e-5)
    assert np.ptp(scores) > 0.01


def test_long_and_empty_texts_are_read_too(model: Path) -> None:
    """The model reads 64 tokens; what is longer is cut."""
    scores = load_reranker(str(model)).score(QUESTION, ["sleep " * 500, ""], in_time())
    assert scores.shape == (2,)
    assert np.isfinite(scores).all()
    assert load_reranker(str(model)).score(QUESTION, [], in_time()).shape == (0,)


def test_out_of_time_the_first_few_are_read_and_no_more(model: Path) -> None:
    """With the scores that they have with all the time there is."""
    reranker = load_reranker(str(model))
    few = reranker.score(QUESTION, TEXTS, time.monotonic())
    assert few.shape == (4,)
    assert few == pytest.approx(reranker.score(QUESTION, TEXTS, in_time())[:4], abs=1e-5)


def test_a_model_is_loaded_once(model: Path) -> None:
    """It takes seconds for a real one."""
    assert load_reranker(str(model)) is load_reranker(str(model))


@pytest.mark.parametrize(
    "make",
    [make_model, lambda folder: make_cross_encoder(folder, labels=3)],
    ids=["embedding model", "three labels"],
)
def test_a_model_that_was_not_made_to_rank_is_refused(
    tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    """The library itself would add a layer of random numbers, or give several a pair."""
    with pytest.raises(ModelError, match=f"is no reranker.*{MODEL_VARIABLE}"):
        load_reranker(str(make(tmp_path)))


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    """The message names the folder and what to set."""
    with pytest.raises(
        ModelError, match=f"(?s){tmp_path.name}.*cannot be loaded.*{MODEL_VARIABLE}"
    ):
        load_reranker(str(tmp_path))


def test_an_unknown_name_is_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody answers at the hub's address, as without a network."""
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(ModelError, match=r"no-such-model.*cannot be loaded"):
        load_reranker("no-such-model")


def test_without_a_reranker_the_message_says_what_to_set(
    library: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nobody meets it who did not ask."""
    monkeypatch.delenv(MODEL_VARIABLE, raising=False)
    assert available_retrievers() == ["meaning", "words", "fused"]
    for attempt in (
        configured_reranker,
        lambda: prepare(RERANKED),
        lambda: search(library, QUESTION, retriever=RERANKED),
    ):
        with pytest.raises(ModelError, match=f"No reranker is set up.*Set {MODEL_VARIABLE}"):
            attempt()


@pytest.mark.parametrize("value", ["soon", "0", "-1", "nan"])
def test_a_time_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    """With what was set."""
    monkeypatch.setenv(SECONDS_VARIABLE, value)
    with pytest.raises(ModelError, match=f"{SECONDS_VARIABLE} is '{value}'"):
        seconds_to_rerank()


@pytest.mark.usefixtures("configured")
def test_the_first_thirty_are_ordered_by_the_model(library: Index) -> None:
    """The others stay below in their order; no hit is lost, and scores fall."""
    assert RERANKED in available_retrievers()
    fused = [hit.passage_id for hit in RETRIEVERS["fused"](library, QUESTION, 100, None)]
    hits = RETRIEVERS[RERANKED](library, QUESTION, 100, None)
    keys = [hit.passage_id for hit in hits]
    assert len(fused) == len(TEXTS)
    assert sorted(keys[:30]) == sorted(fused[:30])
    assert keys[:30] != fused[:30]
    assert keys[30:] == fused[30:]
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    found = library.database.passages(keys[:30], library.manifest.build)
    pairs = [found[key] for key in keys[:30]]
    texts = [f"{document.title}. {passage.text}" for passage, document in pairs]
    expected = configured_reranker().score(QUESTION, texts, in_time())
    assert scores[:30] == pytest.approx(expected.tolist(), abs=1e-5)


@pytest.mark.usefixtures("configured")
def test_what_was_not_reached_in_time_stays_below(
    library: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With next to no time, only the first four are put in another order."""
    monkeypatch.setenv(SECONDS_VARIABLE, "1e-9")
    fused = [hit.passage_id for hit in RETRIEVERS["fused"](library, QUESTION, 100, None)]
    hits = RETRIEVERS[RERANKED](library, QUESTION, 100, None)
    assert sorted(hit.passage_id for hit in hits[:4]) == sorted(fused[:4])
    assert [hit.passage_id for hit in hits[4:]] == fused[4:]
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.usefixtures("configured")
def test_passages_and_documents_come_in_the_order_of_the_model(library: Index) -> None:
    """As by every other retriever; and a filter that lets nothing through finds nothing."""
    found = search(library, QUESTION, 10, RERANKED)
    ranked = rank_documents(library, QUESTION, 10, RERANKED)
    assert [one.document.id for one in found] == [name for name, _ in ranked]
    assert [name for name, _ in ranked] != [
        name for name, _ in rank_documents(library, QUESTION, 10)
    ]
    assert search(library, QUESTION, 10, RERANKED, Filter(kinds=("docx",))) == []


def test_the_commands_rerank_when_asked_and_say_what_is_missing(
    built_folder: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In processes of their own; nothing is built for an evaluation that cannot be made."""
    monkeypatch.delenv(MODEL_VARIABLE, raising=False)
    asked = ("search", "does sleep help?", "--json", "--retriever", RERANKED)
    missing = run_citewell(*asked, index=built_folder)
    assert (missing.returncode, missing.stdout) == (3, "")
    assert f"Set {MODEL_VARIABLE}" in missing.stderr
    evaluation = run_citewell("evaluate", str(DATA / "judged"), "--retriever", RERANKED)
    assert (evaluation.returncode, evaluation.stdout) == (3, "")
    assert f"Set {MODEL_VARIABLE}" in evaluation.stderr
    monkeypatch.setenv(MODEL_VARIABLE, str(model))
    done = run_citewell(*asked, index=built_folder)
    assert done.returncode == 0, done.stderr
    scores = [hit["score"] for hit in json.loads(done.stdout)["hits"]]
    assert scores == sorted(scores, reverse=True)
    fused = run_citewell("search", "does sleep help?", "--json", index=built_folder)
    assert scores != [hit["score"] for hit in json.loads(fused.stdout)["hits"]]
