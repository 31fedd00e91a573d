"""Web pages of the corpus: an article inside the menus and boxes that real sites put around it."""

import zlib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from builders.sections import split_sections
from builders.sources import Source

TEMPLATES = ("journal.html", "clinic.html", "weblog.html")
RELATED_TITLES = 4
LICENCE_LINKS = {"CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/"}

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parents[1] / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


def choose_template(slug: str) -> str:
    """Choose the look of a page by its name, so that it stays when other pages come or go."""
    return TEMPLATES[zlib.crc32(slug.encode()) % len(TEMPLATES)]


def choose_related(source: Source, sources: list[Source]) -> list[str]:
    """Return the titles of the next sources after this one, going round at the end."""
    titles = [other.title for other in sources]
    place = titles.index(source.title)
    return (titles[place + 1 :] + titles[:place])[:RELATED_TITLES]


def render_page(source: Source, related_titles: list[str], template: str | None = None) -> bytes:
    """Render a source as a web page without scripts or outside resources.

    Args:
        source: The source to render.
        related_titles: Titles for the box of related articles.
        template: One of `TEMPLATES`; chosen by the slug when not given.

    Returns:
        The page, encoded as UTF-8.
    """
    page = _ENVIRONMENT.get_template(template or choose_template(source.slug))
    html = page.render(
        source=source,
        sections=split_sections(source),
        related_titles=related_titles,
        licence_link=LICENCE_LINKS.get(source.licence, "#"),
    )
    return html.encode()
