"""Reports: what the commands print as JSON, by the schemas in docs/schemas/."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from library_fixture import ROOT, StarterLibrary, run_citewell

SCHEMAS = ROOT / "docs" / "schemas"
QUESTION = "does stress raise inflammation?"


def problems(name: str, report: object) -> list[str]:
    """What of a report is against its schema."""
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return [error.message for error in Draft202012Validator(schema).iter_errors(report)]


def printed(*arguments: str, index: Path) -> dict:
    """The JSON that a command prints."""
    done = run_citewell(*arguments, "--json", index=index)
    assert done.returncode in {0, 1}, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def answered(starter: StarterLibrary) -> dict:
    """The report of a question that the library answers."""
    return printed("ask", QUESTION, index=starter.folder)


@pytest.mark.parametrize("name", ["search", "ask", "check", "ingest", "status"])
def test_schema_is_closed_and_asks_for_every_key(name: str) -> None:
    """A key that is added or lost breaks scripts, so it must not pass unseen."""
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))
    assert problems(name, {}) == [f"{key!r} is a required property" for key in schema["properties"]]
    assert any("unexpected" in message for message in problems(name, {"more": 1}))


def test_japanese_question_prints_by_the_schema_of_search(starter: StarterLibrary) -> None:
    """As many hits as were asked for; the question letter for letter; the notice on stderr."""
    question = "\u30b9\u30c8\u30ec\u30b9\u306f\u708e\u75c7\u3092\u9ad8\u3081\u307e\u3059\u304b"
    done = run_citewell("search", question, "--limit", "3", "--json", index=starter.folder)
    assert done.returncode == 0
    report = json.loads(done.stdout)
    assert problems("search", report) == []
    assert [hit["rank"] for hit in report["hits"]] == [1, 2, 3]
    assert report["question"] == question
    assert question in done.stdout
    assert "another language (Japanese)" in done.stderr


@pytest.mark.parametrize("command", ["search", "ask"])
def test_what_may_be_meant_is_said_and_not_searched(command: str, starter: StarterLibrary) -> None:
    """On stderr to people, in the report to scripts."""
    typed, meant = "does stress raise depresion?", "does stress raise depression?"
    done = run_citewell(command, typed, "--json", index=starter.folder)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert problems(command, report) == []
    assert (report["question"], report["did_you_mean"]) == (typed, meant)
    told = f"Not in any document of the library: \u201cdepresion\u201d.\nDid you mean: {meant}\n"
    assert told in done.stderr


def test_highlights_are_ranges_of_the_text(answered: dict) -> None:
    """Each holds a whole sentence."""
    assert answered["did_you_mean"] is None
    for hit in answered["hits"]:
        for start, end in hit["highlights"]:
            assert 0 <= start < end <= len(hit["text"])
            assert hit["text"][start:end].strip() == hit["text"][start:end]


def test_answer_prints_by_its_schema(answered: dict) -> None:
    """The quotes are ranges of the passages, word for word, one a document."""
    assert problems("ask", answered) == []
    texts = {hit["passage_id"]: hit["text"] for hit in answered["hits"]}
    quotes = answered["answer"]["quotes"]
    assert answered["answer"]["answered"]
    assert len({quote["document_id"] for quote in quotes}) == len(quotes)
    for quote in quotes:
        assert texts[quote["passage_id"]][quote["start"] : quote["end"]] == quote["text"]


def test_german_question_without_an_answer_prints_by_the_schema_of_ask(
    starter: StarterLibrary,
) -> None:
    """The closest passages are there all the same; the notice is on stderr."""
    question = "Wie repariere ich zu Hause eine gerissene Fahrradkette?"
    done = run_citewell("ask", question, "--json", index=starter.folder)
    assert done.returncode == 0
    report = json.loads(done.stdout)
    assert problems("ask", report) == []
    assert report["answer"] == {"answered": False, "quotes": []}
    assert report["hits"]
    assert "another language (German)" in done.stderr


def test_evidence_prints_by_the_schema_of_ask(starter: StarterLibrary) -> None:
    """One vote a document, none of a kind with fewer than three, in the words of the passages."""
    report = printed("ask", "can diet make people more resilient?", index=starter.folder)
    assert problems("ask", report) == []
    evidence = report["evidence"]
    documents = [vote["quote"]["document_id"] for vote in evidence["votes"]]
    assert len(set(documents)) == len(documents) >= 3
    for tally in evidence["tallies"]:
        votes = [vote["vote"] for vote in evidence["votes"] if vote["group"] == tally["group"]]
        assert len(votes) == sum(tally["counts"].values()) == tally["studies"] >= 3
        assert {kind: votes.count(kind) for kind in tally["counts"]} == tally["counts"]


def test_overviews_are_not_counted_as_studies(answered: dict) -> None:
    """The starter library has nothing but texts on what others studied."""
    groups = {tally["group"] for tally in answered["evidence"]["tallies"]}
    assert groups == {"reviews"}


def test_question_without_a_yes_or_no_has_no_evidence(starter: StarterLibrary) -> None:
    """The key is there, and null."""
    assert printed("ask", "what is sickness behaviour?", index=starter.folder)["evidence"] is None


def test_links_of_hits_open_the_file_at_the_page(answered: dict) -> None:
    """For PDFs the page, for web pages the sentence."""
    for hit in answered["hits"]:
        link = hit["document"]["link"]
        if hit["document"]["kind"] == "pdf":
            assert hit["open_link"] == f"{link}#page={hit['page']}"
        elif hit["document"]["kind"] == "html":
            assert hit["open_link"].startswith(f"{link}#:~:text=")
        else:
            assert hit["open_link"] == link


def test_ingest_prints_by_its_schema(starter: StarterLibrary) -> None:
    """The whole starter corpus, nothing failed."""
    assert problems("ingest", starter.report) == []
    assert (starter.report["added"], starter.report["failed"]) == (28, [])


def test_ingest_with_failures_prints_by_its_schema(tmp_path: Path) -> None:
    """A broken PDF and a double."""
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    for name in ("a.txt", "b.txt"):
        (sources / name).write_text("Sleep\n\nSleep helps immune cells.\n", "utf-8")
    report = printed("ingest", str(sources), index=tmp_path / "index")
    assert problems("ingest", report) == []
    assert [Path(failure["source"]).name for failure in report["failed"]] == ["broken.pdf"]
    assert [Path(double["source"]).name for double in report["duplicates"]] == ["b.txt"]
    status = printed("status", index=tmp_path / "index")
    assert problems("status", status) == []
    assert status["failed"] == report["failed"]


def test_status_prints_by_its_schema(starter: StarterLibrary) -> None:
    """Its sums are those of its documents."""
    report = printed("status", index=starter.folder)
    assert problems("status", report) == []
    assert report["documents"] == len(report["report"]) == starter.report["documents"]
    assert report["passages"] == sum(document["passages"] for document in report["report"])
    kept = sum(path.stat().st_size for path in starter.folder.rglob("*") if path.is_file())
    # While it is read, SQLite keeps a working file of 32 KB beside the database.
    assert report["bytes_on_disk"] in {kept, kept + 32_768}
