-- Rights at rest. Bodies are zstd of JSON; times are RFC 3339 in UTC, days YYYY-MM-DD, all as text.

CREATE TABLE parts (
    key          TEXT    NOT NULL PRIMARY KEY,
    source       TEXT    NOT NULL, -- the key up to its colon
    right_id     TEXT    NOT NULL, -- the right it belongs to now; empty for a withdrawal that names none
    application  TEXT,             -- id of the application it names itself
    publications TEXT    NOT NULL, -- waiting ids of the publications it names, one a line
    as_of        TEXT,
    withdrawn    INTEGER NOT NULL, -- 1 = tombstone
    digest       BLOB    NOT NULL,
    file         TEXT    NOT NULL,
    position     INTEGER NOT NULL,
    loaded_at    TEXT    NOT NULL,
    body         BLOB    NOT NULL
);
CREATE INDEX parts_by_right ON parts (right_id);
CREATE INDEX parts_by_source ON parts (source, withdrawn, as_of);

-- A publication is known by the id under which parts wait that name nothing else.
CREATE TABLE part_publications (
    publication TEXT    NOT NULL,
    part        TEXT    NOT NULL,
    ordinal     INTEGER NOT NULL, -- 0 = the first one the part names
    PRIMARY KEY (publication, part)
) WITHOUT ROWID;

CREATE TABLE rights (
    id          TEXT    NOT NULL PRIMARY KEY,
    office      TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    status      TEXT    NOT NULL,
    expiry_date TEXT,
    seq         INTEGER NOT NULL, -- feed entry of its last change
    digest      BLOB    NOT NULL, -- of the JSON without sources
    numbers     TEXT    NOT NULL, -- its look-up keys, one a line
    body        BLOB    NOT NULL  -- without sources: those stand in parts
);
CREATE INDEX rights_by_office ON rights (office, kind, status);
CREATE INDEX rights_in_force_by_expiry ON rights (expiry_date) WHERE status = 'in-force' AND expiry_date IS NOT NULL;

CREATE TABLE numbers (
    key      TEXT NOT NULL,
    right_id TEXT NOT NULL,
    PRIMARY KEY (key, right_id)
) WITHOUT ROWID;

CREATE TABLE feed (
    seq      INTEGER NOT NULL PRIMARY KEY,
    right_id TEXT    NOT NULL,
    change   TEXT    NOT NULL, -- put, remove
    at       TEXT    NOT NULL
);
-- One row. Whoever writes updates it first and so holds it until the commit.
CREATE TABLE feed_head (
    id       INTEGER NOT NULL PRIMARY KEY,
    seq      INTEGER NOT NULL, -- last entry of the feed
    revision INTEGER NOT NULL  -- one more with every batch
);
INSERT INTO feed_head (id, seq, revision) VALUES (1, 0, 0);

CREATE TABLE quarantine (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    file          TEXT    NOT NULL,
    position      INTEGER NOT NULL,
    code          TEXT    NOT NULL,
    format        TEXT    NOT NULL,
    message       TEXT    NOT NULL,
    record_digest BLOB    NOT NULL,
    raw_len       INTEGER NOT NULL,
    at            TEXT    NOT NULL,
    raw           BLOB    NOT NULL,
    UNIQUE (file, position, code)
);

CREATE TABLE loads (
    file        TEXT    NOT NULL PRIMARY KEY,
    fingerprint TEXT    NOT NULL,
    entry       INTEGER NOT NULL,
    record      INTEGER NOT NULL,
    position    INTEGER NOT NULL,
    state       TEXT    NOT NULL, -- running, done
    fresh       INTEGER NOT NULL,
    changed     INTEGER NOT NULL,
    unchanged   INTEGER NOT NULL,
    older       INTEGER NOT NULL,
    withdrawn   INTEGER NOT NULL,
    quarantined INTEGER NOT NULL,
    at          TEXT    NOT NULL
);

CREATE TABLE schemes (
    scheme   TEXT    NOT NULL, -- ipc, cpc, locarno, nice, vienna
    version  TEXT    NOT NULL,
    ordinal  INTEGER NOT NULL,
    symbol   TEXT    NOT NULL,
    depth    INTEGER NOT NULL,
    title_zh TEXT,
    title_en TEXT,
    PRIMARY KEY (scheme, version, ordinal)
);

CREATE TABLE event_codes (
    office TEXT NOT NULL,
    code   TEXT NOT NULL,
    text   TEXT NOT NULL,
    effect TEXT,
    PRIMARY KEY (office, code)
) WITHOUT ROWID;
