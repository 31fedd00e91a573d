"""Facets: what a library can be narrowed to, and how many documents each choice would leave."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from library_fixture import run_citewell
from study_library import QUESTION, make_studies
from support import FakeEmbedder, load_fake, names, write_text

from index.corrections import save_correction
from index.database import open_database
from index.embedder import Embedder
from index.search import Index, open_index
from ingest.pipeline import ingest
from search_app.evidence import known_studies
from search_app.facets import Facet, described, facets_of, label_of, narrowing_in
from search_app.finding import find
from search_app.narrowing import EVERYTHING, Narrowing, narrowed, why_nothing_passes
from search_app.ordering import Order


@pytest.fixture(scope="module")
def folder(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of seven studies; do not change it."""
    place = tmp_path_factory.mktemp("studies")
    make_studies(place / "sources", place / "index", embedder)
    return place / "index"


@pytest.fixture
def studies(folder: Path, embedder: Embedder) -> Iterator[Index]:
    """The index, opened."""
    index = open_index(folder, lambda _name: embedder)
    yield index
    index.close()


def counts(facets: tuple[Facet, ...]) -> dict[str, dict[str, int]]:
    """The count of each value of each facet."""
    return {facet.name: {one.value: one.count for one in facet.values} for facet in facets}


def found(index: Index, narrowing: Narrowing) -> set[str]:
    """File names of what a question finds."""
    ranked = find(index, QUESTION, narrowing=narrowing).ranked
    return set(names(tuple(one.document.id for one in ranked)))


HUMAN = {f"human{n}.txt" for n in range(4)}
RATS = {f"rats{n}.md" for n in range(3)}


def test_facets_count_the_documents_of_each_value(studies: Index) -> None:
    """In what order of evidence the kinds of study stand; years from the first to the last."""
    facets = facets_of(studies, EVERYTHING)
    assert counts(facets.facets) == {
        "study-type": {"randomised trial": 4, "animal": 3},
        "subjects": {"human": 4, "animal": 3},
        "kind": {"text": 4, "markdown": 3},
        "source": {"trials": 4, "animals": 3},
        "tag": {"sleep": 2, "Work": 2},
        "language": {"en": 6, "de": 1},
    }
    assert facets.years == (2018, 2022)
    assert (facets.passing, facets.total) == (7, 7)


def test_a_count_tells_what_the_other_filters_leave_of_it(studies: Index) -> None:
    """Its own facet does not count against a value: another one of it may be chosen too."""
    facets = facets_of(studies, narrowed({"subjects": ["human"], "tag": ["sleep"]}))
    counted = counts(facets.facets)
    assert counted["subjects"] == {"human": 2, "animal": 0}
    assert counted["tag"] == {"sleep": 2, "Work": 2}
    assert counted["study-type"] == {"randomised trial": 2, "animal": 0}
    assert (facets.passing, facets.total) == (2, 7)


def test_a_facet_without_a_choice_is_none(
    sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """Nor are the years, where all are of one; what is chosen is always shown."""
    write_text(sources, "a.txt", "Sleep", "Sleep helps immune cells.")
    ingest([str(sources)], index_folder, fake)
    index = open_index(index_folder, load_fake)
    facets = facets_of(index, EVERYTHING)
    assert (facets.facets, facets.years, facets.total) == ((), None, 1)
    (kept,) = facets_of(index, narrowed({"tag": ["gone"]})).facets
    assert (kept.name, kept.chosen, kept.values[0].count) == ("tag", ("gone",), 0)
    index.close()


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({}, HUMAN | RATS),
        ({"study-type": ["Randomised Trial"]}, HUMAN),
        ({"study-type": ["animal", "randomised trial"]}, HUMAN | RATS),
        ({"subjects": ["animal"]}, RATS),
        ({"subjects": ["human"], "from": ["2019"], "to": ["2021"]}, {"human1.txt", "human2.txt"}),
        ({"subjects": ["human"], "language": ["de"]}, {"human3.txt"}),
        ({"source": ["animals"]}, RATS),
        ({"study-type": ["cohort"]}, set()),
        ({"study-type": ["animal"], "subjects": ["human"]}, set()),
    ],
)
def test_only_what_passes_is_found(
    studies: Index, parts: dict[str, list[str]], expected: set[str]
) -> None:
    """And all of it: what is asked of the studies reaches the search like any other filter."""
    assert found(studies, narrowed(parts)) == expected


def test_an_empty_result_says_what_to_loosen(studies: Index) -> None:
    """A value that no document has is named with those there are; else what each part costs."""
    assert why_nothing_passes(narrowed({"study-type": ["cohort"]}), studies) == (
        "No document of the library passes the filter study-type = cohort. There are: animal, "
        "randomised trial."
    )
    told = why_nothing_passes(narrowed({"subjects": ["animal"], "tag": ["sleep"]}), studies)
    assert told.startswith("No document of the library passes all parts of the filter at once.")
    assert "Without the filter subjects, 2 documents would pass." in told
    assert "Without the filter tag, 3 documents would pass." in told
    notices = find(studies, QUESTION, narrowing=narrowed({"from": ["2030"]})).notices
    assert "passes the filter from = 2030" in notices[0]


