"""82 real PDFs: every one is indexed, or refused with the right reason. Nothing else ends."""

import csv
import re
import sqlite3
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from support import SHARED, FakeEmbedder

from index.database import DATABASE_NAME
from ingest.pipeline import IngestReport, ingest

PDFS = SHARED / "pdf"
REASONS = {
    "password": "protected by a password",
    "broken": "cannot be read as a PDF|it is empty",
    "scan-no-text": "it holds no text",
    "no-text": "it holds no text",
}
# The manifest expects text of it, and itself counts no character in it.
WITHOUT_A_CHARACTER = {"pdfjs__issue17333.pdf"}

pytestmark = pytest.mark.skipif(
    not PDFS.is_dir(), reason=f"the real PDFs are not in {PDFS}; see CONTRIBUTING.md"
)


@dataclass(frozen=True)
class Library:
    """The ingested PDFs, and what their manifest says."""

    folder: Path
    report: IngestReport
    category: dict[str, str]

    @property
    def indexed(self) -> set[str]:
        """File names of what is in the index, by itself or as a copy of the same text."""
        copies = (source for source, _ in self.report.duplicates)
        return {Path(source).name for source in (*self.report.added, *copies)}

    @property
    def failed(self) -> dict[str, str]:
        """Reasons by file name, of the PDFs."""
        reasons = {Path(source).name: reason for source, reason in self.report.failed}
        return {name: reason for name, reason in reasons.items() if name.endswith(".pdf")}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """All of them, through the whole way."""
    folder = tmp_path_factory.mktemp("pdfs")
    report = ingest([str(PDFS)], folder, FakeEmbedder())
    with (PDFS / "manifest.tsv").open(encoding="utf-8") as manifest:
        rows = list(csv.DictReader(manifest, delimiter="\t", quoting=csv.QUOTE_NONE))
    return Library(folder, report, {row["file"]: row["category"] for row in rows})


def test_every_pdf_is_indexed_or_failed_with_a_reason(library: Library) -> None:
    """The run ends by itself and leaves nothing out."""
    assert library.indexed | set(library.failed) == set(library.category)
    assert not library.indexed & set(library.failed)
    assert all(reason.strip() for reason in library.failed.values())
    assert not any("please report it" in reason for reason in library.failed.values())


def test_pdfs_without_text_fail_for_the_right_reason(library: Library) -> None:
    """Protected, broken, scanned, empty."""
    wrong = {
        name: library.failed.get(name, "indexed")
        for name, category in library.category.items()
        if category in REASONS and not re.search(REASONS[category], library.failed.get(name, ""))
    }
    assert wrong == {}


def test_pdfs_with_text_are_indexed(library: Library) -> None:
    """Articles, forms, other scripts, broken characters, empty passwords, slow ones."""
    expected = {
        name
        for name, category in library.category.items()
        if category not in {*REASONS, "broken-recoverable"}
    }
    assert expected - library.indexed == WITHOUT_A_CHARACTER


def test_no_stored_text_has_forbidden_characters(library: Library) -> None:
    """Lone surrogates could not even be written; NUL and control characters are gone."""
    connection = sqlite3.connect(library.folder / DATABASE_NAME)
    texts = connection.execute("SELECT text FROM page UNION ALL SELECT title FROM document")
    counts = Counter(character for (text,) in texts for character in text if character < " ")
    connection.close()
    assert set(counts) <= {"\n", "\t"}


@pytest.mark.parametrize(
    ("name", "title"),
    [
        (
            "cermine__examples_example2.pdf",
            "Understanding the barriers to setting up a healthcare quality improvement process",
        ),
        (
            "cermine__examples_example3.pdf",
            "Fragment-based design for the development of N-domain-selective",
        ),
        (
            "biomed__miscfiles_hindawi_801626.pdf",
            "Response of Winter Wheat Grain Yield and Phosphorus Uptake to Foliar Phosphite",
        ),
        (
            "biomed__miscfiles_cproject_PMC4521097.pdf",
            "Conspecific recognition and aggression reduction to familiars in newly weaned",
        ),
        ("pdfplumber__issue-316-example.pdf", "Shift work interventions for reduced work-family"),
    ],
)
def test_articles_have_their_printed_title(library: Library, name: str, title: str) -> None:
    """Where the file's own says "6489122611071476 1..10" or names the journal's section."""
    connection = sqlite3.connect(library.folder / DATABASE_NAME)
    (found,) = connection.execute(
        "SELECT title FROM document WHERE id = ?", (str(PDFS / name),)
    ).fetchone()
    connection.close()
    assert found.startswith(title)
