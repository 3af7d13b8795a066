-- Opening hours of a state, local times HH:MM: what the directory asks for those that are open now.
CREATE TABLE network_hours (
    organisation TEXT NOT NULL REFERENCES network_organisations (id),
    version BIGINT NOT NULL,
    weekday TEXT NOT NULL,
    opens TEXT NOT NULL,
    closes TEXT NOT NULL,
    PRIMARY KEY (organisation, version, weekday, opens)
);
