"""Where the index is: the option --index, else CITEWELL_INDEX, else index/built."""

import os
from pathlib import Path
from typing import Annotated

import typer

ENVIRONMENT_VARIABLE = "CITEWELL_INDEX"
DEFAULT_FOLDER = Path("index/built")

IndexOption = Annotated[
    Path,
    typer.Option(
        envvar=ENVIRONMENT_VARIABLE, help="Folder of the index.", file_okay=False, show_default=True
    ),
]


def index_folder() -> Path:
    """The index's folder where no option was given."""
    return Path(os.environ.get(ENVIRONMENT_VARIABLE) or DEFAULT_FOLDER)
