"""The page "Check a text", run without a browser."""

import re
from contextlib import closing
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from library_fixture import ROOT
from streamlit.testing.v1 import AppTest

from index.search import open_index
from search_app.checking import NOTE

CLAIM = "Acute stress raises interleukin-6 in the blood."


@pytest.fixture
def page(built_folder: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page, opened as a link does, but not yet with a text."""
    monkeypatch.setenv("CITEWELL_INDEX", str(built_folder))
    app = AppTest.from_file(str(ROOT / "search_app" / "streamlit_app.py"), default_timeout=30)
    app.run()
    return app.switch_page("app_pages/check.py")


def checked(page: AppTest) -> str:
    """What the page draws of the text."""
    assert not page.exception
    return "".join(
        html.proto.body
        for html in page.get("html")
        if '<section class="cw-checked">' in html.proto.body
    )


def check(page: AppTest, text: str) -> AppTest:
    """Paste a text and press the button."""
    page.run().text_area("pasted").set_value(text)
    return page.button[0].click().run()


def test_nothing_is_checked_before_something_is_pasted(page: AppTest) -> None:
    """Nor where only space was."""
    assert checked(page.run()) == ""
    assert checked(check(page, " \n ")) == ""
    assert not page.error


def test_pasted_text_is_checked_claim_by_claim(page: AppTest) -> None:
    """With what it does not say; nothing of the text is HTML."""
    shown = checked(check(page, f"- {CLAIM}\n- <b>Yoga</b> lowers <script>CRP</script> in all\n"))
    assert shown.count('class="cw-claim"') == 2
    assert NOTE.split("\u201c")[0] in shown
    assert "&lt;b&gt;Yoga&lt;/b&gt; lowers &lt;script&gt;" in shown
    assert "<script" not in shown
    assert 'target="_blank"' in shown
    assert "claim" not in page.query_params


def test_links_name_the_sentence_that_is_shown(page: AppTest, built_folder: Path) -> None:
    """The viewer marks it, and what else of the document the claim finds."""
    shown = checked(check(page, CLAIM))
    found = re.search(r'cw-quote">\u201c(.+?)\u201d.+?href="(document\?[^"]+)"', shown, re.DOTALL)
    assert found
    address = parse_qs(urlsplit(unescape(found[2])).query)
    assert address["q"] == [CLAIM]
    with closing(open_index(built_folder)) as index:
        passage = index.passage(int(address["passage"][0]))
    assert passage
    start, end = map(int, address["mark"][0].split("-"))
    assert passage.passage.text[start:end] == unescape(found[1])


def test_single_claim_is_an_address(page: AppTest) -> None:
    """That shows the same to someone else; another text takes it away."""
    typed = checked(check(page, CLAIM))
    assert page.query_params["claim"] == CLAIM
    other = AppTest.from_file(str(ROOT / "search_app" / "streamlit_app.py"), default_timeout=30)
    other.run().switch_page("app_pages/check.py")
    other.query_params["claim"] = CLAIM
    assert checked(other.run()) == typed
    assert other.text_area("pasted").value == CLAIM
    check(page, f"{CLAIM}\n{CLAIM}")
    assert "claim" not in page.query_params


def test_text_without_a_claim_is_an_error(page: AppTest) -> None:
    """That says what to paste."""
    check(page, "Why?")
    assert "no claim to look up" in page.error[0].value
