"""The command `citewell`. JSON goes to stdout, everything else to stderr.

The one place where reading and writing meet: it may import ingest. What a command needs
is imported when it runs, so that `citewell --help` does not load a vector library.
"""

import json
import logging
import os
from collections.abc import Generator
from contextlib import ExitStack, closing, contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.logging import RichHandler
from rich.markup import escape

from index.errors import (
    AccessError,
    CitewellError,
    CollectionError,
    JudgedSetError,
    PackageMissingError,
    QuestionError,
)
from index.location import DEFAULT_FOLDER, ENVIRONMENT_VARIABLE, IndexOption
from ingest.command import build_judged_set, ingest_command
from ingest.telling import show_progress
from ingest.verify_command import verify_command
from search_app.filtering import Parts, with_filters
from search_app.retriever_option import RetrieverOption, RetrieversOption, known_retrievers

if TYPE_CHECKING:
    from index.search import Index

_USAGE, _NO_INDEX = 2, 3
_USAGE_ERRORS = (AccessError, CollectionError, QuestionError, JudgedSetError)
# Characters of a file to check; far fewer are looked up.
_MOST_READ = 10_000_000

app = typer.Typer(
    name="citewell",
    help="Answers questions from your own articles and PDFs, and shows where every word came from.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)
app.command("ingest")(ingest_command)
app.command("verify")(verify_command)

messages = Console(stderr=True, highlight=False, soft_wrap=True)

QuestionArgument = Annotated[str, typer.Argument(help="What you want to know.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


@app.command()
@with_filters
def search(
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
    with _opened(index) as opened:
        from search_app.finding import find_passages  # noqa: PLC0415
        from search_app.narrowing import narrowed  # noqa: PLC0415
        from search_app.printing import print_passages  # noqa: PLC0415
        from search_app.reports import search_report  # noqa: PLC0415

        (chosen,) = known_retrievers([retriever])
        found = find_passages(opened, question, limit, narrowed(filters), chosen)
        _tell(*found.notices)
        if as_json:
            _print_json(search_report(opened, found))
        else:
            print_passages(found)
        _tell(*filter(None, [found.unread]))


@app.command()
@with_filters
def ask(
    filters: Parts,
    question: QuestionArgument,
    index: IndexOption = DEFAULT_FOLDER,
    as_json: JsonOption = False,  # noqa: FBT002
) -> None:
    """Answer a question in quoted sentences.

    Example:
      citewell ask "what is sickness behaviour?"
    """
    with _opened(index) as opened:
        from search_app.finding import find  # noqa: PLC0415
        from search_app.narrowing import narrowed  # noqa: PLC0415
        from search_app.printing import print_answer  # noqa: PLC0415
        from search_app.reports import answer_report  # noqa: PLC0415

        findings = find(opened, question, narrowing=narrowed(filters))
        _tell(*findings.notices)
        if as_json:
            _print_json(answer_report(opened, findings))
        else:
            print_answer(findings)
        _tell(*filter(None, [findings.unread]))


@app.command()
def check(
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
    with _opened(index) as opened:
        from search_app.checking import check_text  # noqa: PLC0415
        from search_app.printing import print_checked  # noqa: PLC0415
        from search_app.reports import check_report  # noqa: PLC0415

        checked = check_text(opened, file.read(_MOST_READ))
        _tell(*checked.notices)
        if as_json:
            _print_json(check_report(opened, checked))
        else:
            print_checked(checked)


@app.command()
def status(
    index: IndexOption = DEFAULT_FOLDER,
    as_json: JsonOption = False,  # noqa: FBT002
) -> None:
    """Show what the index holds and lacks.

    Example:
      citewell status --json
    """
    with _opened(index) as opened:
        from search_app.printing import print_status  # noqa: PLC0415
        from search_app.reports import status_report  # noqa: PLC0415

        report = status_report(opened)
        if as_json:
            _print_json(report)
        else:
            print_status(report)


@app.command()
@with_filters
def export(  # noqa: PLR0913, PLR0917  (one an option)
    filters: Parts,
    question: Annotated[str, typer.Argument(help="Export the quotes that answer it.")] = "",
    collection: Annotated[str, typer.Option(help="Export this collection.")] = "",
    export_format: Annotated[
        str, typer.Option("--format", help="pptx, docx, md, bib, ris, csl or csv.")
    ] = "pptx",
    style: Annotated[str, typer.Option(help="Of the references: vancouver or apa.")] = "vancouver",
    output: Annotated[
        Path | None, typer.Option(help="File to write. Default: named after what is exported.")
    ] = None,
    index: IndexOption = DEFAULT_FOLDER,
) -> None:
    """Take quotes along as slides, hand-out, text, table or reference list.

    Examples:
      citewell export "does stress raise inflammation?" --output stress.pptx
      citewell export --collection "My collection" --format docx --style apa
    """
    from search_app.exports.command import (  # noqa: PLC0415
        items_answering,
        items_collected,
        known_choices,
        write_talk,
    )
    from search_app.exports.talk import make_talk  # noqa: PLC0415
    from search_app.narrowing import narrowed  # noqa: PLC0415

    if bool(question.strip()) == bool(collection):
        raise typer.BadParameter("give a question or --collection, one of the two.")
    if collection and any(filters.values()):
        raise typer.BadParameter("filters narrow what a question finds, not a collection.")
    for name, value, known in known_choices(export_format, style):
        if value not in known:
            raise typer.BadParameter(f"choose from: {', '.join(known)}.", param_hint=f"'{name}'")
    with _opened(index) as opened:
        items = (
            items_collected(opened, collection)
            if collection
            else items_answering(opened, question, narrowed(filters))
        )
        talk = make_talk(opened, collection or question, items, style)
        written = write_talk(talk, export_format, output)
        messages.print(f"Wrote {escape(str(written))}")


@app.command()
def evaluate(
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
    with _ended_by_errors(), ExitStack() as stack:
        check_installed("ir_measures", "langchain_text_splitters")
        from index.search import open_index  # noqa: PLC0415
        from search_app.evaluating import evaluate as measure  # noqa: PLC0415
        from search_app.printing import print_evaluations  # noqa: PLC0415
        from search_app.reports import evaluation_report  # noqa: PLC0415

        names = known_retrievers(retriever)
        place = index or Path(stack.enter_context(TemporaryDirectory(prefix="citewell-")))
        built = build_judged_set(folder, qrels, place)
        opened = stack.enter_context(closing(open_index(place, lambda _name: built.embedder)))
        judged, evaluations = built.judged, []
        for name in names:
            with show_progress(f"Asking ({name})", f"asked ({name})") as show:
                evaluations.append(measure(opened, name, judged.queries, judged.qrels, show))
        reports = [evaluation_report(opened, judged.name, e, built.cpu_s) for e in evaluations]
        if as_json:
            _print_json(reports[0] if retriever and len(names) == 1 else {"results": reports})
        else:
            print_evaluations(reports, [e.ndcg_margin for e in evaluations])


@app.command()
def serve(
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
    from search_app.serving import OPEN_VARIABLE, serve_command  # noqa: PLC0415

    with _ended_by_errors():
        take_passphrase(dict(os.environ))
    os.environ[ENVIRONMENT_VARIABLE] = str(index.resolve())
    if open_to_all:
        os.environ[OPEN_VARIABLE] = "yes"
    command = serve_command(host, port, open_browser=open_browser, names=name or ())
    messages.print(f"Citewell is at http://{host}:{port} (stop it with Ctrl+C)")
    os.execv(command[0], command)  # noqa: S606  (our own interpreter, no shell)


def main() -> None:
    """Run the command line; the entry point of the package."""
    logging.basicConfig(
        level=logging.WARNING,
        format="%(message)s",
        handlers=[RichHandler(console=messages, show_time=False, show_path=False)],
    )
    app()


@contextmanager
def _opened(folder: Path) -> Generator["Index"]:
    """The index in a folder; an error that a user can cause ends the command with its text."""
    from index.search import open_index  # noqa: PLC0415

    with _ended_by_errors(), closing(open_index(folder)) as opened:
        yield opened


@contextmanager
def _ended_by_errors() -> Generator[None]:
    try:
        yield
    except CitewellError as error:
        _tell(str(error))
        is_usage = isinstance(error, _USAGE_ERRORS)
        raise typer.Exit(_USAGE if is_usage else _NO_INDEX) from error


def check_installed(*packages: str) -> None:
    """Refuse to go on without packages that only some installations have.

    Raises:
        PackageMissingError: one is not there.
    """
    missing = [package for package in packages if find_spec(package) is None]
    if missing:
        raise PackageMissingError(
            f"This command needs {', '.join(missing)}. Install what is missing with: "
            "pip install 'citewell[ingest]'"
        )


def _tell(*notices: str) -> None:
    for notice in notices:
        messages.print(escape(notice), style="yellow")


def _print_json(report: dict[str, object]) -> None:
    print(json.dumps(report, ensure_ascii=False, indent=2))  # noqa: T201


if __name__ == "__main__":
    main()
