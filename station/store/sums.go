package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math"
	"strings"

	"modernc.org/sqlite"
)

// sealed is a table whose rows carry a sum of what was written into them, so that what
// the disk has changed since is noticed where it is used. Tables that are built from
// the journal have none: verifying builds them again.
//
// The one connection that writes sets the sums, by triggers of its own: no statement
// can forget them, and what changes a row behind its back does not set them right. An
// import, which writes by the million, brings the sums of its rows along: see rowSum.
type sealed struct {
	table  string
	column string   // that holds the sum; the key of the row is always a part of it
	key    []string // and so is what identifies the row
	of     []string // the rest of what is summed
	called string   // what people call a row
	kind   Kind     // of the fault where one is not what was written
}

var seals = []sealed{
	{"settings", "sum", []string{"name"}, []string{"value"}, "setting", AlteredHere},
	{"products", "head", []string{"sku"}, []string{"name", "mass"}, "product", AlteredImport},
	{"products", "sum", []string{"sku"}, []string{"body", "folded"}, "product", AlteredImport},
	{"product_codes", "sum", []string{"code", "sku"}, []string{"factor", "gtin"}, "barcode", AlteredImport},
	{"product_aliases", "sum", []string{"alias", "sku"}, nil, "alias", AlteredImport},
	{"cartons", "sum", []string{"id"}, []string{"body"}, "carton", AlteredImport},
	{"rates", "sum", []string{"name"}, []string{"body"}, "rate card", AlteredImport},
	{"people", "sum", []string{"id"}, []string{"name", "role", "lang", "badge", "since", "until", "trainee", "revoked"}, "person", AlteredImport},
	{"pins", "sum", []string{"person"}, []string{"hash", "tries", "paused"}, "PIN of", AlteredHere},
	{"orders", "sum", []string{"id"}, []string{
		"shop", "shop_id", "number", "name", "version", "status", "reason", "ship_by", "multi", "due", "given", "body", "address", "folded",
	}, "order", AlteredImport},
	{"order_totes", "sum", []string{"tote", "order_id"}, nil, "tote", AlteredImport},
	{"order_skus", "sum", []string{"sku", "multi", "ship_by", "order_id"}, nil, "product of an order", AlteredImport},
	{"claims", "sum", []string{"order_id"}, []string{"station", "at", "done"}, "claim of order", AlteredHere},
	{"van_claims", "sum", []string{"sscc"}, []string{"holder"}, "claim of parcel", AlteredHere},
	{"leases", "sum", []string{"station"}, []string{"term", "beat", "ended"}, "lease of station", AlteredHere},
	{"label_numbers", "sum", []string{"effect"}, []string{"parcel", "carrier", "sscc", "tracking"}, "numbers of label", AlteredHere},
	{"manifest_bodies", "sum", []string{"manifest"}, []string{"effect", "body"}, "list of van", AlteredHere},
	{"drivers", "sum", []string{"id"}, []string{"name"}, "driver", AlteredHere},
	{"notes", "sum", []string{"id"}, []string{"case_id", "text"}, "note", AlteredHere},
	{"writers", "sum", []string{"writer"}, []string{"no"}, "writer", AlteredHere},
	{"shops", "sum", []string{"id"}, []string{"kind", "url", "options", "paused", "since"}, "shop", AlteredHere},
	{"shop_lists", "sum", []string{"shop", "list"}, []string{"cursor", "read", "tried", "next", "trouble"}, "list of shop", AlteredHere},
	{"outbox", "sum", []string{"entry"}, []string{
		"key", "target", "kind", "order_id", "parcel", "body", "state", "tries", "added", "next", "moved", "answer", "remote",
	}, "entry of the outbox", AlteredHere},
	{"accounts", "sum", []string{"id"}, []string{"kind", "url", "options", "off", "since"}, "account", AlteredHere},
	{"account_services", "sum", []string{"account", "service"}, []string{"body", "unused"}, "service of account", AlteredHere},
	{"parcel_quotes", "sum", []string{"parcel", "account"}, []string{"asked", "at", "body"}, "prices of parcel", AlteredHere},
	{"purchases", "sum", []string{"key"}, []string{
		"account", "ref", "order_id", "parcel", "station", "carrier", "service", "asked", "state", "draft", "quote", "bought", "refund", "answer", "since", "moved",
	}, "purchase", AlteredHere},
	{"purchase_papers", "sum", []string{"key", "n"}, []string{"kind", "type", "dpi", "data"}, "paper of purchase", AlteredHere},
	{"close_outs", "sum", []string{"id"}, []string{
		"account", "carrier", "day", "van", "station", "state", "answer", "body", "since", "moved",
	}, "close-out", AlteredHere},
	{"close_out_parcels", "sum", []string{"purchase"}, []string{"close_out"}, "close-out of purchase", AlteredHere},
	{"message_targets", "sum", []string{"id"}, []string{"kind", "url", "options", "off", "since", "taken", "last"}, "message target", AlteredHere},
	{"news", "sum", []string{"id"}, []string{"key", "kind", "at", "order_id", "body"}, "news", AlteredHere},
	{"carries", "sum", []string{"at"}, []string{"body"}, "day in the shift book", AlteredHere},
	{"stock_terms", "sum", []string{"sku"}, []string{"supplier", "lead", "pack", "on_order", "said"}, "supplier of product", AlteredImport},
	{"tracked", "sum", []string{"parcel", "tracking"}, []string{"state", "state_at", "delivered"}, "news of parcel", AlteredHere},
	{"track_words", "sum", []string{"id"}, []string{"words", "place"}, "words of a carrier", AlteredHere},
	{"site_pages", "sum", []string{"kind", "of"}, []string{"token", "order_id", "made", "gone"}, "page of buyer", AlteredHere},
	{"service_numbers", "sum", []string{"account", "parcel", "number"}, []string{"state", "ref", "tries", "sent", "asked", "answer"}, "number at a service", AlteredHere},
	{"hub_feeds", "sum", []string{"feed"}, []string{"n"}, "place in feed", AlteredHere},
	{"resting", "sum", []string{"parcel", "since"}, []string{"until", "body"}, "resting parcel", AlteredHere},
}

