-- The pages of buyers, each with a name that nobody guesses and that was given once: of a
-- parcel by its SSCC, of a return by its order. gone: the page was deleted.
CREATE TABLE site_pages (
  kind     TEXT NOT NULL,
  of       TEXT NOT NULL,
  token    TEXT NOT NULL UNIQUE,
  order_id TEXT NOT NULL,
  made     INTEGER NOT NULL,
  gone     INTEGER NOT NULL,
  sum      INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (kind, of)
) WITHOUT ROWID;
-- What lies where buyers read it, and what it was drawn of. It can be put there again.
CREATE TABLE site_files (
  place TEXT NOT NULL,
  name  TEXT NOT NULL,
  basis TEXT NOT NULL,
  put   INTEGER NOT NULL,
  PRIMARY KEY (place, name)
) WITHOUT ROWID;
