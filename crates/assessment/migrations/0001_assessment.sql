-- Moments are texts in UTC with three digits of a second, days are texts YYYY-MM-DD of the offices, values are texts of
-- numbers that read back exactly.

-- Versions of schemes. `keeper` is empty for what belongs to the whole platform.
CREATE TABLE assessment_schemes (
    code TEXT NOT NULL,
    number BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    state TEXT NOT NULL,
    keeper TEXT NOT NULL,
    body TEXT NOT NULL,
    hash TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by TEXT,
    published_at TEXT,
    PRIMARY KEY (code, number)
);

CREATE TABLE assessment_assessments (
    id TEXT PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    version BIGINT NOT NULL,
    keeper TEXT NOT NULL,
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    scheme TEXT NOT NULL,
    number BIGINT NOT NULL,
    year BIGINT NOT NULL,
    state TEXT NOT NULL,
    until_day TEXT,
    snapshots BIGINT NOT NULL,
    is_public BIGINT NOT NULL,
    shows_ranks BIGINT NOT NULL,
    shows_arithmetic BIGINT NOT NULL,
    made_at TEXT NOT NULL,
    published_at TEXT,
    FOREIGN KEY (scheme, number) REFERENCES assessment_schemes (code, number)
);
CREATE INDEX assessment_assessments_scheme ON assessment_assessments (scheme, year);
CREATE INDEX assessment_assessments_keeper ON assessment_assessments (keeper);

CREATE TABLE assessment_units (
    assessment TEXT NOT NULL REFERENCES assessment_assessments (id),
    unit TEXT NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    version BIGINT NOT NULL,
    words TEXT NOT NULL,
    submitted_at TEXT,
    submitted_by TEXT,
    PRIMARY KEY (assessment, unit)
);
CREATE INDEX assessment_units_unit ON assessment_units (unit);

CREATE TABLE assessment_values (
    assessment TEXT NOT NULL,
    unit TEXT NOT NULL,
    item TEXT NOT NULL,
    value TEXT NOT NULL,
    before_value TEXT,
    origin TEXT NOT NULL,
    note TEXT NOT NULL,
    at TEXT NOT NULL,
    person TEXT,
    PRIMARY KEY (assessment, unit, item),
    FOREIGN KEY (assessment, unit) REFERENCES assessment_units (assessment, unit)
);

-- Contents by their hash: the same file is kept once.
CREATE TABLE assessment_contents (
    hash TEXT PRIMARY KEY,
    length BIGINT NOT NULL,
    content BLOB NOT NULL
);

CREATE TABLE assessment_files (
    id TEXT PRIMARY KEY,
    assessment TEXT NOT NULL,
    unit TEXT NOT NULL,
    item TEXT NOT NULL,
    name TEXT NOT NULL,
    hash TEXT NOT NULL REFERENCES assessment_contents (hash),
    length BIGINT NOT NULL,
    made_at TEXT NOT NULL,
    made_by TEXT,
    withdrawn BIGINT NOT NULL,
    FOREIGN KEY (assessment, unit) REFERENCES assessment_units (assessment, unit)
);
CREATE INDEX assessment_files_unit ON assessment_files (assessment, unit);

-- Who is called to review which unit; `items` empty: all that are reviewed. `number` stands for the person.
CREATE TABLE assessment_calls (
    assessment TEXT NOT NULL,
    person TEXT NOT NULL,
    unit TEXT NOT NULL,
    number BIGINT NOT NULL,
    items TEXT NOT NULL,
    conflict TEXT,
    called_at TEXT NOT NULL,
    PRIMARY KEY (assessment, person, unit),
    FOREIGN KEY (assessment, unit) REFERENCES assessment_units (assessment, unit)
);
CREATE INDEX assessment_calls_person ON assessment_calls (person);

CREATE TABLE assessment_marks (
    assessment TEXT NOT NULL,
    person TEXT NOT NULL,
    unit TEXT NOT NULL,
    item TEXT NOT NULL,
    version BIGINT NOT NULL,
    score TEXT NOT NULL,
    words TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (assessment, person, unit, item),
    FOREIGN KEY (assessment, person, unit) REFERENCES assessment_calls (assessment, person, unit)
);

CREATE TABLE assessment_objections (
    id TEXT PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    version BIGINT NOT NULL,
    assessment TEXT NOT NULL,
    unit TEXT NOT NULL,
    item TEXT NOT NULL,
    reasons TEXT NOT NULL,
    wanted TEXT,
    snapshot BIGINT NOT NULL,
    made_by TEXT,
    made_at TEXT NOT NULL,
    decision TEXT,
    value TEXT,
    reason TEXT,
    decided_by TEXT,
    decided_at TEXT,
    after_snapshot BIGINT,
    UNIQUE (assessment, unit, item),
    FOREIGN KEY (assessment, unit) REFERENCES assessment_units (assessment, unit)
);

-- Appended to, never changed.
CREATE TABLE assessment_snapshots (
    assessment TEXT NOT NULL REFERENCES assessment_assessments (id),
    number BIGINT NOT NULL,
    at TEXT NOT NULL,
    person TEXT,
    why TEXT NOT NULL,
    hash TEXT NOT NULL,
    scores_hash TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (assessment, number)
);
