"""Build the web pages and PDFs of the starter corpus from its Markdown sources.

Usage: python corpus/build.py [--check]
"""

import argparse
import sys
from pathlib import Path

from builders.outputs import Output, render_outputs, write_outputs
from builders.sources import SourceError

CORPUS = Path(__file__).parent


def main() -> int:
    """Run the command and return its exit code: 1 if `--check` finds files that differ."""
    parser = argparse.ArgumentParser(description="Build the starter corpus from corpus/sources.")
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing; exit 1 if a file on disk is not current",
    )
    arguments = parser.parse_args()
    try:
        outputs = render_outputs(CORPUS)
    except SourceError as error:
        sys.exit(str(error))
    return _check(outputs) if arguments.check else _build(outputs)


def _check(outputs: list[Output]) -> int:
    """Name the files that differ from what would be built; return 1 if there are any."""
    stale = [output for output in outputs if not output.is_current]
    for output in stale:
        print(f"not current: {output.path.relative_to(CORPUS)}")
    print(f"{len(outputs) - len(stale)} of {len(outputs)} files are current")
    return 1 if stale else 0


def _build(outputs: list[Output]) -> int:
    """Write the files and name those that changed."""
    written = write_outputs(outputs)
    for output in written:
        print(f"wrote {output.path.relative_to(CORPUS)}")
    print(f"{len(written)} files written, {len(outputs) - len(written)} already current")
    return 0


if __name__ == "__main__":
    sys.exit(main())
