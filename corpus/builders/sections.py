"""Markdown text as sections of paragraphs and lists, ready for a web page or a PDF."""

from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from builders.links import mark_links
from builders.sources import Source, SourceError

_MARKDOWN = MarkdownIt("commonmark")


@dataclass(frozen=True)
class Block:
    """A paragraph (one text) or a list (a text an item); the texts are inline HTML."""

    texts: tuple[str, ...]
    is_list: bool = False


@dataclass(frozen=True)
class Section:
    """A heading as inline HTML, empty for the opening paragraphs, and the blocks below it."""

    heading: str
    blocks: tuple[Block, ...]

    @property
    def is_references(self) -> bool:
        """Whether this is the list of references at the end."""
        return self.heading.casefold() == "references"


def split_sections(source: Source) -> list[Section]:
    """Split a source at its `##` headings.

    Args:
        source: The source; its text may hold paragraphs, `##` headings and flat lists.

    Returns:
        The sections in order, the first without a heading if text stands before the headings.

    Raises:
        SourceError: If the text holds anything else, such as a table, an image or a `#` heading.
    """
    tree = SyntaxTreeNode(_MARKDOWN.parse(mark_links(source.markdown)))
    headings, groups = [""], [[]]
    for node in tree.children:
        if node.type == "heading" and node.tag == "h2":
            headings.append(_inline_html(node))
            groups.append([])
        else:
            groups[-1].append(_read_block(node, source))
    return [
        Section(heading, tuple(blocks))
        for heading, blocks in zip(headings, groups, strict=True)
        if heading or blocks
    ]


def _read_block(node: SyntaxTreeNode, source: Source) -> Block:
    """Turn a paragraph or list of the syntax tree into a block."""
    if node.type == "paragraph":
        return Block((_inline_html(node),))
    if node.type in {"bullet_list", "ordered_list"}:
        items = [item.children for item in node.children]
        if all(len(parts) == 1 and parts[0].type == "paragraph" for parts in items):
            return Block(tuple(_inline_html(parts[0]) for parts in items), is_list=True)
    first, _ = node.map or (0, 0)
    raise SourceError(
        f"{source.slug}.md, line {first + 1} of the text: only paragraphs, ## headings and flat "
        f"lists can be built, found {node.type} {node.tag}".rstrip()
    )


def _inline_html(node: SyntaxTreeNode) -> str:
    """Render the text of a paragraph or heading, with its emphasis and links, as HTML."""
    inline = node.children[0].token
    if inline is None or inline.children is None:
        return ""
    html = _MARKDOWN.renderer.render(inline.children, _MARKDOWN.options, {})
    return html.replace("\n", " ")
