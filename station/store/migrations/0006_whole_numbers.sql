-- A number is kept whole, not as its serial: another company prefix, extension
-- digit or range of a carrier counts anew, and yet no number may come twice.
-- What was numbered before has only its serial left.
CREATE TABLE label_numbers (
  effect   TEXT PRIMARY KEY,
  parcel   TEXT NOT NULL,
  carrier  TEXT NOT NULL,
  sscc     TEXT NOT NULL UNIQUE,
  tracking TEXT NOT NULL,
  UNIQUE (carrier, tracking)
) WITHOUT ROWID;
INSERT INTO label_numbers SELECT effect, parcel, carrier, 'serial ' || sscc, 'serial ' || tracking FROM label_intents;
DROP TABLE label_intents;
