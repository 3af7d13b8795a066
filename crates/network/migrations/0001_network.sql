-- Days are texts YYYY-MM-DD; an end is the first day that is no longer in, '9999-12-31' while it lasts.
-- A row whose end is its beginning was replaced whole by a later change and is kept for the history alone.

CREATE TABLE network_organisations (
    id TEXT PRIMARY KEY,
    version BIGINT NOT NULL,
    opened TEXT NOT NULL,
    closed TEXT NOT NULL
);

CREATE TABLE network_states (
    organisation TEXT NOT NULL REFERENCES network_organisations (id),
    version BIGINT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    change TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    reason TEXT,
    status TEXT NOT NULL,
    kind TEXT NOT NULL,
    level TEXT NOT NULL,
    rank BIGINT NOT NULL,
    region TEXT NOT NULL,
    name TEXT NOT NULL,
    services TEXT NOT NULL,
    search TEXT NOT NULL,
    confirmed_by TEXT,
    confirmed_at TEXT,
    body TEXT NOT NULL,
    PRIMARY KEY (organisation, version)
);
CREATE INDEX network_states_place ON network_states (region, organisation);
CREATE INDEX network_states_name ON network_states (name);
-- Everything that coverage counts, so that it reads the index alone.
CREATE INDEX network_states_counted ON network_states (valid_to, valid_from, status, kind, level, region);

CREATE TABLE network_memberships (
    organisation TEXT NOT NULL REFERENCES network_organisations (id),
    version BIGINT NOT NULL,
    parent TEXT REFERENCES network_organisations (id),
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    PRIMARY KEY (organisation, version)
);
CREATE INDEX network_memberships_parent ON network_memberships (parent, valid_from);

CREATE TABLE network_successions (
    predecessor TEXT NOT NULL REFERENCES network_organisations (id),
    successor TEXT NOT NULL REFERENCES network_organisations (id),
    on_day TEXT NOT NULL,
    change TEXT NOT NULL,
    PRIMARY KEY (predecessor, successor)
);
CREATE INDEX network_successions_successor ON network_successions (successor);

-- Counties; provinces and prefectures come with the program. An empty beginning is open.
CREATE TABLE network_counties (
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    PRIMARY KEY (code, valid_from)
);

-- One row: whoever changes the tree holds it, so that two moves cannot close a ring together.
CREATE TABLE network_tree (changes BIGINT NOT NULL);
INSERT INTO network_tree (changes) VALUES (0);
