"""Checking a text: verbatim sentences, one a document, and nothing where nothing is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from library_fixture import StarterLibrary
from support import write_text

from index.embedder import Embedder
from index.errors import QuestionError
from index.quoting import verify_quote
from index.search import Index, open_index
from ingest.pipeline import ingest
from search_app.checking import MOST_A_STANCE, NOTHING_FOUND, check_claim, check_text
from search_app.evidence.stances import Stance

RESULTS = {
    "raised": "In our trial chronic stress raised interleukin-6 in the caregivers.",
    "none": "In this cohort chronic stress had no effect on interleukin-6.",
    "measured": "We measured interleukin-6 in caregivers under chronic stress for a year.",
}


@pytest.fixture
def studies(sources: Path, index_folder: Path, embedder: Embedder) -> Iterator[Index]:
    """Three texts on one claim, and one on something else."""
    for name, result in RESULTS.items():
        write_text(sources, f"{name}.txt", f"Study {name}", result)
    write_text(sources, "bees.txt", "Bees", "Bees dance to tell where the flowers are.")
    ingest([str(sources)], index_folder, embedder)
    index = open_index(index_folder, lambda _name: embedder)
    yield index
    index.close()


def test_claim_gets_what_says_so_then_what_says_otherwise_then_the_rest(studies: Index) -> None:
    """One sentence a study, with the real model."""
    checked = check_claim(studies, "Chronic stress raises interleukin-6.")
    assert [(one.stance, one.quote.text) for one in checked.found] == [
        (Stance.SAYS_SO, RESULTS["raised"]),
        (Stance.SAYS_OTHERWISE, RESULTS["none"]),
        (Stance.ON_TOPIC, RESULTS["measured"]),
    ]
    assert checked.summary == "1 says so, 1 says otherwise, 1 on the topic"
    kinds = [one.study.kind.value for one in checked.found if one.study]
    assert kinds == ["not stated", "cohort", "not stated"]


def test_opposite_claim_gets_the_opposite(studies: Index) -> None:
    """The same sentences, the other way round."""
    found = check_claim(studies, "Chronic stress does not affect interleukin-6.").found
    stances = {one.quote.text: one.stance for one in found}
    assert stances[RESULTS["none"]] is Stance.SAYS_SO
    assert stances[RESULTS["raised"]] is Stance.SAYS_OTHERWISE


def test_claim_that_nothing_is_about_gets_nothing(studies: Index) -> None:
    """And the page says so in those words."""
    checked = check_claim(studies, "The Great Wall is visible from space.")
    assert checked.found == ()
    assert checked.summary == NOTHING_FOUND


def test_text_is_summed_up(studies: Index) -> None:
    """By claims, each counted for each stance that it got."""
    checked = check_text(
        studies,
        "Chronic stress raises interleukin-6. The Great Wall is visible from space. Why?",
    )
    assert checked.summary == (
        "2 claims: 1 with a sentence that says so, 1 with one that says otherwise, 1 not found."
    )
    assert [line.text for line in checked.left_out] == ["Why?"]
    with pytest.raises(QuestionError):
        check_text(studies, "Why?")


def test_all_sentences_stand_in_the_starter_library(
    starter: StarterLibrary, embedder: Embedder
) -> None:
    """Word for word, each of a claim from another document, and few of each stance."""
    index = open_index(starter.folder, lambda _name: embedder)
    text = (
        "- Chronic stress raises IL-6\n- Sleep loss increases inflammation\n"
        "- Mindfulness lowers CRP\n- Loneliness is linked to higher mortality\n"
        "- Acute stress raises natural killer cells in the blood"
    )
    checked = check_text(index, text)
    assert len(checked.claims) == 5
    assert any(one.stance is Stance.SAYS_SO for claim in checked.claims for one in claim.found)
    for claim in checked.claims:
        quotes = [one.quote for one in claim.found]
        documents = [quote.source.document.id for quote in quotes]
        assert 1 <= len(quotes) <= 3 * MOST_A_STANCE
        assert len(documents) == len(set(documents))
        for q in quotes:
            assert verify_quote(index.database, q.source.passage.id, q.start, q.end, q.text)
    assert check_text(index, text) == checked
    index.close()
