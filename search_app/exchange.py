"""A collection as one file, to keep or to give to someone else. The file is never trusted."""

import json
from dataclasses import replace

from index.documents import Document
from index.errors import CollectionError
from search_app.excerpts import CITED_BY, Excerpt, excerpt_from_json, excerpt_to_json
from search_app.keeping import Item, checked_name, checked_note
from search_app.plain_text import one_line, without_controls

FORMAT, VERSION = "citewell-collection", 1
MOST_BYTES = 5_000_000
MOST_ITEMS = 1_000
_MOST_TEXT = 50_000
_TEXTS = ("quote", "passage", "heading", "link", "question", "filters", "collected")
_WEB = ("http://", "https://")


def export_collection(name: str, items: list[Item]) -> bytes:
    """The file of a collection. Of local files it states the name, not where they lie."""
    content = {
        "format": FORMAT,
        "version": VERSION,
        "name": name,
        "items": [
            {"note": item.note, "excerpt": excerpt_to_json(_without_path(item.excerpt))}
            for item in items
        ],
    }
    return json.dumps(content, ensure_ascii=True, indent=1).encode()


def import_collection(data: bytes) -> tuple[str, list[Item]]:
    """Name and items of a collection's file.

    Raises:
        CollectionError: it is none, or says what cannot be; names what.
    """
    if len(data) > MOST_BYTES:
        raise CollectionError(
            f"This file has {len(data):,} bytes; a collection has at most {MOST_BYTES:,}."
        )
    content = _parsed(data)
    if content.get("format") != FORMAT:
        raise CollectionError(
            "This file is not a collection. Choose one that was saved with \u201cCollection "
            "file\u201d on this page."
        )
    if content.get("version") != VERSION:
        raise CollectionError(
            f"This collection has version {str(content.get('version'))[:20]}; this Citewell reads "
            f"version {VERSION}. Export it again with the Citewell used here."
        )
    items = content.get("items")
    if not isinstance(items, list) or len(items) > MOST_ITEMS:
        raise CollectionError(f"A collection's file lists at most {MOST_ITEMS:,} items.")
    return checked_name(str(content.get("name") or "")), [
        _item(item, number) for number, item in enumerate(items, 1)
    ]


def _parsed(data: bytes) -> dict[str, object]:
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise CollectionError(
            "This file cannot be read as a collection: it is no JSON, or was cut off."
        ) from error
    return content if isinstance(content, dict) else {}


def _item(content: object, number: int) -> Item:
    try:
        if not isinstance(content, dict):
            raise TypeError("it is no object")  # noqa: TRY301
        note = content.get("note", "")
        return Item(_checked(excerpt_from_json(content["excerpt"])), checked_note(_text(note)))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CollectionError(
            f"Item {number} of this file is damaged ({one_line(str(error))[:100]}). Nothing was "
            "imported."
        ) from error


def _checked(excerpt: Excerpt) -> Excerpt:
    """The excerpt, if every part of it is what it has to be."""
    texts = {name: without_controls(_text(getattr(excerpt, name))) for name in _TEXTS}
    if not texts["quote"].strip():
        raise ValueError("it quotes nothing")
    if texts["link"] and not texts["link"].startswith(_WEB):
        raise ValueError("its link is no web address")
    page, label = excerpt.page, excerpt.page_label
    return replace(
        excerpt,
        **texts,
        document=_checked_document(excerpt.document),
        page=None if page is None else _number(page),
        page_label=None if label is None else one_line(_text(label)),
        start=_number(excerpt.start),
        end=_number(excerpt.end),
    )


def _checked_document(document: Document) -> Document:
    if not isinstance(document.metadata, dict) or not _text(document.id):
        raise TypeError("its document is incomplete")
    link = _text(document.link)
    return Document(
        id=one_line(document.id),
        title=one_line(_text(document.title)),
        # Anything else would be a link of the sender's into the reader's own files.
        link=one_line(link) if link.startswith(_WEB) else "",
        fingerprint=one_line(_text(document.fingerprint)),
        metadata=_checked_facts(document.metadata),
    )


def _checked_facts(metadata: dict[str, object]) -> dict[str, object]:
    facts: dict[str, object] = {}
    for key in CITED_BY:
        value = metadata.get(key)
        if key == "authors" and isinstance(value, list):
            facts[key] = [one_line(_text(author)) for author in value]
        elif isinstance(value, str):
            facts[key] = one_line(_text(value))
        elif isinstance(value, int):
            facts[key] = _number(value)
    return facts


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > _MOST_TEXT:
        raise TypeError("a text is missing, or too long")
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
        raise TypeError("a number is none, or too large")
    return value


def _without_path(excerpt: Excerpt) -> Excerpt:
    if not excerpt.document.is_local:
        return excerpt
    return replace(
        excerpt, document=replace(excerpt.document, id=excerpt.file_name, link="", pages=())
    )
