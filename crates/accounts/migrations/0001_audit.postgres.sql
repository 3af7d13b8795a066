-- The last number and hash of each strand; the row is locked by whoever appends.
CREATE TABLE accounts_audit_heads (
    strand BIGINT PRIMARY KEY,
    number BIGINT NOT NULL,
    hash TEXT NOT NULL
);

-- Times are RFC 3339 in UTC with milliseconds, so that they sort as texts.
CREATE TABLE accounts_audit (
    strand BIGINT NOT NULL,
    number BIGINT NOT NULL,
    at TEXT NOT NULL,
    person TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    kind TEXT NOT NULL,
    object TEXT NOT NULL,
    organisation TEXT NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (strand, number)
);
CREATE INDEX accounts_audit_object ON accounts_audit (kind, object, at);
CREATE INDEX accounts_audit_at ON accounts_audit (at);
CREATE INDEX accounts_audit_person ON accounts_audit (person, at);
