"""Memory and time of a real library: `python benchmarks/large_library.py DIR [--limit N]`.

DIR holds JATS articles (*.nxml). Each is written as an HTML page of the same text, and the
pages are ingested with the command line, as a user would; its progress shows meanwhile.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from html import escape
from pathlib import Path

from lxml import etree

_NEVER_FETCH = etree.XMLParser(load_dtd=False, no_network=True, resolve_entities=False)


def main() -> None:
    """Print documents, passages, processor seconds and the most memory used."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path, metavar="DIR")
    parser.add_argument("--limit", type=int, default=None, help="only the first N articles")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        pages = Path(folder) / "pages"
        pages.mkdir()
        articles = sorted(arguments.articles.glob("*.nxml"))[: arguments.limit]
        size = sum(_write_page(article, pages) for article in articles)
        print(f"{len(articles)} pages, {size / 1e6:.1f} MB")
        started = time.perf_counter()
        done = subprocess.run(  # noqa: S603  (our own interpreter and module)
            [sys.executable, "-m", "ingest", str(pages), "--index", f"{folder}/index", "--json"],
            stdout=subprocess.PIPE,
            check=False,
        )
        took = time.perf_counter() - started
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        report = json.loads(done.stdout)
        print(
            f"exit code {done.returncode}; {report['added']} added, "
            f"{len(report['failed'])} failed, {report['passages']} passages; {took:.0f} s, "
            f"{used.ru_utime + used.ru_stime:.0f} CPU s, at most {used.ru_maxrss / 1024:.0f} MB"
        )


def _write_page(article: Path, folder: Path) -> int:
    """Write an article as HTML; returns the number of bytes."""
    tree = etree.parse(article, _NEVER_FETCH)
    title = " ".join("".join(tree.find(".//article-title").itertext()).split())
    blocks = "\n".join(
        f"<{tag}>{escape(' '.join(''.join(element.itertext()).split()))}</{tag}>"
        for element in tree.iter("title", "p")
        for tag in ("h2" if element.tag == "title" else "p",)
    )
    page = (
        f"<html><head><title>{escape(title)}</title></head><body><nav>Home</nav><article>"
        f"<h1>{escape(title)}</h1>{blocks}</article></body></html>"
    )
    return (folder / f"{article.stem}.html").write_text(page, "utf-8")


if __name__ == "__main__":
    main()
