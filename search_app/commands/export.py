"""The command `citewell export`."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from index.location import DEFAULT_FOLDER, IndexOption
from search_app.commands.running import messages, opened_index
from search_app.filtering import Parts, with_filters


@with_filters
def export_command(  # noqa: PLR0913, PLR0917  (one an option)
    filters: Parts,
    question: Annotated[str, typer.Argument(help="Export the quotes that answer it.")] = "",
    collection: Annotated[str, typer.Option(help="Export this collection.")] = "",
    export_format: Annotated[
        str, typer.Option("--format", help="pptx, docx, md, bib, ris, csl or csv.")
    ] = "pptx",
    style: Annotated[str, typer.Option(help="Of the references: vancouver or apa.")] = "vancouver",
    output: Annotated[
        Path | None, typer.Option(help="File to write. Default: named after what is exported.")
    ] = None,
    index: IndexOption = DEFAULT_FOLDER,
) -> None:
    """Take quotes along as slides, hand-out, text, table or reference list.

    Examples:
      citewell export "does stress raise inflammation?" --output stress.pptx
      citewell export --collection "My collection" --format docx --style apa
    """
    from search_app.exports.command import (  # noqa: PLC0415
        items_answering,
        items_collected,
        known_choices,
        write_talk,
    )
    from search_app.exports.talk import make_talk  # noqa: PLC0415
    from search_app.narrowing import narrowed  # noqa: PLC0415

    if bool(question.strip()) == bool(collection):
        raise typer.BadParameter("give a question or --collection, one of the two.")
    if collection and any(filters.values()):
        raise typer.BadParameter("filters narrow what a question finds, not a collection.")
    for name, value, known in known_choices(export_format, style):
        if value not in known:
            raise typer.BadParameter(f"choose from: {', '.join(known)}.", param_hint=f"'{name}'")
    with opened_index(index) as opened:
        items = (
            items_collected(opened, collection)
            if collection
            else items_answering(opened, question, narrowed(filters))
        )
        talk = make_talk(opened, collection or question, items, style)
        written = write_talk(talk, export_format, output)
        messages.print(f"Wrote {escape(str(written))}")
