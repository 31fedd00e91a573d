"""The map of a library: every document once, alike ones together, the same each time."""

import math
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from library_fixture import StarterLibrary
from support import LIBRARY, FakeEmbedder, load_fake, write_text

from index.embedder import Embedder
from index.search import Index, open_index
from index.writer import open_writer
from ingest.pipeline import ingest
from ingest.splitting import PASSAGE_TOKENS
from search_app.topic_map import MOST_MARKS, TopicMap, draw_map

SUBJECTS = {
    "bees": "The bees of the hive gather nectar, and the bees dance for nectar.",
    "ships": "The ships of the harbour carry cargo, and the ships sail with cargo.",
}


@pytest.fixture
def starter_index(starter: StarterLibrary, embedder: Embedder) -> Iterator[Index]:
    """The starter library, with the real model."""
    index = open_index(starter.folder, lambda _name: embedder)
    yield index
    index.close()


def library_of(sources: Path, folder: Path, texts: dict[str, str]) -> TopicMap:
    """The map of a library of small texts by their titles."""
    for number, (title, text) in enumerate(texts.items()):
        write_text(sources, f"{number}.txt", title, text)
    ingest([str(sources)], folder, FakeEmbedder())
    index = open_index(folder, load_fake)
    drawn = draw_map(index)
    index.close()
    return drawn


def names_of(drawn: TopicMap) -> list[set[str]]:
    """The words of each topic's name."""
    return [set(topic.name.split(", ")) for topic in drawn.topics]


def test_every_document_is_in_one_topic_and_on_the_map(starter_index: Index) -> None:
    """Within the box, its mark on its island."""
    drawn = draw_map(starter_index)
    held = [id_ for topic in drawn.topics for id_ in topic.documents]
    assert sorted(held) == sorted(document.id for document in starter_index.documents())
    for topic in drawn.topics:
        (x, y), (width, height) = topic.island.middle, topic.island.size
        assert len(topic.island.points) == len(topic.documents)
        for left, top in topic.island.points:
            assert 0 <= left <= 1
            assert 0 <= top <= 1
            assert math.hypot((left - x) / width, (top - y) / height) <= 0.5


def test_map_is_the_same_each_time(starter_index: Index) -> None:
    """For everybody, and after a restart."""
    assert draw_map(starter_index) == draw_map(starter_index)
    assert draw_map(starter_index).told == "28 documents in 4 topics."


def test_islands_and_marks_do_not_lie_over_one_another(starter_index: Index) -> None:
    """Neither of two islands reaches into the other; no two marks are at one place."""
    drawn = draw_map(starter_index)
    for one, other in combinations((topic.island for topic in drawn.topics), 2):
        apart = (
            2 * abs(one.middle[axis] - other.middle[axis]) / (one.size[axis] + other.size[axis])
            for axis in (0, 1)
        )
        assert math.hypot(*apart) >= 1
    points = [point for topic in drawn.topics for point in topic.island.points]
    assert min(math.dist(one, other) for one, other in combinations(points, 2)) > 0.02


def test_alike_documents_are_together_and_named_by_their_titles(
    sources: Path, index_folder: Path
) -> None:
    """Eight texts make two topics: the root of half as many."""
    texts = {
        f"{subject.capitalize()} of region {number}": f"{text} Seen in region {number}."
        for subject, text in SUBJECTS.items()
        for number in range(4)
    }
    drawn = library_of(sources, index_folder, texts)
    assert [len(topic.documents) for topic in drawn.topics] == [4, 4]
    assert all(name & SUBJECTS.keys() for name in names_of(drawn))
    assert names_of(drawn)[0].isdisjoint(names_of(drawn)[1] - {"region"})


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_few_documents_are_one_topic(sources: Path, index_folder: Path, count: int) -> None:
    """With a name, and with each document on the map."""
    titles = ("Bees and nectar", "Ships and cargo", "Snow and ice")[:count]
    drawn = library_of(sources, index_folder, {title: f"{title} here." for title in titles})
    (topic,) = drawn.topics
    assert len(set(topic.island.points)) == count
    assert topic.name
    assert topic.island.size == (1.0, 1.0)


def test_library_without_text_has_an_empty_map(
    sources: Path, index_folder: Path, embedder: Embedder
) -> None:
    """What was read into it has been taken out again."""
    path = write_text(sources, "bees.txt", "Bees", SUBJECTS["bees"])
    ingest([str(sources)], index_folder, embedder)
    with open_writer(index_folder, embedder, PASSAGE_TOKENS) as writer:
        writer.retire_document(str(path))
        writer.publish()
    index = open_index(index_folder, lambda _name: embedder)
    assert draw_map(index) == TopicMap(())
    assert draw_map(index).told == "0 documents in 0 topics."
    index.close()


def test_large_library_draws_the_most_typical(sources: Path, index_folder: Path) -> None:
    """All are in the lists; the sentence says how many are drawn."""
    texts = {f"Note {n}": f"{SUBJECTS['bees']} Number {n}." for n in range(MOST_MARKS + 60)}
    drawn = library_of(sources, index_folder, texts)
    marks = sum(len(topic.island.points) for topic in drawn.topics)
    assert sum(len(topic.documents) for topic in drawn.topics) == MOST_MARKS + 60
    assert MOST_MARKS * 0.9 < marks <= MOST_MARKS
    assert drawn.told == f"360 documents in 12 topics. The {marks} most typical are drawn."


def test_small_library_is_mapped_with_the_real_model(embedder: Embedder, tmp_path: Path) -> None:
    """Five articles; those on one thing need not be alone."""
    ingest([str(LIBRARY)], tmp_path, embedder)
    index = open_index(tmp_path, lambda _name: embedder)
    assert draw_map(index).told == "5 documents in 2 topics."
    index.close()
