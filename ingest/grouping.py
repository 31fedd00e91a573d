"""Which documents are versions of one: abstract and full text, preprint and article, reprints.

The pairs worth a look are found by their titles and by MinHash (datasketch); each is then
compared word for word. benchmarks/versions.py measures it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, cast
from zlib import crc32

import numpy as np

from index.database import Database
from index.overlap import words_of
from index.writer import IndexWriter

if TYPE_CHECKING:
    from datasketch import MinHash

# Kept hash values are of this scheme; it must not change with the library's own choice.
_PERMUTATIONS, _SCHEME = 128, "affine32"
_SHINGLE_WORDS = 5
# In shorter texts too few words stand beside each other to tell a version from a formula.
_FEWEST_SHINGLES = 40
# Candidates: MinHash finds texts of about the same length; titles find an abstract's full text.
_LIKELY_RESEMBLANCE = 0.5
# A title that many documents carry ("Letter to the editor") says nothing.
_MOST_OF_A_TITLE = 30
# Of the shorter text's shingles, those that the longer one has, where the titles are alike ...
_CONTAINMENT = 0.8
_ALIKE_TITLES = 0.8
# ... and of all shingles of both those in common, whatever the titles, in texts that are long
# enough to be more than a formula.
_RESEMBLANCE = 0.9
_FEWEST_SHINGLES_WITHOUT_TITLE = 100

Shingles = frozenset[int]


def compare_documents(writer: IndexWriter) -> None:
    """Compare the documents that are new in the next build with all others; keep who is alike."""
    database = writer.database
    ids = {key: id_ for id_, key in database.document_keys(writer.next).items()}
    compared = {k for (k,) in database.connection.execute("SELECT document_key FROM signature")}
    new = [key for key in ids if key not in compared]
    if not new:
        return
    known = _signatures(database)
    shingles = lru_cache(maxsize=1000)(lambda key: _shingles(_text(writer, ids[key])))
    made = {key: _minhash(shingles(key)) for key in new}
    titles = {d.id: frozenset(words_of(d.title)) for d in database.documents(writer.next)}
    titles_by_key = {key: titles[id_] for key, id_ in ids.items()}
    signatures = {**{key: known[key] for key in ids if key in known}, **made}
    pairs = [
        (one, other)
        for one, other in _candidates(new, signatures, titles_by_key)
        if are_versions(shingles(one), shingles(other), titles_by_key[one], titles_by_key[other])
    ]
    with database.transaction():
        database.connection.executemany(
            "INSERT INTO signature VALUES (?, ?)",
            [
                (key, minhash.hashvalues.astype(np.uint32).tobytes())
                for key, minhash in made.items()
            ],
        )
        database.connection.executemany("INSERT OR IGNORE INTO alike VALUES (?, ?)", pairs)


def are_versions(
    shingles: Shingles, others: Shingles, title: frozenset[str], other_title: frozenset[str]
) -> bool:
    """Whether two texts are versions of one.

    Much text in common is not enough: what an institute writes on two diseases often differs
    in their names only. So the titles must be alike too, or the texts nearly the same.

    Args:
        shingles: of one text.
        others: of the other text.
        title: words of one title.
        other_title: words of the other title.
    """
    shorter = min(len(shingles), len(others))
    if shorter < _FEWEST_SHINGLES:
        return False
    common = len(shingles & others)
    is_long = shorter >= _FEWEST_SHINGLES_WITHOUT_TITLE
    if is_long and common >= _RESEMBLANCE * len(shingles | others):
        return True
    alike = len(title & other_title) > _ALIKE_TITLES * len(title | other_title)
    return alike and common >= _CONTAINMENT * shorter


def _candidates(
    new: list[int], signatures: Mapping[int, "MinHash"], titles: Mapping[int, frozenset[str]]
) -> Iterator[tuple[int, int]]:
    """Pairs of keys, the smaller first, of which one at least is new; each once."""
    from datasketch import MinHashLSH  # noqa: PLC0415

    similar = MinHashLSH(threshold=_LIKELY_RESEMBLANCE, num_perm=_PERMUTATIONS)
    by_title: dict[frozenset[str], list[int]] = defaultdict(list)
    for key, minhash in signatures.items():
        similar.insert(key, minhash, check_duplication=False)
        by_title[titles[key]].append(key)
    told: set[tuple[int, int]] = set()
    for key in new:
        namesakes = by_title[titles[key]]
        others = set(cast("list[int]", similar.query(signatures[key])))
        others |= {*namesakes} if len(namesakes) <= _MOST_OF_A_TITLE else set()
        pairs = {(min(key, other), max(key, other)) for other in others if other != key}
        yield from pairs - told
        told |= pairs


def _signatures(database: Database) -> dict[int, "MinHash"]:
    from datasketch import MinHash  # noqa: PLC0415

    rows = database.connection.execute("SELECT document_key, minhash FROM signature")
    return {
        key: MinHash(
            num_perm=_PERMUTATIONS,
            hashvalues=np.frombuffer(blob, np.uint32).copy(),
            hashfunc=_itself,
            scheme=_SCHEME,
        )
        for key, blob in rows
    }


def _minhash(shingles: Shingles) -> "MinHash":
    from datasketch import MinHash  # noqa: PLC0415

    minhash = MinHash(num_perm=_PERMUTATIONS, hashfunc=_itself, scheme=_SCHEME)
    minhash.update_batch(shingles)
    return minhash


def _itself(shingle: int) -> int:
    return shingle


def _text(writer: IndexWriter, document_id: str) -> str:
    return "\n".join(page.text for page in writer.database.pages(document_id, writer.next))


def _shingles(text: str) -> Shingles:
    """Hashes of each five words that stand beside each other."""
    words = words_of(text)
    ends = range(_SHINGLE_WORDS, len(words) + 1)
    return frozenset(crc32(" ".join(words[end - _SHINGLE_WORDS : end]).encode()) for end in ends)
