-- What each service that follows parcels was told to follow, beside the journal: a number is
-- 'sent' from before the service is called until its answer is kept. asked is when it was
-- asked last, answer what it said that is odd.
CREATE TABLE service_numbers (
  account TEXT NOT NULL,
  number  TEXT NOT NULL,
  parcel  TEXT NOT NULL,
  state   TEXT NOT NULL,
  ref     TEXT NOT NULL,
  tries   INTEGER NOT NULL,
  sent    INTEGER NOT NULL,
  asked   INTEGER NOT NULL,
  answer  TEXT NOT NULL,
  sum     INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (account, parcel, number)
) WITHOUT ROWID;
