"""Judged sets: what is read, what is refused and where, and when an index is used again."""

from pathlib import Path

import pytest
from support import DATA, FakeEmbedder, load_fake, texts, write_judged_set, write_text

from index.errors import IndexUnavailableError, JudgedSetError, ModelError
from index.search import MAX_QUESTION_CHARACTERS, open_index, rank_documents
from ingest.judged_index import build_index
from ingest.judged_set import load_judged_set
from ingest.pipeline import ingest

HEADER = "query-id\tcorpus-id\tscore\n"


class OtherEmbedder(FakeEmbedder):
    """Another model, by its fingerprint."""

    fingerprint = "other"


def test_set_is_read() -> None:
    """Scores of 0 are kept; a query whose only score is 0 is left out, and that is said."""
    judged = load_judged_set(DATA / "judged")
    assert judged.name == "judged"
    assert list(judged.fingerprints) == ["stress", "running", "sleep", "oxytocin", "tea"]
    assert judged.queries["q3"] == "antibodies after short nights"
    assert judged.qrels == {
        "q1": {"stress": 2, "oxytocin": 1},
        "q2": {"running": 1},
        "q3": {"sleep": 1},
    }
    assert judged.notices == ("1 queries without a relevant document, left out: q4",)


@pytest.mark.parametrize("missing", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_missing_file_is_named(tmp_path: Path, missing: str) -> None:
    """And what a set has to have."""
    folder = write_judged_set(tmp_path / "set")
    (folder / missing).unlink()
    with pytest.raises(JudgedSetError, match=r"is missing\. A judged set is a") as caught:
        load_judged_set(folder)
    assert str(folder / missing) in str(caught.value)


def test_other_judgements_are_offered_where_there_is_no_test(tmp_path: Path) -> None:
    """And can be given."""
    folder = write_judged_set(tmp_path / "set")
    other = (folder / "qrels" / "test.tsv").rename(folder / "qrels" / "dev.tsv")
    with pytest.raises(JudgedSetError, match=r"Choose judgements with --qrels: \S+dev\.tsv\."):
        load_judged_set(folder)
    assert load_judged_set(folder, other).qrels == {"q1": {"d1": 1}}


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        (
            "corpus",
            '{"_id": "d1", "text": "a"}\n\n{"_id"\n',
            "corpus.jsonl, line 3: this is no JSON",
        ),
        ("corpus", '["d1"]\n', "corpus.jsonl, line 1: this is no record"),
        ("corpus", '{"title": "a"}\n', 'corpus.jsonl, line 1: it has no "_id"'),
        ("corpus", '{"_id": "d1", "text": ["a"]}\n', 'corpus.jsonl, line 1: "text" is no text'),
        (
            "corpus",
            '{"_id": "d1", "text": "a"}\n{"_id": "d1", "text": "b"}\n',
            "corpus.jsonl, line 2: the \"_id\" 'd1' stands above already",
        ),
        ("corpus", "", "corpus.jsonl holds no document with a text"),
        ("corpus", '{"_id": "d1"}\n', "corpus.jsonl holds no document with a text"),
        ("queries", "{}\n", 'queries.jsonl, line 1: it has no "_id"'),
        ("queries", "", "No query of"),
        ("queries", '{"_id": "q1", "text": " "}\n', "No query of"),
        ("qrels", HEADER + "q1 d1 1\n", "test.tsv, line 2: it has 1 fields. Write three"),
        ("qrels", HEADER + "q1\t0\td1\t1\n", "test.tsv, line 2: it has 4 fields"),
        ("qrels", HEADER + "q1\td1\thigh\n", "line 2: the score 'high' is no whole number"),
        ("qrels", HEADER + "q1\td1\t0.5\n", "line 2: the score '0.5' is no whole number"),
        ("qrels", HEADER + "q1\td1\tinf\n", "line 2: the score 'inf' is no whole number"),
        ("qrels", HEADER + "q1\td1\t1\nq1\td1\t2\n", "line 3: document 'd1' was given another"),
        ("qrels", HEADER, "No query of"),
        ("qrels", HEADER + "q1\td1\t0\n", "No query of"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, file: str, content: str, message: str) -> None:
    """By file and line."""
    folder = write_judged_set(tmp_path / "set", **{file: content})
    with pytest.raises(JudgedSetError) as caught:
        load_judged_set(folder)
    assert message in str(caught.value)


def test_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    """By its name."""
    folder = write_judged_set(tmp_path / "set")
    (folder / "queries.jsonl").write_bytes(b'{"_id": "q1", "text": "caf\xe9"}\n')
    with pytest.raises(JudgedSetError, match=r"queries\.jsonl is not UTF-8"):
        load_judged_set(folder)


@pytest.mark.parametrize(
    "qrels",
    [
        "q1\td1\t1\n",
        "\ufeff" + HEADER.replace("\n", "\r\n") + "q1\td1\t1\r\n",
        HEADER + "q1\td1\t1.0\nq1\td1\t1\n\n",
    ],
)
def test_ways_to_write_the_same_judgements(tmp_path: Path, qrels: str) -> None:
    """Without a header, as some editors save it, with a fraction of 0, twice."""
    assert load_judged_set(write_judged_set(tmp_path / "set", qrels=qrels)).qrels == {
        "q1": {"d1": 1}
    }


def test_what_the_set_lacks_counts_as_not_found(tmp_path: Path) -> None:
    """A judged document that is not in the corpus; judged queries without a text."""
    judged = load_judged_set(
        write_judged_set(
            tmp_path / "set",
            corpus='{"_id": 1, "text": "Sleep helps."}\n{"_id": "void"}\n',
            queries='{"_id": "q1", "text": "sleep"}\n{"_id": "q2", "text": ""}\n',
            qrels=f"{HEADER}q1\t1\t1\nq1\tgone\t1\nq2\t1\t-2\nq2\tvoid\t1\nq3\t1\t1\n",
        )
    )
    assert judged.queries == {"q1": "sleep"}
    assert judged.qrels == {"q1": {"1": 1, "gone": 1}, "q2": {"1": 0, "void": 1}, "q3": {"1": 1}}
    assert judged.notices == (
        "2 queries without a text, counted as not found: q2, q3",
        "1 documents judged but not in the corpus, counted as not found: gone",
        "1 documents without title and text, which nothing can find: void",
    )


def test_long_question_is_cut_to_what_is_searched(tmp_path: Path) -> None:
    """The product refuses it; here it is said."""
    text = "sleep " * MAX_QUESTION_CHARACTERS
    judged = load_judged_set(
        write_judged_set(tmp_path / "set", queries=f'{{"_id": "q1", "text": "{text}"}}\n')
    )
    assert judged.queries == {"q1": text[:MAX_QUESTION_CHARACTERS]}
    assert judged.notices == (
        "1 queries longer than the 2,000 characters that are searched, cut: q1",
    )


def test_corpus_is_indexed_as_any_source(
    tmp_path: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """A title stands for a text that is missing; halves of characters do not stop it."""
    corpus = '{"_id": "d1", "text": "Sleep \\ud800 helps."}\n{"_id": "d2", "title": "On tea"}\n'
    judged = load_judged_set(write_judged_set(tmp_path / "set", corpus=corpus))
    done = []
    seconds = build_index(judged, index_folder, fake, lambda *step: done.append(step))
    assert seconds is not None
    assert seconds > 0
    assert done == [("d1", 0, 2), ("d2", 1, 2)]
    assert texts(index_folder) == ["On tea", "Sleep ? helps."]
    index = open_index(index_folder, load_fake)
    assert [name for name, _ in rank_documents(index, "tea", retriever="words")] == ["d2"]
    index.close()


def test_index_of_the_same_corpus_is_used_again(
    tmp_path: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """Whatever was judged meanwhile."""
    build_index(load_judged_set(write_judged_set(tmp_path / "set")), index_folder, fake)
    fake.embedded.clear()
    again = write_judged_set(tmp_path / "again", qrels="q1\td2\t1\n")
    assert build_index(load_judged_set(again), index_folder, fake) is None
    assert fake.embedded == []


def test_index_of_something_else_is_left_as_it_is(
    tmp_path: Path, sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """It may be somebody's library."""
    judged = load_judged_set(write_judged_set(tmp_path / "set"))
    write_text(sources, "own.txt", "Own", "My own article.")
    ingest([str(sources)], index_folder, fake)
    with pytest.raises(IndexUnavailableError, match="Give another folder with --index"):
        build_index(judged, index_folder, fake)
    assert texts(index_folder) == ["My own article."]
    build_index(judged, tmp_path / "fake", fake)
    with pytest.raises(ModelError):
        build_index(judged, tmp_path / "fake", OtherEmbedder())


def test_interrupted_build_is_done_again(
    tmp_path: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """Whole, and without what it had read of another corpus."""

    def stop(document: str, *_: int) -> None:
        if document == "b":
            raise KeyboardInterrupt

    corpus = '{"_id": "a", "text": "Left over."}\n{"_id": "b", "text": "Never read."}\n'
    other = load_judged_set(write_judged_set(tmp_path / "other", corpus=corpus, qrels="q1\ta\t1\n"))
    with pytest.raises(KeyboardInterrupt):
        build_index(other, index_folder, fake, stop)
    assert build_index(load_judged_set(write_judged_set(tmp_path / "set")), index_folder, fake)
    assert texts(index_folder) == ["Running helps the heart.", "Sleep helps immune cells."]
