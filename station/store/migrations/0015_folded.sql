-- What people search for, without regard to capitals: see fold. An index holds all that
-- a search reads, so that it goes through no bodies.
ALTER TABLE products ADD COLUMN folded TEXT NOT NULL DEFAULT '';
UPDATE products SET folded = fold(name || char(10) || sku);
CREATE INDEX products_folded ON products (folded, sku);
ALTER TABLE orders ADD COLUMN folded TEXT NOT NULL DEFAULT '';
UPDATE orders SET folded = fold(name);
CREATE INDEX orders_folded ON orders (folded, id);
ALTER TABLE cases ADD COLUMN folded TEXT NOT NULL DEFAULT '';
UPDATE cases SET folded = fold(id || char(10) || station || char(10) || sku || char(10) || person || char(10) || order_id || char(10) ||
  CASE WHEN json_valid(CAST(body AS TEXT)) THEN coalesce(json_extract(CAST(body AS TEXT), '$.Scanned'), '') ELSE '' END);
