"""Pages that tell how documents were read, and correct what is said of them."""

from pathlib import Path

import pytest
from library_fixture import ROOT
from streamlit.testing.v1 import AppTest
from support import DATA, write_text
from test_pages import document_page, results, shown

from index.embedder import Embedder
from index.search import open_index
from ingest.pipeline import ingest

SLEEP = "Sleep helps immune cells to find their way through the body at night."


@pytest.fixture
def app() -> AppTest:
    """The pages, not yet run."""
    return AppTest.from_file(str(ROOT / "search_app" / "streamlit_app.py"), default_timeout=120)


@pytest.fixture
def fingerprint(
    sources: Path, index_folder: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> str:
    """Of an article in two places, in a library with a file that cannot be read."""
    for name in ("a.txt", "b.txt"):
        write_text(sources, name, "Sleep", SLEEP)
    (sources / "locked.pdf").write_bytes((DATA / "locked.pdf").read_bytes())
    ingest([str(sources)], index_folder, embedder)
    monkeypatch.setenv("CITEWELL_INDEX", str(index_folder))
    index = open_index(index_folder, lambda _name: embedder)
    (document,) = index.documents()
    index.close()
    return document.fingerprint


def test_a_description_is_corrected_on_the_page_of_the_document(
    app: AppTest, fingerprint: str
) -> None:
    """A slip is refused and nothing saved; what is saved shows at once and can be taken back."""
    document_page(app, doc=fingerprint)
    assert "sources/b.txt" in shown(app)
    app.text_input(f"{fingerprint}_title").input("Nightingale")
    app.text_input(f"{fingerprint}_date").input("soon")
    app.button[0].click().run()
    assert "the date 'soon' is none" in app.error[0].value
    assert "Nightingale</h1>" not in shown(app)
    app.text_input(f"{fingerprint}_date").input("2024")
    app.button[0].click().run()
    assert not app.error
    assert "Nightingale</h1>" in shown(app)
    assert "corrected by hand (title, date)" in shown(app)
    app.button[1].click().run()
    assert "Sleep</h1>" in shown(app)


def test_an_answer_says_that_not_all_could_be_read(app: AppTest, fingerprint: str) -> None:
    """So does the library page, with the card of each document."""
    assert fingerprint
    app.query_params["q"] = "how does sleep help immune cells?"
    found = results(app.run())
    assert found["unread"]["says"] == "1 of 2 sources could not be read fully."
    app.switch_page("app_pages/library.py").run()
    assert "1 of 2 sources could not be read fully." in shown(app)
    assert "<dt>Reader</dt><dd>text</dd>" in shown(app)
