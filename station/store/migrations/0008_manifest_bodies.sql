-- What stands on the list of a van, as it was when the van left: orders and
-- rate cards may be taken in anew. Not built from the journal.
CREATE TABLE manifest_bodies (
  manifest TEXT PRIMARY KEY,
  effect   TEXT NOT NULL,
  body     BLOB NOT NULL
) WITHOUT ROWID;
