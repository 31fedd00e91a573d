"""Whether words stand in the library where they are said to stand."""

from index.database import Database

_AT = """
SELECT substr(page.text, passage.start + ?2 + 1, ?3 - ?2) FROM passage
JOIN page ON page.document_key = passage.document_key AND page.position = page_position
WHERE passage.key = ?1 AND passage.start + ?3 <= passage."end"
"""


def verify_quote(database: Database, passage_id: int, start: int, end: int, text: str) -> bool:
    """Whether a quote equals the stored text of the page at its place.

    Args:
        database: of the index.
        passage_id: key of the passage that is quoted.
        start: offset of the quote's first character in the passage.
        end: offset after its last character.
        text: the quote as it is to be shown.
    """
    row = database.connection.execute(_AT, (passage_id, start, end)).fetchone()
    return row is not None and row[0] == text
