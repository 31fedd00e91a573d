"""Slides (PPTX): a quote a slide, an evidence table, how it was searched, the references."""

from pptx.slide import Slide

from search_app.exports.deck import (
    ACCENT,
    BODY_POINTS,
    INNER,
    SERIF,
    SOFT,
    Area,
    Deck,
    Lettering,
    add_bar,
    add_box,
    add_line,
    add_notes,
    add_table,
)
from search_app.exports.layout import in_slides, parts_of, quote_size, title_size
from search_app.exports.speaking import speaker_notes
from search_app.exports.talk import Quoted, Talk
from search_app.plain_text import shortened

_BELOW_TITLE = Area(1.75, 5.2)
_QUOTE = Area(1.9, 4.1)
_SOURCE = Area(6.2, 0.9)
# Columns of the evidence table: heading, inches, and characters of a line.
_COLUMNS = (("No.", 0.8, 5), ("Source", 3.1, 25), ("It says", 6.6, 58), ("Page", 1.23, 8))
_TABLE_LINES, _LIST_LINES, _LIST_WIDTH = 13, 13, 105
_SAYS_CHARACTERS, _HOW_CHARACTERS = 170, 400


def write_slides(talk: Talk) -> bytes:
    """The PPTX file of a talk."""
    deck = Deck(talk.title)
    _add_title(deck, talk)
    for quoted in talk.quotes:
        _add_quote(deck, talk, quoted)
    _add_table(deck, talk)
    _add_searched(deck, talk)
    _add_references(deck, talk)
    return deck.to_bytes()


def _add_title(deck: Deck, talk: Talk) -> None:
    slide = deck.add_slide(talk.title, Area(2.3, 2.2), title_size(talk.title) + 10)
    frame = add_box(slide, Area(4.7, 1.5))
    add_line(frame, "Quoted word for word from the library", Lettering(24, SOFT, gap=6))
    add_line(frame, talk.made, Lettering(20, SOFT))


def _add_quote(deck: Deck, talk: Talk, quoted: Quoted) -> None:
    """One slide, or several where the quote is long; all of them have the notes."""
    parts = parts_of(quoted.text)
    points = min(quote_size(part) for part in parts)
    for number, part in enumerate(parts, 1):
        before = "\u201c" if number == 1 else "\u2026\u00a0"
        after = "\u201d" if number == len(parts) else "\u00a0\u2026"
        slide = deck.add_slide(quoted.title)
        add_bar(slide, _QUOTE)
        frame = add_box(slide, Area(_QUOTE.top, _QUOTE.height, indent=0.3), is_middle=True)
        add_line(frame, f"{before}{part}{after}", Lettering(points, font=SERIF))
        _add_source(slide, talk, quoted)
        add_notes(slide, speaker_notes(talk, quoted))


def _add_source(slide: Slide, talk: Talk, quoted: Quoted) -> None:
    frame = add_box(slide, _SOURCE)
    shown = f"{quoted.cited} {talk.mark(quoted)}".strip()
    lettering = Lettering(20, ACCENT, is_bold=True)
    add_line(frame, shown, lettering, link=talk.address(quoted))
    if quoted.missing:
        add_line(frame, "No longer found in the library", Lettering(BODY_POINTS, SOFT))


def _add_table(deck: Deck, talk: Talk) -> None:
    first = 0 if talk.style.is_numbered else 1
    columns = _COLUMNS[first:]
    head = [heading for heading, _, _ in columns]
    total = sum(inches for _, inches, _ in columns)
    rows = [
        (talk.mark(q), q.short, shortened(q.text, _SAYS_CHARACTERS), q.page)[first:]
        for q in talk.quotes
    ]
    for group in in_slides(rows, [width for _, _, width in columns], _TABLE_LINES):
        slide = deck.add_slide("The evidence at a glance")
        widths = [inches * INNER / total for _, inches, _ in columns]
        add_table(slide, _BELOW_TITLE.top, widths, [head, *group])


def _add_searched(deck: Deck, talk: Talk) -> None:
    frame = add_box(deck.add_slide("How this was searched"), _BELOW_TITLE)
    for what, how in talk.searched:
        add_line(frame, shortened(how, _HOW_CHARACTERS), Lettering(20, gap=10), lead=f"{what}: ")


def _add_references(deck: Deck, talk: Talk) -> None:
    rows = [(f"{number} {text}".strip(),) for number, text in talk.listed]
    groups = list(in_slides(rows, [_LIST_WIDTH], _LIST_LINES))
    for number, group in enumerate(groups, 1):
        count = f" ({number} of {len(groups)})" if len(groups) > 1 else ""
        frame = add_box(deck.add_slide(f"References{count}"), _BELOW_TITLE)
        for (text,) in group:
            add_line(frame, text, Lettering(gap=8))
