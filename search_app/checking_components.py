"""How a checked text looks: each claim with the sentences on it. Its HTML is all escaped."""

from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import urlencode

import streamlit as st

from search_app.checking import NOTE, Checked, CheckedClaim, Found
from search_app.claims import LeftOut
from search_app.evidence.stances import Stance
from search_app.evidence.study_types import StudyType
from search_app.links import open_link, viewer_link
from search_app.wording import about, counted, described, place

# In a tab of its own: the text that was pasted is in no address, and would be lost.
_BESIDE = 'target="_blank" rel="noopener noreferrer"'
_CLASSES = {
    Stance.SAYS_SO: "cw-so",
    Stance.SAYS_OTHERWISE: "cw-otherwise",
    Stance.ON_TOPIC: "cw-touched",
}


def show_checked(checked: Checked) -> None:
    """Every claim with what was found, and what was not looked up."""
    only = len(checked.claims) == 1
    claims = "".join(
        _claim(claim, number, address="" if only else _address(claim.text))
        for number, claim in enumerate(checked.claims, 1)
    )
    notices = "".join(
        f'<p class="cw-notice" role="status">{escape(notice)}</p>' for notice in checked.notices
    )
    st.html(
        f'<section class="cw-checked">{notices}<h2 class="cw-label">{escape(checked.summary)}</h2>'
        f'<p class="cw-note">{escape(NOTE)}</p><ol class="cw-claims">{claims}</ol>'
        f"{_left_out(checked.left_out)}</section>"
    )


def _claim(claim: CheckedClaim, number: int, address: str) -> str:
    telling = [one for one in claim.found if one.stance is not Stance.ON_TOPIC]
    touching = [one for one in claim.found if one.stance is Stance.ON_TOPIC]
    link = f' \u00b7 <a href="{escape(address)}" {_BESIDE}>Link to this claim</a>'
    return (
        f'<li class="cw-claim" id="claim-{number}"><h3>{escape(claim.text)}</h3>'
        f'<p class="cw-meta">{escape(claim.summary)}{link if address else ""}</p>'
        f"{_list(telling, claim)}{_folded(touching, claim, is_all=not telling)}</li>"
    )


def _folded(touching: Sequence[Found], claim: CheckedClaim, *, is_all: bool) -> str:
    """What is only on the topic stands behind a fold where something tells more."""
    if is_all or not touching:
        return _list(touching, claim)
    return (
        f"<details><summary>{counted(len(touching), 'sentence')} on the topic</summary>"
        f"{_list(touching, claim)}</details>"
    )


def _list(found: Iterable[Found], claim: CheckedClaim) -> str:
    items = "".join(_found(one, claim) for one in found)
    return f'<ul class="cw-on-claim">{items}</ul>' if items else ""


def _found(one: Found, claim: CheckedClaim) -> str:
    source = one.quote.source
    document = source.document
    link = (
        viewer_link(source, {"q": [claim.text]}, one.quote.span)
        if document.is_local
        else open_link(source, one.quote.span)
    )
    where = " \u00b7 ".join(filter(None, [place(source), about(document), _kind(one)]))
    return (
        f'<li class="{_CLASSES[one.stance]}"><p class="cw-stance">{escape(one.stance.value)}</p>'
        f'<p class="cw-quote">\u201c{escape(one.quote.text)}\u201d</p>'
        f'<p class="cw-source"><a href="{escape(link)}" {_BESIDE}>{escape(document.title)}</a>'
        f"<br>{escape(where)}</p></li>"
    )


def _kind(one: Found) -> str:
    """What kind of study says it; nothing where the document does not state one."""
    if one.study is None or one.study.kind.value == StudyType.UNSTATED:
        return ""
    return ", ".join(filter(None, described(one.study)))


def _left_out(lines: Sequence[LeftOut]) -> str:
    if not lines:
        return ""
    items = "".join(
        f"<li>\u201c{escape(line.text)}\u201d: {escape(line.reason)}</li>" for line in lines
    )
    return (
        f'<details class="cw-left-out"><summary>{counted(len(lines), "line")} left out</summary>'
        f"<ul>{items}</ul></details>"
    )


def _address(claim: str) -> str:
    return f"check?{urlencode({'claim': claim})}"
