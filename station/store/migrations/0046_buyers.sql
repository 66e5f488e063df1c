-- Whether a buyer ordered before is asked for by the e-mail address; an address that was
-- erased tells nobody.
CREATE INDEX IF NOT EXISTS orders_email ON orders (lower(json_extract(CASE WHEN json_valid(CAST(address AS TEXT)) THEN CAST(address AS TEXT) END, '$.Email')));
