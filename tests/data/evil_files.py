"""Files that are made to do harm, or are damaged; small, and made when a test runs."""

import os
import random
import zipfile
import zlib
from pathlib import Path

_MEGABYTE = 1 << 20


def write_evil_files(folder: Path) -> list[str]:
    """Write one of each kind into a folder; returns their names as a report has them."""
    for name, content in {**_pdfs(), **_texts()}.items():
        (folder / name).write_bytes(content)
    _archives(folder)
    os.mkfifo(folder / "pipe.txt")
    (folder / "loop.txt").symlink_to("loop.txt")
    with open(os.fsencode(folder) + b"/bad\xff name.txt", "wb") as file:  # noqa: PTH123
        file.write(b"Title\n\nThe name is no text.\n")
    return [path.name.encode("utf-8", "backslashreplace").decode() for path in folder.iterdir()]


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of these objects; the first is the catalogue."""
    content, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % place for place in places)
    content += b"trailer\n<</Size %d /Root 1 0 R %s>>\n" % (len(objects) + 1, trailer)
    return bytes(content + b"startxref\n%d\n%%%%EOF\n" % start)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<</Length %d %s>>\nstream\n%s\nendstream" % (len(content), entries, content)


def page_of(contents: bytes, *more: bytes, resources: bytes = b"", box: bytes = b"") -> bytes:
    """A PDF of one page; `more` are objects from number 5 on."""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s]/Contents 4 0 R/Resources<<%s/Font<</F<<"
        b"/Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>" % (box or b"600 800", resources),
        contents,
        *more,
    )


def self_calling_form() -> bytes:
    """A drawing that draws itself: PDFium takes half a minute and then ends its process."""
    form = stream(b"/X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<<" + _CALL)
    return page_of(stream(b"/X Do"), form, resources=_CALL[:-2])


_CALL = b"/XObject<</X 5 0 R>>>>"


def _pdfs() -> dict[str, bytes]:
    bomb = _bomb(600)
    text = b"BT /F 12 Tf 50 700 Td (Some honest words of a page that is odd.) Tj ET"
    doubling = [
        stream(
            b"/X Do /X Do",
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
            % (number + 1),
        )
        for number in range(5, 30)
    ]
    sound = page_of(stream(text))
    return {
        "flate_bomb.pdf": page_of(stream(bomb, b"/Filter/FlateDecode")),
        "nested_bomb.pdf": page_of(
            stream(
                zlib.compress(zlib.compress(bomb)),
                b"/Filter[/FlateDecode/FlateDecode/FlateDecode]",
            )
        ),
        "self_calling_form.pdf": self_calling_form(),
        "doubling_forms.pdf": page_of(
            stream(b"/X Do"), *doubling, stream(text, b"/Subtype/Form"), resources=_CALL[:-2]
        ),
        "many_operators.pdf": page_of(
            stream(
                zlib.compress(b"BT /F 1 Tf " + b"(a) Tj\n" * 3_000_000 + b"ET"),
                b"/Filter/FlateDecode",
            )
        ),
        "many_pages.pdf": pdf(
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 200000/Kids[" + b"3 0 R " * 200_000 + b"]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        ),
        "nested_arrays.pdf": page_of(stream(text), b"[" * 100_000 + b"]" * 100_000),
        "nested_dictionaries.pdf": page_of(stream(text), b"<</A " * 50_000 + b">>" * 50_000),
        "nested_kids.pdf": pdf(
            b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 9/Kids" + b"[" * 100_000
        ),
        "page_loop.pdf": pdf(
            b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 3/Kids[2 0 R 2 0 R]>>"
        ),
        "own_length.pdf": page_of(b"<</Length 4 0 R>>\nstream\n" + text + b"\nendstream"),
        "huge_page.pdf": page_of(stream(text), box=b"999999999 999999999"),
        "table_loop.pdf": sound.replace(b"/Root", b"/Prev %d /Root" % sound.rindex(b"xref\n0")),
        "half.pdf": sound[: len(sound) // 2],
        "junk.pdf": b"%PDF-1.4\n" + _junk(),
    }


def _texts() -> dict[str, bytes]:
    return {
        "empty.txt": b"",
        "junk.txt": _junk(),
        "junk.html": _junk(),
        "junk.md": _junk(),
        "zeros.txt": bytes(_MEGABYTE),
        "no_utf8.txt": b"Title\n\nCaf\xe9 \xff\xfe\xfa and more of it.\n",
        "long_line.txt": b"words and more words " * 500_000,
        "deep.html": b"<html><body>" + b"<div>" * 100_000 + b"text" * 100,
        "deep_lists.md": b"> " * 20_000 + b"text",
        "entities.xhtml": _laughs("html"),
        "outside.xhtml": _outside("html"),
        "two\nlines.txt": b"Title\n\nThe name has two lines.\n",
    }


def _archives(folder: Path) -> None:
    parts = {
        "bomb.docx": b" " * (64 * _MEGABYTE),
        "paragraphs.docx": b"<w:p/>" * 300_000,
        "entities.docx": _laughs("w:document"),
        "outside.docx": _outside("w:document"),
    }
    for name, content in parts.items():
        with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr("word/document.xml", content)
    with zipfile.ZipFile(folder / "bomb.epub", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("text.xhtml", b" " * (64 * _MEGABYTE))


def _bomb(megabytes: int) -> bytes:
    """So many megabytes of spaces, by Flate; packed once and repeated, which Flate allows."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(b" " * _MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\x9c" + block * megabytes + packer.flush(zlib.Z_FINISH)


def _laughs(root: str) -> bytes:
    entities = "".join(
        f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, 10)
    )
    return (
        f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY e0 "ha">{entities}]><{root}>&e9;</{root}>'
    ).encode()


def _outside(root: str) -> bytes:
    return (
        f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
        f"<{root}><p>&secret;</p></{root}>"
    ).encode()


def _junk() -> bytes:
    return random.Random(7).randbytes(20_000)  # noqa: S311
