"""A page of a PDF as a picture with the cited passage marked, made in a child process."""

from pathlib import Path

from index.documents import Passage
from index.isolation import Limits, run_isolated
from index.sentences import Span, sentence_spans

_LIMITS = Limits(cpu_seconds=15, wall_seconds=30)


def page_image(path: Path, number: int, passage: Passage | None, mark: Span | None) -> bytes:
    """PNG of a page.

    Args:
        path: the PDF.
        number: 1-based page of the file.
        passage: what to mark on it, if anything.
        mark: its sentence to mark more strongly, counted in the passage.

    Raises:
        SourceError: the page cannot be drawn.
    """
    text = passage.text if passage else ""
    request: dict[str, object] = {
        "path": str(path),
        "number": number,
        "sentences": [text[span.start : span.end] for span in sentence_spans(text)],
        "strong": text[mark.start : mark.end] if mark else "",
    }
    return run_isolated("search_app.page_rendering:render", request, _LIMITS)
