-- Closed parcels that were promised for a day, built from the journal by the projection
-- of parcels. handed is when one was put into a van, 0 while it was not.
CREATE TABLE followed (
  parcel   TEXT PRIMARY KEY,
  order_id TEXT NOT NULL,
  carrier  TEXT NOT NULL,
  service  TEXT NOT NULL,
  tracking TEXT NOT NULL,
  promised TEXT NOT NULL,
  handed   INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX followed_promised ON followed (promised);
-- What carriers have said of them last; no journal knows it. delivered is a day, ''
-- before it.
CREATE TABLE tracked (
  parcel    TEXT NOT NULL,
  tracking  TEXT NOT NULL,
  state     TEXT NOT NULL,
  state_at  INTEGER NOT NULL,
  delivered TEXT NOT NULL,
  sum       INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (parcel, tracking)
) WITHOUT ROWID;
