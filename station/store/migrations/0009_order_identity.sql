-- Which order of which shop: numbers may repeat between shops. An order from
-- before keeps its number as its id, and its shop's own id is not known. The name
-- is what people call it: the number, and more where that repeats.
ALTER TABLE orders ADD COLUMN shop TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN shop_id TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN number TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN name TEXT NOT NULL DEFAULT '';
UPDATE orders SET shop_id = id, number = id, name = id,
  shop = CASE WHEN json_valid(CAST(body AS TEXT)) THEN coalesce(json_extract(CAST(body AS TEXT), '$.Shop'), '') ELSE '' END;
CREATE UNIQUE INDEX orders_identity ON orders (shop, shop_id);
CREATE INDEX orders_number ON orders (number);
