"""States of the library in which nothing can be asked yet."""

from collections.abc import Callable
from pathlib import Path

import pytest
from library_fixture import CORPUS
from playwright.sync_api import Page, expect

from browser.conftest import Visitor, assert_clean, served

pytestmark = pytest.mark.browser

Screenshot = Callable[[Page, str], None]


def test_empty_library_is_filled_by_one_click(
    visitor: Visitor, tmp_path: Path, screenshot: Screenshot
) -> None:
    """With the articles beside the app; then a question is answered."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name in ("articles/stress-and-the-common-cold.md", "papers/mindfulness-trials.pdf"):
        (corpus / Path(name).name).write_bytes((CORPUS / name).read_bytes())
    with served(tmp_path / "index", tmp_path / "log", folder=tmp_path) as host:
        visit = visitor(host)
        page = visit.open()
        expect(page.get_by_role("heading", name="The library is empty")).to_be_visible()
        screenshot(page, "empty")
        page.get_by_role("button", name="Read the starter library").click()
        expect(page.get_by_text("from the 2 documents")).to_be_visible(timeout=120_000)
        page.get_by_label("Question").fill("does stress make colds more likely?")
        page.get_by_label("Question").press("Enter")
        expect(page.locator(".cw-answer li").first).to_be_visible()
        expect(page.locator("article.cw-card h3").first).to_contain_text("common cold")
        assert_clean(visit)


def test_broken_index_is_named(visitor: Visitor, tmp_path: Path, screenshot: Screenshot) -> None:
    """What to do, and no line of code."""
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "citewell.db").write_bytes(bytes(range(256)) * 64)
    with served(tmp_path / "index", tmp_path / "log") as host:
        visit = visitor(host)
        for path in ("", "library", "document?passage=1"):
            page = visit.open(path)
            message = page.get_by_test_id("stAlert")
            expect(message).to_contain_text("is not a Citewell index or is damaged")
            expect(message).to_contain_text("citewell ingest")
            assert "Traceback" not in page.locator("body").inner_text()
        screenshot(page, "broken")
        assert_clean(visit)
