"""Handing out files: those of the library, as they were read, and no other."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from support import FakeEmbedder, load_fake, write_text

from index.search import open_index
from ingest.pipeline import ingest
from search_app.source_route import SOURCE_ROUTE

DATA = Path(__file__).parent / "data"


@pytest.fixture
def fingerprints(
    sources: Path, index_folder: Path, fake: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    """Of a PDF and a text in a library, by file name."""
    (sources / "report.pdf").write_bytes((DATA / "report.pdf").read_bytes())
    write_text(sources, "sleep.txt", "Sleep", "<script>alert(1)</script> Sleep helps.")
    ingest([str(sources)], index_folder, fake)
    monkeypatch.setenv("CITEWELL_INDEX", str(index_folder))
    index = open_index(index_folder, load_fake)
    found = {Path(document.id).name: document.fingerprint for document in index.documents()}
    index.close()
    return found


@pytest.fixture
def client() -> Iterator[TestClient]:
    """Asks the route."""
    with TestClient(Starlette(routes=[SOURCE_ROUTE]), base_url="http://localhost") as client:
        yield client


def test_pdf_opens_in_the_browser(client: TestClient, fingerprints: dict[str, str]) -> None:
    """Whole, or the part that a viewer asks for."""
    whole = client.get(f"/source/{fingerprints['report.pdf']}")
    original = (DATA / "report.pdf").read_bytes()
    assert (whole.status_code, whole.content) == (200, original)
    assert whole.headers["content-type"] == "application/pdf"
    assert whole.headers["content-disposition"].startswith("inline")
    part = client.get(whole.url.path, headers={"range": "bytes=5-9"})
    assert (part.status_code, part.content) == (206, original[5:10])


def test_other_files_are_saved(client: TestClient, fingerprints: dict[str, str]) -> None:
    """Opened as a page of ours, a script in one could run."""
    answer = client.get(f"/source/{fingerprints['sleep.txt']}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")


def test_file_of_an_odd_name_is_handed_out(
    client: TestClient,
    fingerprints: dict[str, str],
    sources: Path,
    index_folder: Path,
    fake: FakeEmbedder,
) -> None:
    """Names are bytes, and need be no text; they cannot end the header that tells them."""
    odd = sources / os.fsdecode(b'a\xff"\n;b.txt')
    odd.write_text("Odd\n\nRest helps the heart.\n", "utf-8")
    assert len(ingest([str(sources)], index_folder, fake).added) == 1
    fingerprint = hashlib.sha256(odd.read_bytes()).hexdigest()
    assert fingerprint not in fingerprints.values()
    answer = client.get(f"/source/{fingerprint}")
    assert (answer.status_code, answer.content) == (200, odd.read_bytes())
    assert "\n" not in answer.headers["content-disposition"]


def test_changed_file_is_not_handed_out(
    client: TestClient, fingerprints: dict[str, str], sources: Path
) -> None:
    """Nobody has read what it holds now; nor has it a way to what has gone."""
    address = f"/source/{fingerprints['report.pdf']}"
    assert client.get(address).status_code == 200
    (sources / "report.pdf").write_bytes(b"%PDF-1.7 something else")
    assert client.get(address).status_code == 404
    (sources / "report.pdf").unlink()
    assert client.get(address).status_code == 404
    (sources / "report.pdf").symlink_to("/etc/hostname")
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "asked",
    ["0" * 64, "..%2F..%2Fetc%2Fhostname", "%2Fetc%2Fhostname", "report.pdf", "%00", "' OR 1=1"],
)
def test_what_the_library_does_not_hold_is_not_found(
    client: TestClient, fingerprints: dict[str, str], asked: str
) -> None:
    """A request names no path."""
    assert len(fingerprints) == 2
    assert client.get(f"/source/{asked}").status_code == 404


def test_only_the_whole_fingerprint_counts(
    client: TestClient, fingerprints: dict[str, str]
) -> None:
    """Its start could mean several documents."""
    assert client.get(f"/source/{fingerprints['report.pdf'][:63]}").status_code == 404


def test_document_that_left_the_library_is_not_handed_out(
    client: TestClient,
    fingerprints: dict[str, str],
    sources: Path,
    index_folder: Path,
    fake: FakeEmbedder,
) -> None:
    """Though its file is still there."""
    (sources / ".citewellignore").write_text("report.pdf\n", "utf-8")
    ingest([str(sources)], index_folder, fake)
    assert (sources / "report.pdf").exists()
    assert client.get(f"/source/{fingerprints['report.pdf']}").status_code == 404


def test_without_an_index_nothing_is_found(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nothing fails."""
    monkeypatch.setenv("CITEWELL_INDEX", str(tmp_path / "none"))
    assert client.get(f"/source/{'0' * 64}").status_code == 404
