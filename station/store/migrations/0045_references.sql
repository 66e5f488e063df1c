-- By what customers call their orders, such as the number of a purchase order, as far as
-- shops and files say it: written whenever an order is, read where people look for one.
-- What an order says stands in its body; damaged ones have none.
CREATE TABLE IF NOT EXISTS order_references (
  reference TEXT NOT NULL, -- in small letters
  order_id TEXT NOT NULL,
  PRIMARY KEY (reference, order_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS order_references_order ON order_references (order_id);
CREATE TRIGGER IF NOT EXISTS orders_referenced AFTER INSERT ON orders WHEN instr(NEW.body, CAST('"Reference":' AS BLOB)) > 0 BEGIN
  INSERT OR IGNORE INTO order_references
    SELECT lower(json_extract(CAST(NEW.body AS TEXT), '$.Reference')), NEW.id
    WHERE json_valid(CAST(NEW.body AS TEXT)) AND json_extract(CAST(NEW.body AS TEXT), '$.Reference') <> '';
END;
CREATE TRIGGER IF NOT EXISTS orders_referenced_anew AFTER UPDATE OF id, body ON orders WHEN OLD.id <> NEW.id OR OLD.body <> NEW.body BEGIN
  DELETE FROM order_references WHERE order_id = OLD.id;
  INSERT OR IGNORE INTO order_references
    SELECT lower(json_extract(CAST(NEW.body AS TEXT), '$.Reference')), NEW.id
    WHERE instr(NEW.body, CAST('"Reference":' AS BLOB)) > 0
      AND json_valid(CAST(NEW.body AS TEXT)) AND json_extract(CAST(NEW.body AS TEXT), '$.Reference') <> '';
END;
CREATE TRIGGER IF NOT EXISTS orders_no_longer_referenced AFTER DELETE ON orders BEGIN
  DELETE FROM order_references WHERE order_id = OLD.id;
END;
