-- What left with which van. Built from the journal, with the parcels.
CREATE TABLE manifests (
  id      TEXT PRIMARY KEY,
  carrier TEXT NOT NULL,
  station TEXT NOT NULL,
  person  TEXT NOT NULL,
  driver  TEXT NOT NULL,
  began   INTEGER NOT NULL,
  closed  INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX manifests_began ON manifests (began);
CREATE TABLE manifest_parcels (
  manifest TEXT NOT NULL,
  n        INTEGER NOT NULL,
  parcel   TEXT NOT NULL,
  PRIMARY KEY (manifest, n)
) WITHOUT ROWID;
CREATE INDEX manifest_parcels_parcel ON manifest_parcels (parcel);
CREATE INDEX parcels_dock ON parcels (carrier) WHERE state = 'closed';

-- Names of drivers, by the keyed hash that the journal holds. Personal data:
-- may be erased.
CREATE TABLE drivers (
  id   TEXT PRIMARY KEY,
  name TEXT NOT NULL
) WITHOUT ROWID;
