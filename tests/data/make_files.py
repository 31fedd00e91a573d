"""Make the PDFs and other files of the tests: python tests/data/make_files.py."""

from collections.abc import Iterable
from pathlib import Path

from make_formats import formats
from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

HERE = Path(__file__).parent
WIDTH, HEIGHT = A4
LEADING = 13
BODY, BOLD = ("Helvetica", 10), ("Helvetica-Bold", 10)


def main() -> None:
    """Write every file beside this script."""
    two_columns()
    report()
    scanned()
    locked("locked.pdf", password="secret")  # noqa: S106
    locked("open_locked.pdf", password="")
    formats()


def canvas(name: str, encrypt: StandardEncryption | None = None) -> Canvas:
    """A canvas that writes the same bytes each time, where it is not encrypted."""
    return Canvas(str(HERE / name), pagesize=A4, invariant=1, encrypt=encrypt)


def draw(
    page: Canvas, left: float, top: float, lines: Iterable[str], font: tuple[str, int] = BODY
) -> float:
    """Draw lines below each other; the height below them."""
    page.setFont(*font)
    for line in lines:
        page.drawString(left, top, line)
        top -= LEADING * font[1] / BODY[1]
    return top


def two_columns() -> None:
    """An article: a title over both columns, a sentence that goes on in the second one."""
    page = canvas("two_columns.pdf")
    page.setTitle("Untitled")
    page.setAuthor("Ada Lind; Bo Marsh")
    top = draw(page, 60, HEIGHT - 80, ["Cold water and the immune system"], ("Helvetica", 20))
    left = draw(page, 60, top - 20, ["Methods"], ("Helvetica-Bold", 13))
    draw(
        page,
        60,
        left,
        [
            "Forty swimmers bathed in a lake at eight",
            "degrees for three minutes a day. Blood was",
            "taken before the first bath and four weeks",
            "later. We measured how many white cells",
        ],
    )
    draw(
        page,
        320,
        top - 20,
        [
            "each sample held, and asked about colds.",
            "Two swimmers left the study because their",
            "hands hurt.",
        ],
    )
    right = draw(page, 320, top - 100, ["Results"], ("Helvetica-Bold", 13))
    draw(
        page,
        320,
        right,
        ["White cells rose by a tenth. The swimmers", "caught fewer colds than in other winters."],
    )
    page.save()


def report() -> None:
    """Three pages with a running head, a footer, printed labels and broken words."""
    page = canvas("report.pdf")
    page.setTitle("The example report on noise")
    texts = (
        (
            "1 Introduction",
            "Noise at night wakes people up. It also leads to inflam-",
            "mation, and inflammation of vessels is a long-term risk. We",
            "look at long-term effects of road noise on the heart.",
        ),
        (
            "2 Measurements",
            "Microphones stood at forty houses. Each of them wrote down the",
            "loudness once a second for a year.",
        ),
        (
            "3 What was found",
            "Ten decibels more at night went with four more heart attacks",
            "in a thousand people. Windows that shut well halved the effect.",
        ),
    )
    for number, (heading, *lines) in enumerate(texts, 1):
        page.addPageLabel(number - 1, style="ROMAN_LOWER", start=number)
        draw(page, 60, HEIGHT - 30, ["Journal of Examples, volume 7"], ("Helvetica", 8))
        top = draw(page, 60, HEIGHT - 100, [heading], ("Helvetica-Bold", 14))
        draw(page, 60, top, lines)
        draw(page, 290, 25, [f"Page {number} of 3"], ("Helvetica", 8))
        page.showPage()
    page.save()


def scanned() -> None:
    """A page that is a picture of text."""
    picture = Image.new("L", (600, 200), "white")
    ImageDraw.Draw(picture).text((20, 80), "These words are only a picture.", fill="black")
    page = canvas("scanned.pdf")
    page.drawImage(ImageReader(picture), 60, 400)
    page.save()


def locked(name: str, password: str) -> None:
    """A page behind a password; an empty one opens without being asked for."""
    page = canvas(name, StandardEncryption(password, ownerPassword="owner", canPrint=1))
    draw(page, 60, HEIGHT - 80, ["The treasure is buried under the old oak tree."])
    page.save()


if __name__ == "__main__":
    main()
