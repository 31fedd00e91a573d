"""Pictures of every view for the documents: `make screenshots`.

Each in light and dark, as wide as a desk and as narrow as a phone, quantised to 64 colours so
that the repository stays small.
"""

import argparse
import io
import sys
import tempfile
from pathlib import Path

from library_fixture import CORPUS, ROOT, run_citewell
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from browser.conftest import FLAGS, SYSTEM_CHROMIUM
from browser.views import MOST_WAIT_MS, View, all_views

FOLDER = ROOT / "docs" / "images"
MOST_BYTES, MOST_BYTES_OF_ALL = 250_000, 4_000_000
COLOURS = 64
# Pages are cut off below: what is further down looks like what is above.
WINDOWS = {
    "desktop": {"width": 1120, "height": 900},
    "phone": {"width": 390, "height": 844},
}
LOOKS = ("light", "dark")


def save(page: Page, file: Path) -> int:
    """Write the window as a small PNG; its bytes."""
    image = Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide")))
    few = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(file, optimize=True)
    size = file.stat().st_size
    if size > MOST_BYTES:
        sys.exit(f"{file.name} has {size} bytes, more than {MOST_BYTES}.")
    return size


def picture(views: list[View], page: Page, folder: Path, name: str) -> int:
    """Pictures of all views in one window; their bytes."""
    total = 0
    for view in views:
        view.open(page)
        page.mouse.move(0, 0)
        # Bars and pictures that are still moving or loading.
        page.wait_for_load_state("networkidle")
        total += save(page, folder / f"{view.name}-{name}.png")
    return total


def main() -> None:
    """Read the starter library, serve it, and take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, help="an index of the starter library, if there is")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        work = Path(temporary)
        index = chosen.index or work / "index"
        if (
            not chosen.index
            and (done := run_citewell("ingest", str(CORPUS), index=index)).returncode
        ):
            sys.exit(done.stderr)
        system = SYSTEM_CHROMIUM if SYSTEM_CHROMIUM.exists() else None
        browser = playwright.chromium.launch(executable_path=system, args=FLAGS)
        total = 0
        with all_views(index, work, browser) as views:
            for look in LOOKS:
                for window, size in WINDOWS.items():
                    context = browser.new_context(viewport=size, color_scheme=look)
                    context.set_default_timeout(MOST_WAIT_MS)
                    total += picture(views, context.new_page(), chosen.folder, f"{look}-{window}")
                    context.close()
        browser.close()
    print(f"{total} bytes in {chosen.folder}")  # noqa: T201
    if total > MOST_BYTES_OF_ALL:
        sys.exit(f"That is more than {MOST_BYTES_OF_ALL}.")


if __name__ == "__main__":
    main()
