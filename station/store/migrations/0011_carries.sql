-- How the benches stood at the ends of days, so that a shift book need not begin
-- at the first row of the journal. Made from the journal; what stands in the texts
-- is the shift book's business. at is a time in nanoseconds.
CREATE TABLE carries (
  at   INTEGER PRIMARY KEY,
  body BLOB NOT NULL
);
-- Parcels that rest, closed and in the house, each from the end of a day to
-- another: until is the largest number while it rests.
CREATE TABLE resting (
  parcel TEXT NOT NULL,
  since  INTEGER NOT NULL,
  until  INTEGER NOT NULL,
  body   BLOB NOT NULL,
  PRIMARY KEY (parcel, since)
) WITHOUT ROWID;
