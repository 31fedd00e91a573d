"""The evidence line: one vote a study, kinds apart, never fewer than three."""

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import WEB_PAGE, ranked
from support import FakeEmbedder, load_fake, write_text

from index.search import Index, open_index, search
from ingest.pipeline import ingest
from search_app.evidence.directions import Vote
from search_app.evidence.line import FEWEST_STUDIES, NOTE, count_votes
from search_app.evidence.questions import Asked, Asks, read_question
from search_app.evidence.studies import Group, Study
from search_app.evidence.study_types import Stated
from search_app.evidence.voting import StudyVote, collect_votes, says_which_way
from search_app.finding import find
from search_app.printing import print_answer
from search_app.quotes import Quote

QUESTION = "does stress raise IL-6?"
ASKED = Asked(Asks.RAISES, "IL-6")
HUMAN = "We randomly assigned {n} women to rest or stress. {result}"
RESULTS = (
    "Stress raised IL-6 in the women.",
    "After stress IL-6 was higher than after rest.",
    "Stress did not change IL-6.",
    "IL-6 was measured after stress.",
)


@pytest.fixture
def studies(sources: Path, index_folder: Path) -> Iterator[Index]:
    """Four studies of women, three of rats."""
    for n, result in enumerate(RESULTS):
        body = HUMAN.format(n=40 + n, result=result)
        write_text(sources, f"human{n}.txt", f"Study {n}", body)
    for n in range(3):
        body = (
            f"We kept {20 + n} rats. The rats were exposed to stress. Stress raised IL-6 in rats."
        )
        write_text(sources, f"rats{n}.txt", f"Stress in rats {n}", body)
    ingest([str(sources)], index_folder, FakeEmbedder())
    index = open_index(index_folder, load_fake)
    yield index
    index.close()


def test_line_counts_each_study_once_and_kinds_apart(studies: Index) -> None:
    """Four human studies, three animal ones, never seven."""
    evidence = find(studies, QUESTION).evidence
    assert evidence
    assert [tally.text for tally in evidence.tallies] == [
        "2 of 4 human studies in this library report higher IL-6; 1 reports no difference; "
        "1 is unclear.",
        "3 of 3 animal studies in this library report higher IL-6.",
    ]
    documents = [vote.quote.source.document.id for vote in evidence.votes]
    assert len(documents) == len(set(documents)) == 7
    assert {vote.quote.text for vote in evidence.votes if vote.group is Group.HUMAN} == set(RESULTS)


def test_line_is_the_same_each_time(studies: Index) -> None:
    """The same library and question give the same votes."""
    assert find(studies, QUESTION).evidence == find(studies, QUESTION).evidence


def test_size_of_each_study_is_told(studies: Index) -> None:
    """With the sentence that states it."""
    evidence = find(studies, QUESTION).evidence
    assert evidence
    sizes = {vote.study.size.value for vote in evidence.votes if vote.group is Group.HUMAN}
    assert sizes == {"40", "41", "42", "43"}


def test_question_without_a_yes_or_no_has_no_line(studies: Index) -> None:
    """Nor has one on something else."""
    assert find(studies, "what raises IL-6?").evidence is None
    assert find(studies, "does exercise lower blood pressure?").evidence is None


def test_near_duplicates_are_one_study(studies: Index) -> None:
    """A preprint and its article vote once."""
    found = search(studies, QUESTION, 30)
    same = [
        replace(one, document=replace(one.document, metadata={"group": "preprint of the other"}))
        for one in found
    ]
    asked = read_question(QUESTION)
    assert asked
    assert len(collect_votes(studies, QUESTION, asked, same)) == 1


def test_versions_of_a_document_are_one_study(studies: Index) -> None:
    """As the library knows them, by what they say."""
    documents = tuple(document.id for document in studies.documents())
    found = search(studies, QUESTION, 30)
    asked = read_question(QUESTION)
    assert asked
    studies.__dict__["versions"] = dict.fromkeys(documents, documents)
    assert len(collect_votes(studies, QUESTION, asked, found)) == 1


def test_quote_that_is_not_in_the_source_does_not_vote(studies: Index) -> None:
    """Each is found again in the stored page."""
    found = search(studies, QUESTION, 30)
    changed = [
        replace(one, passage=replace(one.passage, text="Stress raised IL-6 in all of us."))
        for one in found
    ]
    asked = read_question(QUESTION)
    assert asked
    assert collect_votes(studies, QUESTION, asked, changed) == []


def cast(vote: Vote, group: Group, number: int) -> StudyVote:
    """A vote of a study of its own."""
    text = "Stress raised IL-6."
    source = ranked(text, replace(WEB_PAGE, id=f"study {number}"))
    unstated = Stated()
    return StudyVote(
        Quote(text, source, 0, len(text)), vote, Study(unstated, unstated, unstated), group
    )


VOTES = st.lists(
    st.tuples(
        st.sampled_from([Vote.RAISES, Vote.LOWERS, Vote.NO_DIFFERENCE, Vote.UNCLEAR]),
        st.sampled_from(Group),
    ),
    max_size=20,
)


@given(VOTES)
def test_every_vote_is_counted_once_in_its_group(drawn: list[tuple[Vote, Group]]) -> None:
    """And a group with fewer than three is not shown."""
    votes = [cast(vote, group, n) for n, (vote, group) in enumerate(drawn)]
    evidence = count_votes(ASKED, votes)
    shown = {tally.group: tally.total for tally in evidence.tallies} if evidence else {}
    sizes = {group: sum(vote.group is group for vote in votes) for group in Group}
    assert shown == {group: size for group, size in sizes.items() if size >= FEWEST_STUDIES}
    assert sum(shown.values()) == (len(evidence.votes) if evidence else 0)


@given(VOTES, st.randoms())
def test_order_of_the_votes_does_not_change_the_line(
    drawn: list[tuple[Vote, Group]], order: random.Random
) -> None:
    """Counting is counting."""
    votes = [cast(vote, group, n) for n, (vote, group) in enumerate(drawn)]
    shuffled = list(votes)
    order.shuffle(shuffled)
    first, second = count_votes(ASKED, votes), count_votes(ASKED, shuffled)
    assert (first.tallies if first else None) == (second.tallies if second else None)


def test_line_is_printed_with_its_votes_and_its_limits(
    studies: Index, capsys: pytest.CaptureFixture[str]
) -> None:
    """At a terminal."""
    print_answer(find(studies, QUESTION))
    printed = capsys.readouterr().out
    assert "3 of 3 animal studies in this library report higher IL-6." in printed
    assert "no difference \u201cStress did not change IL-6.\u201d Study 2" in printed
    assert "(randomised trial, human, n = 42)" in printed
    assert NOTE in printed


def test_only_a_question_for_a_direction_asks_which_way() -> None:
    """Of four results the last says none; for other questions every sentence does."""
    says = says_which_way(ASKED)
    assert [says(result) for result in RESULTS] == [True, True, True, False]
    assert all(map(says_which_way(Asked(Asks.YES_NO)), RESULTS))
    assert all(map(says_which_way(None), RESULTS))
