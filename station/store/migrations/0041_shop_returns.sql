-- Which return of a shop a return here was announced by: what comes of it is told there.
CREATE TABLE IF NOT EXISTS shop_returns (
  return_id TEXT PRIMARY KEY,
  shop      TEXT NOT NULL,
  theirs    TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS shop_returns_theirs ON shop_returns (shop, theirs);
