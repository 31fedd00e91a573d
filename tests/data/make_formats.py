"""Small files of every format, and broken ones; `make_files.py` calls this.

`formats/article.nxml` is written by hand.
"""

import struct
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from pptx import Presentation
from pptx.util import Inches

FORMATS = Path(__file__).parent / "formats"
# A file that every machine has, and whose lines must never be found in a text that was read.
CANARY = "file:///etc/passwd"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
CORE = """<cp:coreProperties
 xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">
<dc:title>{title}</dc:title><dc:creator>Ada Lind;Bo Marsh</dc:creator>
<cp:keywords>sleep, immunity</cp:keywords>
<dcterms:created>2024-03-05T10:00:00Z</dcterms:created></cp:coreProperties>"""


def formats() -> None:
    """Write every file to `formats/`."""
    FORMATS.mkdir(exist_ok=True)
    for name, content in {
        "article.docx": docx(),
        "article.odt": odt(),
        "article.rtf": RTF.encode("ascii"),
        "book.epub": epub(),
        "slides.pptx": pptx(),
        "canary.nxml": canary().encode(),
        "canary.docx": docx(doctype=DOCTYPE, extra="<w:p><w:r><w:t>&canary;</w:t></w:r></w:p>"),
        "canary.odt": odt(doctype=DOCTYPE, extra="<text:p>&canary;</text:p>"),
        "canary.epub": epub(doctype=DOCTYPE, extra="<p>&canary;</p>"),
        "laughs.nxml": laughs().encode(),
        "truncated.docx": docx()[:700],
        "bomb.docx": bomb(),
        "liar.odt": liar(),
        "locked.epub": epub(encryption="http://www.w3.org/2001/04/xmlenc#aes256-cbc"),
        "old.doc": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504),
        "no_article.xml": b"<?xml version='1.0'?><recipe><step>Stir.</step></recipe>",
        "empty.docx": b"",
    }.items():
        (FORMATS / name).write_bytes(content)


def archive(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP archive that is the same each time; a `mimetype` stands first and unpacked."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(
                ZipInfo(name), content, ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            )
    return packed.getvalue()


def _paragraph(text: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def docx(doctype: str = "", extra: str = "") -> bytes:
    """A Word file: title, headings, a note, a table with a tall cell, a formula."""
    relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    types = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in (("Titel", "Title"), ("H1", "heading 1"), ("H2", "heading 2"))
    )
    cell = "<w:tc><w:tcPr>{}</w:tcPr>" + _paragraph("{}") + "</w:tc>"
    tall, below = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    table = "".join(
        f"<w:tr>{''.join(cell.format(*part) for part in row)}</w:tr>"
        for row in (
            (("", "Group"), ("", "Sleep"), ("", "Colds")),
            ((tall, "Bathers"), ("", "short"), ("", "7")),
            ((below, ""), ("", "long"), ("", "3")),
        )
    )
    formula = (
        f'<m:oMath xmlns:m="{MATH}"><m:r><m:t>r=</m:t></m:r><m:f><m:num><m:r><m:t>a</m:t></m:r>'
        "</m:num><m:den><m:sSup><m:e><m:r><m:t>b</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r>"
        "</m:sup></m:sSup></m:den></m:f></m:oMath>"
    )
    body = (
        _paragraph("Cold water and sleep", "Titel")
        + _paragraph("Methods", "H1")
        + "<w:p><w:r><w:t>Forty swimmers slept in a laboratory</w:t></w:r>"
        '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>.</w:t></w:r></w:p>'
        + _paragraph("Analysis", "H2")
        + f"<w:p><w:r><w:t>The ratio was </w:t></w:r>{formula}<w:r><w:t> a night.</w:t></w:r></w:p>"
        + f"<w:tbl>{table}</w:tbl>{extra}"
    )
    note = '<w:footnote w:id="2">' + _paragraph("Paid by no one.") + "</w:footnote>"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{types}.document.main+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{relationships}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{relationships}/styles" Target="styles.xml"/>'
        f'<Relationship Id="r2" Type="{relationships}/footnotes" Target="footnotes.xml"/>'
        "</Relationships>",
        "word/document.xml": f'{doctype}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body>'
        "</w:document>",
        "word/styles.xml": f'<w:styles xmlns:w="{WORD}">{styles}</w:styles>',
        "word/footnotes.xml": f'<w:footnotes xmlns:w="{WORD}">{note}</w:footnotes>',
        "docProps/core.xml": CORE.format(title="Microsoft Word - draft7.doc"),
    }
    return archive(parts)


