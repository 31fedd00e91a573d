"""Search: what stands in the list, and which questions are refused."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import FakeEmbedder, load_fake, write_judged_set, write_text

from index.errors import IndexMissingError, QuestionError
from index.retrievers import available_retrievers
from index.search import (
    MAX_QUESTION_CHARACTERS,
    Index,
    check_question,
    open_index,
    rank_documents,
    search,
)
from ingest.judged_index import build_index
from ingest.judged_set import load_judged_set
from ingest.pipeline import ingest

SENTENCE = "Sleep and vaccines are linked by many cells in part number {}."


def long_text(topic: str, parts: int) -> str:
    """Sections of a few words each: one passage a section."""
    return "\n\n".join(f"Part {n}\n------\n\n{topic} in part number {n}." for n in range(parts))


@pytest.fixture
def two_documents(sources: Path, index_folder: Path, fake: FakeEmbedder) -> Index:
    """A long document that fits the question better than a short one."""
    write_text(sources, "long.txt", "Long", long_text("Sleep helps vaccines work well", 12))
    write_text(sources, "short.txt", "Short", long_text("Vaccines after sleep", 3))
    ingest([str(sources)], index_folder, fake)
    return open_index(index_folder, load_fake)


@pytest.mark.parametrize("retriever", available_retrievers())
def test_question_finds_the_document_that_answers_it(built_index: Index, retriever: str) -> None:
    """With the real model, by each way of finding."""
    found = search(built_index, "How long does stress raise interleukin-6?", 3, retriever)
    assert found[0].document.title == "Stress and inflammation"
    assert "interleukin-6" in found[0].passage.text


def test_meaning_finds_what_no_word_of_the_question_names(built_index: Index) -> None:
    """Lay words for the same thing."""
    found = search(built_index, "jogging and hypertension", 1, "meaning")
    assert found[0].document.title == "Running lowers blood pressure"


def test_ranks_count_from_one_and_scores_fall(built_index: Index) -> None:
    """And the list is no longer than asked."""
    found = search(built_index, "immune system", 4)
    assert [one.rank for one in found] == [1, 2, 3, 4]
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_reference_lists_are_not_found(built_index: Index) -> None:
    """Titles of cited papers look like answers to everything."""
    texts = [one.passage.text for one in search(built_index, "Journal of Examples, 2020", 20)]
    assert texts
    assert not any("Journal of Examples" in text for text in texts)


@pytest.mark.parametrize("retriever", available_retrievers())
def test_documents_are_ranked_by_their_best_passage(two_documents: Index, retriever: str) -> None:
    """Each once, in the order in which the product shows them."""
    question = "sleep helps vaccines work well"
    ranked = rank_documents(two_documents, question, retriever=retriever)
    shown = search(two_documents, question, 20, retriever)
    assert [name for name, _ in ranked] == list(dict.fromkeys(one.document.id for one in shown))
    assert [score for _, score in ranked] == sorted((score for _, score in ranked), reverse=True)
    assert rank_documents(two_documents, question, 1, retriever) == ranked[:1]


@pytest.mark.parametrize("retriever", ["words", "fused"])
def test_many_passages_of_one_document_hide_no_other(
    sources: Path, index_folder: Path, fake: FakeEmbedder, retriever: str
) -> None:
    """More of them fit the question than the product looks at."""
    write_text(sources, "long.txt", "Long", long_text("Vaccines work well after sleep", 130))
    for number in range(3):
        text = "Vaccines, in a text of many other words that has little to do with it"
        write_text(sources, f"short{number}.txt", "Short", f"{text}, {number}.")
    ingest([str(sources)], index_folder, fake)
    index = open_index(index_folder, load_fake)
    ranked = rank_documents(index, "vaccines work well after sleep", retriever=retriever)
    assert [Path(name).stem for name, _ in ranked].index("long") == 0
    assert len(ranked) == 4
    assert [score for _, score in ranked] == sorted((score for _, score in ranked), reverse=True)


def test_two_passages_a_document_while_others_have_any(two_documents: Index) -> None:
    """Four of the list: two of each document."""
    found = search(two_documents, "sleep helps vaccines work well", 4)
    assert sorted(one.document.title for one in found) == ["Long", "Long", "Short", "Short"]


def test_a_long_document_fills_the_list_when_others_have_no_more(two_documents: Index) -> None:
    """The short one has 3 parts, the long one 12."""
    found = search(two_documents, "sleep helps vaccines work well", 50)
    titles = [one.document.title for one in found]
    assert (titles.count("Long"), titles.count("Short")) == (12, 3)
    assert [one.rank for one in found] == list(range(1, 12 + 3 + 1))


@pytest.mark.parametrize("question", ["", "   ", "\n\t"])
def test_empty_question_is_refused(question: str) -> None:
    """With an example of a good one."""
    with pytest.raises(QuestionError, match="empty"):
        check_question(question)


def test_question_of_100_000_characters_is_refused(built_index: Index) -> None:
    """The message names both numbers."""
    with pytest.raises(QuestionError, match=r"100,000 .* 2,000"):
        search(built_index, "x" * 100_000)


def test_longest_question_is_searched(built_index: Index) -> None:
    """Exactly at the limit."""
    question = ("stress " * 1000)[: MAX_QUESTION_CHARACTERS - 1] + "?"
    assert len(question) == MAX_QUESTION_CHARACTERS
    assert search(built_index, question, 1)


@pytest.mark.parametrize(
    "question",
    ["is the", "?!", "_", "a_b", '"', "\\", "title:x AND (", "x\udce9y", "a\0b", "睡眠", "ﬁ", "İ"],
)
def test_no_question_ends_in_an_error(built_index: Index, question: str) -> None:
    """Stop words, query operators, marks, broken characters, other scripts."""
    assert isinstance(search(built_index, question), list)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(question=st.text(max_size=60).filter(str.strip))
def test_any_text_can_be_searched_by_words(built_index: Index, question: str) -> None:
    """The query language of the word index is never reached."""
    assert isinstance(search(built_index, question, retriever="words"), list)


def test_words_are_found_in_any_case_form_and_accent(built_index: Index) -> None:
    """Stemmed, lower case, without accents."""
    found = search(built_index, "CAREGÍVER", 1, "words")
    assert found[0].document.title == "Stress and inflammation"


def test_passage_is_found_again_by_its_key(built_index: Index) -> None:
    """And an unknown key gives nothing."""
    found = search(built_index, "oxytocin", 1)[0]
    again = built_index.passage(found.passage.id)
    assert again is not None
    assert (again.passage, again.document) == (found.passage, found.document)
    assert built_index.passage(10**12) is None


def test_a_document_of_unknown_language_adds_none(
    built_index: Index, tmp_path: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """Else a library of such documents would be said to be in another language, of no name.

    A judged set says nothing of languages; what readers read always has one, guessed.
    """
    build_index(load_judged_set(write_judged_set(tmp_path / "judged")), index_folder, fake)
    assert open_index(index_folder, load_fake).languages == frozenset()
    assert "en" in built_index.languages


def test_a_folder_without_an_index_is_named(tmp_path: Path) -> None:
    """The message says how to make one."""
    with pytest.raises(IndexMissingError, match="citewell ingest"):
        open_index(tmp_path)


def test_an_index_that_holds_nothing_yet_is_named(
    tmp_path: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """After an ingest of which nothing could be read."""
    ingest([str(tmp_path / "nothing.txt")], index_folder, fake)
    with pytest.raises(IndexMissingError, match="no documents yet"):
        open_index(index_folder)
