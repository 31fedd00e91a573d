"""Collecting on the pages, run without a browser."""

from pathlib import Path

import pytest
from library_fixture import ROOT, run_citewell
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from search_app.keeping import DEFAULT_NAME, ENVIRONMENT_VARIABLE, Collections

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


def labels(app: AppTest) -> list[str]:
    """Of all buttons."""
    return [button.label.replace("\\", "") for button in app.button]


def test_passages_are_collected_ordered_noted_and_removed(app: AppTest, kept: Collections) -> None:
    """And the button says that it is done."""
    app.query_params["q"] = QUESTION
    app.run()
    first = len([label for label in labels(app) if label == "Collect [1]"])
    press(app, "Collect [1]")
    press(app, "Collect [2]")
    assert "Collected [1]" in labels(app)
    assert first >= 1
    items = kept.items(DEFAULT_NAME)
    assert len(items) == 2
    assert items[0].excerpt.question == QUESTION

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
    press(app, "Delete this collection")
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
