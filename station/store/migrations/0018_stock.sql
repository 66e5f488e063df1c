-- The ledger of stock, built from the journal. A movement is only ever added; n is the
-- row's number in the order of arrival, i the movement's in the row. sale is when the
-- parcel of a shipped movement was closed, that of one that came back by its void too.
CREATE TABLE stock_moves (
  n      INTEGER NOT NULL,
  i      INTEGER NOT NULL,
  row    TEXT NOT NULL,
  at     INTEGER NOT NULL,
  sku    TEXT NOT NULL,
  bin    TEXT NOT NULL,
  qty    INTEGER NOT NULL,
  kind   TEXT NOT NULL,
  reason TEXT NOT NULL,
  person TEXT NOT NULL,
  parcel TEXT NOT NULL,
  sscc   TEXT NOT NULL,
  sale   INTEGER NOT NULL,
  PRIMARY KEY (n, i)
) WITHOUT ROWID;
CREATE INDEX stock_moves_sku ON stock_moves (sku, n);
CREATE INDEX stock_moves_parcel ON stock_moves (parcel) WHERE parcel <> '';
-- The sums of the movements.
CREATE TABLE stock_sums (
  sku     TEXT NOT NULL,
  bin     TEXT NOT NULL,
  on_hand INTEGER NOT NULL,
  PRIMARY KEY (sku, bin)
) WITHOUT ROWID;
CREATE INDEX stock_sums_bin ON stock_sums (bin);
-- Products whose stock is kept: somebody said how much there is. Of the others only what
-- was shipped is known.
CREATE TABLE stock_kept (
  sku TEXT PRIMARY KEY,
  n   INTEGER NOT NULL
) WITHOUT ROWID;
-- What people counted. body is the fact.
CREATE TABLE stock_counts (
  n       INTEGER NOT NULL,
  i       INTEGER NOT NULL,
  row     TEXT NOT NULL,
  at      INTEGER NOT NULL,
  sku     TEXT NOT NULL,
  bin     TEXT NOT NULL,
  outcome TEXT NOT NULL,
  diff    INTEGER NOT NULL,
  body    BLOB NOT NULL,
  PRIMARY KEY (n, i)
) WITHOUT ROWID;
CREATE INDEX stock_counts_place ON stock_counts (sku, bin, n);
-- How products are bought, as people said.
CREATE TABLE stock_terms (
  sku      TEXT PRIMARY KEY,
  supplier TEXT NOT NULL,
  lead     INTEGER NOT NULL,
  pack     INTEGER NOT NULL,
  on_order INTEGER NOT NULL,
  said     INTEGER NOT NULL,
  sum      INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
