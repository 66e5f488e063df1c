package store_test

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/diff"

	"packbench/station/cases"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/store"
)

var updateGolden = flag.Bool("update-golden-journals", false, "write down what today's program makes of the golden journals; only for journals that are new")

// TestGoldenJournals replays journals that the program wrote in November 2026.
// Between them they hold every kind of row that it wrote then, every fact and
// every field. What they replay to must never change, whatever becomes of the
// types in the program: beside each journal (.jsonl, rows in order of arrival)
// stands the state after each row, as the lines that the row changed, the
// projections and the ends of the hash chains (.golden).
func TestGoldenJournals(t *testing.T) {
	files, err := filepath.Glob("testdata/journals/*.jsonl")
	if err != nil || len(files) < 26 {
		t.Fatalf("%d golden journals, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".jsonl"), func(t *testing.T) {
			t.Parallel()
			got := replayed(t, file)
			golden := strings.TrimSuffix(file, ".jsonl") + ".golden"
			if *updateGolden {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("an old journal does not replay to what it said:\n%s", diff.Diff("then", want, "now", []byte(got)))
			}
		})
	}
}

// goldenRow is a line of a golden journal.
type goldenRow struct {
	Writer string          `json:"writer"`
	Seq    int64           `json:"seq"`
	At     time.Time       `json:"at"`
	Input  json.RawMessage `json:"input"`
	Facts  json.RawMessage `json:"facts"`
}

// wordsOfThen puts back what the golden journals call a trouble that has other
// words now: they tell what became of codes, not how people read them today.
var wordsOfThen = strings.NewReplacer("Fix the folder for documents", "Mend the folder for documents")

func replayed(t *testing.T, file string) string {
	ctx := t.Context()
	codec := journal.Bench().And(journal.NewCodec(cases.Events(), cases.Facts()))
	path := filepath.Join(t.TempDir(), store.FileName)
	s, err := store.Open(ctx, path, store.Options{Codec: codec})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	var out strings.Builder
	state, was, at := pack.New(), describe(pack.New(), nil), map[string]string{}
	chains := map[string]journal.Chain{}
	for _, g := range goldenRows(t, file) {
		chain := chains[g.Writer]
		chain.Writer = g.Writer
		row := chain.Next(g.At, g.Input, g.Facts)
		if row.Seq != g.Seq {
			t.Fatalf("row %s.%d follows %d", g.Writer, g.Seq, chain.Seq)
		}
		chains[g.Writer] = chain.After(row)
		if err := s.Append(ctx, row); err != nil {
			t.Fatal(err)
		}
		in, facts, err := codec.Decode(row)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "%s %s\n", row.ID(), in.Event.Tag())
		if g.Writer == "desk" {
			continue
		}
		for _, f := range facts {
			state = pack.Fold(state, f)
			if f, ok := f.(pack.WeightTaken); ok {
				at[lastWeight] = fmt.Sprint(int64(f.Weight.Mass))
			}
		}
		is := describe(state, at)
		for i := range is {
			is[i] = wordsOfThen.Replace(is[i])
		}
		for _, line := range was {
			if !slices.Contains(is, line) {
				fmt.Fprintf(&out, "  - %s\n", line)
			}
		}
		for _, line := range is {
			if !slices.Contains(was, line) {
				fmt.Fprintf(&out, "  + %s\n", line)
			}
		}
		was = is
	}
	if err := s.CatchUp(ctx); err != nil {
		t.Fatal(err)
	}
	for _, writer := range slices.Sorted(maps.Keys(chains)) {
		fmt.Fprintf(&out, "head %s %d %s\n", writer, chains[writer].Seq, chains[writer].Head)
	}
	tables(t, ctx, path, &out)
	return out.String()
}

const lastWeight = "the last weight"

func goldenRows(t *testing.T, file string) []goldenRow {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var rows []goldenRow
	lines := bufio.NewScanner(bytes.NewReader(text))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var g goldenRow
		if err := json.Unmarshal(lines.Bytes(), &g); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, g)
	}
	return rows
}

