"""The timeline: documents found by date and kind of study; none is lost, none hides another."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support import FakeEmbedder, load_fake

from index.search import Index, open_index, search
from ingest.pipeline import ingest
from search_app.finding import find
from search_app.results import results_of
from search_app.timeline import Timeline, timeline_of

TRIAL = "We randomly assigned 40 women to rest or stress. Stress raised IL-6."
COHORT = "In this cohort study we followed 90 women for years. Stress raised IL-6."
STUDIES = {
    "trial-2001": ("2001-01-01", TRIAL),
    "trial-2021": ("2021-12-31", TRIAL),
    "trial-2022": ("2022-01-15", TRIAL),
    "cohort-2010": ("2010", COHORT),
    "undated": ("", COHORT),
}


@pytest.fixture
def studies(sources: Path, index_folder: Path) -> Iterator[Index]:
    """Five studies, one without a date."""
    for number, (name, (date, text)) in enumerate(STUDIES.items()):
        dated = f"date: {date}\n" if date else ""
        content = f"---\ntitle: {name}\n{dated}---\n\n{text} Number {number}.\n"
        (sources / f"{name}.md").write_text(content, "utf-8")
    ingest([str(sources)], index_folder, FakeEmbedder())
    index = open_index(index_folder, load_fake)
    yield index
    index.close()


def drawn(index: Index) -> Timeline:
    """The timeline of a question that finds all of them."""
    timeline = timeline_of(index, search(index, "does stress raise IL-6?"))
    assert timeline
    return timeline


def test_documents_stand_by_kind_and_date(studies: Index) -> None:
    """From the earliest, at 0, to the latest, at 1; in the middle of a year where that is all."""
    rows = {row.kind: [(m.document.title, m.at) for m in row.marks] for row in drawn(studies).rows}
    assert list(rows) == ["randomised trial", "cohort"]
    first, last = 2001, 2022 + 14 / 31 / 12
    assert [title for title, _ in rows["randomised trial"]] == [
        "trial-2001",
        "trial-2021",
        "trial-2022",
    ]
    assert [at for _, at in rows["randomised trial"]][::2] == [0, 1]
    assert rows["cohort"] == [("cohort-2010", pytest.approx((2010.5 - first) / (last - first)))]


def test_marks_that_are_near_stand_above_one_another(studies: Index) -> None:
    """Two weeks of twenty years apart, one would hide the other."""
    trials = drawn(studies).rows[0].marks
    assert [mark.level for mark in trials] == [0, 0, 1]


def test_undated_documents_are_told(studies: Index) -> None:
    """And dates are written where they are."""
    timeline = drawn(studies)
    assert [mark.document.title for mark in timeline.undated] == ["undated"]
    assert timeline.told == "Timeline: 4 documents by kind of study, 2001 to 2022; 1 undated"
    assert timeline.ticks[0][0] == "2001"
    places = [at for _, at in timeline.ticks]
    assert (places[0], places[-1]) == (0, 1)
    assert places == sorted(places)


def test_one_document_or_date_is_in_the_middle(studies: Index) -> None:
    """There is no before and after."""
    found = search(studies, "does stress raise IL-6?")
    alone = timeline_of(studies, [one for one in found if one.document.date == "2010"])
    assert alone
    assert [(mark.at, mark.level) for mark in alone.rows[0].marks] == [(0.5, 0)]
    assert alone.ticks == (("2010", 0.5),)
    assert alone.told == "Timeline: 1 document by kind of study, 2010"
    undated = timeline_of(studies, [one for one in found if not one.document.date])
    assert undated
    assert undated.rows == undated.ticks == ()
    assert undated.told == "Timeline: none of the 1 document is dated"


def test_nothing_found_has_no_timeline(studies: Index) -> None:
    """Nothing is drawn then."""
    assert timeline_of(studies, []) is None


def test_results_hold_every_document_found_with_its_passage(studies: Index) -> None:
    """As data: numbers of passages, and where documents open."""
    findings = find(studies, "does stress raise IL-6?")
    data = results_of(findings, timeline_of(studies, findings.ranked))["timeline"]
    assert isinstance(data, dict)
    marks = [mark for row in data["rows"] for mark in row["marks"]] + data["undated"]
    assert sorted(mark["rank"] for mark in marks) == [1, 2, 3, 4, 5]
    assert all(mark["source"]["href"].startswith("document?doc=") for mark in marks)
    assert results_of(findings)["timeline"] is None
