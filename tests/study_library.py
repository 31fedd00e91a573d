"""A library of small studies that differ in all that a search can be narrowed to."""

from pathlib import Path

from support import write_text

from index.embedder import Embedder
from ingest.pipeline import ingest

QUESTION = "does stress raise IL-6?"
RESULTS = (
    "Stress raised IL-6 in the women.",
    "After stress IL-6 was higher than after rest.",
    "Stress did not change IL-6 in the women.",
    "Stress lowered IL-6 in the women.",
)
DESCRIBED = """file,date,tags,language
human0.txt,2018,sleep,en
human1.txt,2019-05,sleep; work,en
human2.txt,2021-03-01,,en
human3.txt,2022,Work,de
"""


def make_studies(sources: Path, index: Path, embedder: Embedder) -> None:
    """Read four randomised trials of women from `trials`, three studies of rats from `animals`."""
    trials, animals = sources / "trials", sources / "animals"
    for folder in (trials, animals):
        folder.mkdir(parents=True, exist_ok=True)
    for n, result in enumerate(RESULTS):
        body = f"We randomly assigned {40 + n} women to rest or stress. {result}"
        write_text(trials, f"human{n}.txt", f"Study {n}", body)
    (trials / "citewell-metadata.csv").write_text(DESCRIBED, "utf-8")
    for n in range(3):
        kept = f"We kept {20 + n} rats. The rats were exposed to stress."
        body = f"{kept} Stress raised IL-6 in the rats."
        write_text(animals, f"rats{n}.md", f"# Stress in rats {n}", body)
    report = ingest([str(sources)], index, embedder)
    assert len(report.added) == 7
    assert not report.failed
