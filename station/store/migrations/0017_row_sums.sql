-- What each row was when it was written, so that what the disk has changed since is
-- noticed. Rows of before are taken as they stand. Who writes sets the sums by triggers
-- of its own connection: see sums.go.
ALTER TABLE settings ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE products ADD COLUMN head INTEGER NOT NULL DEFAULT 0;
ALTER TABLE products ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE product_codes ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE product_aliases ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cartons ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rates ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE people ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE orders ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE order_totes ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE order_skus ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE claims ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE van_claims ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE leases ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE label_numbers ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE manifest_bodies ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE drivers ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE notes ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE writers ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE carries ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE resting ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
UPDATE settings SET sum = row_sum('settings', name, value);
UPDATE products SET head = row_sum('products', sku, name, mass), sum = row_sum('products', sku, body, folded);
UPDATE product_codes SET sum = row_sum('product_codes', code, sku, factor, gtin);
UPDATE product_aliases SET sum = row_sum('product_aliases', alias, sku);
UPDATE cartons SET sum = row_sum('cartons', id, body);
UPDATE rates SET sum = row_sum('rates', name, body);
UPDATE people SET sum = row_sum('people', id, name, role, lang, badge);
UPDATE orders SET sum = row_sum('orders', id, shop, shop_id, number, name, version, status, reason, ship_by, multi, due, given, body, address, folded);
UPDATE order_totes SET sum = row_sum('order_totes', tote, order_id);
UPDATE order_skus SET sum = row_sum('order_skus', sku, multi, ship_by, order_id);
UPDATE claims SET sum = row_sum('claims', order_id, station, at);
UPDATE van_claims SET sum = row_sum('van_claims', sscc, holder);
UPDATE leases SET sum = row_sum('leases', station, term, beat, ended);
UPDATE label_numbers SET sum = row_sum('label_numbers', effect, parcel, carrier, sscc, tracking);
UPDATE manifest_bodies SET sum = row_sum('manifest_bodies', manifest, effect, body);
UPDATE drivers SET sum = row_sum('drivers', id, name);
UPDATE notes SET sum = row_sum('notes', id, case_id, text);
UPDATE writers SET sum = row_sum('writers', writer, no);
UPDATE carries SET sum = row_sum('carries', at, body);
UPDATE resting SET sum = row_sum('resting', parcel, since, until, body);
-- Of documents, what stands beside their bytes too.
ALTER TABLE document_sums ADD COLUMN head INTEGER NOT NULL DEFAULT 0;
UPDATE document_sums SET head = (SELECT row_sum('documents', d.id, effect, kind, order_id, parcel, profile, file, at) FROM documents d WHERE d.id = document_sums.id)
  WHERE id IN (SELECT id FROM documents);
