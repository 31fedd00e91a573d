"""Where topics and their documents lie on a map: what is alike lies near."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search_app.topics import Topics, Vectors

_FEWEST_MIDDLES = 3
# Discs are drawn together and pushed apart in small steps, then only pushed.
_ROUNDS, _PULLED_ROUNDS = 300, 200
_PULL, _PUSH = 0.02, 0.2
# Of a disc's radius: room between islands.
_GAP = 0.3
# How far apart topics start, in mean radii.
_START = 2.0
# Marks fill so much of the disc at most.
_FILLED = 0.7

Points = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Island:
    """The place of a topic on a map that is 1 wide and 1 high.

    Attributes:
        middle: x and y.
        size: width and height; its area goes with how many documents are drawn.
        points: x and y of each document drawn.
    """

    middle: tuple[float, float]
    size: tuple[float, float]
    points: tuple[tuple[float, float], ...]


def lay_out(topics: Topics, drawn: Sequence[Sequence[int]]) -> list[Island]:
    """An island a topic, none over another.

    The more typical documents start nearer to the middle of their island, each on the side of
    what it resembles besides, and are then pushed apart.

    Args:
        topics: of the library.
        drawn: rows of the documents to draw, a list a topic, the most typical first.
    """
    groups = [topics.vectors[list(topic.documents)] for topic in topics.groups]
    plane = _plane(topics.vectors, np.array([group.mean(axis=0) for group in groups]))
    middles = np.array([plane[list(topic.documents)].mean(axis=0) for topic in topics.groups])
    radii = np.sqrt([len(rows) for rows in drawn])
    spread = np.abs(middles - middles.mean(axis=0)).max() or 1.0
    places = _apart(middles / spread * _START * radii.mean(), radii * (1 + _GAP))
    low = (places - radii[:, None]).min(axis=0)
    extent = (places + radii[:, None]).max(axis=0) - low
    islands = []
    for radius, place, rows in zip(radii, places, drawn, strict=True):
        points = (place + radius * _within(plane[list(rows)]) - low) / extent
        islands.append(
            Island(
                _pair((place - low) / extent),
                _pair(2 * radius / extent),
                tuple(_pair(point) for point in points),
            )
        )
    return islands


def _plane(vectors: Vectors, middles: Vectors) -> Points:
    """The vectors seen from where the topics differ most (principal components)."""
    # One or two topics have no plane; they have few documents then.
    base = middles if len(middles) >= _FEWEST_MIDDLES else vectors
    _, _, axes = np.linalg.svd((base - base.mean(axis=0)).astype(np.float64), full_matrices=False)
    axes = axes[:2]
    # Which way an axis points is chance: always the same way.
    axes *= np.sign(axes[np.arange(len(axes)), np.abs(axes).argmax(axis=1)])[:, None]
    plane = (vectors - vectors.mean(axis=0)) @ axes.T
    return np.pad(plane, ((0, 0), (0, 2 - plane.shape[1])))


def _within(places: Points) -> Points:
    """Points in a disc of radius 1: as far out as they stand in the list, in their direction."""
    count = len(places)
    if count == 1:
        return np.zeros((1, 2))
    offsets = places - places.mean(axis=0)
    angles = np.arctan2(offsets[:, 1], offsets[:, 0])
    far = np.sqrt(np.arange(count) / count)
    radius = _FILLED / np.sqrt(count)
    spread = far[:, None] * np.column_stack([np.cos(angles), np.sin(angles)])
    points = _apart(spread, np.full(count, radius))
    points -= (points.min(axis=0) + points.max(axis=0)) / 2
    return points / (np.linalg.norm(points, axis=1).max() + radius)


def _apart(places: Points, radii: Points) -> Points:
    """Discs close together, none over another, or hardly."""
    # Two at the same place could not tell which way to go.
    steps = np.arange(len(places))
    places = places + 1e-6 * np.column_stack([np.cos(steps), np.sin(steps)])
    apart = radii[:, None] + radii[None, :]
    np.fill_diagonal(apart, 0.0)
    for round_ in range(_ROUNDS):
        if round_ < _PULLED_ROUNDS:
            places = places - _PULL * (places - places.mean(axis=0))
        between = places[:, None] - places[None, :]
        distance = np.linalg.norm(between, axis=2)
        np.fill_diagonal(distance, 1.0)
        overlap = np.maximum(apart - distance, 0.0)
        places = places + _PUSH * (between / distance[..., None] * overlap[..., None]).sum(axis=1)
    return places


def _pair(point: Points) -> tuple[float, float]:
    return float(point[0]), float(point[1])
