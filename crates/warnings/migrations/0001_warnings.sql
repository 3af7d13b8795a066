-- Moments are texts in UTC with three digits of a second, days are texts YYYY-MM-DD of the offices. A body is the whole row
-- as JSON; the other columns are what is looked for by.

-- Rules that were made, and starting rules that were changed.
CREATE TABLE warnings_rules (
    code TEXT PRIMARY KEY,
    version BIGINT NOT NULL,
    body TEXT NOT NULL
);

-- Whether a rule fires for a subject, as the last check found it; `value` is the figure of that check, empty when missing.
CREATE TABLE warnings_standings (
    rule TEXT NOT NULL,
    subject TEXT NOT NULL,
    firing BIGINT NOT NULL,
    value TEXT,
    since TEXT NOT NULL,
    PRIMARY KEY (rule, subject)
);
CREATE INDEX warnings_standings_firing ON warnings_standings (rule, firing);

-- `open_key` is rule and subject while the warning is open: no two open warnings share one.
CREATE TABLE warnings_warnings (
    id TEXT PRIMARY KEY,
    version BIGINT NOT NULL,
    rule TEXT NOT NULL,
    subject TEXT NOT NULL,
    open_key TEXT UNIQUE,
    unit TEXT NOT NULL,
    severity TEXT NOT NULL,
    rank TEXT NOT NULL,
    state TEXT NOT NULL,
    assignee TEXT,
    day TEXT NOT NULL,
    closed_at TEXT,
    body TEXT NOT NULL
);
CREATE INDEX warnings_warnings_rank ON warnings_warnings (rank, id);
CREATE INDEX warnings_warnings_unit ON warnings_warnings (unit, state, rank, id);
CREATE INDEX warnings_warnings_pair ON warnings_warnings (rule, subject, id);

-- Appended to, never changed.
CREATE TABLE warnings_events (
    warning TEXT NOT NULL REFERENCES warnings_warnings (id),
    number BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (warning, number)
);