// describe says a state in lines that do not depend on how it is kept. Nothing
// is said of what is empty. The printer that a label was last sent to was said also
// once that label was void, as long as its parcel was on the bench: at remembers it
// by parcel, and under lastWeight the last weight that was taken: all that was known
// of the scale was whether that might lie on it yet.
func describe(s pack.State, at map[string]string) []string {
	var out []string
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	say("rules %s", fields(s.Rules))
	say("phase %s back %q locked by %q refusals %d", s.Phase, s.Back, s.LockRow, s.Refusals)
	if s.Person != (pack.Person{}) {
		say("person %s %s", s.Person.ID, s.Person.Role)
	}
	if s.Removing || s.Count != 0 || s.Armed != "" {
		say("armed %t %d %q", s.Removing, s.Count, s.Armed)
	}
	say("scale %s", fields(struct {
		Last   json.RawMessage
		Used   bool
		Latest *pack.Weighed `json:",omitempty"`
	}{json.RawMessage(cmp.Or(at[lastWeight], "0")), len(s.Scale.Loads) > 0, s.Scale.Latest}))
	if o := s.Opening; o != nil {
		say("opening %s of %s, item %s, reopen %t", o.Effect, o.Order, fields(o.Item), o.Reopen != nil)
	}
	if q := s.Question; q != nil {
		say("question %s %s", q.Code, fields(q.Item))
		for _, c := range q.Choices {
			say("choice %d %q %s", c.N, c.Text, choiceOf(c))
		}
	}
	if w := s.Wanted; w != nil {
		say("wanted %s for %s %s, reason %q, author %q", w.Needs, w.Action.Name, w.Action.Value, w.Reason, w.Author)
	}
	if s.Shown != nil {
		say("shown %s", fields(s.Shown))
	}
	if l := s.Loading; l != nil {
		say("loading %s of %s lane %q services %q driver asked %t since %s", l.Manifest, l.Carrier, l.Lane, l.Services, l.Driver, stamp(l.Began))
		for _, p := range l.Parcels {
			say("loaded %s of %s, %s", p.Parcel, p.Order, p.SSCC)
		}
	}
	for _, l := range s.Lists() {
		say("list %s of %q, wish %s, reprint %d, %s %q", l.Of, l.Carrier, l.Key, l.Copy, l.State, l.Trouble)
	}
	for parcel := range at {
		if s.WorkOf(parcel) == nil && parcel != lastWeight {
			delete(at, parcel)
		}
	}
	out = append(out, describeWork("work", s, s.Work, at)...)
	for _, id := range slices.Sorted(maps.Keys(s.Parked)) {
		out = append(out, describeWork("parked", s, s.Parked[id], at)...)
	}
	for _, id := range slices.Sorted(maps.Keys(s.Pending)) {
		e := s.Pending[id]
		switch of := e.Document; of.Kind { // each was an effect of its own
		case "":
			if e.Kind == pack.EffectBuy {
				e.Kind = "label"
			}
		case pack.DocumentLabel:
			e.Parcel = of.Of
		case pack.DocumentManifest:
			e.Kind, e.Manifest = "manifest", of.Of
		default:
			e.Kind, e.Parcel, e.Do = "paper", of.Of, of.Kind
		}
		say("pending %s %s for order %q parcel %q document %q what %q wish %s manifest %q parcels %q reprint %d printer %q given up %t",
			id, e.Kind, e.Order, e.Parcel, e.Kept, e.Do, e.Key(), e.Manifest, e.Parcels, e.Copy, e.Printer, e.GivenUp)
	}
	if len(s.Recent) > 0 { // the others were newest before
		v := s.Recent[0]
		say("verdict, of %d: %s %s %s order %q parcel %q line %q %q qty %d, %d of %d, open %d, reason %q, case %q, by %q %q",
			len(s.Recent), stamp(v.At), v.Kind, v.Code, v.Order, v.Parcel, v.Line, v.SKU, v.Qty, v.Have, v.Want, v.Open, cmp.Or(string(v.Reason), v.Why, v.Trouble.String()), v.Case, v.By, v.Author)
	}
	return out
}

func choiceOf(c pack.Choice) string {
	switch {
	case c.Command != nil:
		return "command " + c.Command.Name + " " + c.Command.Value
	case c.Meaning != nil:
		return "meaning " + string(c.Meaning.Kind)
	}
	return ""
}

