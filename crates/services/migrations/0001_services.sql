-- Days are texts YYYY-MM-DD; an end is the first day that is no longer in, '9999-12-31' while none is known.
-- A version whose end is its beginning was in force on no day and is kept for the history alone.

CREATE TABLE services_items (
    code TEXT PRIMARY KEY,
    keeper TEXT,
    versions BIGINT NOT NULL,
    events BIGINT NOT NULL
);

CREATE TABLE services_versions (
    code TEXT NOT NULL REFERENCES services_items (code),
    number BIGINT NOT NULL,
    state TEXT NOT NULL,
    revision BIGINT NOT NULL,
    -- Absent while it is a draft.
    valid_from TEXT,
    valid_to TEXT NOT NULL,
    -- Made by whoever sent the draft, so that sending it again makes no second one.
    draft_key TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL,
    PRIMARY KEY (code, number)
);
CREATE INDEX services_versions_state ON services_versions (state, valid_from);

CREATE TABLE services_events (
    code TEXT NOT NULL REFERENCES services_items (code),
    sequence BIGINT NOT NULL,
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    person TEXT,
    reason TEXT,
    PRIMARY KEY (code, sequence)
);

CREATE TABLE services_calendar_years (
    year BIGINT PRIMARY KEY,
    revision BIGINT NOT NULL,
    source TEXT NOT NULL,
    loaded_at TEXT NOT NULL
);

CREATE TABLE services_calendar_days (
    day TEXT PRIMARY KEY,
    year BIGINT NOT NULL REFERENCES services_calendar_years (year),
    kind TEXT NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL
);
CREATE INDEX services_calendar_days_year ON services_calendar_days (year);

-- One row: the organisation that keeps the catalogue that came with the program, and the calendar.
CREATE TABLE services_keeper (
    one BIGINT PRIMARY KEY,
    keeper TEXT
);
INSERT INTO services_keeper (one, keeper) VALUES (1, NULL);
