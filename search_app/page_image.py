"""A page of a PDF as a picture with sentences marked, made in a child process."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from index.isolation import Limits, run_isolated

_LIMITS = Limits(cpu_seconds=15, wall_seconds=30)


class Mark(NamedTuple):
    """A sentence to be marked on a page.

    Attributes:
        kind: ``cited``, ``passage`` (what is around the cited sentence) or ``also`` (found too).
        text: as it was read.
        near: where in the page's text it stands, 0 to 1.
    """

    kind: str
    text: str
    near: float


@dataclass(frozen=True)
class Zoom:
    """How large a page is shown.

    Attributes:
        width: of the picture, as a share of the space there is.
        is_cropped: whether the page's margins are left out.
        dots_per_point: of the picture.
    """

    width: int = 1
    is_cropped: bool = False
    dots_per_point: float = 2.0


# By the word on the page, which stands in the address too.
ZOOMS = {
    "Page": Zoom(),
    "Text": Zoom(is_cropped=True, dots_per_point=2.5),
    "Large": Zoom(width=2, is_cropped=True, dots_per_point=4.0),
}
DEFAULT_ZOOM = "Page"


@dataclass(frozen=True)
class PagePicture:
    """A drawn page.

    Attributes:
        content: the picture's bytes.
        media_type: of them.
        width: in dots.
        height: in dots.
        cited: left, top, width and height of what was cited, as shares of the picture; None
            where it was not found on the page.
    """

    content: bytes
    media_type: str
    width: int
    height: int
    cited: tuple[float, float, float, float] | None = None


def page_image(
    path: Path, number: int, marks: Sequence[Mark] = (), zoom: Zoom = ZOOMS[DEFAULT_ZOOM]
) -> PagePicture:
    """A page as a picture.

    Args:
        path: the PDF.
        number: 1-based page of the file.
        marks: what to mark on it; a sentence that is not found is left out.
        zoom: how large it is to be shown.

    Raises:
        SourceError: the page cannot be drawn.
    """
    request: dict[str, object] = {
        "path": str(path),
        "number": number,
        "marks": list(marks),
        "dots_per_point": zoom.dots_per_point,
        "crop": zoom.is_cropped,
    }
    answer = run_isolated("search_app.page_rendering:render", request, _LIMITS)
    head, _, content = answer.partition(b"\n")
    described = json.loads(head)
    cited = described.pop("cited")
    return PagePicture(content, **described, cited=tuple(cited) if cited else None)