func describeWork(what string, s pack.State, w *pack.Work, at map[string]string) []string {
	if w == nil {
		return nil
	}
	var out []string
	say := func(format string, args ...any) {
		out = append(out, what+" "+w.Order+": "+fmt.Sprintf(format, args...))
	}
	say("version %d ship by %s service %q to %q address %q gift %t step %s blocked %q %q parcels %d",
		w.Version, stamp(w.ShipBy), w.Service, w.Country, w.Address, w.Gift, w.Step, w.Blocked, w.Reason, w.Parcels)
	for _, l := range w.Lines {
		say("line %s %s %q %s wants %d: packed %d, in %d, short %d %q, confirmed %t, by hand %d, swapped %d, open %d; %s",
			l.ID, l.SKU, l.Name, l.Kind, l.Qty, l.Packed, l.In, l.Short, l.Reason, l.Confirmed, l.Manual, l.Swapped, l.Open(), fields(l.LineInfo))
	}
	for _, p := range w.Earlier {
		say("earlier %s %s %s %v", p.ID, p.SSCC, p.State, contentsOf(p.Contents))
	}
	p := w.Parcel
	label := s.Document(pack.DocumentLabel, p.ID)
	if label.Printer != "" {
		at[p.ID] = label.Printer
	}
	say("parcel %s carton %s weight %s service %q", p.ID, fields(p.Carton), fields(p.Weight), p.Service)
	say("label %s, wishes %q %q, printing %q %q at %q, reprints %d", fields(p.Label), p.LabelKey, label.Key, label.State, p.Trouble.String()+label.Trouble.String(), at[p.ID], label.Copy)
	for _, kind := range pack.PaperKinds {
		if paper := s.Document(kind, p.ID); paper.Copies() > 0 || paper.State != "" {
			say("paper %s %d %q", kind, paper.Copies(), paper.State)
		}
	}
	for _, a := range p.Actions {
		say("action %s line %s %s %+d %s", a.ID, a.Line, a.SKU, a.Qty, a.How)
	}
	for _, q := range p.Quotes {
		say("quote %s of %s %d %s by %s, %d on time, allowed %t, chosen %t, %q", q.Service, q.Carrier, q.Price.Minor, q.Price.Currency,
			stamp(q.Promise), q.Reliability, q.Allowed, q.Chosen, q.Reason)
	}
	return out
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

// fields says a value as its journal says it.
func fields(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// projected are the tables that are built from the journal, with the columns
// that they had when the golden journals were written.
var projected = []struct{ table, columns string }{
	{"progress", "order_id, state, station, person, begun, short, opened, at"},
	{"parcels", "id, order_id, station, person, carton, service, carrier, price, currency, sscc, tracking, mass, typed, contents, state, began, closed, at"},
	{"parcel_labels", "sscc, tracking, parcel, document, service, voided, reprints"},
	{"manifests", "id, carrier, station, person, driver, began, closed, reprints, lane, gone"},
	{"manifest_parcels", "manifest, n, parcel"},
	{"cases", "id, at, station, kind, code, order_id, parcel, sku, person, body, state, resolver, reason, moved"},
	{"mentions", "order_id, n, writer, seq"},
	{"hours", "writer, hour, first, last"},
}

func tables(t *testing.T, ctx context.Context, path string, out *strings.Builder) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for _, p := range projected {
		rows, err := db.QueryContext(ctx, "SELECT "+p.columns+" FROM "+p.table+" ORDER BY 1, 2, 3")
		if err != nil {
			t.Fatal(err)
		}
		columns, _ := rows.Columns()
		for rows.Next() {
			values := make([]any, len(columns))
			for i := range values {
				values[i] = new(sql.NullString)
			}
			if err := rows.Scan(values...); err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(out, "%s", p.table)
			for i, v := range values {
				fmt.Fprintf(out, " %s=%q", columns[i], v.(*sql.NullString).String)
			}
			out.WriteByte('\n')
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
	}
}

// contentsOf writes contents as they were before units had marks, which no journal of
// then has.
func contentsOf(contents []pack.Content) (out []string) {
	for _, c := range contents {
		text := fmt.Sprintf("{%s %s %d}", c.Line, c.SKU, c.Qty)
		if len(c.Marked) > 0 {
			text += fmt.Sprint(c.Marked)
		}
		out = append(out, text)
	}
	return out
}
