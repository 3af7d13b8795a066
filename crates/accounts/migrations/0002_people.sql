-- Times are RFC 3339 in UTC with milliseconds, so that they sort as texts. What is called sealed can be read only with
-- the key of the installation; a key column holds the keyed hash by which a value is looked up.
-- One row: a keyed hash of nothing, by which another key is noticed before it does harm.
CREATE TABLE accounts_key (one BIGINT PRIMARY KEY, proof TEXT NOT NULL);

CREATE TABLE accounts_people (
    id TEXT PRIMARY KEY,
    version BIGINT NOT NULL,
    request TEXT UNIQUE,
    deleted_at TEXT,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    wants_mail BIGINT NOT NULL,
    email TEXT,
    email_key TEXT UNIQUE,
    email_confirmed_at TEXT,
    telephone TEXT,
    telephone_key TEXT UNIQUE,
    address TEXT,
    password TEXT,
    grants_version BIGINT NOT NULL,
    consent TEXT NOT NULL,
    created_at TEXT NOT NULL
);

-- `token` and `before` are hashes; `before` is the token that was replaced last and is honoured for some seconds.
CREATE TABLE accounts_sessions (
    id TEXT PRIMARY KEY,
    token TEXT NOT NULL UNIQUE,
    before TEXT,
    rotated_at TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES accounts_people (id),
    pending BIGINT NOT NULL,
    grants_version BIGINT NOT NULL,
    began_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    device TEXT NOT NULL,
    address TEXT NOT NULL
);
CREATE INDEX accounts_sessions_person ON accounts_sessions (person);
CREATE INDEX accounts_sessions_before ON accounts_sessions (before);
CREATE INDEX accounts_sessions_began ON accounts_sessions (began_at);

-- An empty organisation is everywhere. Days are texts YYYY-MM-DD; an end is the first day that is no longer in.
CREATE TABLE accounts_grants (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL REFERENCES accounts_people (id),
    role TEXT NOT NULL,
    organisation TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT NOT NULL,
    given_by TEXT NOT NULL,
    given_at TEXT NOT NULL
);
CREATE INDEX accounts_grants_person ON accounts_grants (person);
CREATE INDEX accounts_grants_organisation ON accounts_grants (organisation);
CREATE INDEX accounts_grants_role ON accounts_grants (role);

-- One row: whoever gives or takes a role holds it.
CREATE TABLE accounts_grant_changes (changes BIGINT NOT NULL);
INSERT INTO accounts_grant_changes (changes) VALUES (0);

-- Failed attempts, by the keyed hash of whom or where from.
CREATE TABLE accounts_attempts (
    subject TEXT PRIMARY KEY,
    failures BIGINT NOT NULL,
    last_at TEXT NOT NULL,
    blocked_until TEXT NOT NULL
);

-- Links that do one thing once; an empty person keeps the time of an answer the same for addresses nobody has.
CREATE TABLE accounts_links (
    hash TEXT PRIMARY KEY,
    purpose TEXT NOT NULL,
    person TEXT NOT NULL,
    email_key TEXT NOT NULL,
    ends_at TEXT NOT NULL
);
CREATE INDEX accounts_links_person ON accounts_links (person, purpose);

-- `secret` is sealed; `last_step` is the time step of the last code taken; an unconfirmed one is not asked for yet.
CREATE TABLE accounts_second_steps (
    person TEXT PRIMARY KEY REFERENCES accounts_people (id),
    secret TEXT NOT NULL,
    confirmed_at TEXT,
    last_step BIGINT NOT NULL
);
CREATE TABLE accounts_recovery_codes (
    person TEXT NOT NULL REFERENCES accounts_people (id),
    hash TEXT NOT NULL,
    PRIMARY KEY (person, hash)
);

-- Accounts at other providers; `subject` is the provider's name for the person.
CREATE TABLE accounts_identities (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES accounts_people (id),
    linked_at TEXT NOT NULL,
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX accounts_identities_person ON accounts_identities (person);

-- Sign-ins that are under way at a provider; `nonce` and `verifier` are sealed.
CREATE TABLE accounts_flows (
    state TEXT PRIMARY KEY,
    browser TEXT NOT NULL,
    provider TEXT NOT NULL,
    nonce TEXT NOT NULL,
    verifier TEXT NOT NULL,
    person TEXT NOT NULL,
    back TEXT NOT NULL,
    ends_at TEXT NOT NULL
);
