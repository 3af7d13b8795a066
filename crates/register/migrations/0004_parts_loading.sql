-- When a source was last loaded, without reading the parts.
CREATE INDEX parts_by_loading ON parts (source, loaded_at);
