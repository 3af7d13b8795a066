-- Objections and applications for repair are papers of one table. At most one objection stands against an event.
CREATE TABLE credit_papers (
    id TEXT PRIMARY KEY,
    version BIGINT NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    event TEXT NOT NULL REFERENCES credit_events (id),
    body TEXT NOT NULL,
    UNIQUE (kind, key)
);
CREATE INDEX credit_papers_event ON credit_papers (event, kind, id);
CREATE UNIQUE INDEX credit_papers_objection ON credit_papers (event) WHERE kind = 'objection';
INSERT INTO credit_papers (id, version, kind, key, event, body)
    SELECT id, version, 'objection', key, event, '{"kind":"objection",' || substr(body, 2) FROM credit_objections;
INSERT INTO credit_papers (id, version, kind, key, event, body)
    SELECT id, version, 'repair', key, event, '{"kind":"repair",' || substr(body, 2) FROM credit_repairs;
DROP TABLE credit_objections;
DROP TABLE credit_repairs;

-- Files of evidence; contents by their hash, each kept once. A file belongs to an event or to a paper.
CREATE TABLE credit_blobs (
    hash TEXT PRIMARY KEY,
    length BIGINT NOT NULL,
    content BLOB NOT NULL
);
CREATE TABLE credit_files (
    id TEXT PRIMARY KEY,
    event TEXT REFERENCES credit_events (id),
    paper TEXT REFERENCES credit_papers (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    length BIGINT NOT NULL,
    hash TEXT NOT NULL REFERENCES credit_blobs (hash),
    at TEXT NOT NULL,
    person TEXT,
    withdrawn BIGINT NOT NULL
);
CREATE INDEX credit_files_event ON credit_files (event, id);
CREATE INDEX credit_files_paper ON credit_files (paper, id);

-- When the filings of an agency were last looked at for leads.
ALTER TABLE credit_agencies ADD COLUMN looked_at TEXT;
