package hub

import (
	"context"
	"crypto/rand"
	_ "embed"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// Format is that of the hub which this program makes. A hub of the one before or behind is
// spoken to as well, as far as that hub serves it.
const Format = 2

var (
	//go:embed schema.sql
	schema string
	//go:embed schema2.sql
	schema2 string
)

// formats are the steps from nothing to format 1, from there to 2, and so on. One that was
// in the world is never changed. A step may raise hub.least, the least format of a program
// that the hub serves from then on, but not above the format before it.
var formats = []string{schema, schema2}

// upgradeWithin is how long a step may take, and waitForBenches how long it may hold up
// benches, and be held up by them.
const (
	upgradeWithin  = 30 * time.Minute
	waitForBenches = "10s"
)

// Init makes the hub in a database that has none: schema, roles and rights. It needs a
// login that may make both. A hub of an older format it brings to this one, or leaves it as
// it was. It returns the format that was there, 0 for none.
func (h *Hub) Init(ctx context.Context) (was int, err error) { return h.bringTo(ctx, formats) }

func (h *Hub) bringTo(ctx context.Context, formats []string) (was int, err error) {
	ctx, done := context.WithTimeout(ctx, upgradeWithin)
	defer done()
	err = pgx.BeginFunc(ctx, h.pool, func(tx pgx.Tx) error {
		run := func(statements string) error {
			_, err := tx.Conn().PgConn().Exec(ctx, statements).ReadAll()
			return err
		}
		// One at a time: who comes second finds it done.
		if err := run(`SELECT pg_advisory_xact_lock(hashtext('packbench init')); SET LOCAL lock_timeout = '` + waitForBenches + `'`); err != nil {
			return err
		}
		var there bool
		if err := tx.QueryRow(ctx, `SELECT to_regclass('packbench.hub') IS NOT NULL`).Scan(&there); err != nil {
			return err
		}
		id := ""
		if there {
			if err := tx.QueryRow(ctx, `SELECT id, format FROM packbench.hub`).Scan(&id, &was); err != nil {
				return err
			}
		}
		if was > len(formats) {
			return &Trouble{Kind: NewerHub}
		}
		for i, step := range formats[was:] {
			if err := run(step); err != nil {
				return fmt.Errorf("bring the hub to format %d: %w", was+i+1, err)
			}
		}
		if was == len(formats) {
			return nil
		}
		if was == 0 {
			var err error
			if id, err = begin(ctx, tx); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(ctx, `UPDATE packbench.hub SET format = $1`, len(formats)); err != nil {
			return err
		}
		bench, desk := roles(id)
		may := strings.Join(rights[:min(len(rights), len(formats))], "")
		return run(strings.NewReplacer("BENCH", bench, "DESK", desk).Replace(may))
	})
	return was, troubleOf(err)
}

// begin gives a hub its name and its roles.
func begin(ctx context.Context, tx pgx.Tx) (id string, err error) {
	b := make([]byte, 16)
	_, _ = rand.Read(b) // never fails
	id = hex.EncodeToString(b)
	if _, err = tx.Exec(ctx, `INSERT INTO packbench.hub (id, format) VALUES ($1, 1)`, id); err == nil {
		_, err = tx.Exec(ctx, `SELECT packbench.live()`)
	}
	if err == nil {
		bench, desk := roles(id)
		_, err = tx.Conn().PgConn().Exec(ctx, `CREATE ROLE `+bench+` NOLOGIN; CREATE ROLE `+desk+` NOLOGIN`).ReadAll()
	}
	return id, err
}

// fits is a Trouble where a program of a format cannot speak to a hub.
func (a About) fits(program int) error {
	switch {
	case a.Format > program+1, a.Least > program:
		return &Trouble{Kind: NewerHub}
	case a.Format < program-1:
		return &Trouble{Kind: OlderHub}
	}
	return nil
}

// rights are what the roles may do: a bench reads what it needs and changes nothing but
// by the functions, which look at who calls them; those of format 1, what format 2 adds,
// and so on. BENCH and DESK are their names.
var rights = []string{`
REVOKE ALL ON SCHEMA packbench FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA packbench FROM PUBLIC;
GRANT USAGE ON SCHEMA packbench TO BENCH, DESK;
GRANT SELECT ON
  packbench.hub,
  packbench.feeds,
  packbench.shared,
  packbench.claims,
  packbench.counters,
  packbench.keys,
  packbench.chains,
  packbench.presence
TO BENCH, DESK;
GRANT SELECT (writer, seq, heard) ON packbench.writers TO BENCH, DESK;
GRANT EXECUTE ON FUNCTION
  packbench.life_now(),
  packbench.greet(text, text, text),
  packbench.append(text, bigint, text[], bytea[], bytea[], bytea[]),
  packbench.put(text, text[], text[], bytea[], boolean[], bigint[], boolean[], text),
  packbench.packed(text, text[]),
  packbench.claim(text, text, text, boolean),
  packbench.want(text, text, text),
  packbench.here(text, bytea),
  packbench.keep_key(text, text, bytea),
  packbench.put_back(text, text, bigint, bigint, bigint),
  packbench.settle(text, text, text[], text),
  packbench.take(text, text, bigint, bigint, bigint),
  packbench.lift(text, text[], bigint[])
TO BENCH, DESK;
GRANT EXECUTE ON FUNCTION packbench.release(text, text) TO DESK;
GRANT SELECT ON packbench.leases, packbench.outbox, packbench.documents TO BENCH, DESK;
GRANT EXECUTE ON FUNCTION packbench.keep_documents(text, text[], text[], text[], text[], text[], text[], bigint[], bytea[], bytea[]) TO BENCH, DESK;
GRANT EXECUTE ON FUNCTION packbench.lease(text, text, bigint, integer),
  packbench.begin_entry(text, text, bigint, text, bytea, text, integer, bigint, bigint, text),
  packbench.tell_entries(text, text[], bytea[], text[], integer[], bigint[], bigint[], text[], text[]), packbench.act_entry(text, text, boolean, text, bigint) TO BENCH, DESK;
`, `
GRANT EXECUTE ON FUNCTION packbench.manages(text), packbench.brought(text) TO BENCH, DESK;
GRANT EXECUTE ON FUNCTION packbench.release_return(text) TO DESK;
`}
