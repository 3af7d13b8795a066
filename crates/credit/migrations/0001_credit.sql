-- Moments are texts in UTC with three digits of a second, days are texts YYYY-MM-DD of the offices. A body is the whole row
-- as JSON; the other columns are what is looked for by.

CREATE TABLE credit_editions (
    edition BIGINT PRIMARY KEY,
    from_day TEXT NOT NULL,
    text TEXT NOT NULL,
    issued_by TEXT,
    issued_at TEXT NOT NULL
);

CREATE TABLE credit_agencies (
    id TEXT PRIMARY KEY,
    version BIGINT NOT NULL,
    key TEXT NOT NULL UNIQUE,
    keeper TEXT NOT NULL,
    code TEXT UNIQUE,
    kind TEXT NOT NULL,
    region TEXT NOT NULL,
    -- All names and the code in small letters, one a line.
    names TEXT NOT NULL,
    closed TEXT,
    body TEXT NOT NULL
);
CREATE INDEX credit_agencies_region ON credit_agencies (region);

CREATE TABLE credit_events (
    id TEXT PRIMARY KEY,
    version BIGINT NOT NULL,
    key TEXT NOT NULL UNIQUE,
    agency TEXT NOT NULL REFERENCES credit_agencies (id),
    keeper TEXT NOT NULL,
    state TEXT NOT NULL,
    edition BIGINT NOT NULL,
    rule TEXT NOT NULL,
    objections_until TEXT,
    counts_from TEXT,
    ended TEXT,
    body TEXT NOT NULL
);
CREATE INDEX credit_events_agency ON credit_events (agency, id);
CREATE INDEX credit_events_state ON credit_events (state, id);
CREATE INDEX credit_events_keeper ON credit_events (keeper, id);
CREATE INDEX credit_events_counted ON credit_events (counts_from, agency, id, edition, rule, ended);

-- Appended to, never changed.
CREATE TABLE credit_parts (
    event TEXT NOT NULL REFERENCES credit_events (id),
    number BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (event, number)
);

CREATE TABLE credit_objections (
    id TEXT PRIMARY KEY,
    version BIGINT NOT NULL,
    key TEXT NOT NULL UNIQUE,
    event TEXT NOT NULL UNIQUE REFERENCES credit_events (id),
    body TEXT NOT NULL
);

CREATE TABLE credit_repairs (
    id TEXT PRIMARY KEY,
    version BIGINT NOT NULL,
    key TEXT NOT NULL UNIQUE,
    event TEXT NOT NULL REFERENCES credit_events (id),
    body TEXT NOT NULL
);
CREATE INDEX credit_repairs_event ON credit_repairs (event, id);

CREATE TABLE credit_leads (
    id TEXT PRIMARY KEY,
    version BIGINT NOT NULL,
    agency TEXT NOT NULL REFERENCES credit_agencies (id),
    keeper TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    state TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (agency, kind, subject)
);
CREATE INDEX credit_leads_keeper ON credit_leads (keeper, state, id);
