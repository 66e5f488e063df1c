-- What carriers and tracking services have said of parcels, built from the journal by the
-- projection of tracking. at is in UTC, of what was east of it by so many seconds.
CREATE TABLE track_events (
  parcel   TEXT NOT NULL,
  at       INTEGER NOT NULL,
  id       TEXT NOT NULL,
  east     INTEGER NOT NULL,
  zone     TEXT NOT NULL,
  number   TEXT NOT NULL,
  carrier  TEXT NOT NULL,
  heard    INTEGER NOT NULL,
  source   TEXT NOT NULL,
  code     TEXT NOT NULL,
  state    TEXT NOT NULL,
  clears   INTEGER NOT NULL,
  evidence TEXT NOT NULL,
  until    TEXT NOT NULL,
  expected TEXT NOT NULL,
  PRIMARY KEY (parcel, at, id)
) WITHOUT ROWID;
-- Where each parcel is, as its events say together.
CREATE TABLE standings (
  parcel    TEXT NOT NULL,
  number    TEXT NOT NULL,
  state     TEXT NOT NULL,
  since     INTEGER NOT NULL,
  last      INTEGER NOT NULL,
  heard     INTEGER NOT NULL,
  scanned   INTEGER NOT NULL,
  delivered INTEGER NOT NULL,
  clashes   INTEGER NOT NULL,
  body      BLOB NOT NULL,
  PRIMARY KEY (parcel, number)
) WITHOUT ROWID;
-- How often buyers asked where a parcel is.
CREATE TABLE buyers_asked (
  parcel TEXT NOT NULL,
  at     INTEGER NOT NULL,
  person TEXT NOT NULL,
  PRIMARY KEY (parcel, at)
) WITHOUT ROWID;
-- No old row says anything of this: the projection begins where the others stand.
INSERT INTO positions (projection, writer, seq, person, order_id)
  SELECT 'track', writer, min(seq), '', '' FROM positions GROUP BY writer HAVING count(*) >= 7;
-- What carriers said in words, and where: no journal knows it, so that it can be erased.
CREATE TABLE track_words (
  id    TEXT PRIMARY KEY,
  words TEXT NOT NULL,
  place TEXT NOT NULL,
  sum   INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
-- What was heard last, and what arrived last, are looked for without reading all.
CREATE INDEX standings_heard ON standings (heard);
CREATE INDEX standings_delivered ON standings (delivered) WHERE delivered > 0;
