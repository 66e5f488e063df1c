-- Projections: everything here can be rebuilt from the journal.
-- person, order_id and parcel are who worked on what after row seq.
CREATE TABLE positions (
  projection TEXT NOT NULL,
  writer     TEXT NOT NULL,
  seq        INTEGER NOT NULL,
  person     TEXT NOT NULL,
  order_id   TEXT NOT NULL,
  PRIMARY KEY (projection, writer)
) WITHOUT ROWID;

CREATE TABLE progress (
  order_id TEXT PRIMARY KEY,
  state    TEXT NOT NULL,
  station  TEXT NOT NULL,
  person   TEXT NOT NULL,
  begun    INTEGER NOT NULL,
  short    INTEGER NOT NULL,
  opened   INTEGER NOT NULL,
  at       INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX progress_at ON progress (at);

CREATE TABLE parcels (
  id       TEXT PRIMARY KEY,
  order_id TEXT NOT NULL,
  station  TEXT NOT NULL,
  person   TEXT NOT NULL,
  carton   TEXT NOT NULL,
  service  TEXT NOT NULL,
  carrier  TEXT NOT NULL,
  price    INTEGER NOT NULL,
  currency TEXT NOT NULL,
  sscc     TEXT NOT NULL,
  tracking TEXT NOT NULL,
  mass     INTEGER NOT NULL,
  typed    INTEGER NOT NULL,
  contents BLOB NOT NULL,
  state    TEXT NOT NULL,
  began    INTEGER NOT NULL,
  closed   INTEGER NOT NULL,
  at       INTEGER NOT NULL
);
CREATE INDEX parcels_order ON parcels (order_id);
CREATE INDEX parcels_closed ON parcels (closed);

CREATE TABLE parcel_labels (
  sscc     TEXT PRIMARY KEY,
  tracking TEXT NOT NULL,
  parcel   TEXT NOT NULL,
  document TEXT NOT NULL,
  service  TEXT NOT NULL,
  voided   INTEGER NOT NULL,
  reprints INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX parcel_labels_tracking ON parcel_labels (tracking);
CREATE INDEX parcel_labels_parcel ON parcel_labels (parcel);

CREATE TABLE cases (
  id       TEXT PRIMARY KEY,
  at       INTEGER NOT NULL,
  station  TEXT NOT NULL,
  kind     TEXT NOT NULL,
  code     TEXT NOT NULL,
  order_id TEXT NOT NULL,
  parcel   TEXT NOT NULL,
  sku      TEXT NOT NULL,
  person   TEXT NOT NULL,
  body     BLOB NOT NULL,
  state    TEXT NOT NULL,
  resolver TEXT NOT NULL,
  reason   TEXT NOT NULL,
  moved    INTEGER NOT NULL
);
CREATE INDEX cases_at ON cases (at);
CREATE INDEX cases_open ON cases (at) WHERE state = 'open';
CREATE INDEX cases_order ON cases (order_id);

CREATE TABLE mentions (
  order_id TEXT NOT NULL,
  n        INTEGER NOT NULL,
  writer   TEXT NOT NULL,
  seq      INTEGER NOT NULL,
  PRIMARY KEY (order_id, n)
) WITHOUT ROWID;

-- Which rows of a writer fall into an hour (UTC, hours since 1970).
CREATE TABLE hours (
  writer TEXT NOT NULL,
  hour   INTEGER NOT NULL,
  first  INTEGER NOT NULL,
  last   INTEGER NOT NULL,
  PRIMARY KEY (writer, hour)
) WITHOUT ROWID;
