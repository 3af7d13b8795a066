-- A class in a query is looked up by its symbol.
CREATE INDEX schemes_symbol ON schemes (scheme, symbol);
