-- What is not simply due: orders on hold, and those that a bench has begun.
CREATE INDEX IF NOT EXISTS orders_held ON orders (ship_by, id) WHERE status = 'held';
CREATE INDEX IF NOT EXISTS progress_begun ON progress (order_id) WHERE state IN ('packing', 'parked');
