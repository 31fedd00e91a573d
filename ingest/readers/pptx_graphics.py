"""Charts and diagrams (SmartArt) of presentations: what stands in them as text."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.readers.tables import Cell, table_text
from ingest.readers.xml_tree import flat_text, parse_xml

if TYPE_CHECKING:
    from pptx.chart.chart import Chart
    from pptx.shapes.graphfrm import GraphicFrame

_TEXT_OF_DIAGRAM = ".//*[local-name() = 'relIds']/@*[local-name() = 'dm']"


def chart_blocks(chart: "Chart") -> Iterator[str]:
    """The title, and a table with a column for each series."""
    if chart.has_title and chart.chart_title.has_text_frame:
        yield chart.chart_title.text_frame.text
    for plot in chart.plots:
        series = list(plot.series)
        columns = [list(one.values) for one in series]
        labels = [str(label) for label in plot.categories]
        head = [Cell(""), *(Cell(one.name) for one in series)]
        rows = [
            [Cell(label), *(Cell(_number(column, row)) for column in columns)]
            for row, label in enumerate(labels)
        ]
        if rows:
            yield table_text([head, *rows])


def diagram_blocks(frame: "GraphicFrame") -> Iterator[str]:
    """The words of each of its shapes; none where the frame holds no diagram."""
    for place in frame.element.xpath(_TEXT_OF_DIAGRAM):
        drawing = parse_xml(frame.part.related_part(place).blob)
        yield from filter(None, (flat_text(text) for text in drawing.iter("{*}t")))


def _number(column: list[float | None], row: int) -> str:
    value = column[row] if row < len(column) else None
    return "" if value is None else f"{value:g}"
