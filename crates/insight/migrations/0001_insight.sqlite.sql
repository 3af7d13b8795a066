-- Analyses as they were. The body is zstd of JSON; times are RFC 3339 in UTC.

CREATE TABLE analyses (
    id       TEXT    NOT NULL PRIMARY KEY, -- of query, settings and seq
    query    TEXT    NOT NULL, -- canonical text
    settings TEXT    NOT NULL, -- JSON
    seq      INTEGER NOT NULL, -- entry of the register's feed up to which was counted
    made_at  TEXT    NOT NULL,
    body     BLOB    NOT NULL
);
