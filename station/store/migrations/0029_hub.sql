-- What this folder changed of what the folders of a hub share, and has not told the hub
-- yet. A row that is changed again comes anew, with a higher number.
CREATE TABLE hub_changes (
  n    INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  key  TEXT NOT NULL,
  UNIQUE (kind, key)
);
-- The hub that the folder belongs to, one row or none. copying is 1 while what others
-- changed is written, within one transaction. pass proves to the hub that this folder is
-- no copy of another; next is what follows it. turn is the hub's when it was read last. before is a list of the chains
-- (JSON) that were written here before the folder belonged to it.
CREATE TABLE hub_here (
  one     INTEGER PRIMARY KEY CHECK (one = 1),
  hub     TEXT NOT NULL,
  station TEXT NOT NULL,
  copying INTEGER NOT NULL,
  pass    TEXT NOT NULL,
  next    TEXT NOT NULL,
  turn    INTEGER NOT NULL,
  sign    TEXT NOT NULL,
  before  TEXT NOT NULL
);
-- How far each feed of the hub was read.
CREATE TABLE hub_feeds (
  feed TEXT PRIMARY KEY,
  n    INTEGER NOT NULL
) WITHOUT ROWID;
