-- What is new of parcels is found without reading all of them.
CREATE INDEX manifests_closed ON manifests (closed);
CREATE INDEX tracked_at ON tracked (state_at);
