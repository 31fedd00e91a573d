"""Options of commands that fetch from the web."""

from typing import Annotated

import typer

AllowPrivate = Annotated[
    bool,
    typer.Option(
        "--allow-private",
        envvar="CITEWELL_ALLOW_PRIVATE",
        help="Fetch from servers of your own network too, and by the environment's proxy.",
    ),
]
MaxPages = Annotated[int, typer.Option(min=1, help="Most pages to read of one feed or sitemap.")]
