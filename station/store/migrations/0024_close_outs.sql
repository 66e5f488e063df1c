-- What carriers were told that their vans take: the row is there before a carrier is
-- called. van is the manifest, '' for none; body is the carrier's answer.
CREATE TABLE close_outs (
  id      TEXT PRIMARY KEY,
  account TEXT NOT NULL,
  carrier TEXT NOT NULL,
  day     TEXT NOT NULL,
  van     TEXT NOT NULL,
  station TEXT NOT NULL,
  state   TEXT NOT NULL,
  answer  TEXT NOT NULL,
  body    BLOB NOT NULL,
  since   INTEGER NOT NULL,
  moved   INTEGER NOT NULL,
  sum     INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX close_outs_since ON close_outs (since);
CREATE INDEX close_outs_van ON close_outs (van);
-- The purchases on each: one stands on one close-out only. What a carrier refused, or does
-- not know, stands on none.
CREATE TABLE close_out_parcels (
  purchase  TEXT PRIMARY KEY,
  close_out TEXT NOT NULL,
  sum       INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX close_out_parcels_of ON close_out_parcels (close_out);
