-- What closed parcels say of masses, in the order in which they came: a parcel that is
-- open again says nothing, and one that is closed again is the latest. body is '' then.
CREATE TABLE lessons (
  no     INTEGER PRIMARY KEY,
  parcel TEXT NOT NULL UNIQUE,
  at     INTEGER NOT NULL,
  mass   INTEGER NOT NULL,
  carton TEXT NOT NULL,
  body   BLOB NOT NULL
);
CREATE INDEX lessons_at ON lessons (at, parcel);
