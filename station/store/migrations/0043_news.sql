-- What is new of parcels is found without reading all of them.
CREATE INDEX IF NOT EXISTS manifests_closed ON manifests (closed);
CREATE INDEX IF NOT EXISTS tracked_at ON tracked (state_at);
