-- Analyses as they were. The body is zstd of JSON; times are RFC 3339 in UTC.

CREATE TABLE analyses (
    id       TEXT COLLATE "C" NOT NULL PRIMARY KEY, -- of query, settings and seq
    query    TEXT COLLATE "C" NOT NULL, -- canonical text
    settings TEXT COLLATE "C" NOT NULL, -- JSON
    seq      BIGINT NOT NULL, -- entry of the register's feed up to which was counted
    made_at  TEXT COLLATE "C" NOT NULL,
    body     BYTEA  NOT NULL
);
