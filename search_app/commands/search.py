"""The command `citewell search`."""

from typing import Annotated

import typer

from index.location import DEFAULT_FOLDER, IndexOption
from search_app.commands.running import (
    JsonOption,
    QuestionArgument,
    opened_index,
    print_json,
    tell,
)
from search_app.filtering import Parts, with_filters
from search_app.retriever_option import RetrieverOption, known_retrievers


@with_filters
def search_command(
    filters: Parts,
    question: QuestionArgument,
    limit: Annotated[int, typer.Option(min=1, max=100, help="Most passages to show.")] = 10,
    retriever: RetrieverOption = "fused",
    index: IndexOption = DEFAULT_FOLDER,
    as_json: JsonOption = False,  # noqa: FBT002
) -> None:
    """Show the passages that best fit a question.

    Examples:
      citewell search "does stress raise inflammation?" --limit 5
      citewell search "does sleep help?" --kind pdf --from 2015 --source papers
    """
    with opened_index(index) as opened:
        from search_app.finding import find_passages  # noqa: PLC0415
        from search_app.narrowing import narrowed  # noqa: PLC0415
        from search_app.printing import print_passages  # noqa: PLC0415
        from search_app.reports import search_report  # noqa: PLC0415

        (chosen,) = known_retrievers([retriever])
        found = find_passages(opened, question, limit, narrowed(filters), chosen)
        tell(*found.notices)
        if found.suggestion:
            tell(found.suggestion.told)
        if as_json:
            print_json(search_report(opened, found))
        else:
            print_passages(found)
        tell(*filter(None, [found.unread]))
