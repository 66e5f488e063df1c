-- Which bench works. A row holds no time: beat counts on with each renewal, and
-- who asks measures how long it has stayed the same. term counts the starts.
CREATE TABLE leases (
  station TEXT PRIMARY KEY,
  term    INTEGER NOT NULL,
  beat    INTEGER NOT NULL,
  ended   INTEGER NOT NULL
) WITHOUT ROWID;
