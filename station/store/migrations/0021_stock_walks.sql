-- Bins that somebody is counting with a scanner: body is what they found so far.
CREATE TABLE stock_walks (
  person TEXT PRIMARY KEY,
  body   BLOB NOT NULL,
  sum    INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
