-- What came back, or is announced to: built from the journal. money is '' where nothing is
-- owed, then owed, told, paid or refused. due is the day by which it has to be paid.
CREATE TABLE returns (
  id       TEXT PRIMARY KEY,
  order_id TEXT NOT NULL,
  parcel   TEXT NOT NULL,
  sscc     TEXT NOT NULL,
  station  TEXT NOT NULL,
  person   TEXT NOT NULL,
  place    TEXT NOT NULL,
  state    TEXT NOT NULL,
  mass     INTEGER NOT NULL,
  began    INTEGER NOT NULL,
  closed   INTEGER NOT NULL,
  odd      INTEGER NOT NULL,
  missed   INTEGER NOT NULL,
  money    TEXT NOT NULL,
  owed     INTEGER NOT NULL,
  currency TEXT NOT NULL,
  due      INTEGER NOT NULL,
  way      TEXT NOT NULL,
  payer    TEXT NOT NULL,
  why      TEXT NOT NULL,
  settled  INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX returns_sscc ON returns (sscc) WHERE sscc <> '';
CREATE INDEX returns_order ON returns (order_id) WHERE order_id <> '';
CREATE INDEX returns_due ON returns (due, id) WHERE money IN ('owed', 'told');
CREATE INDEX returns_open ON returns (began, id) WHERE state IN ('announced', 'open', 'parked') OR sscc = '';
-- The units of a return, each where it lies. odd says why it is none of those that left.
CREATE TABLE return_units (
  return_id   TEXT NOT NULL,
  n           INTEGER NOT NULL,
  line        TEXT NOT NULL,
  sku         TEXT NOT NULL,
  qty         INTEGER NOT NULL,
  gtin        TEXT NOT NULL,
  serial      TEXT NOT NULL,
  lot         TEXT NOT NULL,
  odd         TEXT NOT NULL,
  grade       TEXT NOT NULL,
  disposition TEXT NOT NULL,
  bin         TEXT NOT NULL,
  PRIMARY KEY (return_id, n)
) WITHOUT ROWID;
CREATE INDEX return_units_serial ON return_units (serial) WHERE serial <> '';
-- What was announced of a return.
CREATE TABLE return_comes (
  return_id TEXT NOT NULL,
  line      TEXT NOT NULL,
  sku       TEXT NOT NULL,
  qty       INTEGER NOT NULL,
  reason    TEXT NOT NULL,
  PRIMARY KEY (return_id, line)
) WITHOUT ROWID;
-- Codes that were found on a blind return, and that nobody understood.
CREATE TABLE return_codes (
  return_id TEXT NOT NULL,
  code      TEXT NOT NULL,
  PRIMARY KEY (return_id, code)
) WITHOUT ROWID;
-- Bins whose goods are not for sale: they are in no sum of what there is to send.
CREATE TABLE stock_apart (
  bin TEXT PRIMARY KEY,
  n   INTEGER NOT NULL
) WITHOUT ROWID;
-- No old row says anything of returns: the projection begins where that of orders stands.
INSERT INTO positions (projection, writer, seq, person, order_id)
  SELECT 'returns', writer, seq, person, order_id FROM positions WHERE projection = 'orders';
