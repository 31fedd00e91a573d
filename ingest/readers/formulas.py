"""Formulas of Word files, which mammoth leaves out, spelled as a line of text."""

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from ingest.readers.superscripts import superscript
from ingest.readers.xml_tree import local_name, parse_xml
from ingest.readers.zip_container import Container

if TYPE_CHECKING:
    from lxml.etree import _Element

_MARK = b"oMath"


def spell_formulas(container: Container, body: str) -> bytes:
    """The file with its formulas as runs of text in the part `body`; the same where it has none.

    Args:
        container: the file.
        body: the part that may hold formulas.
    """
    if _MARK not in container.read(body):
        return container.content
    root = parse_xml(container.read(body))
    # The root of the part is an element of Word's own, as a run of text is.
    word = str(root.tag).rpartition("}")[0]
    for formula in [f for f in root.iter("{*}oMath", "{*}oMathPara") if not _is_inner(f)]:
        _replace(formula, word)
    from lxml import etree  # noqa: PLC0415

    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name in sorted(container.names):
            archive.writestr(name, etree.tostring(root) if name == body else container.read(name))
    return packed.getvalue()


def _is_inner(formula: "_Element") -> bool:
    return next(formula.iterancestors("{*}oMath", "{*}oMathPara"), None) is not None


def _replace(formula: "_Element", word: str) -> None:
    parent = formula.getparent()
    if parent is not None:
        run, text = parent.makeelement(f"{word}}}r"), parent.makeelement(f"{word}}}t")
        text.text = spelled(formula)
        run.append(text)
        run.tail = formula.tail
        parent.replace(formula, run)


def spelled(element: "_Element") -> str:
    """A formula or a part of one: powers raised, fractions with a stroke, roots with their sign."""
    name = local_name(element)
    if name == "t":
        return element.text or ""
    form = _FORMS.get(name)
    return form(element) if form else "".join(spelled(child) for child in element)


def _part(element: "_Element", name: str) -> str:
    return "".join(spelled(child) for child in element if local_name(child) == name)


def _fraction(element: "_Element") -> str:
    return f"{_grouped(_part(element, 'num'))}/{_grouped(_part(element, 'den'))}"


def _root(element: "_Element") -> str:
    degree = superscript(_part(element, "deg")).strip()
    return f"{degree}\u221a{_grouped(_part(element, 'e'))}"


def _scripts(element: "_Element") -> str:
    raised = _part(element, "sup")
    power = superscript(raised)
    if raised and power.strip() == raised:
        power = f"^{_grouped(raised)}"
    return f"{_part(element, 'e')}{_part(element, 'sub')}{power}"


def _brackets(element: "_Element") -> str:
    inner = "|".join(spelled(child) for child in element if local_name(child) == "e")
    return f"{_sign(element, 'begChr', '(')}{inner}{_sign(element, 'endChr', ')')}"


def _sum(element: "_Element") -> str:
    bounds = [
        f"{mark}{_grouped(text)}"
        for mark, part in (("_", "sub"), ("^", "sup"))
        if (text := _part(element, part))
    ]
    return f"{_sign(element, 'chr', chr(0x222B))}{''.join(bounds)} {_part(element, 'e')}"


def _sign(element: "_Element", name: str, default: str) -> str:
    for sign in element.iterfind(f"{{*}}{local_name(element)}Pr/{{*}}{name}"):
        return next((str(v) for key, v in sign.attrib.items() if str(key).endswith("}val")), "")
    return default


def _grouped(text: str) -> str:
    return text if text.isalnum() else f"({text})"


_FORMS: dict[str, Callable[["_Element"], str]] = {
    "d": _brackets,
    "f": _fraction,
    "nary": _sum,
    "rad": _root,
    "sSub": _scripts,
    "sSubSup": _scripts,
    "sSup": _scripts,
}
