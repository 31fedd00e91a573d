"""How the map of a library looks. Its HTML is all escaped.

Marks are links laid out in percent, not a drawn chart: they are as large on a phone, take the
theme's colours, print, and open in a tab of their own as any link does.
"""

from collections.abc import Mapping
from html import escape

import streamlit as st

from index.documents import Document
from search_app.links import document_link
from search_app.topic_map import MOST_LISTED, MappedTopic, TopicMap
from search_app.wording import about, counted

_SHOWN_AT_ONCE = 5
_FULL_TURN = 360
# The names of topics keep so far from the sides, to be seen whole.
_EDGE = 0.12
# Marks of a small library are larger: there is room.
_FEW_MARKS = 60


def show_map(drawn: TopicMap, documents: Mapping[str, Document]) -> None:
    """The islands with their marks; below, the same as lists, for reading and for the keyboard.

    Args:
        drawn: the map.
        documents: of the library as they are described now, by id.
    """
    if not drawn.topics:
        st.info("No document of the library holds any text.")
        return
    marks = sum(len(topic.island.points) for topic in drawn.topics)
    size = "cw-large" if marks <= _FEW_MARKS else "cw-small"
    islands = "".join(
        _island(topic, documents, number, _hue(number, drawn))
        for number, topic in enumerate(drawn.topics, 1)
    )
    lists = "".join(
        _listed(topic, documents, number, _hue(number, drawn))
        for number, topic in enumerate(drawn.topics, 1)
    )
    st.html(
        f'<figure class="cw-map {size}"><div class="cw-field" aria-hidden="true">{islands}</div>'
        f"<figcaption>{escape(drawn.told)} Each mark is a document: point at it to see which, "
        "press it to open it. Topics that are alike lie near each other, as far as a plane can "
        "show that, and the more typical documents of a topic nearer to its middle. Grouped by "
        "what the texts mean to the language model, named by words of their titles. All of it "
        "stands below as lists.</figcaption></figure>"
        f"{lists}"
    )


def _hue(number: int, drawn: TopicMap) -> str:
    return f"--cw-hue:{(190 + (number - 1) * _FULL_TURN // len(drawn.topics)) % _FULL_TURN}"


def _island(topic: MappedTopic, documents: Mapping[str, Document], number: int, hue: str) -> str:
    (x, y), (width, height) = topic.island.middle, topic.island.size
    place = (
        f"left:{_percent(x - width / 2)};top:{_percent(y - height / 2)};"
        f"width:{_percent(width)};height:{_percent(height)}"
    )
    marks = "".join(
        _mark(documents[id_], point, hue)
        for id_, point in zip(topic.documents, topic.island.points, strict=False)
        if id_ in documents
    )
    top = _percent(y - height / 2)
    left = _percent(min(max(x, _EDGE), 1 - _EDGE))
    name = (
        f'<a class="cw-topic" href="#topic-{number}" tabindex="-1" '
        f'style="left:{left};top:{top};{hue}">{escape(topic.name)}</a>'
    )
    return f'<span class="cw-island" style="{place};{hue}"></span>{marks}{name}'


def _mark(document: Document, point: tuple[float, float], hue: str) -> str:
    left, top = (_percent(part) for part in point)
    side = "cw-left" if point[0] > 0.5 else "cw-right"  # noqa: PLR2004  (the middle)
    return (
        f'<a class="cw-mark-of {side}" href="{escape(document_link(document))}" target="_self" '
        f'tabindex="-1" style="left:{left};top:{top};{hue}">'
        f"<span>{escape(document.title)}</span></a>"
    )


def _listed(topic: MappedTopic, documents: Mapping[str, Document], number: int, hue: str) -> str:
    held = [documents[id_] for id_ in topic.documents[:MOST_LISTED] if id_ in documents]
    items = [
        f'<li><a href="{escape(document_link(document))}" target="_self">'
        f'{escape(document.title)}</a> <span class="cw-meta">{escape(about(document))}</span></li>'
        for document in held
    ]
    more = "".join(items[_SHOWN_AT_ONCE:])
    folded = (
        f"<details><summary>{len(items) - _SHOWN_AT_ONCE} more</summary><ul>{more}</ul></details>"
        if more
        else ""
    )
    left = len(topic.documents) - len(held)
    rest = (
        f'<p class="cw-note">{counted(left, "document")} further from its middle '
        f"{'is' if left == 1 else 'are'} not listed here; the page Library finds them by title.</p>"
        if left
        else ""
    )
    return (
        f'<section class="cw-topic-list" id="topic-{number}"><h2 style="{hue}">'
        f"{escape(topic.name)} <small>{counted(len(topic.documents), 'document')}</small></h2>"
        f"<ul>{''.join(items[:_SHOWN_AT_ONCE])}</ul>{folded}{rest}</section>"
    )


def _percent(share: float) -> str:
    return f"{100 * share:.2f}%"
