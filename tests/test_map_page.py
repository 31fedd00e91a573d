"""The page "Map", run without a browser."""

import re
from pathlib import Path

import pytest
from library_fixture import ROOT
from streamlit.testing.v1 import AppTest
from support import write_text

from index.embedder import Embedder
from ingest.pipeline import ingest


def shown_map(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The HTML of the map of an index."""
    monkeypatch.setenv("CITEWELL_INDEX", str(folder))
    app = AppTest.from_file(str(ROOT / "search_app" / "streamlit_app.py"), default_timeout=30)
    app.run()
    app.switch_page("app_pages/map.py").run()
    assert not app.exception
    assert not app.error
    return "".join(html.proto.body for html in app.get("html") if "cw-map " in html.proto.body)


def test_map_links_every_document_twice(
    built_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a mark, and in the list that stands for it."""
    html = shown_map(built_folder, monkeypatch)
    links = re.findall(r'href="(document\?doc=\w+)"', html)
    assert len(links) == 10
    assert len(set(links)) == 5
    assert "5 documents in 2 topics." in html
    assert 'class="cw-field" aria-hidden="true"' in html


def test_text_of_a_title_is_no_html(
    sources: Path, index_folder: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the marks, in the names and in the lists."""
    write_text(sources, "evil.txt", "<b>Bees</b> & <script>alert(1)</script>", "Bees dance.")
    ingest([str(sources)], index_folder, embedder)
    html = shown_map(index_folder, monkeypatch)
    assert "&lt;b&gt;Bees&lt;/b&gt; &amp; &lt;script&gt;" in html
    assert "<script" not in html
