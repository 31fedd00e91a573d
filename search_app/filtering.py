"""The options that limit a search to some documents; the same for every command that asks."""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from inspect import Parameter, signature
from pathlib import Path
from typing import Annotated

import typer

# The parts of a narrowing by their names, as options give them.
Parts = Mapping[str, Sequence[str]]

_AGAIN = "; may be given again."
_HELP = {
    "kind": "Only documents of this kind: html, pdf ..." + _AGAIN,
    "study-type": 'Only this kind of study: review, cohort, "randomised trial" ...' + _AGAIN,
    "subjects": "Only studies of these: human, animal or cells" + _AGAIN,
    "from": "Only documents of this date or later: 2020, 2020-03 ...",
    "to": "Only documents of this date or earlier: 2020, 2020-03 ...",
    "source": "Only documents from this folder, site or host" + _AGAIN,
    "tag": "Only documents with this tag" + _AGAIN,
    "language": "Only documents in this language: en ..." + _AGAIN,
}
_ONCE = ("from", "to")


def with_filters(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the options besides its own; they come as its argument `filters`.

    Args:
        command: takes `filters` of the type `Parts`.
    """

    @wraps(command)
    def filtered(**given: object) -> None:
        options = {name: _values(name, given.pop(_argument(name))) for name in _HELP}
        command(**given, filters=options)

    own = signature(command)
    kept = [parameter for parameter in own.parameters.values() if parameter.name != "filters"]
    filtered.__dict__["__signature__"] = own.replace(parameters=[*kept, *map(_option, _HELP)])
    filtered.__annotations__ = {one.name: one.annotation for one in [*kept, *map(_option, _HELP)]}
    return filtered


def _option(name: str) -> Parameter:
    """The option as Typer reads it from a command's parameters."""
    option = typer.Option(f"--{name}", help=_HELP[name])
    once, often = Annotated[str, option], Annotated[list[str] | None, option]
    default, annotation = ("", once) if name in _ONCE else (None, often)
    return Parameter(
        _argument(name), Parameter.KEYWORD_ONLY, default=default, annotation=annotation
    )


def _argument(name: str) -> str:
    return f"only_{name.replace('-', '_')}"


def _values(name: str, given: object) -> tuple[str, ...]:
    values = [given] if isinstance(given, str) else given if isinstance(given, list) else []
    return tuple(_whole(value) if name == "source" else value for value in values if value)


def _whole(source: str) -> str:
    """A folder given as seen from here ("./articles", "~/papers") by its whole path."""
    return str(Path(source).expanduser().resolve()) if source.startswith((".", "~")) else source
