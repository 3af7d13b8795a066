-- A scheme is browsed level by level.
CREATE INDEX schemes_depth ON schemes (scheme, version, depth, ordinal);
