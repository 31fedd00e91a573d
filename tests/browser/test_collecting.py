"""Collecting in a real browser: three passages, every format, and back in by a file."""

import csv
import io
import json
import shutil
from collections.abc import Callable, Generator
from pathlib import Path

import bibtexparser
import docx
import pytest
import rispy
from library_fixture import StarterLibrary
from playwright.sync_api import Page, expect
from pptx import Presentation

from browser.conftest import Visit, Visitor, assert_clean, served, wait_until_drawn
from search_app.keeping import ENVIRONMENT_VARIABLE

pytestmark = pytest.mark.browser

ASKED = "?q=How+long+does+stress+raise+interleukin-6%3F"
LABELS = ("Slides", "Hand-out", "Markdown", "BibTeX", "RIS", "CSL-JSON", "Table", "Collection file")

Screenshot = Callable[[Page, str], None]


@pytest.fixture(scope="module")
def host(built_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """A server of five articles, with collections of its own."""
    folder = tmp_path_factory.mktemp("collecting")
    copy = shutil.copytree(built_folder, folder / "index")
    with served(copy, folder / "log") as host:
        yield host


def collect_three(page: Page) -> None:
    """Press Collect at three passages, and see each be done."""
    for rank in (1, 2, 3):
        button = page.locator(f"#passage-{rank} .cw-collect")
        button.click()
        expect(button).to_contain_text("Collected")


def download(page: Page, label: str) -> bytes:
    """What a button of the collection's page gives."""
    with page.expect_download() as given:
        page.get_by_role("button", name=label, exact=True).click()
    return Path(given.value.path()).read_bytes()


def check_files(files: dict[str, bytes], texts: list[str]) -> None:
    """Each holds the quotes, or a reference a document, as its own library reads it."""
    deck = Presentation(io.BytesIO(files["Slides"]))
    slides = [
        " ".join(s.text_frame.text for s in slide.shapes if s.has_text_frame)
        for slide in deck.slides
    ]
    handout = "\n".join(p.text for p in docx.Document(io.BytesIO(files["Hand-out"])).paragraphs)
    table = list(csv.DictReader(io.StringIO(files["Table"].decode("utf-8-sig"))))
    assert [row["quote"].removeprefix("'") for row in table] == texts
    for text in texts:
        assert any(text in slide for slide in slides)
        assert text in handout
    entries = bibtexparser.parse_string(files["BibTeX"].decode()).entries
    count = len(json.loads(files["CSL-JSON"]))
    assert 1 <= len(entries) == len(rispy.loads(files["RIS"].decode())) == count <= 3
    assert files["Markdown"].decode().startswith("# My collection")


def test_three_passages_are_collected_and_exported_in_all_formats(
    host: str, visitor: Visitor, screenshot: Screenshot
) -> None:
    """Each file is what its own library reads; the collection comes back from its file."""
    visit = visitor(host, accept_downloads=True)
    page = visit.open(ASKED)
    page.locator(".cw-passage").first.wait_for()
    collect_three(page)
    # The style sheet is still there after a part of the page was drawn anew.
    expect(page.locator(".cw-card").first).to_have_css("border-top-width", "1px")
    screenshot(page, "ask")
    assert_clean(visit)
    page.get_by_role("link", name="Collection").first.click()
    quotes = page.locator("article.cw-card mark")
    expect(quotes).to_have_count(3)
    texts = [" ".join(text.split()) for text in quotes.all_inner_texts()]
    wait_until_drawn(page)
    screenshot(page, "collection")

    files = {label: download(page, label) for label in LABELS}
    check_files(files, texts)

    page.get_by_text("New, rename, delete, import").click()
    page.get_by_label("Rename this one").fill("Talk in May")
    page.get_by_role("button", name="Rename").click()
    expect(page.get_by_role("combobox")).to_have_value("Talk in May")
    page.locator("input[type=file]").set_input_files(
        {"name": "c.json", "mimeType": "application/json", "buffer": files["Collection file"]}
    )
    page.get_by_text("c.json").wait_for()
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_role("combobox")).to_have_value("My collection")
    expect(quotes).to_have_count(3)
    assert_clean(visit)


def test_all_quotes_are_collected_at_once_and_lead_to_the_collection(
    starter: StarterLibrary, tmp_path: Path, visitor: Visitor
) -> None:
    """Once; after that the button says so, also to those who come later."""
    settings = {ENVIRONMENT_VARIABLE: str(tmp_path / "kept.db")}
    with served(starter.folder, tmp_path / "log", settings=settings) as host:
        collect_all(visitor(host))


def collect_all(visit: Visit) -> None:
    """Press the button below the answer, and follow the way to what was collected."""
    page = visit.open("?q=does+stress+raise+inflammation%3F")
    quotes = page.locator(".cw-answer .cw-quote")
    quotes.first.wait_for()
    texts = [text.partition("\u201d")[0].strip("\u201c") for text in quotes.all_inner_texts()]
    assert len(texts) > 1
    button = page.locator(".cw-answer > .cw-do .cw-collect")
    button.click()
    expect(button).to_have_text(f"Collected all {len(texts)}")
    expect(button).to_have_attribute("aria-disabled", "true")
    for one in page.locator(".cw-answer li .cw-collect").all():
        expect(one).to_contain_text("Collected")
    page.reload()
    expect(button).to_have_text(f"Collected all {len(texts)}")
    page.locator(".cw-answer .cw-taken a").click()
    page.get_by_text("in the order of your talk").wait_for()
    collected = page.locator("article.cw-card mark").all_inner_texts()
    assert set(texts) <= {" ".join(text.split()) for text in collected}
    assert_clean(visit)
