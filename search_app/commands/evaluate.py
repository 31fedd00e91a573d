"""The command `citewell evaluate`; it builds the index that it measures, and so needs ingest."""

from contextlib import ExitStack, closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from ingest.command import build_judged_set
from ingest.telling import show_progress
from search_app.commands.running import (
    JsonOption,
    check_installed,
    ended_by_errors,
    print_json,
)
from search_app.retriever_option import RetrieversOption, known_retrievers


def evaluate_command(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DIR",
            exists=True,
            file_okay=False,
            help="Folder with corpus.jsonl, queries.jsonl and qrels/test.tsv.",
        ),
    ],
    retriever: RetrieversOption = None,
    index: Annotated[
        Path | None,
        typer.Option(
            help="Keep the index in this folder and use it again. Default: a temporary one.",
            file_okay=False,
        ),
    ] = None,
    qrels: Annotated[
        Path | None, typer.Option(help="Judgements in place of DIR/qrels/test.tsv.", dir_okay=False)
    ] = None,
    as_json: JsonOption = False,  # noqa: FBT002
) -> None:
    """Measure the search with judged questions.

    Examples:
      citewell evaluate judged/
      citewell evaluate judged/ --retriever fused --json
    """
    with ended_by_errors(), ExitStack() as stack:
        check_installed("ir_measures", "langchain_text_splitters")
        from index.search import open_index  # noqa: PLC0415
        from search_app.evaluating import evaluate  # noqa: PLC0415
        from search_app.printing import print_evaluations  # noqa: PLC0415
        from search_app.reports import evaluation_report  # noqa: PLC0415

        names = known_retrievers(retriever)
        place = index or Path(stack.enter_context(TemporaryDirectory(prefix="citewell-")))
        built = build_judged_set(folder, qrels, place)
        opened = stack.enter_context(closing(open_index(place, lambda _name: built.embedder)))
        judged, evaluations = built.judged, []
        for name in names:
            with show_progress(f"Asking ({name})", f"asked ({name})") as show:
                evaluations.append(evaluate(opened, name, judged.queries, judged.qrels, show))
        reports = [evaluation_report(opened, judged.name, e, built.cpu_s) for e in evaluations]
        if as_json:
            print_json(reports[0] if retriever and len(names) == 1 else {"results": reports})
        else:
            print_evaluations(reports, [e.ndcg_margin for e in evaluations])
