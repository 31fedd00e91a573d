"""How much text fits on a slide: sizes of type, quotes cut at sentences, lists cut into slides."""

from collections.abc import Iterable, Iterator, Sequence

from index.sentences import sentence_spans

# Most characters of a quote at each size of type (points), on the area that slides give it.
_QUOTE_SIZES = ((150, 36), (280, 30), (420, 26), (640, 22))
MOST_QUOTE_CHARACTERS = _QUOTE_SIZES[-1][0]
_TITLE_SIZES = ((60, 30), (90, 26), (150, 22), (240, 18))
# A title may fill its lines at the smallest size and no more.
MOST_TITLE_CHARACTERS = _TITLE_SIZES[-1][0]


def quote_size(text: str) -> int:
    """Points at which a quote, or a part of one, fits."""
    return _size(text, _QUOTE_SIZES)


def title_size(text: str) -> int:
    """Points at which a title fits in its place."""
    return _size(text, _TITLE_SIZES)


def parts_of(quote: str) -> list[str]:
    """The quote in parts that fit on a slide, cut between sentences, else between words."""
    if len(quote) <= MOST_QUOTE_CHARACTERS:
        return [quote]
    sentences = [quote[span.start : span.end] for span in sentence_spans(quote)]
    pieces = [piece for sentence in sentences for piece in _pieces(sentence)]
    parts: list[str] = []
    for piece in pieces:
        if parts and len(parts[-1]) + 1 + len(piece) <= MOST_QUOTE_CHARACTERS:
            parts[-1] += f" {piece}"
        else:
            parts.append(piece)
    return parts


def in_slides(
    rows: Iterable[Sequence[str]], widths: Sequence[int], most_lines: int
) -> Iterator[list[Sequence[str]]]:
    """Rows in groups that fit on a slide.

    Args:
        rows: the cells of each.
        widths: characters that fit on a line of each cell.
        most_lines: lines that fit on a slide.
    """
    group: list[Sequence[str]] = []
    used = 0
    for row in rows:
        lines = max(-(-len(cell) // width) for cell, width in zip(row, widths, strict=True)) or 1
        if group and used + lines > most_lines:
            yield group
            group, used = [], 0
        group.append(row)
        used += lines
    if group:
        yield group


def _size(text: str, sizes: Sequence[tuple[int, int]]) -> int:
    return next((points for most, points in sizes if len(text) <= most), sizes[-1][1])


def _pieces(sentence: str) -> list[str]:
    pieces = [""]
    for word in sentence.split():
        # A word that fills a slide is cut too: an address, or a script without spaces.
        for start in range(0, len(word), MOST_QUOTE_CHARACTERS):
            part = word[start : start + MOST_QUOTE_CHARACTERS]
            if pieces[-1] and len(pieces[-1]) + 1 + len(part) > MOST_QUOTE_CHARACTERS:
                pieces.append(part)
            else:
                pieces[-1] = f"{pieces[-1]} {part}".strip()
    return pieces
