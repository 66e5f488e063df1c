-- The truth that the benches of a shop share. Everything is owned by who made the hub;
-- benches read the tables that are granted to them and change nothing but by the
-- functions below, which know the caller by the name that the connection was made with.
CREATE SCHEMA packbench;
SET LOCAL search_path = packbench, pg_catalog;

-- turn moves on when the hub was put back to an older state: all that anybody has read
-- of it counts no longer. turned is the life in which it did so last.
CREATE TABLE hub (
  one     boolean PRIMARY KEY DEFAULT true CHECK (one),
  id      text NOT NULL,
  format  integer NOT NULL,
  least   integer NOT NULL DEFAULT 1, -- format of a program that it serves
  turn    bigint NOT NULL DEFAULT 1,
  turned  text NOT NULL DEFAULT '',
  life    text NOT NULL DEFAULT '',
  place   text NOT NULL DEFAULT '',
  jumped    bigint NOT NULL DEFAULT 0, -- how many numbers were passed over last, and when
  jumped_at timestamptz,
  jumped_in text NOT NULL DEFAULT '',
  made    timestamptz NOT NULL DEFAULT now()
);

-- The lives of the server, one from each start or promotion to the next, and where the
-- feeds ended when it began. A server is put back between two lives: who has read more in
-- an older one than the next began with has read what is lost.
CREATE TABLE lives (
  no     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  life   text NOT NULL UNIQUE,
  shared bigint NOT NULL,
  claims bigint NOT NULL
);

-- Who writes a chain. pass is what the one folder that writes it knows; a copy of that
-- folder knows an older one. greets counts how often it was given.
CREATE TABLE writers (
  writer text PRIMARY KEY,
  login  text NOT NULL,
  seq    bigint NOT NULL DEFAULT 0,
  hash   bytea NOT NULL DEFAULT '',
  pass   text NOT NULL DEFAULT '',
  greets bigint NOT NULL DEFAULT 0,
  heard  timestamptz
);

-- The chains, by the month that a row came in: a month is dropped in one statement.
CREATE TABLE chains (
  writer text NOT NULL,
  seq    bigint NOT NULL,
  at     text NOT NULL,
  input  bytea NOT NULL,
  facts  bytea NOT NULL,
  prev   bytea NOT NULL,
  hash   bytea NOT NULL,
  came   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (writer, seq, came)
) PARTITION BY RANGE (came);

-- Numbers of a feed are given under its row's lock, which lasts until the change can be
-- seen: who has read up to a number has read all before it.
CREATE TABLE feeds (
  feed text PRIMARY KEY,
  last bigint NOT NULL DEFAULT 0
);
INSERT INTO feeds (feed) VALUES ('shared'), ('claims');

-- Catalogue, orders, people and what else has one truth: a row of a table of the folders.
-- made_on is how far the station had read the feed when it changed the row; of one that it
-- did not change and tells again, when it told all of them.
CREATE TABLE shared (
  kind    text NOT NULL,
  key     text NOT NULL,
  body    bytea NOT NULL,
  gone    boolean NOT NULL,
  station text NOT NULL,
  made_on bigint NOT NULL,
  again   boolean NOT NULL,
  n       bigint NOT NULL,
  PRIMARY KEY (kind, key)
);
CREATE UNIQUE INDEX shared_n ON shared (n);

-- Who packs an order. state is held, free or done; wanted is
-- another station that asks for it.
CREATE TABLE claims (
  kind    text NOT NULL,
  key     text NOT NULL,
  station text NOT NULL,
  state   text NOT NULL,
  since   timestamptz NOT NULL,
  wanted  text NOT NULL DEFAULT '',
  n       bigint NOT NULL,
  PRIMARY KEY (kind, key)
);
CREATE UNIQUE INDEX claims_n ON claims (n);
CREATE INDEX claims_held ON claims (station) WHERE state = 'held';

-- How far each range of numbers was given out, and to whom.
CREATE TABLE counters (
  name text PRIMARY KEY,
  last bigint NOT NULL
);
CREATE TABLE blocks (
  name    text NOT NULL,
  first   bigint NOT NULL,
  last    bigint NOT NULL,
  station text NOT NULL,
  at      timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (name, first)
);

-- Keys of the shop that every folder needs to read badges and trace codes.
CREATE TABLE keys (
  name    text PRIMARY KEY,
  body    bytea NOT NULL,
  station text NOT NULL,
  at      timestamptz NOT NULL
);

-- Labels and papers, by the month that they came in.
CREATE TABLE documents (
  id       text NOT NULL,
  effect   text NOT NULL,
  kind     text NOT NULL,
  order_id text NOT NULL,
  parcel   text NOT NULL,
  profile  text NOT NULL,
  at       bigint NOT NULL,
  body     bytea NOT NULL,
  sum      bytea NOT NULL,
  station  text NOT NULL,
  came     timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (id, came)
) PARTITION BY RANGE (came);
CREATE INDEX documents_order ON documents (order_id);

