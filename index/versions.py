"""Versions of one document (abstract and full text, preprint and article), as ingest found them."""

from index.database import Database

_PAIRS = """
SELECT one.id, other.id FROM alike
JOIN document AS one ON one.key = document_key JOIN document AS other ON other.key = other_key
WHERE one.added_build <= ?1 AND (one.removed_build IS NULL OR one.removed_build > ?1)
AND other.added_build <= ?1 AND (other.removed_build IS NULL OR other.removed_build > ?1)
"""


def version_groups(database: Database, build: int) -> dict[str, tuple[str, ...]]:
    """All versions of each document that has several, itself among them, by document id."""
    groups: dict[str, set[str]] = {}
    for pair in database.connection.execute(_PAIRS, (build,)):
        together = set().union(*(groups.get(id_, {id_}) for id_ in pair))
        groups.update(dict.fromkeys(together, together))
    return {id_: tuple(sorted(together)) for id_, together in groups.items()}
