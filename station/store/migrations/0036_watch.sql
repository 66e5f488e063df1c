-- What was heard last, and what arrived last, are looked for without reading all.
CREATE INDEX standings_heard ON standings (heard);
CREATE INDEX standings_delivered ON standings (delivered) WHERE delivered > 0;
