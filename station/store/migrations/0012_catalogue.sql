-- What a scan needs of a product, without reading all of it.
ALTER TABLE products ADD COLUMN mass INTEGER NOT NULL DEFAULT 0;
UPDATE products SET mass = coalesce(json_extract(CAST(body AS TEXT), '$.Mass'), 0) WHERE json_valid(CAST(body AS TEXT));
-- Counts the changes of products, cartons, rates, people and orders by their shops:
-- who keeps something of them in memory looks here whether it is still true.
INSERT INTO tallies VALUES ('catalogue', 0);
