-- Shops that orders are fetched from and shipments are told to. The key of a shop
-- stands in a file of its own, never here. since is when it was added.
CREATE TABLE shops (
  id      TEXT PRIMARY KEY,
  kind    TEXT NOT NULL,
  url     TEXT NOT NULL,
  options BLOB NOT NULL,
  paused  INTEGER NOT NULL,
  since   INTEGER NOT NULL,
  sum     INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
-- How far each list of a shop was read, and how it went the last time.
CREATE TABLE shop_lists (
  shop    TEXT NOT NULL,
  list    TEXT NOT NULL,
  cursor  TEXT NOT NULL,
  read    INTEGER NOT NULL,
  tried   INTEGER NOT NULL,
  next    INTEGER NOT NULL,
  trouble TEXT NOT NULL,
  sum     INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (shop, list)
) WITHOUT ROWID;
-- What has to go out, each thing once: the key says which. Rows stay.
CREATE TABLE outbox (
  entry    INTEGER PRIMARY KEY,
  key      TEXT NOT NULL UNIQUE,
  target   TEXT NOT NULL,
  kind     TEXT NOT NULL,
  order_id TEXT NOT NULL,
  parcel   TEXT NOT NULL,
  body     BLOB NOT NULL,
  state    TEXT NOT NULL,
  tries    INTEGER NOT NULL,
  added    INTEGER NOT NULL,
  next     INTEGER NOT NULL,
  moved    INTEGER NOT NULL,
  answer   TEXT NOT NULL,
  remote   TEXT NOT NULL,
  sum      INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX outbox_open ON outbox (target, entry) WHERE state IN ('waiting', 'unknown');
CREATE INDEX outbox_state ON outbox (state, entry) WHERE state <> 'done';
CREATE INDEX outbox_order ON outbox (order_id);
-- No shop was told of anything before: the outbox begins behind the rows that are there.
INSERT INTO positions (projection, writer, seq, person, order_id)
  SELECT 'outbox', w.writer, (SELECT coalesce(max(id), w.no << 40) FROM journal WHERE id < (w.no + 1) << 40) - (w.no << 40), '', '' FROM writers w;