def odt(doctype: str = "", extra: str = "") -> bytes:
    """An OpenDocument text with the same things."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "meta")
    )
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
    tall = ' table:number-rows-spanned="2"'
    rows = (
        [("", "Group"), ("", "Sleep")],
        [(tall, "Bathers"), ("", "short")],
        [("", "long")],
    )
    covered = "<table:covered-table-cell/>"
    table = "".join(
        f"<table:table-row>{covered if len(row) == 1 else ''}"
        f"{''.join(cell.format(*part) for part in row)}</table:table-row>"
        for row in rows
    )
    body = (
        '<text:h text:outline-level="1">Cold water and sleep</text:h>'
        '<text:h text:outline-level="2">Methods</text:h>'
        "<text:p>Forty<text:s/>swimmers slept<text:note><text:note-citation>1"
        "</text:note-citation><text:note-body><text:p>Paid by no one.</text:p></text:note-body>"
        "</text:note> in a laboratory.</text:p>"
        "<text:list><text:list-item><text:p>Warm</text:p><text:list><text:list-item>"
        "<text:p>very warm</text:p></text:list-item></text:list></text:list-item></text:list>"
        f"<table:table>{table}</table:table>{extra}"
    )
    meta = (
        '<dc:title xmlns:dc="http://purl.org/dc/elements/1.1/">Cold water and sleep</dc:title>'
        "<meta:initial-creator>Ada Lind</meta:initial-creator>"
        "<meta:creation-date>2024-03-05T10:00:00</meta:creation-date>"
    )
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"{doctype}<office:document-content {spaces}><office:body>"
            f"<office:text>{body}</office:text></office:body></office:document-content>",
            "meta.xml": f"<office:document-meta {spaces}><office:meta>{meta}</office:meta>"
            "</office:document-meta>",
        }
    )


def epub(doctype: str = "", extra: str = "", encryption: str = "") -> bytes:
    """A book of two chapters and one that is missing, the second named first in the archive."""
    chapter = '{}<html xmlns="http://www.w3.org/1999/xhtml"><body>{}</body></html>'
    items = "".join(
        f'<item id="{key}" href="{name}" media-type="application/xhtml+xml"{properties}/>'
        for key, name, properties in (
            ("n", "nav.xhtml", ' properties="nav"'),
            ("a", "text/one.xhtml", ""),
            ("b", "text/two%20b.xhtml", ""),
            ("c", "text/gone.xhtml", ""),
        )
    )
    parts: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:'
        'container"><rootfiles><rootfile full-path="OPS/package.opf"/></rootfiles></container>',
        "OPS/package.opf": '<package xmlns="http://www.idpf.org/2007/opf"><metadata '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A book of water</dc:title>'
        "<dc:creator>Cleo Tan</dc:creator><dc:language>en-GB</dc:language>"
        "<dc:date>2021-07-01</dc:date><dc:rights>https://creativecommons.org/licenses/by/4.0/"
        f"</dc:rights></metadata><manifest>{items}</manifest><spine><itemref idref='n'/>"
        "<itemref idref='a'/><itemref idref='b'/><itemref idref='c'/></spine></package>",
        "OPS/text/two b.xhtml": chapter.format(
            doctype, f"<h2>Two</h2><p>Water<sup>2</sup> is wet<br/>and cold.</p>{extra}"
        ),
        # Not well-formed, as many chapters are.
        "OPS/text/one.xhtml": "<html><body><h2>One</h2><p>Rain &amp; snow<p>fall.</body></html>",
        "OPS/nav.xhtml": chapter.format("", "<p>Contents</p>"),
    }
    if encryption:
        parts["META-INF/encryption.xml"] = f"<encryption>{encryption}</encryption>"
    return archive(parts)


def pptx() -> bytes:
    """Two slides: a title with notes, a table; a third without text."""
    deck = Presentation()
    deck.core_properties.title = "PowerPoint Presentation"
    deck.core_properties.author = "Dee Ortiz"
    first = deck.slides.add_slide(deck.slide_layouts[1])
    first.shapes.title.text = "Cold water and sleep"
    first.placeholders[1].text = "Forty swimmers\nFour weeks"
    first.notes_slide.notes_text_frame.text = "Say who paid for it."
    second = deck.slides.add_slide(deck.slide_layouts[5])
    second.shapes.title.text = "Results"
    table = second.shapes.add_table(2, 2, Inches(1), Inches(2), Inches(4), Inches(1)).table
    for number, text in enumerate(("Group", "Colds", "Bathers", "3")):
        table.cell(number // 2, number % 2).text = text
    deck.slides.add_slide(deck.slide_layouts[6])
    packed = BytesIO()
    deck.save(packed)
    with ZipFile(packed) as file:
        return archive({name: file.read(name) for name in file.namelist()})


RTF = r"""{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}
{\info{\title Cold water and sleep}{\author Ada Lind}{\creatim\yr2024\mo3\dy5}}
\pard\outlinelevel0 Cold water and sleep\par
\pard\outlinelevel1 Methods\par
\pard Forty swimmers slept in a caf\'e9 with M\u252?ller.{\super\chftn
{\footnote\pard{\super\chftn} He paid \{all\} of the caf\'e9.}}\par
\trowd\cellx1000\cellx2000\pard\intbl Group\cell Colds\cell\row
\trowd\cellx1000\cellx2000\pard\intbl Bathers\cell 3\cell\row
\pard{\pict\jpegblip\bin ffd8ff}The end \u-10187?\u-9115?.{\*\footnote Twice.}\par}
"""
DOCTYPE = f'<!DOCTYPE x [<!ENTITY canary SYSTEM "{CANARY}">]>'


def canary() -> str:
    """An article that asks for a file of the machine, and one that asks for an address."""
    text = (FORMATS / "article.nxml").read_text("utf-8")
    head, _, body = text.partition("<article ")
    entities = f'<!ENTITY canary SYSTEM "{CANARY}"><!ENTITY web SYSTEM "http://127.0.0.1:9/x">'
    doctype = f"<!DOCTYPE article [{entities}]>"
    return (
        head.partition("<!DOCTYPE")[0]
        + doctype
        + "<article "
        + body.replace("Forty", "&canary;&web; Forty")
    )


def laughs() -> str:
    """Entities that would grow to three billion letters."""
    entities = '<!ENTITY l0 "lol">' + "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)
    )
    return (
        f"<!DOCTYPE article [{entities}]><article><front><article-meta/></front>"
        "<body><p>Here &l9; it comes.</p></body></article>"
    )


def bomb() -> bytes:
    """64 MB of spaces in 64 KB, by way of a part of a Word file."""
    return archive({"word/document.xml": b" " * (64 << 20)})


def liar() -> bytes:
    """A part of 8 MB of which the archive says that it has 100 bytes."""
    packed = bytearray(archive({"content.xml": b" " * (8 << 20)}))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", packed, packed.index(mark) + offset, 100)
    return bytes(packed)
