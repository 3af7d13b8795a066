-- Days are texts YYYY-MM-DD, moments RFC 3339 in UTC with milliseconds, so that both sort as texts; absent is ''.
-- due_on is '9999-12-31' where nothing is due. JSON stands in texts; what is personal is sealed.

CREATE TABLE cases_numbers (
    year BIGINT PRIMARY KEY,
    next BIGINT NOT NULL
);

CREATE TABLE cases_cases (
    id TEXT PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    submit_key TEXT NOT NULL UNIQUE,
    submit_digest TEXT NOT NULL,
    tracking TEXT NOT NULL UNIQUE,
    version BIGINT NOT NULL,
    events BIGINT NOT NULL,
    state TEXT NOT NULL,
    is_open BIGINT NOT NULL,
    paused BIGINT NOT NULL,
    item TEXT NOT NULL,
    item_version BIGINT NOT NULL,
    title TEXT NOT NULL,
    search TEXT NOT NULL,
    channel TEXT NOT NULL,
    outlet TEXT NOT NULL,
    assignee TEXT NOT NULL,
    client TEXT NOT NULL,
    client_name TEXT NOT NULL,
    lang TEXT NOT NULL,
    contact TEXT NOT NULL,
    parties TEXT NOT NULL,
    answers TEXT NOT NULL,
    received_at TEXT NOT NULL,
    accepted_at TEXT NOT NULL,
    delivered_at TEXT NOT NULL,
    closed_at TEXT NOT NULL,
    touched_at TEXT NOT NULL,
    clock_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    escalated BIGINT NOT NULL,
    consultation BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    answer TEXT NOT NULL,
    parent TEXT NOT NULL,
    merged_into TEXT NOT NULL,
    measured BIGINT,
    on_time BIGINT,
    body TEXT NOT NULL
);
-- The lists of an outlet in their three orders, open ones and all; then those of a jurisdiction.
CREATE INDEX cases_outlet_open ON cases_cases (outlet, is_open, due_on, id);
CREATE INDEX cases_outlet_open_received ON cases_cases (outlet, is_open, received_at, id);
CREATE INDEX cases_outlet_open_touched ON cases_cases (outlet, is_open, touched_at, id);
CREATE INDEX cases_outlet_due ON cases_cases (outlet, due_on, id);
CREATE INDEX cases_outlet_received ON cases_cases (outlet, received_at, id);
CREATE INDEX cases_outlet_touched ON cases_cases (outlet, touched_at, id);
CREATE INDEX cases_open ON cases_cases (is_open, due_on, id);
CREATE INDEX cases_due ON cases_cases (due_on, id);
CREATE INDEX cases_received ON cases_cases (received_at, id);
CREATE INDEX cases_touched ON cases_cases (touched_at, id);
-- All that the counts of an inbox need, in the order in which they group: they read the index alone.
CREATE INDEX cases_counts ON cases_cases (outlet, is_open, state, paused, due_on, assignee, item, escalated);
CREATE INDEX cases_assigned ON cases_cases (assignee, is_open, due_on, id);
CREATE INDEX cases_client ON cases_cases (client, received_at, id);
CREATE INDEX cases_accepted ON cases_cases (accepted_at);
CREATE INDEX cases_delivered ON cases_cases (delivered_at);
CREATE INDEX cases_closed ON cases_cases (closed_at);
-- Partial: an index that begins with a flag tempts SQLite to skip through it for other questions.
CREATE INDEX cases_consultations ON cases_cases (outlet, received_at, id) WHERE consultation = 1;
CREATE INDEX cases_parent ON cases_cases (parent);
CREATE INDEX cases_merged ON cases_cases (merged_into);

-- What happened; rows are only ever added.
CREATE TABLE cases_events (
    case_id TEXT NOT NULL REFERENCES cases_cases (id),
    number BIGINT NOT NULL,
    version BIGINT NOT NULL,
    at TEXT NOT NULL,
    action TEXT NOT NULL,
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    by_client BIGINT NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    public BIGINT NOT NULL,
    act_key TEXT NOT NULL,
    PRIMARY KEY (case_id, number)
);

-- When the clock stood: the evidence from which deadlines are counted.
CREATE TABLE cases_stands (
    case_id TEXT NOT NULL REFERENCES cases_cases (id),
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (case_id, number)
);

CREATE TABLE cases_messages (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases_cases (id),
    at TEXT NOT NULL,
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    by_client BIGINT NOT NULL,
    internal BIGINT NOT NULL,
    record TEXT NOT NULL,
    words TEXT NOT NULL
);
CREATE INDEX cases_messages_case ON cases_messages (case_id, at);

CREATE TABLE cases_tasks (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES cases_cases (id),
    version BIGINT NOT NULL,
    title TEXT NOT NULL,
    assignee TEXT NOT NULL,
    due_on TEXT NOT NULL,
    made_at TEXT NOT NULL,
    done_at TEXT NOT NULL,
    done_by TEXT NOT NULL
);
CREATE INDEX cases_tasks_case ON cases_tasks (case_id);
CREATE INDEX cases_tasks_assignee ON cases_tasks (assignee, done_at, due_on);

-- Contents by their hash: the same file is kept once.
CREATE TABLE cases_blobs (
    hash TEXT PRIMARY KEY,
    length BIGINT NOT NULL,
    content BLOB NOT NULL
);

-- Versions of documents; case_id is the id of a draft until that is submitted.
CREATE TABLE cases_documents (
    id TEXT NOT NULL,
    version BIGINT NOT NULL,
    case_id TEXT NOT NULL,
    field TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    record TEXT NOT NULL,
    public BIGINT NOT NULL,
    by_client BIGINT NOT NULL,
    person TEXT NOT NULL,
    at TEXT NOT NULL,
    length BIGINT NOT NULL,
    hash TEXT NOT NULL REFERENCES cases_blobs (hash),
    withdrawn BIGINT NOT NULL,
    PRIMARY KEY (id, version)
);
CREATE INDEX cases_documents_case ON cases_documents (case_id);
CREATE INDEX cases_documents_hash ON cases_documents (hash);

CREATE TABLE cases_links (
    case_id TEXT NOT NULL REFERENCES cases_cases (id),
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    label TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (case_id, kind, target)
);
CREATE INDEX cases_links_target ON cases_links (kind, target);

CREATE TABLE cases_labels (
    case_id TEXT NOT NULL REFERENCES cases_cases (id),
    label TEXT NOT NULL,
    PRIMARY KEY (case_id, label)
);
CREATE INDEX cases_labels_label ON cases_labels (label);

CREATE TABLE cases_drafts (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    version BIGINT NOT NULL,
    item TEXT NOT NULL,
    content TEXT NOT NULL,
    saved_at TEXT NOT NULL
);
CREATE INDEX cases_drafts_person ON cases_drafts (person, saved_at);
CREATE INDEX cases_drafts_saved ON cases_drafts (saved_at);

-- A rule warns once of a case and period.
CREATE TABLE cases_warnings (
    case_id TEXT NOT NULL REFERENCES cases_cases (id),
    rule TEXT NOT NULL,
    period TEXT NOT NULL,
    outlet TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (case_id, rule, period)
);
CREATE INDEX cases_warnings_outlet ON cases_warnings (outlet, at);
