-- made_on is how far the hub's feed was read when a row was changed here: what the hub has
-- of it from behind that, others changed meanwhile. again is 1 for a row that was not
-- changed and is told once more, in case the hub lacks it.
ALTER TABLE hub_changes ADD COLUMN made_on INTEGER NOT NULL DEFAULT 0;
ALTER TABLE hub_changes ADD COLUMN again INTEGER NOT NULL DEFAULT 0;
-- seen is how far what is shared was read at most, since the folder belongs to this hub.
ALTER TABLE hub_here ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;
UPDATE hub_here SET seen = coalesce((SELECT n FROM hub_feeds WHERE feed = 'shared'), 0);
ALTER TABLE hub_feeds ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
UPDATE hub_feeds SET sum = row_sum('hub_feeds', feed, n);
-- Rows of the hub that this folder could not keep yet, and why. tried is when last, as a
-- growing number.
CREATE TABLE hub_unkept (
  kind  TEXT NOT NULL,
  key   TEXT NOT NULL,
  n     INTEGER NOT NULL,
  body  BLOB NOT NULL,
  gone  INTEGER NOT NULL,
  why   TEXT NOT NULL,
  tried INTEGER NOT NULL,
  PRIMARY KEY (kind, key)
) WITHOUT ROWID;
CREATE INDEX hub_unkept_tried ON hub_unkept (tried);
-- Changes that were made here and are not kept, because somebody else changed the same
-- row: body is the row as it was here, '' where it was deleted.
CREATE TABLE hub_overruled (
  id   INTEGER PRIMARY KEY AUTOINCREMENT,
  at   INTEGER NOT NULL,
  kind TEXT NOT NULL,
  key  TEXT NOT NULL,
  body BLOB NOT NULL
);
-- known is how many of the tries the hub knows: those behind it were made here.
ALTER TABLE pins ADD COLUMN known INTEGER NOT NULL DEFAULT 0;
-- done is 1 where another station has packed the order.
ALTER TABLE claims ADD COLUMN done INTEGER NOT NULL DEFAULT 0;
UPDATE claims SET sum = row_sum('claims', order_id, station, at, done) WHERE sum = row_sum('claims', order_id, station, at);
