"""Filters on the ask page, and corrections of what a study is; without a browser."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from library_fixture import ROOT
from streamlit.testing.v1 import AppTest
from study_library import QUESTION, RESULTS, make_studies
from test_pages import document_page, results, shown

from index.embedder import Embedder
from index.search import open_index


@pytest.fixture
def app() -> AppTest:
    """The pages, not yet run."""
    return AppTest.from_file(str(ROOT / "search_app" / "streamlit_app.py"), default_timeout=60)


@pytest.fixture
def library(
    sources: Path, index_folder: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """An index of seven studies that a test may change."""
    make_studies(sources, index_folder, embedder)
    monkeypatch.setenv("CITEWELL_INDEX", str(index_folder))
    return index_folder


def asked(app: AppTest, **address: str | list[str]) -> AppTest:
    """The ask page at an address."""
    app.query_params["q"] = QUESTION
    for name, value in address.items():
        app.query_params[name] = value
    return app.run()


def titles(app: AppTest) -> set[str]:
    """Of the documents that are shown."""
    return {card["title"]["text"] for card in results(app)["cards"]}


def chips(app: AppTest) -> list[str]:
    """Labels of the chosen filters, each of which a press removes."""
    labels = [b.label for b in app.button if (b.key or "").startswith("remove-")]
    return [label.replace("\\", "") for label in labels]


@pytest.mark.usefixtures("library")
def test_chips_narrow_what_is_found_and_stand_in_the_address(app: AppTest) -> None:
    """With counts; each can be removed by itself, and all at once."""
    asked(app)
    assert chips(app) == []
    pills = {group.label: group.options for group in app.get("button_group")}
    assert pills["Studied"] == ["Human (4)", "Animal (3)"]
    assert pills["Study type"] == ["Randomised trial (4)", "Animal (3)"]
    assert "Stress in rats 0" in titles(app)
    next(g for g in app.get("button_group") if g.label == "Studied").set_value(["human"]).run()
    assert app.query_params["subjects"] == "human"
    assert titles(app) == {f"Study {n}" for n in range(4)}
    assert "4 of 7 documents" in shown(app)
    app.slider[0].set_value((2019, 2021)).run()
    assert (app.query_params["from"], app.query_params["to"]) == ("2019", "2021")
    assert chips(app) == ["Studied: Human", "from 2019", "to 2021"]
    app.button("remove-subjects-human").click().run()
    assert chips(app) == ["from 2019", "to 2021"]
    next(b for b in app.button if b.label == "Clear all").click().run()
    assert chips(app) == []
    assert set(app.query_params) == {"q"}


@pytest.mark.usefixtures("library")
def test_an_address_restores_filters_and_order(app: AppTest) -> None:
    """Several values of one; what nobody can mean is left out."""
    asked(app, subjects="human", **{"study-type": ["randomised trial", "cohort"], "from": "soon"})
    assert chips(app) == ["Randomised trial", "Cohort", "Studied: Human"]
    assert titles(app) == {f"Study {n}" for n in range(4)}


@pytest.mark.usefixtures("library")
def test_links_to_sources_carry_the_filters(app: AppTest) -> None:
    """So that there is a way back to the same passages."""
    found = results(asked(app, subjects=["human", "animal"], order="newest"))
    link = found["cards"][0]["passages"][0]["open"]["href"]
    assert link.endswith("&subjects=human&subjects=animal&order=newest")


@pytest.mark.usefixtures("library")
def test_filters_that_leave_nothing_say_what_to_loosen(app: AppTest) -> None:
    """And can be taken away."""
    asked(app, subjects="animal", tag="sleep")
    found = results(app)
    assert "Without the filter subjects, 2 documents would pass." in found["notices"][0]
    assert (found["cards"], found["nothing"]["advice"]) == ([], "")
    assert chips(app) == ["Studied: Animal", "sleep"]


@pytest.mark.usefixtures("library")
def test_every_link_to_a_document_keeps_the_question_and_what_was_chosen(app: AppTest) -> None:
    """On the ask page, and from there beside the document: the way back leads to the same view."""
    found = results(asked(app, subjects=["human", "animal"], order="newest"))
    marks = [mark for row in found["timeline"]["rows"] for mark in row["marks"]]
    links = [card["title"]["href"] for card in found["cards"]]
    links += [mark["source"]["href"] for mark in marks]
    links += [vote["correct"]["href"] for vote in found["evidence"]["votes"]]
    document_page(app, **parse_qs(urlsplit(links[0]).query), similar="true")
    beside = re.findall(r'href="(document\?[^"]+)"', shown(app))
    assert beside
    assert all(parse_qs(urlsplit(link).query)["q"] == [QUESTION] for link in links)
    for link in [*links, *map(unescape, beside)]:
        asked_again = parse_qs(urlsplit(link).query)
        assert asked_again["subjects"] == ["human", "animal"]
        assert asked_again["order"] == ["newest"]


@pytest.mark.usefixtures("library")
def test_the_other_side_stands_above_the_answer(app: AppTest) -> None:
    """With what it is, and what its count does not say; only for a yes or a no."""
    found = results(asked(app, order="other-side"))
    sentences = {quote["text"]: quote["points"] for quote in found["other"]["quotes"]}
    assert sentences == {RESULTS[2]: "no difference", RESULTS[3]: "lowers"}
    assert found["heading"].endswith("the other side first")
    assert "That none is found does not mean that there is none" in found["other"]["note"]
    assert found["quotes"]
    (orders,) = [g for g in app.get("button_group") if g.label == "Order of the passages"]
    assert orders.options == ["Best first", "Newest first", "The other side"]
    app.text_input("q").set_value("what raises IL-6?").run()
    (orders,) = [g for g in app.get("button_group") if g.label == "Order of the passages"]
    assert orders.options == ["Best first", "Newest first"]


def test_what_a_study_is_can_be_corrected_from_its_vote(app: AppTest, library: Path) -> None:
    """The form says what the rules read; a correction counts at once and can be taken back."""
    index = open_index(library)
    document = next(d for d in index.documents() if d.id.endswith("human0.txt"))
    index.close()
    short = document.fingerprint[:16]
    votes = results(asked(app))["evidence"]["votes"]
    link = f"document?doc={short}&correct=1&q=does"
    assert any(vote["correct"]["href"].startswith(link) for vote in votes)
    del app.query_params["q"]
    document_page(app, doc=short, correct="1")
    field = f"{document.fingerprint}_study_type"
    assert app.selectbox(field).options[0] == "As the text says: randomised trial"
    assert app.text_input(f"{document.fingerprint}_size").placeholder == "As the text says: 40"
    app.selectbox(field).set_value("cohort")
    app.text_input(f"{document.fingerprint}_size").set_value("400")
    next(b for b in app.button if b.label == "Save").click().run()
    assert app.selectbox(field).value == "cohort"
    assert app.selectbox(field).options[0] == "As the text says: randomised trial"
    page = AppTest.from_file(str(ROOT / "search_app" / "streamlit_app.py"), default_timeout=60)
    told = shown(asked(page, **{"study-type": "cohort"}))
    assert "1 of 7 documents" in told
    next(b for b in app.button if b.label.startswith("Take all")).click().run()
    assert app.selectbox(field).value == ""
