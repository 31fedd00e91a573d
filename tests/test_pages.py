"""Pages, run without a browser: what they say in each state of the library."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from library_fixture import ROOT, StarterLibrary
from streamlit.testing.v1 import AppTest

from index.database import DATABASE_NAME
from index.embedder import Embedder
from index.manifest import FORMAT_VERSION
from index.search import open_index
from ingest.pipeline import ingest
from search_app.evidence.line import NOTE

QUESTION = "How long does stress raise interleukin-6?"
DATA = Path(__file__).parent / "data"


@pytest.fixture
def app() -> AppTest:
    """The pages, not yet run."""
    return AppTest.from_file(str(ROOT / "search_app" / "streamlit_app.py"), default_timeout=30)


@pytest.fixture
def library(built_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index of five articles that the pages use."""
    monkeypatch.setenv("CITEWELL_INDEX", str(built_folder))
    return built_folder


@pytest.fixture
def own_library(
    sources: Path, index_folder: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """An index of a PDF and a broken one that a test may change."""
    (sources / "report.pdf").write_bytes((DATA / "report.pdf").read_bytes())
    (sources / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    report = ingest([str(sources)], index_folder, embedder)
    assert (len(report.added), len(report.failed)) == (1, 1)
    monkeypatch.setenv("CITEWELL_INDEX", str(index_folder))
    return index_folder


def shown(app: AppTest) -> str:
    """All text and HTML of the page."""
    assert not app.exception
    kinds = ("html", "markdown", "header", "subheader", "caption", "info", "error", "warning")
    elements = [element for kind in kinds for element in app.get(kind)]
    return "\n".join(str(getattr(e, "value", None) or e.proto.body) for e in elements)


def results(app: AppTest) -> dict[str, Any]:
    """What the page gives the component that draws answer and passages."""
    assert not app.exception
    (component,) = app.get("bidi_component")
    return json.loads(component.proto.json or component.proto.mixed.json)["findings"]


def document_page(app: AppTest, **parameters: str | list[str]) -> AppTest:
    """The page of a document at an address, opened first as a link does."""
    app.switch_page("app_pages/document.py")
    for name, value in parameters.items():
        app.query_params[name] = value
    return app.run()


def test_empty_library_offers_the_starter_corpus(
    app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One button, where the app was started beside it."""
    monkeypatch.setenv("CITEWELL_INDEX", str(tmp_path / "none"))
    monkeypatch.chdir(ROOT)
    app.run()
    assert app.header[0].value == "The library is empty"
    assert [button.label for button in app.button] == ["Read the starter library"]
    assert not app.error


def test_empty_library_without_a_corpus_says_what_to_type(
    app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is nothing to press."""
    monkeypatch.setenv("CITEWELL_INDEX", str(tmp_path / "none"))
    monkeypatch.chdir(tmp_path)
    app.run()
    assert app.code[0].value == "citewell ingest FOLDER"
    assert not app.button


@pytest.mark.parametrize("page", ["library", "document"])
def test_every_page_says_that_the_library_is_empty(
    app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    """A link may lead to any of them."""
    monkeypatch.setenv("CITEWELL_INDEX", str(tmp_path / "none"))
    app.run()
    app.switch_page(f"app_pages/{page}.py").run()
    assert not app.exception
    assert app.header[0].value == "The library is empty"


@pytest.mark.usefixtures("library")
def test_ask_page_offers_examples_that_can_be_pressed(app: AppTest) -> None:
    """The question then stands in the box, as it was shown."""
    app.run()
    assert "5 documents" in shown(app)
    assert 1 <= len(app.button) <= 5
    label = app.button[0].label.replace("\\", "")
    app.button[0].click().run()
    assert app.text_input("q").value == label
    assert results(app)["question"] == label


@pytest.mark.usefixtures("library")
def test_question_in_the_address_is_answered(app: AppTest) -> None:
    """Quote, passages and links to the viewer with passage and question."""
    app.query_params["q"] = QUESTION
    found = results(app.run())
    assert found["nothing"] is None
    quote, passage = found["quotes"][0], found["cards"][0]["passages"][0]
    assert quote["text"].endswith(".")
    assert passage["parts"][1]
    for link in (quote["source"], passage["open"]):
        assert link["href"].startswith("document?passage=")
        assert "q=How+long+does+stress" in link["href"]


@pytest.mark.usefixtures("library")
def test_typed_question_shows_the_same_as_its_address(app: AppTest) -> None:
    """A link that is passed on shows what its sender saw."""
    typed = app.run().text_input("q").set_value(QUESTION).run()
    linked = AppTest.from_file(str(ROOT / "search_app" / "streamlit_app.py"), default_timeout=30)
    linked.query_params["q"] = QUESTION
    assert results(typed) == results(linked.run())


@pytest.mark.usefixtures("library")
def test_question_that_nothing_answers_is_not_answered(app: AppTest) -> None:
    """The closest passages stand below."""
    app.query_params["q"] = "how do I repair a bicycle chain?"
    found = results(app.run())
    assert found["nothing"]["says"] == "Nothing in the library answers this."
    assert found["quotes"] == []
    assert found["cards"]


@pytest.mark.usefixtures("library")
def test_question_in_another_language_gets_a_notice(app: AppTest) -> None:
    """And is searched all the same."""
    app.query_params["q"] = "Welche Folgen hat chronischer Stress f\u00fcr den Schlaf?"
    found = results(app.run())
    assert "another language (German)" in found["notices"][0]
    assert found["cards"]


@pytest.mark.usefixtures("library")
def test_misspelt_question_is_asked_as_it_is_and_another_one_offered(app: AppTest) -> None:
    """By a link that keeps the filters."""
    app.query_params["q"] = "does acute stress raise inflamation?"
    app.query_params["kind"] = "markdown"
    found = results(app.run())
    assert found["question"] == "does acute stress raise inflamation?"
    assert "Not in any document" in found["notices"][-1]
    assert found["suggestion"]["parts"] == ["does acute stress raise ", "inflammation", "?"]
    meant = "./?q=does+acute+stress+raise+inflammation%3F&kind=markdown"
    assert found["suggestion"]["href"] == meant
    app.query_params["q"] = "does acute stress raise inflammation?"
    assert results(app.run())["suggestion"] is None


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("length", [2_001, 100_000])
def test_too_long_a_question_in_the_address_is_an_error(app: AppTest, length: int) -> None:
    """The message says how long one may be."""
    app.query_params["q"] = "x" * length
    app.run()
    assert not app.exception
    assert "at most 2,000" in app.error[0].value


@pytest.mark.usefixtures("library")
def test_blank_question_shows_the_examples(app: AppTest) -> None:
    """It is no error to type nothing."""
    app.query_params["q"] = "   "
    app.run()
    assert not app.exception
    assert not app.error
    assert app.button


@pytest.mark.usefixtures("library")
def test_library_page_lists_all_documents(app: AppTest) -> None:
    """Each with a link to its own page; a filter narrows them."""
    app.run()
    app.switch_page("app_pages/library.py").run()
    assert shown(app).count("document?doc=") == 5
    app.text_input("title").set_value("RUNNING").run()
    assert shown(app).count("document?doc=") == 1


def test_library_page_finds_documents_by_their_authors(
    app: AppTest, sources: Path, own_library: Path, embedder: Embedder
) -> None:
    """In upper or lower case."""
    text = "---\ntitle: Colds\nauthor: Ada Byron\n---\n\nColds last long in winter.\n"
    (sources / "colds.md").write_text(text, "utf-8")
    ingest([str(sources)], own_library, embedder)
    app.run()
    app.switch_page("app_pages/library.py").run()
    app.text_input("title").set_value("byron").run()
    assert shown(app).count("document?doc=") == 1


@pytest.mark.usefixtures("own_library")
def test_library_page_names_what_could_not_be_read(app: AppTest) -> None:
    """With the reason."""
    app.run()
    app.switch_page("app_pages/library.py").run()
    assert app.subheader[0].value == "Could not be read"
    assert "broken.pdf" in shown(app)


def test_document_page_shows_the_cited_passage_of_a_text(app: AppTest, library: Path) -> None:
    """Marked, and scrolled to."""
    index = open_index(library)
    key = min(index.database.passage_keys(index.manifest.build))
    index.close()
    page = shown(document_page(app, passage=str(key), q="stress"))
    assert 'id="cited"' in page
    assert "<mark" in page
    assert "scrollIntoView" in page


def test_document_page_shows_the_page_of_a_pdf(app: AppTest, own_library: Path) -> None:
    """As a picture, and the passage as text; the buttons turn the page."""
    index = open_index(own_library)
    keys = index.database.passage_keys(index.manifest.build)
    found = next(p for key in sorted(keys) if (p := index.passage(key)) and p.passage.page == 2)
    index.close()
    document_page(app, passage=str(found.passage.id), q="noise")
    assert "data:image/png;base64," in shown(app)
    assert "Page 2" in shown(app)
    assert "The cited passage" in shown(app)
    assert [button.disabled for button in app.button[:2]] == [False, False]
    app.button[1].click().run()
    assert "Page 3" in shown(app)
    assert [button.disabled for button in app.button[:2]] == [False, True]
    assert app.button[2].label == "Back to the cited page 2"
    app.button[2].click().run()
    assert "Page 2" in shown(app)


def test_changed_pdf_is_shown_as_the_text_that_was_read(app: AppTest, own_library: Path) -> None:
    """It may say something else now."""
    index = open_index(own_library)
    document = index.documents()[0]
    index.close()
    Path(document.id).write_bytes(b"something else")
    document_page(app, doc=document.fingerprint[:16])
    assert "has moved or changed" in app.info[0].value
    assert "cw-article" in shown(app)


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    "parameters", [{}, {"passage": "999999"}, {"passage": "9" * 5000}, {"doc": "../../etc/passwd"}]
)
def test_unknown_document_is_not_in_the_library(app: AppTest, parameters: dict[str, str]) -> None:
    """No error: a link may be older than the index."""
    document_page(app, **parameters)
    assert not app.exception
    assert app.title[0].value == "Not in the library"


def test_index_of_another_format_is_an_error(app: AppTest, own_library: Path) -> None:
    """The message says what to do; the app goes on."""
    with closing(sqlite3.connect(own_library / DATABASE_NAME)) as database, database:
        (content,) = database.execute("SELECT content FROM manifest").fetchone()
        other = json.dumps({**json.loads(content), "format_version": 99})
        database.execute("UPDATE manifest SET content = ?", (other,))
    app.run()
    assert not app.exception
    assert (
        f"has format 99; this version of Citewell reads format {FORMAT_VERSION}"
        in app.error[0].value
    )


def test_evidence_line_stands_below_the_answer_with_its_votes(
    app: AppTest, starter: StarterLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line a kind of study, a row a vote, and what the count does not say."""
    monkeypatch.setenv("CITEWELL_INDEX", str(starter.folder))
    app.query_params["q"] = "can diet make people more resilient?"
    evidence = results(app.run())["evidence"]
    assert "reviews in this library" in evidence["lines"][0]
    assert len(evidence["votes"]) >= 3
    assert all(vote["sentence"] and vote["source"]["href"] for vote in evidence["votes"])
    assert evidence["note"] == NOTE
