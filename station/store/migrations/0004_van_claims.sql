-- Whose a label on the dock is while it is moved: a manifest that loads it, or
-- the opening that voids it. Two benches at one dock take turns by it; what the
-- journal says of parcels comes too late for that.
CREATE TABLE van_claims (
  sscc   TEXT PRIMARY KEY,
  holder TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX van_claims_holder ON van_claims (holder);
