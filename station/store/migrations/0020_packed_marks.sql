-- Which lots and serials lie in which parcel: built from the journal by the projection of
-- parcels. parcel is '' while it is open. serial is folded, given is as it was scanned.
CREATE TABLE packed_marks (
  order_id TEXT NOT NULL,
  parcel   TEXT NOT NULL,
  sku      TEXT NOT NULL,
  gtin     TEXT NOT NULL,
  serial   TEXT NOT NULL,
  lot      TEXT NOT NULL,
  qty      INTEGER NOT NULL,
  PRIMARY KEY (order_id, parcel, sku, gtin, serial, lot)
) WITHOUT ROWID;
CREATE INDEX packed_marks_serial ON packed_marks (serial) WHERE serial <> '';
CREATE INDEX packed_marks_lot ON packed_marks (lot) WHERE lot <> '';