// expr is the sum of a row whose columns are named with this before them.
func (s sealed) expr(before string) string {
	columns := []string{"'" + s.table + "'"}
	for _, c := range append(s.key[:len(s.key):len(s.key)], s.of...) {
		columns = append(columns, before+c)
	}
	return "row_sum(" + strings.Join(columns, ", ") + ")"
}

// triggers sets the sum of a new row that has none, and of a changed one whose sum was right before:
// what the disk has changed does not become right by another change.
func (s sealed) triggers() string {
	var where []string
	for _, k := range s.key {
		where = append(where, k+" = NEW."+k)
	}
	set := fmt.Sprintf("UPDATE %s SET %s = %s WHERE %s", s.table, s.column, s.expr("NEW."), strings.Join(where, " AND "))
	name := s.table + "_" + s.column
	return fmt.Sprintf(`CREATE TEMP TRIGGER %[1]s_added AFTER INSERT ON main.%[2]s WHEN NEW.%[5]s = 0 BEGIN %[3]s; END;
		CREATE TEMP TRIGGER %[1]s_changed AFTER UPDATE OF %[4]s ON main.%[2]s WHEN OLD.%[5]s = %[6]s BEGIN %[3]s; END;`,
		name, s.table, set, strings.Join(append(s.key[:len(s.key):len(s.key)], s.of...), ", "), s.column, s.expr("OLD."))
}

// seal makes the connection that writes set the sums.
func seal(ctx context.Context, db *sql.Conn) error {
	for _, s := range seals {
		if _, err := db.ExecContext(ctx, s.triggers()); err != nil {
			return fmt.Errorf("seal %s: %w", s.table, err)
		}
	}
	return nil
}

