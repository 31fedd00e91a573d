"""The command `citewell status`."""

from index.location import DEFAULT_FOLDER, IndexOption
from search_app.commands.running import JsonOption, opened_index, print_json


def status_command(
    index: IndexOption = DEFAULT_FOLDER,
    as_json: JsonOption = False,  # noqa: FBT002
) -> None:
    """Show what the index holds and lacks.

    Example:
      citewell status --json
    """
    with opened_index(index) as opened:
        from search_app.printing import print_status  # noqa: PLC0415
        from search_app.reports import status_report  # noqa: PLC0415

        report = status_report(opened)
        if as_json:
            print_json(report)
        else:
            print_status(report)
