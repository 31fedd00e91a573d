"""`python -m ingest` is the same as `citewell ingest`."""

import typer

from ingest.command import ingest_command

if __name__ == "__main__":
    typer.run(ingest_command)
