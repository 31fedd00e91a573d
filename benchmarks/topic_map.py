"""What drawing the map of a library costs: `python benchmarks/topic_map.py INDEX [INDEX ...]`."""

import argparse
import time
from contextlib import closing
from pathlib import Path

from index.search import open_index
from search_app.topic_map import draw_map


def main() -> None:
    """Print a row an index."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("indexes", type=Path, nargs="+", metavar="INDEX", help="folder of an index")
    print("| documents | passages | topics | drawn | CPU s |\n|---|---|---|---|---|")
    for folder in parser.parse_args().indexes:
        with closing(open_index(folder)) as index:
            counts = index.database.count(index.manifest.build)
            started = time.process_time()
            drawn = draw_map(index)
            seconds = time.process_time() - started
        marks = sum(len(topic.island.points) for topic in drawn.topics)
        print(
            f"| {len(counts):,} | {sum(counts.values()):,} | {len(drawn.topics)} | {marks} | "
            f"{seconds:.2f} |"
        )


if __name__ == "__main__":
    main()
