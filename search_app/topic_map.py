"""A map of a library: its topics as islands, its documents as marks on them."""

from dataclasses import dataclass

from index.search import Index
from search_app.topic_layout import Island, lay_out
from search_app.topics import Topic, find_topics
from search_app.wording import counted

# More marks than that are neither to be told apart nor drawn at once.
MOST_MARKS = 300
# Of a topic, in its list.
MOST_LISTED = 100


@dataclass(frozen=True)
class MappedTopic:
    """A topic and its island.

    Attributes:
        name: its telling words.
        documents: ids, the most typical first.
        island: where it lies, with a point for each of the first documents.
    """

    name: str
    documents: tuple[str, ...]
    island: Island


@dataclass(frozen=True)
class TopicMap:
    """The map of a library; without topics where no document holds any text."""

    topics: tuple[MappedTopic, ...]

    @property
    def told(self) -> str:
        """What the map shows, and what it leaves out."""
        total = sum(len(topic.documents) for topic in self.topics)
        marks = sum(len(topic.island.points) for topic in self.topics)
        lead = f"{counted(total, 'document')} in {counted(len(self.topics), 'topic')}."
        if marks == total:
            return lead
        return f"{lead} The {marks} most typical are drawn."


def draw_map(index: Index) -> TopicMap:
    """Find the topics of a library and lay them out; the same library gives the same map."""
    topics = find_topics(index)
    if not topics.groups:
        return TopicMap(())
    total = len(topics.ids)
    drawn = [_most_typical(topic, total) for topic in topics.groups]
    return TopicMap(
        tuple(
            MappedTopic(topic.name, tuple(topics.ids[row] for row in topic.documents), island)
            for topic, island in zip(topics.groups, lay_out(topics, drawn), strict=True)
        )
    )


def _most_typical(topic: Topic, total: int) -> tuple[int, ...]:
    """Of each topic the same share, and at least one document."""
    share = min(1.0, MOST_MARKS / total)
    return topic.documents[: max(1, int(share * len(topic.documents)))]
