"""Scores of sentences: what the index keeps of their passages is enough to find the best."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from samples import ranked
from support import FakeEmbedder, load_fake, write_text

from index.embedder import Embedder
from index.search import Index, open_index, search
from index.sentences import Span
from ingest.pipeline import ingest
from search_app.meeting import meet_quotes, signs_of
from search_app.quotes import Quote, quotes_of
from search_app.scoring import ScoredQuote, best_quotes, score_quotes

QUESTION = "How long does stress raise interleukin-6?"
# Bytes of a token: the signs of 384 dimensions.
TOKEN = 48


def test_score_is_of_words_met_words_said_and_the_passage() -> None:
    """What is met, 0.4 of what is said, and twice the passage's score, which is 1/2 for its key."""
    quote = Quote("It harms.", ranked("It harms.", key=2), 0, 9)
    assert ScoredQuote(quote, 0.3, 0.5).score == pytest.approx(0.3 + 0.4 * 0.5 + 2 / 2)


def test_signs_of_the_sentences_are_those_of_the_passage(built_index: Index) -> None:
    """In their order, after those of title and heading, and none is lost or used twice."""
    for found in search(built_index, QUESTION):
        key = found.passage.id
        (stored,) = built_index.database.candidates([key], built_index.manifest.build)
        whole = b"".join(signs_of(built_index, TOKEN, quotes_of([found])))
        assert len(whole) >= TOKEN
        assert stored.signs.endswith(whole)


def test_no_sentence_is_embedded_to_be_scored(
    built_folder: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the question is."""
    index = open_index(built_folder, lambda _name: embedder)
    found = search(index, QUESTION)
    embedded: list[str] = []
    embed = embedder.embed_passages
    monkeypatch.setattr(
        embedder, "embed_passages", lambda texts: embedded.extend(texts) or embed(texts)
    )
    assert len(score_quotes(index, QUESTION, found)) > len(found)
    index.close()
    assert embedded == []


def test_sentence_that_answers_in_other_words_meets_the_question_best(
    tmp_path: Path, sources: Path, embedder: Embedder
) -> None:
    """Of its passage; no word of the question stands in it."""
    body = "The chart has two axes. The drug eased the pain of the volunteers. Rain fell in May."
    write_text(sources, "trial.txt", "A report", body)
    ingest([str(sources)], tmp_path / "index", embedder)
    index = open_index(tmp_path / "index", lambda _name: embedder)
    (found,) = search(index, "medicine against aching")
    quotes = quotes_of([found])
    met = meet_quotes(index, "medicine against aching", quotes)
    index.close()
    assert quotes[int(np.argmax(met))].text == "The drug eased the pain of the volunteers."


def test_title_that_was_corrected_moves_no_sentence(built_index: Index) -> None:
    """The text was embedded under another one, and stands at the end of what was."""
    (found, *_) = search(built_index, QUESTION)
    before = signs_of(built_index, TOKEN, quotes_of([found]))
    title = "A much longer title of immune studies in people, corrected by hand"
    corrected = replace(found, document=replace(found.document, title=title))
    assert signs_of(built_index, TOKEN, quotes_of([corrected])) == before


def test_model_without_vectors_of_tokens_scores_sentences_by_their_own(
    tmp_path: Path, sources: Path
) -> None:
    """The same words have the same vector: cosine 1."""
    write_text(sources, "sleep.txt", "Sleep", "Sleep helps immune cells. Stress harms them.")
    ingest([str(sources)], tmp_path / "index", FakeEmbedder())
    index = open_index(tmp_path / "index", load_fake)
    scored = score_quotes(index, "stress harms them", search(index, "stress harms them"))
    index.close()
    best = max(scored, key=lambda one: one.score)
    assert best.quote.text == "Stress harms them."
    assert best.met == pytest.approx(1)
    assert best.said == 1


def test_no_passages_give_no_sentences(built_index: Index) -> None:
    """An empty library."""
    assert score_quotes(built_index, QUESTION, []) == []


def test_best_quote_of_each_passage_is_where_it_stands() -> None:
    """By passage id, counted in the passage."""
    first, second = ranked("Alpha one. Beta two.", key=1), ranked("Gamma three.", key=2)
    scored = [
        ScoredQuote(quote, met)
        for quote, met in zip(quotes_of([first, second]), (0.1, 0.2, 0.1), strict=True)
    ]
    assert best_quotes(scored) == {1: Span(11, 20), 2: Span(0, 12)}


def test_question_in_a_text_is_marked_only_where_there_is_nothing_else() -> None:
    """It is nearest to the question, and tells nothing."""
    source = ranked("Does stress harm? Yes.")
    asked = ScoredQuote(Quote("Does stress harm?", source, 0, 17), 0.9)
    told = ScoredQuote(Quote("Yes.", source, 18, 22), 0.1)
    assert best_quotes([asked, told]) == {1: Span(18, 22)}
    assert best_quotes([asked]) == {1: Span(0, 17)}
