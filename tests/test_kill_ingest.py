"""An ingest that is killed: the short form of benchmarks/kill_ingest.py."""

import random
from pathlib import Path

from kill_ingest import Damage, kill_again_and_again


def test_an_ingest_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    """Six updates, at random moments; nothing is doubled, half visible or left running."""
    outcome = kill_again_and_again(tmp_path, kills=6, files=12, chance=random.Random(3))  # noqa: S311
    assert outcome.damage == Damage()
    assert (outcome.kills, outcome.searches > 0) == (6, True)
