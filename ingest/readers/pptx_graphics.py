"""Charts and diagrams (SmartArt) of presentations: what stands in them as text."""

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from ingest.readers.tables import Cell, table_text
from ingest.readers.xml_tree import flat_text, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element
    from pptx.shapes.graphfrm import GraphicFrame

_PLACE_OF_DIAGRAM = ".//*[local-name() = 'relIds']/@*[local-name() = 'dm']"


def chart_blocks(frame: "GraphicFrame") -> Iterator[str]:
    """The title, and a table with a column for each series.

    From its XML, for python-pptx does not know charts of every kind.
    """
    chart = parse_xml(frame.chart_part.blob)
    if (title := chart.find("{*}chart/{*}title")) is not None:
        yield " ".join(map(flat_text, title.iter("{*}t")))
    series = list(chart.iter("{*}ser"))
    columns = [_points(one, "val", "yVal") for one in series]
    labels: dict[str, str] = {}
    for one in series:
        labels = {**_points(one, "cat", "xVal"), **labels}
    rows = dict.fromkeys([*labels, *(index for column in columns for index in column)])
    head = [Cell(""), *(Cell(flat_text(one.find("{*}tx//{*}v"))) for one in series)]
    body = [
        [Cell(labels.get(index, "")), *(Cell(column.get(index, "")) for column in columns)]
        for index in rows
    ]
    if body:
        yield table_text([head, *body])


def diagram_blocks(frame: "GraphicFrame") -> Iterator[str]:
    """The words of each of its shapes; none where the frame holds no diagram."""
    for place in frame.element.xpath(_PLACE_OF_DIAGRAM):
        drawing = parse_xml(frame.part.related_part(place).blob)
        yield from filter(None, (flat_text(text) for text in drawing.iter("{*}t")))


def _points(series: "_Element", *names: str) -> dict[str, str]:
    """What a series has at each place; of categories within categories the innermost."""
    points: dict[str, str] = {}
    for name in names:
        for point in series.iterfind(f"{{*}}{name}//{{*}}pt"):
            points.setdefault(point.get("idx", ""), _as_typed(flat_text(point.find("{*}v"))))
    return points


def _as_typed(value: str) -> str:
    """4.2999999999999998 is how a file writes 4.3."""
    with suppress(ValueError):
        return f"{float(value):.15g}"
    return value