// sealOf returns the last seal of a table, which has the name sum.
func sealOf(table string) (found sealed) {
	for _, s := range seals {
		if s.table == table {
			found = s
		}
	}
	return found
}

// sumIn is the sum of a row in a statement on its table.
func sumIn(table string) string { return sealOf(table).expr("") }

// named is what people call a row, as a column of a query.
func (s sealed) named(before string) string {
	return "'" + s.called + " ' || " + before + s.key[0]
}

// doubt is a column for a query on a sealed table, to be read by sound: "" for a row
// that is what was written, and else what people call it. before is the table's name
// in the query with a dot, or "".
func doubt(table, before string) string {
	var whens []string
	for _, s := range seals {
		if s.table == table {
			whens = append(whens, fmt.Sprintf("WHEN %s%s <> %s THEN '%s:' || %s", before, s.column, s.expr(before), s.table, s.named(before)))
		}
	}
	return "CASE " + strings.Join(whens, " ") + " ELSE '' END"
}

// sound reads rows whose last column is a doubt, and refuses those where it is not "".
func sound[T any](read func(scan func(...any) error) (T, error)) func(scan func(...any) error) (T, error) {
	return func(scan func(...any) error) (T, error) {
		var doubted string
		v, err := read(func(to ...any) error {
			if err := scan(append(to, &doubted)...); err != nil {
				return err
			}
			if doubted != "" {
				return alteredRow(doubted)
			}
			return nil
		})
		return v, err
	}
}

// alteredRow makes the error of a doubt.
func alteredRow(doubt string) Damage {
	table, what, _ := strings.Cut(doubt, ":")
	return Damage{what, sealOf(table).kind}
}

// sum is a CRC-32C over the columns of a row, each with its type and length: what disks
// and file systems use against the same thing. It notices every single flipped bit, and
// the processor has an instruction for it. It keeps nobody from forging.
type sum uint32

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func (s sum) bytes(kind byte, b []byte) sum {
	var head [9]byte
	head[0] = kind
	binary.LittleEndian.PutUint64(head[1:], uint64(len(b)))
	return sum(crc32.Update(crc32.Update(uint32(s), castagnoli, head[:]), castagnoli, b))
}

func (s sum) number(kind byte, n uint64) sum {
	var b [9]byte
	b[0] = kind
	binary.LittleEndian.PutUint64(b[1:], n)
	return sum(crc32.Update(uint32(s), castagnoli, b[:]))
}

func (s sum) text(t string) sum { return s.bytes('t', []byte(t)) }
func (s sum) int(n int64) sum   { return s.number('i', uint64(n)) }

// sumOfRow begins the sum of a row.
func sumOfRow(table string) sum { return sum(0).text(table) }

// rowSum is the sum of a row: its key, then the rest of what is summed, as SQLite has it.
func rowSum(table string, columns ...any) int64 {
	s := sumOfRow(table)
	for _, c := range columns {
		switch c := c.(type) {
		case string:
			s = s.text(c)
		case []byte:
			s = s.bytes('b', c)
		case int64:
			s = s.int(c)
		case float64:
			s = s.number('f', math.Float64bits(c))
		default:
			s = s.number('n', 0)
		}
	}
	return int64(s)
}

// row_sum is rowSum in statements.
func init() {
	sqlite.MustRegisterDeterministicScalarFunction("row_sum", -1, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		columns := make([]any, len(args)-1)
		for i, a := range args[1:] {
			columns[i] = a
		}
		return rowSum(fmt.Sprint(args[0]), columns...), nil
	})
}

// alteredRows names the rows that are not what was written.
func (s *Store) alteredRows(ctx context.Context) ([]Damage, error) {
	var out []Damage
	for _, of := range seals {
		found, err := list(ctx, s.read, "check the kept rows", text,
			fmt.Sprintf(`SELECT '%s:' || %s FROM %s WHERE %s <> %s`, of.table, of.named(""), of.table, of.column, of.expr("")))
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			out = append(out, alteredRow(f))
		}
	}
	return out, nil
}
