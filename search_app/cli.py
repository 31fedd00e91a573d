"""The command `citewell`: which commands there are, and its entry point."""

import logging

import typer
from rich.logging import RichHandler

from ingest.command import ingest_command
from ingest.verify_command import verify_command
from search_app.commands.ask import ask_command
from search_app.commands.check import check_command
from search_app.commands.evaluate import evaluate_command
from search_app.commands.export import export_command
from search_app.commands.running import messages
from search_app.commands.search import search_command
from search_app.commands.serve import serve_command
from search_app.commands.status import status_command

# In the order in which `citewell --help` lists them.
_COMMANDS = {
    "ingest": ingest_command,
    "verify": verify_command,
    "search": search_command,
    "ask": ask_command,
    "check": check_command,
    "status": status_command,
    "export": export_command,
    "evaluate": evaluate_command,
    "serve": serve_command,
}

app = typer.Typer(
    name="citewell",
    help="Answers questions from your own articles and PDFs, and shows where every word came from.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)
for _name, _command in _COMMANDS.items():
    app.command(_name)(_command)


def main() -> None:
    """Run the command line; the entry point of the package."""
    logging.basicConfig(
        level=logging.WARNING,
        format="%(message)s",
        handlers=[RichHandler(console=messages, show_time=False, show_path=False)],
    )
    app()


if __name__ == "__main__":
    main()
