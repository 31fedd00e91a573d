"""Bibliographies beside documents: BibTeX, RIS and CSL-JSON."""

import json
from pathlib import Path

import pytest
from support import FakeEmbedder, load_fake, write_text

from index.documents import Document
from index.search import open_index
from ingest.bibliographies import set_apart_bibliographies
from ingest.pipeline import IngestReport, ingest
from ingest.sources import find_sources

BIBTEX = r"""@comment{exported}
@article{lind, title = {{DNA} and M{\"u}ller's \& sleep},
  file = {Full Text:files/1/a b.txt:text/plain;Snap\;shot:files/2/c\:d.txt:text/html},
  author = {Lind, Ada and {The Bath and Sleep Group} and van der Berg, Bo},
  year = 2024, month = mar, journal = {Journal of Examples}, doi = {https://doi.org/10.1234/EX.7},
  langid = {english}, keywords = {sleep, cold water}}
@book{other, title = {Noise}, file = {/home/somebody/else/noise.txt}}
"""
RIS = """TY  - JOUR
TI  - DNA and Müller's & sleep
AU  - Lind, Ada
AU  - The Bath and Sleep Group
AU  - van der Berg, Bo
T2  - Journal of Examples
DA  - 2024/03//
DO  - 10.1234/EX.7
LA  - en-GB
KW  - sleep
KW  - cold water
L1  - files/1/a%20b.txt
L1  - files/2/c:d.txt
ER  -
TY  - BOOK
TI  - Noise
L1  - file:///home/somebody/else/noise.txt
ER  -
"""
CSL = [
    {
        "type": "article-journal",
        "title": "DNA and Müller's & sleep",
        "author": [
            {"given": "Ada", "family": "Lind"},
            {"literal": "The Bath and Sleep Group"},
            {"given": "Bo", "non-dropping-particle": "van der", "family": "Berg"},
        ],
        "container-title": "Journal of Examples",
        "issued": {"date-parts": [[2024, 3]]},
        "DOI": "10.1234/EX.7",
        "language": "en",
        "keyword": "sleep, cold water",
        "attachments": [{"path": "files/1/a b.txt"}, {"path": "files/2/c:d.txt"}],
    },
    {"type": "book", "title": "Noise", "attachments": [{"path": "C:\\else\\noise.txt"}]},
]
FORMATS = {
    "library.bib": ("BibTeX", BIBTEX),
    "library.ris": ("RIS", RIS),
    "library.json": ("CSL-JSON", json.dumps(CSL)),
}


@pytest.fixture
def export(sources: Path) -> Path:
    """A folder with three texts, two of them attached to one entry."""
    for name in ("files/1/a b.txt", "files/2/c:d.txt", "noise.txt", "unnamed.txt"):
        (sources / name).parent.mkdir(parents=True, exist_ok=True)
        write_text(sources, name, f"Draft of {name}", f"Swimmers of {name} sleep long.")
    return sources


def documents(folder: Path) -> dict[str, Document]:
    """What the index holds, by file name."""
    index = open_index(folder, load_fake)
    found = {Path(document.id).name: document for document in index.documents()}
    index.close()
    return found


def run(folder: Path, index: Path) -> IngestReport:
    """Ingest a folder."""
    return ingest([str(folder)], index, FakeEmbedder())


@pytest.mark.parametrize("name", FORMATS)
def test_an_entry_describes_its_attached_files(export: Path, index_folder: Path, name: str) -> None:
    """All of them, with where it is from; the bibliography is no document and has not failed."""
    kind, content = FORMATS[name]
    (export / name).write_text(content, "utf-8")
    report = run(export, index_folder)
    assert not report.failed
    found = documents(index_folder)
    assert set(found) == {"a b.txt", "c:d.txt", "noise.txt", "unnamed.txt"}
    for attached in (found["a b.txt"], found["c:d.txt"]):
        assert attached.title == "DNA and Müller's & sleep"
        assert attached.authors == ["Ada Lind", "The Bath and Sleep Group", "Bo van der Berg"]
        stated = {
            "date": "2024-03",
            "journal": "Journal of Examples",
            "doi": "10.1234/EX.7",
            "language": "en",
            "tags": ["sleep", "cold water"],
        }
        assert {field: attached.metadata[field] for field in stated} == stated
        assert attached.metadata["origins"] == dict.fromkeys(
            ["title", "authors", *stated], f"{kind} {name}"
        )
    # Named by the path of another machine.
    assert found["noise.txt"].title == "Noise"
    assert found["unnamed.txt"].title == "Draft of unnamed.txt"


def test_a_changed_entry_updates_its_document_alone(export: Path, index_folder: Path) -> None:
    """On the next ingest; only a title is part of what is embedded. Gone with its bibliography."""
    file = export / "library.bib"
    file.write_text(BIBTEX, "utf-8")
    run(export, index_folder)
    assert len(run(export, index_folder).unchanged) == 4

    file.write_text(BIBTEX.replace("{Noise}", "{Noises}"), "utf-8")
    report = run(export, index_folder)
    assert [Path(path).name for path in report.updated] == ["noise.txt"]
    assert report.embedded == 1
    assert documents(index_folder)["noise.txt"].title == "Noises"

    # Read without its bibliography, a file keeps what that says.
    assert len(ingest([str(export / "noise.txt")], index_folder, FakeEmbedder()).unchanged) == 1

    file.unlink()
    assert len(run(export, index_folder).updated) == 3
    assert documents(index_folder)["noise.txt"].title == "Draft of noise.txt"


def test_an_entry_without_attachment_is_found_by_its_doi(export: Path) -> None:
    """As in the CSL-JSON that Zotero writes."""
    entries = [{key: value for key, value in CSL[0].items() if key != "attachments"}]
    (export / "library.json").write_text(json.dumps(entries), "utf-8")
    _, bibliographies = set_apart_bibliographies(find_sources([str(export)]))
    document = Document("/x.pdf", "x", "", metadata={"doi": "10.1234/ex.7"})
    assert bibliographies.describe(document).title == "DNA and Müller's & sleep"
    other = Document("/y.pdf", "y", "", metadata={"doi": "10.1234/ex.8"})
    assert bibliographies.describe(other) == other


def test_a_damaged_bibliography_has_failed_and_stops_nothing(
    export: Path, index_folder: Path
) -> None:
    """Named with its reason; JSON of another kind is refused as before."""
    (export / "library.bib").write_text("@article{x, title = {never closed", "utf-8")
    (export / "settings.json").write_text('{"colour": "red"}', "utf-8")
    report = run(export, index_folder)
    reasons = {Path(source).name: reason for source, reason in report.failed}
    assert "no entry could be read" in reasons["library.bib"]
    assert "files of the kind .json cannot be read" in reasons["settings.json"]
    assert len(report.added) + len(report.duplicates) == 4
