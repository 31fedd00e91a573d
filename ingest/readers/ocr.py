"""Reading the pictures of pages (OCR), where the user asks for it: which engine, how much of it."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec

from index.errors import PackageMissingError, SourceError
from index.isolation import Limits, run_isolated

RAPIDOCR, TESSERACT = "rapidocr", "tesseract"
# The models take a second to load; a page that ends the process costs its neighbours.
_PAGES_A_PROCESS = 4
_MEMORY = 4 << 30
_START_SECONDS, _PAGE_SECONDS = 60, 180


@dataclass(frozen=True)
class Recognised:
    """What OCR made of pages.

    Attributes:
        engine: what read them.
        texts: by page number; pages on which it found nothing are left out.
        pages: numbers of all that it was shown.
        failed: numbers of pages whose process crashed or went over its limits.
    """

    engine: str
    texts: dict[int, str]
    pages: tuple[int, ...]
    failed: tuple[int, ...] = ()


def ocr_engine() -> str:
    """The engine that is installed: RapidOCR before Tesseract, for it reads worn prints better.

    Raises:
        PackageMissingError: there is none.
    """
    if find_spec("rapidocr"):
        return RAPIDOCR
    if shutil.which(TESSERACT):
        return TESSERACT
    raise PackageMissingError(
        "OCR needs RapidOCR or Tesseract, and neither is installed. Install one of them "
        "(pip install 'citewell[ocr]', or the system's package tesseract-ocr), or leave out --ocr."
    )


def recognise_pages(path: str, pages: Sequence[int]) -> Recognised:
    """Read the pictures of pages, some at a time, each time in a process with limits.

    Raises:
        PackageMissingError: no engine is installed.
    """
    engine = ocr_engine()
    texts: dict[int, str] = {}
    failed: list[int] = []
    for start in range(0, len(pages), _PAGES_A_PROCESS):
        some = list(pages[start : start + _PAGES_A_PROCESS])
        seconds = _START_SECONDS + _PAGE_SECONDS * len(some)
        # A process can use all cores: its time on them adds up faster than the clock's.
        limits = Limits(memory_bytes=_MEMORY, cpu_seconds=seconds, wall_seconds=seconds)
        request: dict[str, object] = {"path": path, "pages": some, "engine": engine}
        try:
            answer = run_isolated("ingest.readers.ocr_text:recognise", request, limits)
        except SourceError:
            failed += some
            continue
        texts |= {int(number): text for number, text in json.loads(answer).items() if text}
    return Recognised(engine, texts, tuple(pages), tuple(failed))
