"""What may be meant by a question with misspelt words: suggested, and never searched unasked."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from support import FakeEmbedder, write_text

from index.embedder import Embedder
from index.search import MAX_QUESTION_CHARACTERS, Index, open_index
from index.words import WordIndex
from ingest.pipeline import ingest
from search_app.finding import find, find_passages
from search_app.spelling import suggest

PARTS = (
    "Chronic stress may raise inflammation in anxiety and depression.",
    "In depression, inflammation was studied in trials of anxiety and of stress.",
    "One trial of ketotifen was hopeful.",
    *(f"Trial {number} of depression and of inflammation." for number in range(4)),
    "The skin was inflamed.",
)


@pytest.fixture(scope="module")
def folder(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of short articles; do not change it."""
    sources, folder = tmp_path_factory.mktemp("sources"), tmp_path_factory.mktemp("index")
    for number, text in enumerate(PARTS):
        write_text(sources, f"{number}.txt", f"Part {number}", text)
    assert len(ingest([str(sources)], folder, embedder).added) == len(PARTS)
    return folder


@pytest.fixture
def index(folder: Path, embedder: Embedder) -> Iterator[Index]:
    """That index, opened with the real model."""
    with closing(open_index(folder, lambda _name: embedder)) as opened:
        yield opened


class Unasked(WordIndex):
    """Words of an index that must not be looked through."""

    def __init__(self, inner: WordIndex) -> None:
        self._searcher, self._index = inner._searcher, inner._index

    def stems_beginning(self, letters: str) -> list[tuple[str, int]]:
        raise AssertionError(letters)


def suggested(index: Index, question: str) -> str | None:
    """The question that may be meant, where every word that is nowhere is asked about."""
    suggestion = suggest(index, question)
    return suggestion.question if suggestion else None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("does stress raise inflamation?", "does stress raise inflammation?"),
        ("Inflamation, and depresion?", "Inflammation, and depression?"),
        ("anti-inflamation for anxeity", "anti-inflammation for anxiety"),
        ("inflamation or Inflamation", "inflammation or Inflammation"),
        ("inflammatoin in zebrafish", "inflammation in zebrafish"),
    ],
)
def test_only_misspelt_words_are_exchanged(index: Index, typed: str, meant: str) -> None:
    """What stands around them stays, a capital too, and words that are nowhere near another."""
    assert suggested(index, typed) == meant


def test_a_word_is_misspelt_though_its_stem_is_held(index: Index) -> None:
    """That of "inflamation" is the one of "inflamed", which only one passage holds."""
    assert index.words.unknown_words("inflamation") == []
    assert suggested(index, "inflamation") == "inflammation"
    assert suggested(index, "inflamed") is None


def test_it_says_where_the_words_stand_that_were_exchanged(index: Index) -> None:
    """So that they can be shown."""
    question = "inflamation and depresion"
    suggestion = suggest(index, question)
    assert suggestion
    words = [suggestion.question[span.start : span.end] for span in suggestion.exchanged]
    assert words == ["inflammation", "depression"]
    assert suggestion.told == "Did you mean: inflammation and depression"


@pytest.mark.parametrize(
    "typed",
    [
        "does stress raise inflammation?",
        "ketotifin",  # near to a word of a single passage
        "IL-37, TNFa and DEPRESION",
        "distress",  # another word, which the model knows
        "zebrafish",
    ],
)
def test_nothing_is_suggested_for_what_is_meant(index: Index, typed: str) -> None:
    """Words that are there, or nowhere near, or written as no word is."""
    assert suggested(index, typed) is None


def test_a_word_that_the_model_knows_is_one(index: Index) -> None:
    """This one takes all for words."""
    manifest = replace(index.manifest, model_fingerprint=FakeEmbedder.fingerprint)
    knowing = replace(index, manifest=manifest, load=lambda _name: FakeEmbedder())
    assert suggested(knowing, "inflamation") is None


def test_known_words_cost_nothing(index: Index) -> None:
    """The words of the library are not looked through."""
    words = Unasked(index.words)
    assert suggest(replace(index, words=words), "does stress raise ketotifen?") is None


def test_a_suggestion_can_be_asked(index: Index) -> None:
    """None is longer than a question may be."""
    typed = "inflamation".rjust(MAX_QUESTION_CHARACTERS, ".")
    assert suggest(index, typed) is None
    assert suggest(index, typed[1:])


def test_what_was_typed_is_what_is_searched(index: Index) -> None:
    """Beside what is found stands the suggestion, for search and for asking."""
    typed = "does chronic stress raise depresion?"
    for found in (find_passages(index, typed), find(index, typed)):
        assert found.question == typed
        assert found.notices == ("Not in any document of the library: \u201cdepresion\u201d.",)
        assert found.suggestion
        assert found.suggestion.question == "does chronic stress raise depression?"


def test_question_in_another_language_is_not_corrected(index: Index) -> None:
    """Its words are not misspelt."""
    german = "Welche Folgen hat die Depresion f\u00fcr den Schlaf und das Gedaechtnis?"
    found = find_passages(index, german)
    assert "another language (German)" in found.notices[0]
    assert found.suggestion is None
