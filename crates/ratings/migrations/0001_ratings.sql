-- Moments are texts in UTC with three digits of a second, days are texts YYYY-MM-DD of the offices.

-- One row for each matter or visit. `level` is the code of GB/T 39046: 1 is the best. Of an anonymous rating `rater` is
-- empty, and what names the matter is read by nobody but whoever rated.
CREATE TABLE ratings_ratings (
    id TEXT PRIMARY KEY,
    version BIGINT NOT NULL,
    key TEXT NOT NULL UNIQUE,
    subject TEXT NOT NULL UNIQUE,
    reference TEXT NOT NULL,
    outlet TEXT NOT NULL,
    item TEXT,
    region TEXT NOT NULL,
    channel TEXT NOT NULL,
    level BIGINT NOT NULL,
    tags TEXT NOT NULL,
    words TEXT NOT NULL,
    anonymous BIGINT NOT NULL,
    rater TEXT,
    entered_by TEXT,
    day TEXT NOT NULL,
    at TEXT NOT NULL,
    corrections BIGINT NOT NULL,
    standing TEXT NOT NULL
);
CREATE INDEX ratings_ratings_outlet ON ratings_ratings (outlet, day, id);
CREATE INDEX ratings_ratings_day ON ratings_ratings (day, id);
CREATE INDEX ratings_ratings_counted ON ratings_ratings (standing, day, outlet, item, level);
CREATE INDEX ratings_ratings_rater ON ratings_ratings (rater);

-- What a rating said before it was corrected.
CREATE TABLE ratings_corrections (
    rating TEXT NOT NULL REFERENCES ratings_ratings (id),
    number BIGINT NOT NULL,
    level BIGINT NOT NULL,
    tags TEXT NOT NULL,
    words TEXT NOT NULL,
    until_at TEXT NOT NULL,
    PRIMARY KEY (rating, number)
);

CREATE TABLE ratings_visits (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    outlet TEXT NOT NULL,
    day TEXT NOT NULL,
    item TEXT,
    channel TEXT NOT NULL,
    poster BIGINT NOT NULL,
    made_by TEXT
);
CREATE INDEX ratings_visits_outlet ON ratings_visits (outlet, day, poster);

-- The code that an outlet has put up; empty: none any more.
CREATE TABLE ratings_posters (
    outlet TEXT PRIMARY KEY,
    version BIGINT NOT NULL,
    code TEXT NOT NULL,
    made_at TEXT NOT NULL
);
CREATE INDEX ratings_posters_code ON ratings_posters (code);

CREATE TABLE ratings_follow_ups (
    id TEXT PRIMARY KEY,
    version BIGINT NOT NULL,
    rating TEXT NOT NULL UNIQUE REFERENCES ratings_ratings (id),
    outlet TEXT NOT NULL,
    state TEXT NOT NULL,
    opened_on TEXT NOT NULL,
    contact_due TEXT NOT NULL,
    due TEXT NOT NULL,
    assignee TEXT,
    contacted_on TEXT,
    answered_on TEXT,
    closed_on TEXT,
    mended BIGINT NOT NULL,
    answer TEXT,
    result TEXT
);
CREATE INDEX ratings_follow_ups_outlet ON ratings_follow_ups (outlet, due, id);
CREATE INDEX ratings_follow_ups_due ON ratings_follow_ups (due, id);

-- Appended to, never changed.
CREATE TABLE ratings_events (
    follow_up TEXT NOT NULL REFERENCES ratings_follow_ups (id),
    number BIGINT NOT NULL,
    at TEXT NOT NULL,
    person TEXT,
    action TEXT NOT NULL,
    from_state TEXT,
    to_state TEXT NOT NULL,
    assignee TEXT,
    words TEXT NOT NULL,
    PRIMARY KEY (follow_up, number)
);

CREATE TABLE ratings_appeals (
    id TEXT PRIMARY KEY,
    version BIGINT NOT NULL,
    rating TEXT NOT NULL UNIQUE REFERENCES ratings_ratings (id),
    key TEXT NOT NULL UNIQUE,
    outlet TEXT NOT NULL,
    ground TEXT NOT NULL,
    words TEXT NOT NULL,
    evidence TEXT NOT NULL,
    made_by TEXT,
    made_at TEXT NOT NULL,
    decision TEXT,
    decided_by TEXT,
    decided_at TEXT,
    reason TEXT
);
CREATE INDEX ratings_appeals_outlet ON ratings_appeals (outlet, made_at, id);
CREATE INDEX ratings_appeals_made ON ratings_appeals (made_at, id);
