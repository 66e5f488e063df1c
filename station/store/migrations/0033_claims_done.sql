-- Who packed an order is forgotten after a while.
CREATE INDEX claims_done ON claims (at) WHERE done = 1;
