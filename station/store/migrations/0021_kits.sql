-- What kits are made of, as their products say it: which kits a part is in is asked when
-- a part is scanned with no order open, and when a kit must not hold another one. whole
-- is 1 for one that comes packed already.
CREATE TABLE kit_parts (
  kit   TEXT NOT NULL,
  part  TEXT NOT NULL,
  qty   INTEGER NOT NULL,
  whole INTEGER NOT NULL,
  PRIMARY KEY (kit, part)
) WITHOUT ROWID;
CREATE INDEX kit_parts_part ON kit_parts (part, kit);
