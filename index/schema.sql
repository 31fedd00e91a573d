-- The index's database. Described in docs/index-format.md.
CREATE TABLE manifest (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    content  TEXT NOT NULL
);
-- AUTOINCREMENT: a key is never used again, so an old link or a lagging FAISS file
-- can point to nothing, but never to another text.
CREATE TABLE document (
    key           INTEGER PRIMARY KEY AUTOINCREMENT,
    id            TEXT NOT NULL,
    title         TEXT NOT NULL,
    link          TEXT NOT NULL,
    fingerprint   TEXT NOT NULL,
    metadata      TEXT NOT NULL,
    -- Of title and words, whatever the file's format: the same text is one document.
    content_sha256 TEXT NOT NULL,
    added_build   INTEGER NOT NULL,
    removed_build INTEGER
);
CREATE INDEX document_id ON document (id);
CREATE TABLE page (
    document_key INTEGER NOT NULL REFERENCES document (key) ON DELETE CASCADE,
    position     INTEGER NOT NULL,
    number       INTEGER,
    label        TEXT,
    text         TEXT NOT NULL,
    PRIMARY KEY (document_key, position)
);
CREATE TABLE passage (
    key           INTEGER PRIMARY KEY AUTOINCREMENT,
    document_key  INTEGER NOT NULL REFERENCES document (key) ON DELETE CASCADE,
    position      INTEGER NOT NULL,
    page_position INTEGER NOT NULL,
    heading       TEXT NOT NULL,
    start         INTEGER NOT NULL,
    "end"         INTEGER NOT NULL,
    text          TEXT NOT NULL,
    -- Of heading and text, four bytes each.
    stems         BLOB NOT NULL,
    vector        BLOB NOT NULL,
    -- Of its tokens' vectors; last, for most queries need not read that far.
    signs         BLOB NOT NULL
);
CREATE INDEX passage_document ON passage (document_key, position);
-- The derived files of the current build; `build` says which one they hold.
CREATE TABLE derived (
    name   TEXT PRIMARY KEY,
    file   TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    build  INTEGER NOT NULL
);
-- What the last ingest could not read, for the library page and `citewell status`.
CREATE TABLE failure (
    source TEXT PRIMARY KEY,
    reason TEXT NOT NULL
);
-- Files as they were when they were last read; one whose state is the same is not opened.
-- Only what would show a later change is noted: see index/file_state.py.
CREATE TABLE file (
    source      TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    size        INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL,
    changed_ns  INTEGER NOT NULL,
    inode       INTEGER NOT NULL
);
-- Other files and addresses that hold the same content as a document, each with the
-- fingerprint of the bytes that were compared.
CREATE TABLE location (
    id          TEXT PRIMARY KEY,
    document_id TEXT NOT NULL,
    fingerprint TEXT NOT NULL
);
-- Corrected descriptions, laid over what the readers found; those by hand over all others.
-- `build` is the one that the change is to be published with.
CREATE TABLE correction (
    document_id TEXT NOT NULL,
    by_hand     INTEGER NOT NULL,
    origin      TEXT NOT NULL,
    content     TEXT NOT NULL,
    build       INTEGER NOT NULL,
    PRIMARY KEY (document_id, by_hand)
);
-- MinHash of the documents that have been compared with all others, and which are alike.
CREATE TABLE signature (
    document_key INTEGER PRIMARY KEY REFERENCES document (key) ON DELETE CASCADE,
    minhash      BLOB NOT NULL
);
CREATE TABLE alike (
    document_key INTEGER NOT NULL REFERENCES document (key) ON DELETE CASCADE,
    other_key    INTEGER NOT NULL REFERENCES document (key) ON DELETE CASCADE,
    PRIMARY KEY (document_key, other_key)
);
CREATE INDEX alike_other ON alike (other_key);
