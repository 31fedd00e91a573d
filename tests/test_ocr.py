"""OCR: only when it is asked for, page by page, and remembered."""

import io
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from support import DATA, FakeEmbedder

from index.documents import Document
from index.errors import PackageMissingError, SourceError
from ingest.ocr_choice import settle_ocr
from ingest.pipeline import ingest
from ingest.readers import read_document
from ingest.readers.ocr import ocr_engine
from ingest.sources import Source

LINES = (
    "Forty people slept in a quiet room for",
    "two weeks. Their blood held fewer inflam-",
    "matory cells than before the study.",
)


def has_engine() -> bool:
    """Whether RapidOCR or Tesseract is installed."""
    try:
        ocr_engine()
    except PackageMissingError:
        return False
    return True


needs_engine = pytest.mark.skipif(
    not has_engine(), reason="neither RapidOCR (pip install 'citewell[ocr]') nor Tesseract is there"
)


def scan() -> bytes:
    """A PDF of a page that is a picture of text."""
    picture = Image.new("RGB", (1240, 800), "white")
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(size=34)
    for number, line in enumerate(LINES):
        pen.text((150, 200 + 60 * number), line, fill="black", font=font)
    content = io.BytesIO()
    picture.save(content, "PDF", resolution=150)
    return content.getvalue()


def read(content: bytes, *, ocr: bool) -> Document:
    """The document of a file with that content."""
    path = Path("/library/scan.pdf")
    return read_document(content, Source(str(path), path, path.as_uri(), ocr=ocr))


def test_a_scan_is_not_recognised_unasked() -> None:
    """The reason names the pages and the option."""
    with pytest.raises(SourceError, match=r"needs OCR: page 1\. .* ingest it with --ocr"):
        read(scan(), ocr=False)


def test_the_choice_is_remembered(tmp_path: Path) -> None:
    """Until it is taken back; without one nothing is recognised."""
    assert settle_ocr(tmp_path, asked=None) is False
    (tmp_path / "ingest.json").write_text('{"ocr": true}', "utf-8")
    if has_engine():
        assert settle_ocr(tmp_path, asked=None) is True
    assert settle_ocr(tmp_path, asked=False) is False
    assert settle_ocr(tmp_path, asked=None) is False


def test_without_an_engine_the_command_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And does not remember a choice that cannot be kept."""
    # As if nothing were installed: no place to import from, none for programs.
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.setenv("PATH", "")
    with pytest.raises(PackageMissingError, match=r"citewell\[ocr\]"):
        settle_ocr(tmp_path, asked=True)
    assert settle_ocr(tmp_path, asked=None) is False


@needs_engine
def test_scanned_pages_are_read_when_asked_and_marked(sources: Path, index_folder: Path) -> None:
    """Of a file that is in the index without them, too; the second time nothing is read again."""
    (sources / "scan.pdf").write_bytes(scan())
    (sources / "report.pdf").write_bytes((DATA / "report.pdf").read_bytes())
    first = ingest([str(sources)], index_folder, FakeEmbedder())
    assert [Path(source).name for source, _ in first.failed] == ["scan.pdf"]
    second = ingest([str(sources)], index_folder, FakeEmbedder(), ocr=True)
    assert [Path(source).name for source in second.added] == ["scan.pdf"]
    third = ingest([str(sources)], index_folder, FakeEmbedder(), ocr=True)
    assert len(third.unchanged) == 2


@needs_engine
def test_the_report_says_which_pages_were_recognised() -> None:
    """The words are those of the picture, broken ones mended."""
    document = read(scan(), ocr=True)
    reading = document.metadata["reading"]
    assert isinstance(reading, dict)
    assert reading["ocr_pages"] == [1]
    assert reading["needs_ocr"] == []
    assert "fewer inflammatory cells than before the study." in document.pages[0].text
