"""Collecting on the pages, run without a browser."""

from contextlib import closing
from pathlib import Path

import pytest
from library_fixture import ROOT, run_citewell
from pptx import Presentation
from streamlit.testing.v1 import AppTest
from test_pages import document_page

from index.search import open_index
from search_app.collecting import Chosen, collect, held_of
from search_app.finding import Findings, find
from search_app.keeping import DEFAULT_NAME, ENVIRONMENT_VARIABLE, Collections
from search_app.results import collectable

QUESTION = "How long does stress raise interleukin-6?"


@pytest.fixture
def kept(built_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Collections:
    """Collections of the small index, none yet."""
    monkeypatch.setenv("CITEWELL_INDEX", str(built_folder))
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path / "kept.db"))
    return Collections(tmp_path / "kept.db")


@pytest.fixture
def app() -> AppTest:
    """The pages, not yet run."""
    return AppTest.from_file(str(ROOT / "search_app" / "streamlit_app.py"), default_timeout=120)


def press(app: AppTest, label: str) -> None:
    """The first button of that label."""
    button = next(b for b in app.button if b.label.replace("\\", "") == label and not b.disabled)
    button.click().run()
    assert not app.exception


def found_in(folder: Path) -> Findings:
    """What an index says to the question."""
    with closing(open_index(folder)) as index:
        return find(index, QUESTION)


def test_what_was_found_is_collected_once(built_folder: Path, kept: Collections) -> None:
    """Whatever a browser asks for, and however often."""
    findings = found_in(built_folder)
    chosen = Chosen(kept, DEFAULT_NAME, frozenset())
    ids = list(collectable(findings))
    for wanted in (ids[:2], ids[:3], ["", "999999:0-1", f"{ids[0]} "], ids[:1]):
        collect(chosen, findings, wanted)
    items = kept.items(DEFAULT_NAME)
    assert [item.excerpt.question for item in items] == [QUESTION] * 3
    held = frozenset(item.excerpt.identity for item in items)
    assert held_of(Chosen(kept, DEFAULT_NAME, held), findings) == ids[:3]


def test_collected_passages_are_ordered_noted_and_removed(
    app: AppTest, built_folder: Path, kept: Collections
) -> None:
    """In the order in which they were collected, until the reader changes it."""
    findings = found_in(built_folder)
    collect(Chosen(kept, DEFAULT_NAME, frozenset()), findings, list(collectable(findings))[:2])
    app.run()
    app.switch_page("app_pages/collection.py").run()
    assert not app.exception
    body = "\n".join(element.proto.body for element in app.get("html"))
    assert "2 quotes, in the order of your talk." in body
    assert body.index("1.</span>") < body.index("2.</span>")
    app.text_area[0].set_value("first slide").run()
    press(app, "Down 1")
    assert [item.note for item in kept.items(DEFAULT_NAME)] == ["", "first slide"]
    press(app, "Remove 1")
    assert [item.note for item in kept.items(DEFAULT_NAME)] == ["first slide"]


def test_the_cited_quote_is_collected_beside_its_document(
    app: AppTest, built_folder: Path, kept: Collections
) -> None:
    """With what narrowed the search; once it is held, the button says so."""
    quote = found_in(built_folder).answer.quotes[0]
    document_page(
        app.run(),
        passage=str(quote.source.passage.id),
        mark=f"{quote.span.start}-{quote.span.end}",
        kind=quote.source.document.kind,
    )
    press(app, "Collect")
    (item,) = kept.items(DEFAULT_NAME)
    assert item.excerpt.quote == quote.text
    assert item.excerpt.filters.startswith("document type: ")
    assert app.button("collect-cited").label == "Collected"
    assert app.button("collect-cited").disabled


def test_the_first_does_not_go_up_nor_the_last_down(
    app: AppTest, built_folder: Path, kept: Collections
) -> None:
    """Their buttons say so."""
    findings = found_in(built_folder)
    collect(Chosen(kept, DEFAULT_NAME, frozenset()), findings, list(collectable(findings))[:2])
    app.run().switch_page("app_pages/collection.py").run()
    useless = [button.label for button in app.button if button.disabled]
    assert useless == ["Up 1", "Down 2"]


def test_collections_are_made_renamed_and_deleted(app: AppTest, kept: Collections) -> None:
    """And the one just made is shown; a name that is taken is refused in words."""
    app.run()
    app.switch_page("app_pages/collection.py").run()
    app.text_input[0].set_value("Talk in May")
    press(app, "New")
    assert kept.names() == ["Talk in May"]
    app.text_input[0].set_value("Lecture")
    press(app, "New")
    assert app.selectbox[0].value == "Lecture"
    app.text_input[1].set_value("Talk in May")
    press(app, "Rename")
    assert "already" in app.error[0].value
    app.run()
    press(app, "Delete for good")
    assert kept.names() == ["Talk in May"]
    assert app.selectbox[0].value == "Talk in May"


def test_damaged_collections_do_not_hide_the_reason(app: AppTest, kept: Collections) -> None:
    """The page names the file."""
    kept.path.write_bytes(b"noise" * 500)
    app.run()
    app.switch_page("app_pages/collection.py").run()
    assert not app.exception
    assert "cannot be used" in app.error[0].value


def test_answer_is_exported_by_the_command_line(
    built_folder: Path, kept: Collections, tmp_path: Path
) -> None:
    """And a collection that is not there is named, with those there are."""
    kept.create("Talk in May")
    path = tmp_path / "talk.pptx"
    done = run_citewell("export", QUESTION, "--output", str(path), index=built_folder)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert QUESTION in Presentation(path).slides[0].shapes.title.text_frame.text
    done = run_citewell("export", "--collection", "Other", index=built_folder)
    assert done.returncode == 2
    assert "Collections there are: Talk in May." in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "give a question or --collection"),
        (("sleep?", "--collection", "x"), "give a question or --collection"),
        (("sleep?", "--format", "pdf"), "choose from: pptx, docx"),
        (("sleep?", "--style", "mla"), "choose from: vancouver, apa"),
    ],
)
def test_wrong_usage_says_what_there_is(arguments: tuple[str, ...], message: str) -> None:
    """Before an index is opened."""
    done = run_citewell("export", *arguments)
    assert done.returncode == 2
    assert message in done.stderr
