-- Which order of which shop: numbers may repeat between shops. An order from
-- before keeps its number as its id, and its shop's own id is not known.
ALTER TABLE orders ADD COLUMN shop TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN shop_id TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN number TEXT NOT NULL DEFAULT '';
UPDATE orders SET shop_id = id, number = id,
  shop = CASE WHEN json_valid(CAST(body AS TEXT)) THEN coalesce(json_extract(CAST(body AS TEXT), '$.Shop'), '') ELSE '' END;
CREATE UNIQUE INDEX orders_identity ON orders (shop, shop_id);
CREATE INDEX orders_number ON orders (number);
