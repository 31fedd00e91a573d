"""Running heads, footers and page numbers: they repeat from page to page, so they are found."""

import re
from collections import Counter
from collections.abc import Sequence

from ingest.readers.pdf_layout import Line

_EDGE_LINES = 3
_SHARE_OF_PAGES = 0.5
_FEWEST_PAGES = 2
_DIGITS = re.compile(r"\d+")


def without_running_lines(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without the lines that repeat at their upper or lower edge.

    Two lines are the same when they differ in digits only and stand at the same height;
    a page number alone is such a line.
    """
    seen = Counter(key for page in pages for key in {_key(line) for line in _edge_lines(page)})
    fewest = max(_FEWEST_PAGES, _SHARE_OF_PAGES * sum(bool(page) for page in pages))
    running = {key for key, count in seen.items() if count >= fewest}
    kept = [_without(page, running) for page in pages]
    # Pages of nothing but such lines: then these are the text.
    return kept if any(kept) else [list(page) for page in pages]


def _without(page: Sequence[Line], running: set[tuple[str, int]]) -> list[Line]:
    edge = _edge_lines(page)
    return [line for line in page if line not in edge or _key(line) not in running]


def _edge_lines(page: Sequence[Line]) -> list[Line]:
    by_height = sorted(page, key=lambda line: -line.top)
    return by_height[:_EDGE_LINES] + by_height[-_EDGE_LINES:]


def _key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text), round(line.bottom / 3)
