-- The journal. id is the writer's number * 2^40 + seq, so that one writer's
-- rows lie together and an append touches one page. n is the order in which
-- rows of all writers arrived in this file; projections are built in it.
CREATE TABLE writers (
  no     INTEGER PRIMARY KEY,
  writer TEXT NOT NULL UNIQUE
);
CREATE TABLE journal (
  id    INTEGER PRIMARY KEY,
  n     INTEGER NOT NULL,
  at    TEXT NOT NULL,
  input BLOB NOT NULL,
  facts BLOB NOT NULL,
  prev  BLOB NOT NULL,
  hash  BLOB NOT NULL
);
CREATE TABLE snapshots (
  writer  TEXT PRIMARY KEY,
  seq     INTEGER NOT NULL,
  hash    BLOB NOT NULL,
  version INTEGER NOT NULL,
  state   BLOB NOT NULL
) WITHOUT ROWID;

-- The catalogue: what shops and people gave.
CREATE TABLE products (
  sku  TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  body BLOB NOT NULL
);
CREATE TABLE product_codes (
  code   TEXT NOT NULL,
  sku    TEXT NOT NULL,
  factor INTEGER NOT NULL,
  gtin   TEXT NOT NULL,
  PRIMARY KEY (code, sku)
) WITHOUT ROWID;
CREATE INDEX product_codes_gtin ON product_codes (gtin) WHERE gtin <> '';
CREATE INDEX product_codes_sku ON product_codes (sku);
CREATE TABLE product_aliases (
  alias TEXT NOT NULL,
  sku   TEXT NOT NULL,
  PRIMARY KEY (alias, sku)
) WITHOUT ROWID;
CREATE INDEX product_aliases_sku ON product_aliases (sku);
CREATE TABLE cartons (
  id   TEXT PRIMARY KEY,
  body BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE rates (
  name TEXT PRIMARY KEY,
  body BLOB NOT NULL
);

-- Personal data stands in people and orders (address) only.
CREATE TABLE people (
  id    TEXT PRIMARY KEY,
  name  TEXT NOT NULL,
  role  TEXT NOT NULL,
  lang  TEXT NOT NULL,
  badge TEXT NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX people_badge ON people (badge) WHERE badge <> '';

-- due is 1 while the order may be started: open at the shop, and not yet
-- begun, parked, closed or short here. multi is 0 where one unit is all.
CREATE TABLE orders (
  id      TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  status  TEXT NOT NULL,
  reason  TEXT NOT NULL,
  ship_by INTEGER NOT NULL,
  multi   INTEGER NOT NULL,
  due     INTEGER NOT NULL,
  given   BLOB NOT NULL,
  body    BLOB NOT NULL,
  address BLOB NOT NULL
);
CREATE INDEX orders_due ON orders (ship_by, id) WHERE due = 1;
CREATE TABLE order_totes (
  tote     TEXT NOT NULL,
  order_id TEXT NOT NULL,
  PRIMARY KEY (tote, order_id)
) WITHOUT ROWID;
CREATE INDEX order_totes_order ON order_totes (order_id);
-- Only due orders have rows here.
CREATE TABLE order_skus (
  sku      TEXT NOT NULL,
  multi    INTEGER NOT NULL,
  ship_by  INTEGER NOT NULL,
  order_id TEXT NOT NULL,
  PRIMARY KEY (sku, multi, ship_by, order_id)
) WITHOUT ROWID;
CREATE INDEX order_skus_order ON order_skus (order_id);
CREATE TABLE tallies (
  name TEXT PRIMARY KEY,
  n    INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO tallies VALUES ('due', 0);
CREATE TRIGGER orders_due_added AFTER INSERT ON orders WHEN NEW.due = 1
  BEGIN UPDATE tallies SET n = n + 1 WHERE name = 'due'; END;
CREATE TRIGGER orders_due_changed AFTER UPDATE OF due ON orders WHEN NEW.due <> OLD.due
  BEGIN UPDATE tallies SET n = n + NEW.due - OLD.due WHERE name = 'due'; END;
CREATE TRIGGER orders_due_removed AFTER DELETE ON orders WHEN OLD.due = 1
  BEGIN UPDATE tallies SET n = n - 1 WHERE name = 'due'; END;

CREATE TABLE claims (
  order_id TEXT PRIMARY KEY,
  station  TEXT NOT NULL,
  at       INTEGER NOT NULL
) WITHOUT ROWID;

-- Kept for ever: labels and their numbers.
CREATE TABLE documents (
  id       TEXT PRIMARY KEY,
  effect   TEXT NOT NULL UNIQUE,
  kind     TEXT NOT NULL,
  order_id TEXT NOT NULL,
  parcel   TEXT NOT NULL,
  profile  TEXT NOT NULL,
  file     TEXT NOT NULL,
  at       INTEGER NOT NULL,
  pdf      BLOB NOT NULL
);
CREATE INDEX documents_parcel ON documents (parcel);
CREATE INDEX documents_order ON documents (order_id);
CREATE TABLE label_intents (
  effect   TEXT PRIMARY KEY,
  parcel   TEXT NOT NULL,
  carrier  TEXT NOT NULL,
  sscc     INTEGER NOT NULL UNIQUE,
  tracking INTEGER NOT NULL,
  UNIQUE (carrier, tracking)
) WITHOUT ROWID;
CREATE TABLE counters (
  name TEXT PRIMARY KEY,
  last INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE settings (
  name  TEXT PRIMARY KEY,
  value BLOB NOT NULL
) WITHOUT ROWID;
