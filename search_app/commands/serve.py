"""The command `citewell serve`."""

import os
from typing import Annotated

import typer

from index.location import DEFAULT_FOLDER, ENVIRONMENT_VARIABLE, IndexOption
from search_app.commands.running import ended_by_errors, messages


def serve_command(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8501,
    index: IndexOption = DEFAULT_FOLDER,
    open_browser: Annotated[bool, typer.Option("--open", help="Open it in a browser.")] = False,  # noqa: FBT002
    name: Annotated[
        list[str] | None, typer.Option(help="Host name by which a proxy is reached; repeatable.")
    ] = None,
    open_to_all: Annotated[  # noqa: FBT002
        bool, typer.Option("--open-to-all", help="Let everyone in who reaches HOST.")
    ] = False,
) -> None:
    """Start the web page.

    With CITEWELL_PASSPHRASE_FILE naming a file, it asks for the passphrase in it. Any HOST but
    this machine's own needs that, accounts, or --open-to-all.

    Examples:
      citewell serve --port 8600
      CITEWELL_PASSPHRASE_FILE=passphrase.txt citewell serve --host 0.0.0.0
    """
    from search_app.access.passphrase import take_passphrase  # noqa: PLC0415
    from search_app.serving import OPEN_VARIABLE, server_command  # noqa: PLC0415

    with ended_by_errors():
        take_passphrase(dict(os.environ))
    os.environ[ENVIRONMENT_VARIABLE] = str(index.resolve())
    if open_to_all:
        os.environ[OPEN_VARIABLE] = "yes"
    command = server_command(host, port, open_browser=open_browser, names=name or ())
    messages.print(f"Citewell is at http://{host}:{port} (stop it with Ctrl+C)")
    os.execv(command[0], command)  # noqa: S606  (our own interpreter, no shell)