-- months makes the parts of this month and of the next two. It holds up nobody: a part is
-- attached beside readers, such as a dump that takes an hour, and what is in the way puts it
-- off to the next time.
CREATE FUNCTION months() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = packbench, pg_catalog, pg_temp SET lock_timeout = '1s' AS $$
DECLARE
  whole text;
  first timestamp;
  part  text;
BEGIN
  FOR whole, first IN SELECT t, date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => ahead)
    FROM unnest(ARRAY['chains', 'documents']) AS t, generate_series(0, 2) AS ahead
  LOOP
    part := whole || '_' || to_char(first, 'YYYY_MM');
    CONTINUE WHEN to_regclass('packbench.' || part) IS NOT NULL;
    PERFORM pg_advisory_xact_lock(hashtext('packbench months'));
    CONTINUE WHEN to_regclass('packbench.' || part) IS NOT NULL;
    EXECUTE format('CREATE TABLE packbench.%I (LIKE packbench.%I INCLUDING ALL)', part, whole);
    EXECUTE format('ALTER TABLE packbench.%I ATTACH PARTITION packbench.%I FOR VALUES FROM (%L) TO (%L)',
      whole, part, first AT TIME ZONE 'UTC', (first + interval '1 month') AT TIME ZONE 'UTC');
  END LOOP;
EXCEPTION WHEN lock_not_available THEN
  RETURN;
END $$;
SELECT months();

-- place_now names where the hub is: a copy of the server has another timeline, and a dump that
-- was put back other tables.
CREATE FUNCTION place_now() RETURNS text LANGUAGE sql STABLE AS $$
  SELECT system_identifier || '/' || timeline_id || '/' || 'packbench.hub'::regclass::oid FROM pg_control_system(), pg_control_checkpoint()
$$;

-- life_now names the life of the server: when it started, and its timeline; and of the hub in it.
-- It is volatile as what it asks is: else each claim would plan it anew.
CREATE FUNCTION life_now() RETURNS text LANGUAGE sql VOLATILE AS $$
  SELECT extract(epoch FROM pg_postmaster_start_time()) || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8) || '/' || 'packbench.hub'::regclass::oid
$$;

-- jump passes over the numbers that may have been given and are not known: a station makes
-- a label in ten seconds at most, and has two blocks in hand.
CREATE FUNCTION jump() RETURNS void LANGUAGE sql SET search_path = packbench, pg_catalog, pg_temp AS $$
  UPDATE hub SET jumped_at = now(), jumped_in = life, jumped = least(10000, (SELECT count(DISTINCT login) *
    (400 + coalesce(extract(epoch FROM now() - max(heard))::bigint / 10, 0)) FROM writers));
  UPDATE counters SET last = last + (SELECT jumped FROM hub);
$$;

-- beyond is how far a range that the hub does not know is passed over: of one that was begun
-- in what the hub has lost, other stations may have numbers.
CREATE FUNCTION beyond() RETURNS bigint LANGUAGE sql STABLE SET search_path = packbench, pg_catalog, pg_temp AS $$
  SELECT CASE WHEN jumped_at > now() - interval '7 days' THEN jumped ELSE 0 END FROM hub
$$;

-- live begins a life before anything is changed in it. In another place, which is that of a
-- copy or of a state put back, numbers were given that are not known.
CREATE FUNCTION live() RETURNS void LANGUAGE plpgsql SET search_path = packbench, pg_catalog, pg_temp AS $$
DECLARE
  was  hub;
  here text;
BEGIN
  SELECT * INTO was FROM hub FOR UPDATE;
  IF was.life = life_now() THEN
    RETURN;
  END IF;
  here := place_now();
  INSERT INTO lives (life, shared, claims) SELECT life_now(), s.last, c.last FROM feeds s, feeds c WHERE s.feed = 'shared' AND c.feed = 'claims'
    ON CONFLICT DO NOTHING;
  UPDATE hub SET life = life_now(), place = here;
  IF was.place NOT IN ('', here) THEN
    PERFORM jump();
  END IF;
END $$;

-- own says whether the caller writes for a station.
CREATE FUNCTION own(p_writer text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = packbench, pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM writers WHERE writer = p_writer AND login = session_user) THEN
    RAISE EXCEPTION '% may not write for %', session_user, p_writer USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF (SELECT life FROM hub) <> life_now() THEN
    PERFORM live();
  END IF;
END $$;

