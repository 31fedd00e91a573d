"""Similar passages: nearest by meaning, of other documents first."""

from pathlib import Path

import numpy as np
from support import FakeEmbedder, load_fake, write_text

from index.search import Index, open_index
from index.similar import similar_passages
from ingest.pipeline import ingest


def library(sources: Path, folder: Path, fake: FakeEmbedder, **texts: str) -> Index:
    """An index of small articles, each with its name as its title."""
    for name, text in texts.items():
        write_text(sources, f"{name}.txt", name.title(), text)
    ingest([str(sources)], folder, fake)
    return open_index(folder, load_fake)


def keys_of(index: Index, title: str) -> list[int]:
    """Keys of the passages of a document, in its order."""
    keys = index.database.passage_keys(index.manifest.build)
    found = [index.passage(key) for key in sorted(keys)]
    return [one.passage.id for one in found if one and one.document.title == title]


LONG = " ".join(f"Deep sleep number {n} helps the heart of people who rest." for n in range(60))


def test_other_documents_come_first_each_best_first(
    sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """Then what the same document says besides."""
    index = library(
        sources,
        index_folder,
        fake,
        naps=LONG,
        rest="Deep sleep helps the heart of people who rest at night.",
        ships="Harbours keep records of tides and of ships.",
    )
    cited, *others = keys_of(index, "Naps")
    assert others
    found = similar_passages(index, cited)
    titles = [one.document.title for one in found]
    assert titles == ["Rest", "Ships", *["Naps"] * min(len(others), 5)]
    assert cited not in [one.passage.id for one in found]
    own = [one.score for one in found if one.document.title == "Naps"]
    assert own == sorted(own, reverse=True)


def test_score_is_the_cosine_of_the_two_passages(
    sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """Of the vectors that the index holds."""
    index = library(sources, index_folder, fake, rest="Sleep helps.", ships="Ships sail.")
    (cited,), (other,) = keys_of(index, "Rest"), keys_of(index, "Ships")
    stored = dict(index.database.passage_vectors(index.manifest.build))
    one, two = (np.frombuffer(stored[key], np.float16).astype(float) for key in (cited, other))
    (found,) = similar_passages(index, cited)
    assert abs(found.score - one @ two) < 0.002


def test_what_says_the_same_words_is_left_out(
    sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """A reprint would be the nearest, and tells nothing."""
    text = "Deep sleep helps the heart of people who rest at night."
    index = library(sources, index_folder, fake, rest=text, reprint=text, ships="Ships sail.")
    found = similar_passages(index, keys_of(index, "Rest")[0])
    assert [one.document.title for one in found] == ["Ships"]


def test_limits_hold_for_either_side(sources: Path, index_folder: Path, fake: FakeEmbedder) -> None:
    """So many of others, and so many of the same."""
    others = {f"note{n}": f"Sleep helps hearts in town {n} and {n * 7}." for n in range(6)}
    index = library(sources, index_folder, fake, naps=LONG, **others)
    found = similar_passages(index, keys_of(index, "Naps")[0], limit=3)
    assert [one.document.title == "Naps" for one in found[:3]] == [False] * 3
    assert len(found) <= 6


def test_passage_that_has_gone_is_like_nothing(
    sources: Path, index_folder: Path, fake: FakeEmbedder
) -> None:
    """Its address may be old."""
    index = library(sources, index_folder, fake, rest="Sleep helps.")
    assert similar_passages(index, 999) == []
    assert similar_passages(index, keys_of(index, "Rest")[0]) == []
