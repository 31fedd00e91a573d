"""A talk as Markdown (CommonMark); no text of a document is taken for a mark or for HTML."""

import html
import re
from urllib.parse import quote

from search_app.exports.talk import Quoted, Talk
from search_app.plain_text import one_line

# What begins emphasis, code, a link, a heading, a table, a formula or a struck out text.
_MARKS = re.compile(r"([\\`*_\[\]#|~$!])")
# A list, a quote or a rule at the start of a line.
_STARTS = re.compile(r"^([-+=:]|\d+(?=[.)]))")
_SAFE = "%:/?#[]@!$&'*+,;=-._~"


def write_markdown(talk: Talk) -> bytes:
    """The Markdown file of a talk."""
    blocks = [f"# {_plain(talk.title)}", f"Quoted word for word from the library, {talk.made}."]
    for quoted in talk.quotes:
        blocks += _quote(talk, quoted)
    blocks.append("## How this was searched")
    blocks.append("\n".join(f"- **{what}:** {_plain(how)}" for what, how in talk.searched))
    blocks.append("## References")
    blocks += [f"{number} {_plain(text)}".strip() for number, text in talk.listed]
    return ("\n\n".join(blocks) + "\n").encode()


def _quote(talk: Talk, quoted: Quoted) -> list[str]:
    mark = talk.mark(quoted)
    source = _plain(f"{quoted.cited} {mark}".strip())
    if address := talk.address(quoted):
        # Between angle marks nothing ends the address but their like, which is encoded.
        source = f"[{source}](<{quote(address, safe=_SAFE)}>)"
    else:
        source += f", {_plain(quoted.file_name)}"
    blocks = [f"## {_plain(quoted.title)}", f"> \u201c{_plain(quoted.text)}\u201d", source]
    if quoted.place:
        blocks.append(_plain(quoted.place))
    if quoted.note:
        blocks.append(f"**Note:** {_plain(quoted.note)}")
    if quoted.missing:
        blocks.append(f"**Take care:** {_plain(quoted.missing)}")
    return blocks


def _plain(text: str) -> str:
    line = html.escape(one_line(text), quote=False)
    return _STARTS.sub(r"\\\1", _MARKS.sub(r"\\\1", line))
