"""`citewell verify`: found, moved, gone, and sources that cannot be read again."""

import json
from contextlib import closing
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from library_fixture import ROOT
from support import DATA, FakeEmbedder, write_text
from typer.testing import CliRunner

from index.database import open_database
from ingest.pipeline import ingest
from ingest.verifying import Verified, verify
from ingest.web import WebRules
from search_app.cli import app

TEXT = "First part\n----------\n\nOne stays. So it does.\n\nSecond part\n-----------\n\nTwo goes."


@pytest.fixture
def article(sources: Path, index_folder: Path, fake: FakeEmbedder) -> Path:
    """An article of two passages that has been read."""
    path = write_text(sources, "a.txt", "Title", TEXT)
    ingest([str(path)], index_folder, fake)
    return path


def only(folder: Path) -> Verified:
    """What is told of the only document."""
    (verified,) = verify(folder)
    return verified


def test_an_untouched_library_is_found_to_the_character(
    index_folder: Path, fake: FakeEmbedder
) -> None:
    """A PDF with pages, an article in Markdown."""
    library = DATA / "library"
    ingest([str(library), str(DATA / "report.pdf")], index_folder, fake)
    verified = verify(index_folder)
    assert len(verified) == 6
    assert all(one.source == "same" and one.found == one.passages > 0 for one in verified)


def test_a_passage_that_moved_is_told_with_its_new_place(article: Path, index_folder: Path) -> None:
    """Where it stands now can be read off."""
    write_text(article.parent, "a.txt", "Title", f"Something new before it all.\n\n{TEXT}")
    verified = only(index_folder)
    assert (verified.source, verified.found, verified.count("moved")) == ("changed", 0, 2)
    first = verified.differences[0]
    assert first.now is not None
    assert first.now.start > first.was.start
    assert first.now.end - first.now.start == len(first.text)


def test_of_a_passage_that_is_gone_the_missing_sentences_are_told(
    article: Path, index_folder: Path
) -> None:
    """The other passage is still found."""
    write_text(article.parent, "a.txt", "Title", TEXT.replace("Two goes.", "Ten came."))
    verified = only(index_folder)
    assert (verified.found, verified.count("gone")) == (1, 1)
    assert (verified.differences[0].text, verified.differences[0].now) == ("Two goes.", None)
    assert not verified.is_sound


def test_another_place_of_the_content_will_do(
    article: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """The reader can open that one."""
    write_text(article.parent, "b.txt", "Title", TEXT)
    ingest([str(article.parent)], index_folder, fake)
    article.unlink()
    assert only(index_folder).is_sound


def test_the_command_says_what_is_missing_and_ends_with_1(
    article: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """By its schema; 0 while all is there, 3 without an index."""
    broken = article.with_name("broken.pdf")
    broken.write_bytes((DATA / "report.pdf").read_bytes())
    ingest([str(broken)], index_folder, fake)
    command = ["verify", "--index", str(index_folder), "--json"]
    done = CliRunner().invoke(app, command)
    assert (done.exit_code, json.loads(done.stdout)["all_found"]) == (0, True)
    article.unlink()
    broken.write_bytes(b"%PDF-1.7 broken")
    done = CliRunner().invoke(app, command)
    report = json.loads(done.stdout)
    schema = json.loads((ROOT / "docs" / "schemas" / "verify.schema.json").read_text("utf-8"))
    assert list(Draft202012Validator(schema).iter_errors(report)) == []
    states = {Path(one["id"]).name: one["source"] for one in report["documents"]}
    assert (done.exit_code, states) == (1, {"a.txt": "missing", "broken.pdf": "unreadable"})
    nowhere = CliRunner().invoke(app, ["verify", "--index", str(article.parent / "none")])
    assert nowhere.exit_code == 3


def test_an_address_is_read_again_only_when_asked_for(article: Path, index_folder: Path) -> None:
    """Nobody listens at this one, so asking for it ends in a reason."""
    assert article.exists()
    address = "http://127.0.0.1:9/a.html"
    with closing(open_database(index_folder)) as database:
        database.connection.execute("UPDATE document SET id = ?", (address,))
    assert only(index_folder).source == "skipped"
    (verified,) = verify(index_folder, web=WebRules(allow_private=True))
    assert (verified.source, verified.is_sound) == ("unreadable", False)
    assert "cannot be read" in verified.reason
