-- Days are texts YYYY-MM-DD, moments RFC 3339 in UTC with milliseconds; absent is ''. JSON stands in texts.

CREATE TABLE plans_plans (
    id TEXT PRIMARY KEY,
    make_key TEXT NOT NULL UNIQUE,
    version BIGINT NOT NULL,
    issuer TEXT NOT NULL,
    state TEXT NOT NULL,
    -- The latest issued edition; 0 before the first.
    edition BIGINT NOT NULL,
    -- 1 while the next edition is being written.
    drafted BIGINT NOT NULL,
    public BIGINT NOT NULL,
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    year BIGINT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    copied_from TEXT NOT NULL,
    made_at TEXT NOT NULL,
    issued_at TEXT NOT NULL
);
CREATE INDEX plans_plans_year ON plans_plans (year, id);

-- What each edition says; an issued one is never changed.
CREATE TABLE plans_editions (
    plan TEXT NOT NULL REFERENCES plans_plans (id),
    number BIGINT NOT NULL,
    -- Rises with every change of a draft.
    revision BIGINT NOT NULL,
    issued_at TEXT NOT NULL,
    issued_by TEXT NOT NULL,
    note TEXT NOT NULL,
    contents TEXT NOT NULL,
    PRIMARY KEY (plan, number)
);

-- Optional tasks that units have chosen.
CREATE TABLE plans_choices (
    plan TEXT NOT NULL REFERENCES plans_plans (id),
    unit TEXT NOT NULL,
    task TEXT NOT NULL,
    at TEXT NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (plan, unit, task)
);
CREATE INDEX plans_choices_unit ON plans_choices (unit);

CREATE TABLE plans_reports (
    id TEXT PRIMARY KEY,
    make_key TEXT NOT NULL UNIQUE,
    version BIGINT NOT NULL,
    plan TEXT NOT NULL REFERENCES plans_plans (id),
    edition BIGINT NOT NULL,
    task TEXT NOT NULL,
    unit TEXT NOT NULL,
    number BIGINT NOT NULL,
    state TEXT NOT NULL,
    progress TEXT NOT NULL,
    percent BIGINT NOT NULL,
    words TEXT NOT NULL,
    figures TEXT NOT NULL,
    public BIGINT NOT NULL,
    -- Plan, unit and task while it is open, so that there is one; its own id afterwards.
    open_key TEXT NOT NULL UNIQUE,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    submitted_at TEXT NOT NULL,
    submitted_by TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    UNIQUE (plan, unit, task, number)
);
CREATE INDEX plans_reports_state ON plans_reports (state, unit);
CREATE INDEX plans_reports_public ON plans_reports (plan, public, state);

-- How each task of each unit stands, in one short text, written with every act on a report.
CREATE TABLE plans_cells (
    plan TEXT NOT NULL REFERENCES plans_plans (id),
    unit TEXT NOT NULL,
    task TEXT NOT NULL,
    cell TEXT NOT NULL,
    PRIMARY KEY (plan, unit, task)
);

-- What happened to a plan or a report; rows are only ever added.
CREATE TABLE plans_events (
    object TEXT NOT NULL,
    version BIGINT NOT NULL,
    at TEXT NOT NULL,
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    act TEXT NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (object, version)
);

-- Contents by their hash: the same file is kept once.
CREATE TABLE plans_blobs (
    hash TEXT PRIMARY KEY,
    length BIGINT NOT NULL,
    content BLOB NOT NULL
);

CREATE TABLE plans_files (
    id TEXT PRIMARY KEY,
    report TEXT NOT NULL REFERENCES plans_reports (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    length BIGINT NOT NULL,
    hash TEXT NOT NULL,
    at TEXT NOT NULL,
    person TEXT NOT NULL,
    withdrawn BIGINT NOT NULL
);
CREATE INDEX plans_files_report ON plans_files (report, id);

-- Reminders that were given.
CREATE TABLE plans_reminded (
    id TEXT PRIMARY KEY,
    plan TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX plans_reminded_plan ON plans_reminded (plan);
