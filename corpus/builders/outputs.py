"""The files that the corpus's sources become, and whether they are up to date on disk."""

from dataclasses import dataclass, field
from pathlib import Path

from builders.html_page import choose_related, render_page
from builders.pdf_paper import render_paper
from builders.sources import Source, read_sources


@dataclass(frozen=True)
class Output:
    """A file to write."""

    path: Path
    content: bytes = field(repr=False)

    @property
    def is_current(self) -> bool:
        """Whether the file on disk already holds this content."""
        return self.path.is_file() and self.path.read_bytes() == self.content


def render_outputs(corpus: Path) -> list[Output]:
    """Render every source in `corpus/sources`, writing nothing.

    Args:
        corpus: The corpus folder.

    Returns:
        A web page in `articles` or a PDF in `papers` for each source.
    """
    sources = read_sources(corpus / "sources")
    return [_render(source, sources, corpus) for source in sources]


def write_outputs(outputs: list[Output]) -> list[Output]:
    """Write the files that are missing or differ, and return those; other files are left alone."""
    stale = [output for output in outputs if not output.is_current]
    for output in stale:
        output.path.parent.mkdir(parents=True, exist_ok=True)
        output.path.write_bytes(output.content)
    return stale


def _render(source: Source, sources: list[Source], corpus: Path) -> Output:
    """Render one source in the format it asks for."""
    if source.format == "html":
        page = render_page(source, choose_related(source, sources))
        return Output(corpus / "articles" / f"{source.slug}.html", page)
    return Output(corpus / "papers" / f"{source.slug}.pdf", render_paper(source))