-- greet begins or goes on with a chain: pass is what the folder knew last, next what it
-- knows from now on. It returns where the chain stands here, and the sign of this greeting:
-- by it the folder notices that the hub was put back.
CREATE FUNCTION greet(p_writer text, p_pass text, p_next text, OUT o_seq bigint, OUT o_hash bytea, OUT o_sign text, OUT o_other boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = packbench, pg_catalog, pg_temp AS $$
DECLARE
  known text;
BEGIN
  PERFORM own(p_writer);
  PERFORM months();
  PERFORM end_claims();
  SELECT seq, hash, pass INTO o_seq, o_hash, known FROM writers WHERE writer = p_writer FOR UPDATE;
  o_other := known <> '' AND known <> p_pass AND known <> p_next;
  IF NOT o_other THEN
    UPDATE writers SET pass = p_next, heard = clock_timestamp(), greets = greets + 1 WHERE writer = p_writer
      RETURNING life_now() || ' ' || greets INTO o_sign;
  END IF;
END $$;

-- append takes rows of one chain, each only behind the row that it follows, and returns
-- where the chain stands then. Rows that are there already are left out if they are the
-- same. A refusal names the row.
CREATE FUNCTION append(p_writer text, p_first bigint, p_at text[], p_input bytea[], p_facts bytea[], p_hash bytea[])
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = packbench, pg_catalog, pg_temp AS $$
DECLARE
  have   bigint;
  head   bytea;
  moment timestamptz; -- it lies behind all that the caller has read
  wrong  bigint;
  skip   integer;
  amount integer := cardinality(p_hash);
BEGIN
  PERFORM own(p_writer);
  SELECT seq, hash INTO have, head FROM writers WHERE writer = p_writer FOR UPDATE;
  moment := clock_timestamp();
  skip := have - p_first + 1;
  IF skip < 0 THEN
    RAISE EXCEPTION '%.% does not follow %', p_writer, p_first, have USING ERRCODE = 'PB001';
  END IF;
  IF skip > 0 THEN
    SELECT min(c.seq) INTO wrong FROM chains c JOIN unnest(p_hash) WITH ORDINALITY AS g (hash, i) ON c.seq = p_first + g.i - 1
      WHERE c.writer = p_writer AND c.seq BETWEEN p_first AND have AND c.hash <> g.hash;
    IF wrong IS NOT NULL THEN
      RAISE EXCEPTION '%.% is another row here', p_writer, wrong USING ERRCODE = 'PB002';
    END IF;
    IF skip >= amount THEN
      RETURN have;
    END IF;
  END IF;
  WITH given AS (
    SELECT p_first + i - 1 AS seq, at, input, facts, CASE i WHEN skip + 1 THEN head ELSE p_hash[i - 1] END AS prev, hash
    FROM unnest(p_at[skip + 1:], p_input[skip + 1:], p_facts[skip + 1:], p_hash[skip + 1:]) WITH ORDINALITY AS g (at, input, facts, hash, o),
      LATERAL (SELECT skip + o::integer AS i) AS which
  ), kept AS (
    INSERT INTO chains (writer, seq, at, input, facts, prev, hash, came)
      SELECT p_writer, seq, at, input, facts, prev, hash, moment FROM given
      WHERE hash = sum_of(p_writer, seq, at, input, facts, prev)
      RETURNING seq
  )
  SELECT count(*) INTO wrong FROM kept;
  IF wrong <> amount - skip THEN
    SELECT min(p_first + i - 1) INTO wrong FROM generate_series(skip + 1, amount) AS i
      WHERE p_hash[i] <> sum_of(p_writer, p_first + i - 1, p_at[i], p_input[i], p_facts[i], CASE i WHEN skip + 1 THEN head ELSE p_hash[i - 1] END);
    RAISE EXCEPTION '%.% is not what was written', p_writer, wrong USING ERRCODE = 'PB003';
  END IF;
  UPDATE writers SET seq = p_first + amount - 1, hash = p_hash[amount], heard = clock_timestamp() WHERE writer = p_writer;
  -- What a person waits for wakes the others up, and nothing else: a commit that tells
  -- waits for all others that do.
  IF p_writer = 'desk' OR p_writer LIKE 'desk-%' OR EXISTS (SELECT 1 FROM unnest(p_facts[skip + 1:]) AS f WHERE position('"case-opened"'::bytea IN f) > 0) THEN
    PERFORM pg_notify('packbench', 'rows');
  END IF;
  RETURN p_first + amount - 1;
END $$;

-- sum_of is the hash that a row must carry: each part with its length before it.
CREATE FUNCTION sum_of(p_writer text, p_seq bigint, p_at text, p_input bytea, p_facts bytea, p_prev bytea)
RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
  SELECT sha256(
    int8send(19) || 'packbench journal 1'::bytea ||
    int8send(length(convert_to(p_writer, 'UTF8'))) || convert_to(p_writer, 'UTF8') ||
    int8send(length(p_seq::text)) || convert_to(p_seq::text, 'UTF8') ||
    int8send(length(p_at)) || convert_to(p_at, 'UTF8') ||
    int8send(length(p_input)) || p_input ||
    int8send(length(p_facts)) || p_facts ||
    int8send(length(p_prev) * 2) || convert_to(encode(p_prev, 'hex'), 'UTF8'))
$$;

-- put takes rows of what is shared, each with how far its station had read the feed when
-- it changed the row. One that somebody else changed since stays: it returns for each the
-- number of that change, 0 for what was taken or is there already. Of two that are told
-- again the one counts whose station had read more. p_sign is that of the greeting behind
-- which they are told: what comes late, when the station was greeted again, is refused.
CREATE FUNCTION put(p_writer text, p_kind text[], p_key text[], p_body bytea[], p_gone boolean[], p_made_on bigint[], p_again boolean[], p_sign text)
RETURNS bigint[] LANGUAGE plpgsql SECURITY DEFINER SET search_path = packbench, pg_catalog, pg_temp AS $$
DECLARE
  before bigint;
  newer  bigint[];
BEGIN
  PERFORM own(p_writer);
  IF p_sign <> '' AND (SELECT life_now() || ' ' || greets FROM writers WHERE writer = p_writer) <> p_sign THEN
    RAISE EXCEPTION '% was greeted again', p_writer USING ERRCODE = 'PB004';
  END IF;
  UPDATE feeds SET last = last + cardinality(p_key) WHERE feed = 'shared' RETURNING last - cardinality(p_key) INTO before;
  SELECT array_agg(CASE WHEN s.n > g.made_on AND NOT (s.station = p_writer AND s.made_on <= g.made_on)
      AND NOT (s.again AND g.again AND s.made_on < g.made_on)
      AND (s.body <> g.body OR s.gone <> g.gone) THEN s.n ELSE 0 END ORDER BY g.i) INTO newer
    FROM unnest(p_kind, p_key, p_body, p_gone, p_made_on, p_again) WITH ORDINALITY AS g (kind, key, body, gone, made_on, again, i)
    LEFT JOIN shared s ON s.kind = g.kind AND s.key = g.key;
  INSERT INTO shared AS s (kind, key, body, gone, station, made_on, again, n)
    SELECT kind, key, body, gone, p_writer, made_on, again, before + i
      FROM unnest(p_kind, p_key, p_body, p_gone, p_made_on, p_again, newer) WITH ORDINALITY AS g (kind, key, body, gone, made_on, again, since, i) WHERE since = 0
    ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body, gone = excluded.gone, station = excluded.station, made_on = excluded.made_on, again = excluded.again, n = excluded.n
      WHERE s.body <> excluded.body OR s.gone <> excluded.gone;
  IF p_kind && ARRAY['orders', 'products', 'people'] THEN
    PERFORM pg_notify('packbench', 'shared');
  END IF;
  RETURN newer;
END $$;

-- claim takes what nobody holds, and returns who holds it now. What is done stays with
-- who did it, unless it is to be done again.
CREATE FUNCTION claim(p_writer text, p_kind text, p_key text, p_again boolean, OUT o_holder text, OUT o_state text, OUT o_since timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = packbench, pg_catalog, pg_temp AS $$
DECLARE
  turn bigint;
  same boolean;
BEGIN
  SELECT c.station, c.state, c.since, h.life = life_now() INTO o_holder, o_state, o_since, same
    FROM writers w CROSS JOIN hub h LEFT JOIN claims c ON c.kind = p_kind AND c.key = p_key WHERE w.writer = p_writer AND w.login = session_user;
  IF same IS NOT TRUE THEN
    PERFORM own(p_writer); -- says so
  END IF;
  IF o_holder IS NOT NULL AND o_state <> 'free' AND NOT (p_again AND o_state = 'done') THEN
    RETURN;
  END IF;
  UPDATE feeds SET last = last + 1 WHERE feed = 'claims' RETURNING last INTO turn;
  INSERT INTO claims AS c (kind, key, station, state, since, n) VALUES (p_kind, p_key, p_writer, 'held', now(), turn)
    ON CONFLICT (kind, key) DO UPDATE SET station = excluded.station, state = 'held', since = excluded.since, n = excluded.n, wanted = ''
      WHERE c.state = 'free' OR p_again AND c.state = 'done'
    RETURNING station, state, since INTO o_holder, o_state, o_since;
  IF NOT FOUND THEN -- somebody was first
    SELECT station, state, since INTO o_holder, o_state, o_since FROM claims WHERE kind = p_kind AND key = p_key;
  END IF;
END $$;

-- want asks the holder of a claim for it, who may not have begun.
CREATE FUNCTION want(p_writer text, p_kind text, p_key text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = packbench, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM own(p_writer);
  WITH turn AS (
    UPDATE feeds SET last = last + 1 WHERE feed = 'claims' RETURNING last
  )
  UPDATE claims SET wanted = p_writer, n = last FROM turn WHERE kind = p_kind AND key = p_key AND state = 'held' AND station <> p_writer;
  PERFORM pg_notify('packbench', 'claims');
END $$;

-- settle ends claims of a station: to free, or to done. Those of others stay.
CREATE FUNCTION settle(p_writer text, p_kind text, p_keys text[], p_state text)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = packbench, pg_catalog, pg_temp AS $$
DECLARE
  before bigint;
  moved  bigint;
BEGIN
  PERFORM own(p_writer);
  IF p_state NOT IN ('free', 'done', 'held') THEN
    RAISE EXCEPTION 'a claim cannot be %', p_state;
  END IF;
  UPDATE feeds SET last = last + cardinality(p_keys) WHERE feed = 'claims' RETURNING last - cardinality(p_keys) INTO before;
  WITH given AS (SELECT key, before + i AS n FROM unnest(p_keys) WITH ORDINALITY AS g (key, i))
  UPDATE claims c SET state = p_state, since = now(), wanted = '', n = given.n FROM given
    WHERE c.kind = p_kind AND c.key = given.key AND c.station = p_writer AND (c.state <> p_state OR c.wanted <> '');
  GET DIAGNOSTICS moved = ROW_COUNT;
  RETURN moved;
END $$;

-- packed tells a hub that was made anew, or put back, which orders a station has packed.
-- What another one has, or did, stays.
CREATE FUNCTION packed(p_writer text, p_keys text[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = packbench, pg_catalog, pg_temp AS $$
DECLARE
  before bigint;
BEGIN
  PERFORM own(p_writer);
  UPDATE feeds SET last = last + cardinality(p_keys) WHERE feed = 'claims' RETURNING last - cardinality(p_keys) INTO before;
  INSERT INTO claims AS c (kind, key, station, state, since, n)
    SELECT 'order', key, p_writer, 'done', now(), before + i FROM unnest(p_keys) WITH ORDINALITY AS g (key, i)
    ON CONFLICT (kind, key) DO UPDATE SET station = excluded.station, state = 'done', since = excluded.since, wanted = '', n = excluded.n WHERE c.state = 'free';
END $$;

-- end_claims forgets who packed orders that nobody would begin any more, because their shop
-- has said so since.
CREATE FUNCTION end_claims() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = packbench, pg_catalog, pg_temp AS $$
  DELETE FROM claims WHERE (kind, key) IN (
    SELECT c.kind, c.key FROM claims c LEFT JOIN shared s ON s.kind = 'orders' AND s.key = '[' || to_json(c.key)::text || ']'
    WHERE c.kind = 'order' AND c.state = 'done' AND c.since < now() - interval '35 days'
      AND (s.key IS NULL OR s.gone OR position('"status":"open"'::bytea IN s.body) = 0)
    ORDER BY c.since LIMIT 1000)
$$;
CREATE INDEX claims_done ON claims (since) WHERE state = 'done';

-- release takes claims from a station that is dead, for a person who knows it: the station
-- learns it before its next label.
CREATE FUNCTION release(p_station text, p_key text) RETURNS SETOF text LANGUAGE plpgsql SECURITY DEFINER SET search_path = packbench, pg_catalog, pg_temp AS $$
DECLARE
  before bigint;
BEGIN
  SELECT last INTO before FROM feeds WHERE feed = 'claims' FOR UPDATE;
  RETURN QUERY WITH given AS (
    SELECT c.kind, c.key, row_number() OVER (ORDER BY c.kind, c.key) AS i FROM claims c
    WHERE c.state = 'held' AND (p_station = '' OR c.station = p_station) AND (p_key = '' OR c.kind = 'order' AND c.key = p_key)
  ), freed AS (
    UPDATE claims c SET state = 'free', since = now(), wanted = '', n = before + given.i FROM given
      WHERE c.kind = given.kind AND c.key = given.key RETURNING c.key
  )
  SELECT key FROM freed;
  UPDATE feeds SET last = greatest(last, (SELECT coalesce(max(n), 0) FROM claims)) WHERE feed = 'claims';
  PERFORM pg_notify('packbench', 'claims');
END $$;

-- put_back finds out whether the hub was put back to an older state since somebody saw it:
-- the greeting whose sign was seen is missing, or its life; the turn is lower; or a feed ends
-- before where it was read, or ended so when a later life began. Then a new turn begins:
-- what others have read counts no longer, passes begin anew, and numbers jump over all that
-- may have been given since. There is one turn in a life at most. It returns the turn.
CREATE FUNCTION put_back(p_writer text, p_sign text, p_turn bigint, p_shared bigint, p_claims bigint)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = packbench, pg_catalog, pg_temp AS $$
DECLARE
  now_hub hub;
BEGIN
  PERFORM own(p_writer);
  SELECT * INTO now_hub FROM hub;
  IF now_hub.turn > p_turn OR now_hub.turned = now_hub.life OR now_hub.turn = p_turn AND NOT lost(p_writer, p_sign, p_shared, p_claims) THEN
    RETURN now_hub.turn;
  END IF;
  SELECT * INTO now_hub FROM hub FOR UPDATE; -- somebody else may have been first
  IF now_hub.turned <> now_hub.life THEN
    -- A turn of a state that is lost must not come again.
    UPDATE hub SET turn = greatest(turn + 1, (extract(epoch FROM clock_timestamp()) * 1000)::bigint), turned = life RETURNING * INTO now_hub;
    UPDATE writers SET pass = '';
    -- Numbers of before say nothing of what comes now, which is behind all of them.
    UPDATE feeds SET last = last + 1000000000 WHERE feed = 'shared';
    IF now_hub.jumped_in <> now_hub.life THEN
      PERFORM jump();
    END IF;
  END IF;
  RETURN now_hub.turn;
END $$;

CREATE FUNCTION lost(p_writer text, p_sign text, p_shared bigint, p_claims bigint)
RETURNS boolean LANGUAGE sql STABLE SET search_path = packbench, pg_catalog, pg_temp AS $$
  SELECT NOT EXISTS (SELECT 1 FROM lives WHERE life = split_part(p_sign, ' ', 1))
    OR NOT EXISTS (SELECT 1 FROM writers WHERE writer = p_writer AND greets::numeric >= substring(p_sign FROM ' (\d+)$')::numeric)
    OR EXISTS (SELECT 1 FROM feeds WHERE feed = 'shared' AND last < p_shared OR feed = 'claims' AND last < p_claims)
    OR EXISTS (SELECT 1 FROM lives was JOIN lives l ON l.no > was.no WHERE was.life = split_part(p_sign, ' ', 1) AND (l.shared < p_shared OR l.claims < p_claims))
$$;

-- keep_key keeps a key of the shop. The first one stays, of all but those that are exchanged
-- now and then.
CREATE FUNCTION keep_key(p_writer text, p_name text, p_body bytea) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = packbench, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM own(p_writer);
  INSERT INTO keys AS k (name, body, station, at) VALUES (p_name, p_body, p_writer, now())
    ON CONFLICT (name) DO UPDATE SET body = excluded.body, station = excluded.station, at = excluded.at
      WHERE k.name IN ('trace.key', 'station.toml') OR starts_with(k.name, 'secret/');
END $$;

-- lift raises counters to what a folder knows. Who knows of ten million numbers more than
-- were given is mistaken, or means harm: the owner's login may say so by joining again.
CREATE FUNCTION lift(p_writer text, p_name text[], p_last bigint[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = packbench, pg_catalog, pg_temp AS $$
DECLARE
  wrong text;
BEGIN
  PERFORM own(p_writer);
  SELECT c.name INTO wrong FROM unnest(p_name, p_last) AS g (name, last) JOIN counters c ON c.name = g.name AND g.last > c.last + 10000000 LIMIT 1;
  IF wrong IS NOT NULL THEN
    RAISE EXCEPTION 'the numbers of % jump by more than ten million: where that is right, run packctl hub join again', wrong USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO counters (name, last) SELECT name, max(last) + beyond() FROM unnest(p_name, p_last) AS g (name, last)
    WHERE NOT EXISTS (SELECT 1 FROM counters c WHERE c.name = g.name) GROUP BY name ORDER BY name ON CONFLICT DO NOTHING;
  INSERT INTO counters AS c (name, last) SELECT name, max(last) FROM unnest(p_name, p_last) AS g (name, last) GROUP BY name ORDER BY name
    ON CONFLICT (name) DO UPDATE SET last = excluded.last WHERE c.last < excluded.last;
END $$;

-- take gives out the next numbers of a range, above all that was given before and above
-- what the caller knows.
CREATE FUNCTION take(p_writer text, p_name text, p_known bigint, p_most bigint, p_amount bigint, OUT o_first bigint, OUT o_last bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = packbench, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM lift(p_writer, ARRAY[p_name], ARRAY[p_known]);
  SELECT last + 1 INTO o_first FROM counters WHERE name = p_name FOR UPDATE;
  o_last := least(o_first + least(p_amount, 10000) - 1, p_most);
  IF o_last < o_first THEN
    RETURN;
  END IF;
  UPDATE counters SET last = o_last WHERE name = p_name;
  INSERT INTO blocks (name, first, last, station) VALUES (p_name, o_first, o_last, p_writer);
END $$;

-- How each station stands just now, for the board: nothing rests on it, and a hub that was
-- killed may begin without.
CREATE UNLOGGED TABLE presence (
  station text PRIMARY KEY,
  at      timestamptz NOT NULL,
  body    bytea NOT NULL CHECK (length(body) <= 4096)
);

-- here tells how the caller's station stands; an empty body says that it has ended.
CREATE FUNCTION here(p_writer text, p_body bytea) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = packbench, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM own(p_writer);
  INSERT INTO presence AS p (station, at, body) VALUES (p_writer, clock_timestamp(), p_body)
    ON CONFLICT (station) DO UPDATE SET at = excluded.at, body = excluded.body;
END $$;

-- Who does what is done once for the shop. epoch counts who began it: what one of an
-- older epoch still sends is refused. until is by this server's clock.
CREATE TABLE leases (
  name   text PRIMARY KEY,
  holder text NOT NULL,
  epoch  bigint NOT NULL,
  since  timestamptz NOT NULL,
  until  timestamptz NOT NULL
);

-- lease takes a lease that is over, or renews the caller's own, and returns who has it.
-- With no seconds it is given back. A station that has begun again, and so knows no epoch,
-- begins a new one at once.
CREATE FUNCTION lease(p_writer text, p_name text, p_epoch bigint, p_seconds integer, OUT o_holder text, OUT o_epoch bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = packbench, pg_catalog, pg_temp AS $$
DECLARE
  l leases;
  e timestamptz;
BEGIN
  PERFORM own(p_writer);
  INSERT INTO leases (name, holder, epoch, since, until) VALUES (p_name, '', 0, now(), '-infinity') ON CONFLICT DO NOTHING;
  SELECT * INTO l FROM leases WHERE name = p_name FOR UPDATE;
  e := clock_timestamp();
  IF p_seconds <= 0 THEN
    IF l.holder = p_writer AND l.epoch = p_epoch THEN
      UPDATE leases SET until = e WHERE name = p_name;
    END IF;
  ELSIF l.holder = p_writer AND l.epoch = p_epoch AND l.until > e THEN
    UPDATE leases SET until = e + make_interval(secs => least(p_seconds, 600)) WHERE name = p_name;
  ELSIF l.until <= e OR l.holder = p_writer THEN
    UPDATE leases SET holder = p_writer, epoch = l.epoch + 1, since = e, until = e + make_interval(secs => least(p_seconds, 600))
      WHERE name = p_name RETURNING * INTO l;
  END IF;
  o_holder := l.holder;
  o_epoch := l.epoch;
END $$;

-- What goes out once to shops and to the team, from when it was begun: fixed is what stays
-- of an entry, the rest how it stands, as the folders have it.
CREATE TABLE outbox (
  key     text PRIMARY KEY,
  fixed   bytea NOT NULL,
  state   text NOT NULL,
  tries   integer NOT NULL,
  next    bigint NOT NULL,
  moved   bigint NOT NULL,
  answer  text NOT NULL,
  remote  text NOT NULL,
  station text NOT NULL,
  n       bigint NOT NULL
);
CREATE UNIQUE INDEX outbox_n ON outbox (n);
INSERT INTO feeds (feed) VALUES ('outbox');

-- begin_entry says that an entry is on its way, before anybody outside is called. It is
-- false where the caller is not the runner of this epoch any more, or knows the entry as
-- it was before. A new runner waits for what is just begun, and reads it.
CREATE FUNCTION begin_entry(p_writer text, p_name text, p_epoch bigint, p_key text, p_fixed bytea, p_was text, p_tries integer, p_next bigint, p_at bigint, p_remote text)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = packbench, pg_catalog, pg_temp AS $$
DECLARE
  turn bigint;
BEGIN
  PERFORM own(p_writer);
  PERFORM 1 FROM leases WHERE name = p_name AND holder = p_writer AND epoch = p_epoch AND until > clock_timestamp() FOR SHARE;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  UPDATE feeds SET last = last + 1 WHERE feed = 'outbox' RETURNING last INTO turn;
  INSERT INTO outbox AS o (key, fixed, state, tries, next, moved, answer, remote, station, n)
    VALUES (p_key, p_fixed, 'unknown', p_tries + 1, p_next, p_at, '', p_remote, p_writer, turn)
    ON CONFLICT (key) DO UPDATE SET state = 'unknown', tries = excluded.tries, next = excluded.next, moved = excluded.moved, station = excluded.station, n = excluded.n
      WHERE o.state = p_was AND o.tries = p_tries;
  RETURN FOUND;
END $$;

-- tell_entries keeps how entries stand: new ones, what came of those that the caller has
-- begun, and what the hub has lost. What somebody else has begun since stays.
CREATE FUNCTION tell_entries(p_writer text, p_key text[], p_fixed bytea[], p_state text[], p_tries integer[], p_next bigint[], p_moved bigint[], p_answer text[], p_remote text[])
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = packbench, pg_catalog, pg_temp AS $$
DECLARE
  before bigint;
BEGIN
  PERFORM own(p_writer);
  UPDATE feeds SET last = last + cardinality(p_key) WHERE feed = 'outbox' RETURNING last - cardinality(p_key) INTO before;
  INSERT INTO outbox AS o (key, fixed, state, tries, next, moved, answer, remote, station, n)
    SELECT key, fixed, state, tries, next, moved, answer, remote, p_writer, before + i
      FROM unnest(p_key, p_fixed, p_state, p_tries, p_next, p_moved, p_answer, p_remote) WITH ORDINALITY AS g (key, fixed, state, tries, next, moved, answer, remote, i)
    ON CONFLICT (key) DO UPDATE SET state = excluded.state, tries = excluded.tries, next = excluded.next, moved = excluded.moved, answer = excluded.answer,
        remote = excluded.remote, station = excluded.station, n = excluded.n
      WHERE excluded.tries > o.tries OR excluded.tries = o.tries AND o.state = 'unknown' AND (o.station = p_writer OR excluded.state NOT IN ('unknown', 'waiting'));
END $$;

-- act_entry is the word of a person: to send an entry again, or to give it up.
CREATE FUNCTION act_entry(p_writer text, p_key text, p_again boolean, p_answer text, p_at bigint)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = packbench, pg_catalog, pg_temp AS $$
DECLARE
  turn bigint;
BEGIN
  PERFORM own(p_writer);
  UPDATE feeds SET last = last + 1 WHERE feed = 'outbox' RETURNING last INTO turn;
  UPDATE outbox SET state = CASE WHEN NOT p_again THEN 'given-up' WHEN tries = 0 THEN 'waiting' ELSE 'unknown' END,
      next = CASE WHEN p_again THEN 0 ELSE next END, answer = CASE WHEN p_again THEN answer ELSE p_answer END, moved = p_at, n = turn
    WHERE key = p_key AND (state IN ('waiting', 'unknown', 'refused') OR p_again AND state = 'given-up');
  RETURN FOUND;
END $$;

-- keep_documents keeps documents that are what their folder kept, each once.
CREATE FUNCTION keep_documents(p_writer text, p_id text[], p_effect text[], p_kind text[], p_order text[], p_parcel text[], p_profile text[], p_at bigint[], p_body bytea[], p_sum bytea[])
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = packbench, pg_catalog, pg_temp AS $$
DECLARE
  wrong text;
BEGIN
  PERFORM own(p_writer);
  SELECT min(id) INTO wrong FROM unnest(p_id, p_effect, p_kind, p_order, p_parcel, p_body, p_sum) AS g (id, effect, kind, order_id, parcel, body, sum)
    WHERE sum <> sha256(convert_to((SELECT string_agg(octet_length(convert_to(part, 'UTF8')) || ' ' || part || E'\n', '' ORDER BY i)
      FROM unnest(ARRAY[id, effect, kind, order_id, parcel]) WITH ORDINALITY AS w (part, i)), 'UTF8') || body);
  IF wrong IS NOT NULL THEN
    RAISE EXCEPTION 'document % is not what was kept', wrong USING ERRCODE = 'PB003';
  END IF;
  INSERT INTO documents (id, effect, kind, order_id, parcel, profile, at, body, sum, station)
    SELECT id, effect, kind, order_id, parcel, profile, at, body, sum, p_writer
      FROM unnest(p_id, p_effect, p_kind, p_order, p_parcel, p_profile, p_at, p_body, p_sum) AS g (id, effect, kind, order_id, parcel, profile, at, body, sum)
      WHERE NOT EXISTS (SELECT 1 FROM documents d WHERE d.id = g.id);
END $$;

-- forget_documents drops the months of documents that ended so many days ago; for the owner.
CREATE FUNCTION forget_documents(p_days integer) RETURNS SETOF text LANGUAGE plpgsql SET search_path = packbench, pg_catalog, pg_temp AS $$
DECLARE
  part text;
BEGIN
  FOR part IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'packbench.documents'::regclass ORDER BY 1 LOOP
    IF to_date(right(part, 7), 'YYYY_MM') + interval '1 month' <= now() AT TIME ZONE 'UTC' - make_interval(days => p_days) THEN
      EXECUTE format('DROP TABLE packbench.%I', part);
      RETURN NEXT part;
    END IF;
  END LOOP;
END $$;
