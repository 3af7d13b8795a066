-- A scheme is browsed level by level, and one edition is asked for a symbol: without an index that has all three
-- columns, a reader that wants the first place only walks the edition in its order.
CREATE INDEX schemes_depth ON schemes (scheme, version, depth, ordinal);
CREATE INDEX schemes_place ON schemes (scheme, version, symbol, ordinal);
