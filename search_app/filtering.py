"""The options that limit a search to some documents; the same for every command that asks."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from index.filters import Filter

KindOption = Annotated[
    list[str] | None,
    typer.Option("--kind", help="Only documents of this kind: html, pdf ...; may be given again."),
]
SinceOption = Annotated[
    str, typer.Option("--from", help="Only documents of this date or later: 2020, 2020-03 ...")
]
UntilOption = Annotated[
    str, typer.Option("--to", help="Only documents of this date or earlier: 2020, 2020-03 ...")
]
SourceOption = Annotated[
    list[str] | None,
    typer.Option(
        "--source", help="Only documents from this folder, site or host; may be given again."
    ),
]
TagOption = Annotated[
    list[str] | None,
    typer.Option("--tag", help="Only documents with this tag; may be given again."),
]
LanguageOption = Annotated[
    list[str] | None,
    typer.Option("--language", help="Only documents in this language: en ...; may be given again."),
]


def as_filter(
    kinds: list[str] | None,
    since: str,
    until: str,
    sources: list[str] | None,
    tags: list[str] | None,
    languages: list[str] | None,
) -> "Filter":
    """The filter that the options of a command line describe.

    Raises:
        FilterError: a date is none.
    """
    from index.filters import Filter  # noqa: PLC0415

    return Filter(
        kinds=tuple(kinds or ()),
        since=since,
        until=until,
        sources=tuple(_whole(source) for source in sources or ()),
        tags=tuple(tags or ()),
        languages=tuple(languages or ()),
    )


def _whole(source: str) -> str:
    """A folder given as seen from here ("./articles", "~/papers") by its whole path."""
    return str(Path(source).expanduser().resolve()) if source.startswith((".", "~")) else source
