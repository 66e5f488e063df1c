-- Format 2: a bench's login changes less. What the shop decides, and no packer, it brings
-- along when it joins and then leaves to a desk; and only who speaks to shops says what was
-- told to them.
SET LOCAL search_path = packbench, pg_catalog;

-- brings is until when a station may change what the shop decides: while it joins, which the
-- hub's owner lets it; always for the first, and for those of before.
ALTER TABLE writers ADD COLUMN brings timestamptz NOT NULL DEFAULT 'infinity';
CREATE FUNCTION joins_now() RETURNS trigger LANGUAGE plpgsql SET search_path = packbench, pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM writers WHERE login <> NEW.login) THEN
    NEW.brings := now() + interval '1 hour';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER joins BEFORE INSERT ON writers FOR EACH ROW EXECUTE FUNCTION joins_now();

-- brought says that a station that joins has told all that it brings along.
CREATE FUNCTION brought(p_writer text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = packbench, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM own(p_writer);
  UPDATE writers SET brings = now() WHERE writer = p_writer AND brings > now() AND brings < 'infinity';
END $$;

-- manages says whether the caller may change what the shop decides: at a desk, and see brings.
CREATE FUNCTION manages(p_writer text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = packbench, pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM writers WHERE writer = p_writer AND login = session_user AND brings > now())
    OR EXISTS (SELECT 1 FROM pg_roles r, hub h WHERE r.rolname = 'packbench_' || left(h.id, 8) || '_desk' AND pg_has_role(session_user, r.oid, 'MEMBER'))
$$;

-- decided says whether rows of a kind are what the shop decides.
CREATE FUNCTION decided(p_kind text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT p_kind IN ('people', 'rates', 'shops', 'accounts', 'message_targets')
$$;

-- revokes says whether all that is new in a person's row is that the badge is revoked: that
-- must not wait for a desk.
CREATE FUNCTION revokes(p_was bytea, p_now bytea) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT was - 'revoked' = new - 'revoked' AND (new ->> 'revoked')::numeric <> 0
    FROM (SELECT convert_from(p_was, 'UTF8')::jsonb AS was, convert_from(p_now, 'UTF8')::jsonb AS new) AS rows
$$;

-- put as in format 1. What the caller may not change is as if somebody else had changed it
-- since: the row comes with the feed once more, as it is here, so that the caller's folder
-- has it again and says that its own does not count. Of what is told again nothing is taken.
CREATE OR REPLACE FUNCTION put(p_writer text, p_kind text[], p_key text[], p_body bytea[], p_gone boolean[], p_made_on bigint[], p_again boolean[], p_sign text)
RETURNS bigint[] LANGUAGE plpgsql SECURITY DEFINER SET search_path = packbench, pg_catalog, pg_temp AS $$
DECLARE
  before bigint;
  newer  bigint[];
  left_out boolean[] := array_fill(false, ARRAY[cardinality(p_key)]);
  was    shared;
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
  IF EXISTS (SELECT 1 FROM unnest(p_kind) AS kind WHERE decided(kind)) AND NOT manages(p_writer) THEN
    FOR i IN 1 .. cardinality(p_key) LOOP
      CONTINUE WHEN NOT decided(p_kind[i]) OR newer[i] <> 0;
      SELECT * INTO was FROM shared WHERE kind = p_kind[i] AND key = p_key[i];
      CONTINUE WHEN FOUND AND was.body = p_body[i] AND was.gone = p_gone[i];
      CONTINUE WHEN FOUND AND p_kind[i] = 'people' AND NOT was.gone AND NOT p_gone[i] AND revokes(was.body, p_body[i]);
      left_out[i] := true;
      CONTINUE WHEN p_again[i];
      newer[i] := before + i;
      INSERT INTO shared AS s (kind, key, body, gone, station, made_on, again, n) VALUES (p_kind[i], p_key[i], '', true, '', 0, false, newer[i])
        ON CONFLICT (kind, key) DO UPDATE SET station = '', made_on = 0, again = false, n = excluded.n;
    END LOOP;
  END IF;
  INSERT INTO shared AS s (kind, key, body, gone, station, made_on, again, n)
    SELECT kind, key, body, gone, p_writer, made_on, again, before + i
      FROM unnest(p_kind, p_key, p_body, p_gone, p_made_on, p_again, newer, left_out) WITH ORDINALITY AS g (kind, key, body, gone, made_on, again, since, out, i)
      WHERE since = 0 AND NOT out
    ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body, gone = excluded.gone, station = excluded.station, made_on = excluded.made_on, again = excluded.again, n = excluded.n
      WHERE s.body <> excluded.body OR s.gone <> excluded.gone;
  IF p_kind && ARRAY['orders', 'products', 'people'] THEN
    PERFORM pg_notify('packbench', 'shared');
  END IF;
  RETURN newer;
END $$;

-- keep_key as in format 1, of the keys that there are. Settings and the keys of shops stay as
-- they are where the caller may not change what the shop decides: its folder takes those.
CREATE OR REPLACE FUNCTION keep_key(p_writer text, p_name text, p_body bytea) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = packbench, pg_catalog, pg_temp AS $$
BEGIN
  PERFORM own(p_writer);
  IF p_name !~ '^(trace\.key|badge\.key|badge-salt|station\.toml|secret/[a-z]+-[A-Za-z0-9-]{1,64}\.key)$' OR length(p_body) > 4000000 THEN
    RAISE EXCEPTION 'no key %', left(p_name, 40) USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF (p_name = 'station.toml' OR starts_with(p_name, 'secret/')) AND NOT manages(p_writer) THEN
    RETURN;
  END IF;
  INSERT INTO keys AS k (name, body, station, at) VALUES (p_name, p_body, p_writer, now())
    ON CONFLICT (name) DO UPDATE SET body = excluded.body, station = excluded.station, at = excluded.at
      WHERE k.name IN ('trace.key', 'station.toml') OR starts_with(k.name, 'secret/');
END $$;

-- Which stations have ever spoken to shops: what they say of entries may come late.
CREATE TABLE runners (
  station text PRIMARY KEY
);
INSERT INTO runners SELECT holder FROM leases WHERE holder <> '' UNION SELECT station FROM outbox WHERE tries > 0;
CREATE FUNCTION has_lease() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = packbench, pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO runners (station) VALUES (NEW.holder) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER leased AFTER UPDATE OF holder ON leases FOR EACH ROW WHEN (NEW.holder <> '') EXECUTE FUNCTION has_lease();

-- tell_entries as in format 1. Who does not speak to shops tells what is new alone; all do who
-- join, and where the hub may have lost what it knew.
CREATE OR REPLACE FUNCTION tell_entries(p_writer text, p_key text[], p_fixed bytea[], p_state text[], p_tries integer[], p_next bigint[], p_moved bigint[], p_answer text[], p_remote text[])
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = packbench, pg_catalog, pg_temp AS $$
DECLARE
  before bigint;
  all_of boolean;
BEGIN
  PERFORM own(p_writer);
  all_of := EXISTS (SELECT 1 FROM runners WHERE station = p_writer) OR manages(p_writer) OR EXISTS (SELECT 1 FROM hub WHERE turned <> '' OR jumped_at IS NOT NULL);
  UPDATE feeds SET last = last + cardinality(p_key) WHERE feed = 'outbox' RETURNING last - cardinality(p_key) INTO before;
  INSERT INTO outbox AS o (key, fixed, state, tries, next, moved, answer, remote, station, n)
    SELECT key, fixed, state, tries, next, moved, answer, remote, p_writer, before + i
      FROM unnest(p_key, p_fixed, p_state, p_tries, p_next, p_moved, p_answer, p_remote) WITH ORDINALITY AS g (key, fixed, state, tries, next, moved, answer, remote, i)
      WHERE all_of OR state IN ('waiting', 'withdrawn') AND tries = 0
    ON CONFLICT (key) DO UPDATE SET state = excluded.state, tries = excluded.tries, next = excluded.next, moved = excluded.moved, answer = excluded.answer,
        remote = excluded.remote, station = excluded.station, n = excluded.n
      WHERE excluded.tries > o.tries OR excluded.tries = o.tries AND o.state = 'unknown' AND (o.station = p_writer OR excluded.state NOT IN ('unknown', 'waiting'));
END $$;

-- act_entry as in format 1. That a shop is never told is a desk's word.
CREATE OR REPLACE FUNCTION act_entry(p_writer text, p_key text, p_again boolean, p_answer text, p_at bigint)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = packbench, pg_catalog, pg_temp AS $$
DECLARE
  turn bigint;
BEGIN
  PERFORM own(p_writer);
  IF NOT p_again AND NOT manages(p_writer) THEN
    RAISE EXCEPTION 'a desk may give up what goes out, % may not', p_writer USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE feeds SET last = last + 1 WHERE feed = 'outbox' RETURNING last INTO turn;
  UPDATE outbox SET state = CASE WHEN NOT p_again THEN 'given-up' WHEN tries = 0 THEN 'waiting' ELSE 'unknown' END,
      next = CASE WHEN p_again THEN 0 ELSE next END, answer = CASE WHEN p_again THEN answer ELSE p_answer END, moved = p_at, n = turn
    WHERE key = p_key AND (state IN ('waiting', 'unknown', 'refused') OR p_again AND state = 'given-up');
  RETURN FOUND;
END $$;

-- release_return takes one return from whoever has it, for a person: it can be opened anew.
CREATE FUNCTION release_return(p_key text) RETURNS SETOF text LANGUAGE plpgsql SECURITY DEFINER SET search_path = packbench, pg_catalog, pg_temp AS $$
DECLARE
  turn bigint;
BEGIN
  UPDATE feeds SET last = last + 1 WHERE feed = 'claims' RETURNING last INTO turn;
  RETURN QUERY UPDATE claims SET state = 'free', since = now(), wanted = '', n = turn WHERE kind = 'return' AND key = p_key AND state = 'held' RETURNING key;
  PERFORM pg_notify('packbench', 'claims');
END $$;

-- end_claims as in format 1, and who took apart or loaded what nobody would scan any more.
CREATE OR REPLACE FUNCTION end_claims() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = packbench, pg_catalog, pg_temp AS $$
  DELETE FROM claims WHERE (kind, key) IN (
    SELECT c.kind, c.key FROM claims c LEFT JOIN shared s ON s.kind = 'orders' AND s.key = '[' || to_json(c.key)::text || ']'
    WHERE c.kind = 'order' AND c.state = 'done' AND c.since < now() - interval '35 days'
      AND (s.key IS NULL OR s.gone OR position('"status":"open"'::bytea IN s.body) = 0)
    ORDER BY c.since LIMIT 1000);
  DELETE FROM claims WHERE (kind, key) IN (
    SELECT c.kind, c.key FROM claims c WHERE c.kind <> 'order' AND c.state <> 'held' AND c.since < now() - interval '180 days'
    ORDER BY c.since LIMIT 1000)
$$;
CREATE INDEX claims_over ON claims (since) WHERE kind <> 'order' AND state <> 'held';
