-- Orders that were left short are counted with each look at the queue.
CREATE INDEX progress_short ON progress (order_id) WHERE state = 'short';
