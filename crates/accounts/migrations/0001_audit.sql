-- The last number and hash of each strand; the row is locked by whoever appends.
CREATE TABLE accounts_audit_heads (
    strand BIGINT PRIMARY KEY,
    number BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO accounts_audit_heads (strand, number, hash) VALUES
    (0, 0, ''), (1, 0, ''), (2, 0, ''), (3, 0, ''), (4, 0, ''), (5, 0, ''), (6, 0, ''), (7, 0, ''),
    (8, 0, ''), (9, 0, ''), (10, 0, ''), (11, 0, ''), (12, 0, ''), (13, 0, ''), (14, 0, ''), (15, 0, '');

-- Times are RFC 3339 in UTC with milliseconds, so that they sort as texts. `person` is an id; `actor` names a part of the
-- program where that acted. No names of people: entries outlive their deletion.
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
CREATE INDEX accounts_audit_organisation ON accounts_audit (organisation, at);
