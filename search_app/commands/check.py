"""The command `citewell check`."""

from typing import Annotated

import typer

from index.location import DEFAULT_FOLDER, IndexOption
from search_app.commands.running import JsonOption, opened_index, print_json, tell

# Characters of a file to check; far fewer are looked up.
_MOST_READ = 10_000_000


def check_command(
    file: Annotated[
        typer.FileText,
        typer.Argument(
            help="Plain text: a sentence, an abstract, the lines of a slide. - reads standard "
            "input.",
            encoding="utf-8",
            errors="replace",
        ),
    ],
    index: IndexOption = DEFAULT_FOLDER,
    as_json: JsonOption = False,  # noqa: FBT002
) -> None:
    """Look up each claim of a text: which sentences say so, and which say otherwise.

    Examples:
      citewell check slide.txt
      echo "Stress raises inflammation." | citewell check -
    """
    with opened_index(index) as opened:
        from search_app.checking import check_text  # noqa: PLC0415
        from search_app.printing import print_checked  # noqa: PLC0415
        from search_app.reports import check_report  # noqa: PLC0415

        checked = check_text(opened, file.read(_MOST_READ))
        tell(*checked.notices)
        if as_json:
            print_json(check_report(opened, checked))
        else:
            print_checked(checked)
