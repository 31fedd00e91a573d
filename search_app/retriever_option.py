"""The option --retriever: which way of finding a command takes."""

from typing import Annotated

import typer

RetrieverOption = Annotated[
    str,
    typer.Option(
        help="Way of finding: meaning, words, fused, or reranked (see CITEWELL_RERANKER)."
    ),
]
RetrieversOption = Annotated[
    list[str] | None,
    typer.Option(
        "--retriever",
        help="Way of finding to measure; may be given again. Default: each that is set up.",
    ),
]


def known_retrievers(names: list[str] | None) -> list[str]:
    """The names without repetitions, and ready; all that are set up where none is given.

    Raises:
        BadParameter: there is no retriever of that name.
        ModelError: a reranker is needed, and none is set up or it cannot be loaded.
    """
    from index.retrievers import RETRIEVERS, available_retrievers, prepare  # noqa: PLC0415

    unknown = [name for name in names or () if name not in RETRIEVERS]
    if unknown:
        raise typer.BadParameter(
            f"there is no {', '.join(map(repr, unknown))}. Choose from: {', '.join(RETRIEVERS)}.",
            param_hint="'--retriever'",
        )
    chosen = list(dict.fromkeys(names or available_retrievers()))
    for name in chosen:
        prepare(name)
    return chosen
