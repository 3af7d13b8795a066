-- Moments are texts in UTC with three digits of a second, days are texts YYYY-MM-DD, numbers are decimal texts.

-- A row for every version; the last one of a code whose beginning has come holds.
CREATE TABLE indicators_definitions (
    code TEXT NOT NULL,
    version BIGINT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    made_at TEXT NOT NULL,
    made_by TEXT,
    body TEXT NOT NULL,
    PRIMARY KEY (code, version)
);

-- One row for each value as it stands. `number` is null where the unit says that there is none.
CREATE TABLE indicators_values (
    code TEXT NOT NULL,
    kind TEXT NOT NULL,
    unit TEXT NOT NULL,
    period TEXT NOT NULL,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    number TEXT,
    note TEXT NOT NULL,
    reason TEXT NOT NULL,
    href TEXT,
    person TEXT,
    at TEXT NOT NULL,
    PRIMARY KEY (code, kind, unit, period)
);
-- All that a table of an indicator reads.
CREATE INDEX indicators_values_read ON indicators_values (code, kind, unit, period, state, number);
CREATE INDEX indicators_values_period ON indicators_values (period, unit);
CREATE INDEX indicators_values_state ON indicators_values (state, at);

-- Every version of every value, appended to, never changed.
CREATE TABLE indicators_versions (
    code TEXT NOT NULL,
    kind TEXT NOT NULL,
    unit TEXT NOT NULL,
    period TEXT NOT NULL,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    number TEXT,
    note TEXT NOT NULL,
    reason TEXT NOT NULL,
    href TEXT,
    person TEXT,
    at TEXT NOT NULL,
    PRIMARY KEY (code, kind, unit, period, version)
);

-- The period of a unit: open, closed, or declared missing by the unit above. Whoever writes a value of it holds the row.
CREATE TABLE indicators_closings (
    unit TEXT NOT NULL,
    period TEXT NOT NULL,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    person TEXT,
    at TEXT NOT NULL,
    PRIMARY KEY (unit, period)
);

-- Baseline and target of a unit; the last version holds.
CREATE TABLE indicators_targets (
    code TEXT NOT NULL,
    unit TEXT NOT NULL,
    version BIGINT NOT NULL,
    baseline_period TEXT,
    baseline TEXT,
    target_period TEXT,
    target TEXT,
    note TEXT NOT NULL,
    person TEXT,
    at TEXT NOT NULL,
    PRIMARY KEY (code, unit, version)
);

-- When the platform measured, and what it could not.
CREATE TABLE indicators_refreshes (
    at TEXT PRIMARY KEY,
    took BIGINT NOT NULL,
    measured BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    failures TEXT NOT NULL
);
