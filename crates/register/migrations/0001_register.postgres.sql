-- Rights at rest. Bodies are zstd of JSON; times are RFC 3339 in UTC, days YYYY-MM-DD, all as text.
-- Ids, keys and days are ordered byte by byte, as in SQLite, whatever the language of the server.

CREATE TABLE parts (
    key          TEXT COLLATE "C"    NOT NULL PRIMARY KEY,
    source       TEXT COLLATE "C"    NOT NULL, -- the key up to its colon
    right_id     TEXT COLLATE "C"    NOT NULL, -- the right it belongs to now; empty for a withdrawal that names none
    application  TEXT COLLATE "C",             -- id of the application it names itself
    publications TEXT COLLATE "C"    NOT NULL, -- waiting ids of the publications it names, one a line
    as_of        TEXT COLLATE "C",
    withdrawn    SMALLINT NOT NULL, -- 1 = tombstone
    digest       BYTEA   NOT NULL,
    file         TEXT COLLATE "C"    NOT NULL,
    position     BIGINT NOT NULL,
    loaded_at    TEXT COLLATE "C"    NOT NULL,
    body         BYTEA   NOT NULL
);
CREATE INDEX parts_by_right ON parts (right_id);
CREATE INDEX parts_by_source ON parts (source, withdrawn, as_of);

-- A publication is known by the id under which parts wait that name nothing else.
CREATE TABLE part_publications (
    publication TEXT COLLATE "C"    NOT NULL,
    part        TEXT COLLATE "C"    NOT NULL,
    ordinal     BIGINT NOT NULL, -- 0 = the first one the part names
    PRIMARY KEY (publication, part)
);

CREATE TABLE rights (
    id          TEXT COLLATE "C"    NOT NULL PRIMARY KEY,
    office      TEXT COLLATE "C"    NOT NULL,
    kind        TEXT COLLATE "C"    NOT NULL,
    status      TEXT COLLATE "C"    NOT NULL,
    expiry_date TEXT COLLATE "C",
    seq         BIGINT NOT NULL, -- feed entry of its last change
    digest      BYTEA   NOT NULL, -- of the JSON without sources
    numbers     TEXT COLLATE "C"    NOT NULL, -- its look-up keys, one a line
    body        BYTEA   NOT NULL  -- without sources: those stand in parts
);
CREATE INDEX rights_by_office ON rights (office, kind, status);
CREATE INDEX rights_in_force_by_expiry ON rights (expiry_date) WHERE status = 'in-force' AND expiry_date IS NOT NULL;

CREATE TABLE numbers (
    key      TEXT COLLATE "C" NOT NULL,
    right_id TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (key, right_id)
);

CREATE TABLE feed (
    seq      BIGINT NOT NULL PRIMARY KEY,
    right_id TEXT COLLATE "C"    NOT NULL,
    change   TEXT COLLATE "C"    NOT NULL, -- put, remove
    at       TEXT COLLATE "C"    NOT NULL
);
-- One row. Whoever writes updates it first and so holds it until the commit.
CREATE TABLE feed_head (
    id       BIGINT NOT NULL PRIMARY KEY,
    seq      BIGINT NOT NULL, -- last entry of the feed
    revision BIGINT NOT NULL  -- one more with every batch
);
INSERT INTO feed_head (id, seq, revision) VALUES (1, 0, 0);

CREATE TABLE quarantine (
    id            BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    file          TEXT COLLATE "C"    NOT NULL,
    position      BIGINT NOT NULL,
    code          TEXT COLLATE "C"    NOT NULL,
    format        TEXT COLLATE "C"    NOT NULL,
    message       TEXT    NOT NULL,
    record_digest BYTEA   NOT NULL,
    raw_len       BIGINT NOT NULL,
    at            TEXT COLLATE "C"    NOT NULL,
    raw           BYTEA   NOT NULL,
    UNIQUE (file, position, code)
);

CREATE TABLE loads (
    file        TEXT COLLATE "C"    NOT NULL PRIMARY KEY,
    fingerprint TEXT COLLATE "C"    NOT NULL,
    entry       BIGINT NOT NULL,
    record      BIGINT NOT NULL,
    position    BIGINT NOT NULL,
    state       TEXT COLLATE "C"    NOT NULL, -- running, done
    fresh       BIGINT NOT NULL,
    changed     BIGINT NOT NULL,
    unchanged   BIGINT NOT NULL,
    older       BIGINT NOT NULL,
    withdrawn   BIGINT NOT NULL,
    quarantined BIGINT NOT NULL,
    at          TEXT COLLATE "C"    NOT NULL
);

CREATE TABLE schemes (
    scheme   TEXT COLLATE "C"    NOT NULL, -- ipc, cpc, locarno, nice, vienna
    version  TEXT COLLATE "C"    NOT NULL,
    ordinal  BIGINT NOT NULL,
    symbol   TEXT COLLATE "C"    NOT NULL,
    depth    BIGINT NOT NULL,
    title_zh TEXT,
    title_en TEXT,
    PRIMARY KEY (scheme, version, ordinal)
);

CREATE TABLE event_codes (
    office TEXT COLLATE "C" NOT NULL,
    code   TEXT COLLATE "C" NOT NULL,
    text   TEXT NOT NULL,
    effect TEXT COLLATE "C",
    PRIMARY KEY (office, code)
);

-- Bodies are compressed already: PostgreSQL need not try again.
ALTER TABLE parts ALTER COLUMN body SET STORAGE EXTERNAL;
ALTER TABLE rights ALTER COLUMN body SET STORAGE EXTERNAL;
ALTER TABLE quarantine ALTER COLUMN raw SET STORAGE EXTERNAL;
