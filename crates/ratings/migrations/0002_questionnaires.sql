-- A questionnaire; `draft` is the definition being written, as JSON. `link` opens it to everyone; empty: by invitation.
CREATE TABLE ratings_questionnaires (
    id TEXT PRIMARY KEY,
    version BIGINT NOT NULL,
    key TEXT NOT NULL UNIQUE,
    organisation TEXT NOT NULL,
    state TEXT NOT NULL,
    edition BIGINT NOT NULL,
    draft TEXT NOT NULL,
    until_day TEXT,
    link TEXT NOT NULL,
    made_at TEXT NOT NULL
);
CREATE INDEX ratings_questionnaires_organisation ON ratings_questionnaires (organisation, made_at, id);
CREATE INDEX ratings_questionnaires_link ON ratings_questionnaires (link);

-- What was asked: an edition is never changed, and every answer names its own.
CREATE TABLE ratings_editions (
    questionnaire TEXT NOT NULL REFERENCES ratings_questionnaires (id),
    edition BIGINT NOT NULL,
    definition TEXT NOT NULL,
    published_at TEXT NOT NULL,
    PRIMARY KEY (questionnaire, edition)
);

-- Who was asked, once for each questionnaire. That someone has answered stands here; what, does not.
CREATE TABLE ratings_invitations (
    code TEXT PRIMARY KEY,
    questionnaire TEXT NOT NULL REFERENCES ratings_questionnaires (id),
    person TEXT NOT NULL,
    answered BIGINT NOT NULL,
    UNIQUE (questionnaire, person)
);

-- What was answered, by nobody knows whom; the day alone, not the moment.
CREATE TABLE ratings_answers (
    key TEXT PRIMARY KEY,
    questionnaire TEXT NOT NULL REFERENCES ratings_questionnaires (id),
    edition BIGINT NOT NULL,
    day TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX ratings_answers_questionnaire ON ratings_answers (questionnaire, edition);
