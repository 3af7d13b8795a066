-- Moments are texts in UTC with three digits of a second, so that they sort as texts.

-- What someone is told. `address` and `lang` are of those without an account; both and `fields` are emptied when a
-- notice that is not shown in the portal has been sent.
CREATE TABLE notices_notices (
    id TEXT PRIMARY KEY,
    put_at TEXT NOT NULL,
    template TEXT NOT NULL,
    fields TEXT NOT NULL,
    link TEXT NOT NULL,
    person TEXT,
    organisation TEXT,
    address TEXT,
    lang TEXT,
    portal BIGINT NOT NULL,
    read_at TEXT,
    read_by TEXT
);
CREATE INDEX notices_notices_person ON notices_notices (person, put_at, id) WHERE portal = 1;
CREATE INDEX notices_notices_organisation ON notices_notices (organisation, put_at, id) WHERE portal = 1;
CREATE INDEX notices_notices_person_unread ON notices_notices (person) WHERE portal = 1 AND read_at IS NULL;
CREATE INDEX notices_notices_organisation_unread ON notices_notices (organisation) WHERE portal = 1 AND read_at IS NULL;

-- What is to be sent. A claim moves `due_at` on by the lease and counts `attempts`: who dies in the middle leaves a
-- row that is due again, and who comes back late finds another count.
CREATE TABLE notices_outbox (
    notice TEXT NOT NULL REFERENCES notices_notices (id),
    channel TEXT NOT NULL,
    state TEXT NOT NULL,
    since TEXT NOT NULL,
    due_at TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    done_at TEXT,
    problem TEXT,
    PRIMARY KEY (notice, channel)
);
CREATE INDEX notices_outbox_due ON notices_outbox (due_at, notice) WHERE state = 'waiting';
CREATE INDEX notices_outbox_done ON notices_outbox (state, done_at);

-- Where organisations want to be told. No secret is at rest: the key of signatures follows from the salt and the key
-- of the installation. An empty address: no more.
CREATE TABLE notices_webhooks (
    organisation TEXT PRIMARY KEY,
    version BIGINT NOT NULL,
    address TEXT NOT NULL,
    salt TEXT NOT NULL,
    set_at TEXT NOT NULL
);

-- One row: whoever claims from the outbox holds it.
CREATE TABLE notices_turn (claims BIGINT NOT NULL);
INSERT INTO notices_turn (claims) VALUES (0);