def test_where_the_filters_leave_no_answer_that_is_said(studies: Index) -> None:
    """For the others may answer."""
    unanswerable = "how is bread baked at home in winter"
    notices = find(studies, unanswerable, narrowing=narrowed({"subjects": ["animal"]})).notices
    answered = find(studies, unanswerable).answer.is_answered
    assert not answered
    assert any("Only 3 of 7 documents were searched" in notice for notice in notices)


def test_a_correction_counts_at_once(sources: Path, index_folder: Path, fake: FakeEmbedder) -> None:
    """In the facets and in the search, though there is no new build."""
    make_studies(sources, index_folder, fake)
    index = open_index(index_folder, load_fake)
    cohort = narrowed({"study-type": ["cohort"], "tag": ["new"]})
    assert found(index, cohort) == set()
    rats = next(d for d in index.documents() if d.id.endswith("rats1.md"))
    with closing(open_database(index_folder)) as database:
        save_correction(database, rats.id, {"study_type": "cohort", "tags": ["new"]})
    assert found(index, cohort) == {"rats1.md"}
    assert counts(facets_of(index, EVERYTHING).facets)["study-type"]["cohort"] == 1
    index.close()


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ({}, {}),
        ({"kind": ["pdf", "pdf", "html"]}, {"kind": ("pdf", "html")}),
        ({"from": ["soon"], "to": ["2020-13x", "2021"]}, {"to": ("2021",)}),
        ({"tag": ["", " ", "x" * 201, "a\nb", "<b>ok</b>"]}, {"tag": ("<b>ok</b>",)}),
        ({"tag": [str(n) for n in range(99)]}, {"tag": tuple(str(n) for n in range(50))}),
        ({"q": ["anything"], "unknown": ["x"]}, {}),
    ],
)
def test_an_address_is_read_as_far_as_it_can_be_meant(
    address: dict[str, list[str]], parts: dict[str, tuple[str, ...]]
) -> None:
    """Anyone can type anything."""
    assert narrowing_in(address).given == parts


def test_a_narrowing_is_told_in_words() -> None:
    """For the slide that says how was searched, and for the chips."""
    narrowing = narrowed(
        {
            "study-type": ["review", "cohort"],
            "subjects": ["human"],
            "kind": ["pdf"],
            "language": ["en"],
            "from": ["2019"],
            "to": ["2021"],
        }
    )
    assert described(narrowing) == (
        "study type: Review or Cohort; studied: Human; document type: PDF; language: English; "
        "from 2019; to 2021"
    )
    assert described(EVERYTHING) == ""
    assert label_of("subjects", "animal") == "Studied: Animal"
    assert label_of("study-type", "animal") == "Animal"


def test_newest_first_keeps_ranks_and_puts_undated_last(studies: Index) -> None:
    """The rank still says which passage fits best."""
    best = find(studies, QUESTION).ranked
    newest = find(studies, QUESTION, order=Order.NEWEST).ranked
    dates = [one.document.date for one in newest]
    assert dates[:4] == ["2022", "2021-03-01", "2019-05", "2018"]
    assert set(dates[4:]) == {""}
    assert sorted(newest, key=lambda one: one.rank) == best


def test_options_of_the_command_line_narrow_the_studies(folder: Path) -> None:
    """To the same documents as on the page."""
    options = ["--study-type", "Animal", "--subjects", "animal", "--kind", "markdown"]
    done = run_citewell("search", QUESTION, "--json", *options, index=folder)
    hits = json.loads(done.stdout)["hits"]
    assert {Path(hit["document"]["id"]).name for hit in hits} == RATS
    done = run_citewell("ask", QUESTION, "--subjects", "cells", index=folder)
    assert "passes the filter subjects = cells. There are: animal, human." in done.stderr


def test_the_slide_on_the_search_names_the_filters(folder: Path, tmp_path: Path) -> None:
    """As does every format that says how was searched; a collection has its own filters."""
    output = tmp_path / "talk.md"
    options = ["--format", "md", "--output", str(output), "--subjects", "human", "--from", "2019"]
    done = run_citewell("export", QUESTION, *options, index=folder)
    assert done.returncode == 0, done.stderr
    assert "studied: Human; from 2019" in output.read_text("utf-8")
    done = run_citewell("export", "--collection", "A", "--kind", "pdf", index=folder)
    assert done.returncode == 2
    assert "not a collection" in done.stderr


def test_a_large_library_is_not_read_ahead(studies: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its kinds of study are no facets until somebody asks for one; all else is as ever."""
    monkeypatch.setattr(known_studies, "MOST_READ_AHEAD", 6)
    offered = {facet.name for facet in facets_of(studies, EVERYTHING).facets}
    assert offered == {"kind", "source", "tag", "language"}
    asked = facets_of(studies, narrowed({"subjects": ["human"]}))
    assert counts(asked.facets)["subjects"] == {"human": 4, "animal": 3}
    assert asked.passing == 4
