"""The command `citewell verify`: what of the library can still be found in its sources."""

import json
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from index.errors import CitewellError
from index.location import DEFAULT_FOLDER, IndexOption
from ingest.options import AllowPrivate
from ingest.telling import messages, say, say_named, show_progress
from ingest.web import WebRules

if TYPE_CHECKING:
    from ingest.verifying import Difference, Place, Verified

_ALL_FOUND, _NOT_ALL, _NO_INDEX = 0, 1, 3
_SHOWN_CHARACTERS = 80


def verify_command(
    index: IndexOption = DEFAULT_FOLDER,
    web: Annotated[bool, typer.Option("--web", help="Fetch web addresses again too.")] = False,  # noqa: FBT002
    allow_private: AllowPrivate = False,  # noqa: FBT002
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,  # noqa: FBT002
) -> None:
    """Read the sources again and check that every passage still stands at its place.

    Tells of each passage whether it was found, moved (and where to) or gone. Ends with 0
    where all were found, else with 1.

    Example:
      citewell verify --json
    """
    from ingest.verifying import verify  # noqa: PLC0415

    rules = WebRules(allow_private=allow_private) if web else None
    try:
        with show_progress("Verifying", "verified") as show:
            verified = verify(index, show, web=rules)
    except CitewellError as error:
        say(str(error), "red")
        raise typer.Exit(_NO_INDEX) from error
    _print(verified)
    if as_json:
        print(json.dumps(_report(verified), ensure_ascii=False, indent=2))  # noqa: T201
    raise typer.Exit(_ALL_FOUND if all(one.is_sound for one in verified) else _NOT_ALL)


def _print(verified: "list[Verified]") -> None:
    for one in verified:
        if one.source != "same":
            reason = f": {one.reason}" if one.reason else ""
            say_named(one.source.capitalize(), one.document.id + reason, "yellow")
        for difference in one.differences:
            _tell(f"  {_sentence(difference)}")
    found, moved, gone = (sum(one.count(s) for one in verified) for s in ("found", "moved", "gone"))
    unchecked = sum(one.passages for one in verified) - found - moved - gone
    _tell(
        f"{found} passages found, {moved} moved, {gone} gone, {unchecked} not checked, in "
        f"{len(verified)} documents."
    )


def _sentence(difference: "Difference") -> str:
    text = " ".join(difference.text.split())
    short = text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}\u2026"
    to = f" to {_words(difference.now)}" if difference.now else ""
    what = f"{difference.state} from {_words(difference.was)}{to}"
    return f"[cyan]{what}:[/] \u201c{escape(short)}\u201d"


def _words(place: "Place") -> str:
    where = f"page {place.page}, " if place.page is not None else ""
    return f"{where}character {place.start}"


def _tell(text: str) -> None:
    messages.print(text, soft_wrap=True, highlight=False)


def _report(verified: "list[Verified]") -> dict[str, object]:
    totals = {s: sum(one.count(s) for one in verified) for s in ("found", "moved", "gone")}
    return {
        "all_found": all(one.is_sound for one in verified),
        "passages": sum(one.passages for one in verified),
        **totals,
        "documents": [
            {
                "id": one.document.id,
                "title": one.document.title,
                "source": one.source,
                "reason": one.reason,
                "passages": one.passages,
                "found": one.found,
                "differences": [_difference(difference) for difference in one.differences],
            }
            for one in verified
        ],
    }


def _difference(difference: "Difference") -> dict[str, object]:
    return {
        "passage_id": difference.passage_id,
        "state": difference.state,
        "text": difference.text,
        "was": _place(difference.was),
        "now": _place(difference.now) if difference.now else None,
    }


def _place(place: "Place") -> dict[str, int | None]:
    return {"page": place.page, "start": place.start, "end": place.end}
