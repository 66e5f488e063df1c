package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"packbench/cmd/internal/bench"
	"packbench/cmd/internal/effects/played"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/cmd/internal/upkeep"
	"packbench/devices/sim"
	"packbench/station/config"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/people"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/rogpeppe/go-internal/txtar"
)

// TestSessions plays the scripts of testdata/sessions against a whole bench:
// the sample shop in a real database, a simulated printer, a clock that stands
// still. A file has a story as its comment and these parts:
//
//	settings   lines that are put before the sample's station.toml, or replace it from "station =" on
//	orders.csv, products.csv, people.csv   taken in before the bench starts
//	script     the input lines of run, and six more: "restart" ends the program and
//	           starts it again; "import KIND FILE" takes another part of the file in;
//	           "revoke ID" and "pin ID DIGITS" are of a person's badge; <LABEL> stands for the SSCC of the open parcel's label, <KEPT> for
//	           the one that "keep" remembered
//	trace      the golden: each answer, each row of the journal with its facts, each pending effect
//
// After each session the journal is folded, cut after every row, and compared
// with the live state after that row; hash chains and projections are checked.
func TestSessions(t *testing.T) {
	files, err := filepath.Glob("testdata/sessions/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no sessions: %v", err)
	}
	for i, file := range files {
		if testing.Short() && i%3 != 0 {
			continue // the detector sees the same goroutines in each
		}
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			playFile(t, file)
		})
	}
}

func playFile(t *testing.T, file string) {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range archive.Files {
		parts[f.Name] = string(f.Data)
	}
	if strings.TrimSpace(string(archive.Comment)) == "" {
		t.Error("a session begins with its story")
	}
	p := newPlay(t, parts)
	p.start()
	for line := range strings.Lines(parts["script"]) {
		p.line(strings.TrimSpace(line))
	}
	p.stop()
	p.check()
	got := strings.ReplaceAll(p.trace.String(), p.dir, "DATA")
	if *update {
		i := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == "trace" })
		if i < 0 {
			archive.Files, i = append(archive.Files, txtar.File{Name: "trace"}), len(archive.Files)
		}
		archive.Files[i].Data = []byte(got)
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got != parts["trace"] {
		t.Errorf("the session went another way than its trace says (go test -run TestSessions -update writes it anew):\n%s",
			diff.Diff("want", []byte(parts["trace"]), "got", []byte(got)))
	}
}

// play is a session while it is played.
type play struct {
	t     *testing.T
	dir   string
	trace strings.Builder
	now   time.Time
	n     int
	kept  string
	parts map[string]string
	live  map[string][]byte // the state after each row, as JSON
	rows  []string          // ids, in order

	*session
	data *folder.Folder
	out  bytes.Buffer
	end  func()

	mu   sync.Mutex
	news []engine.Update
}

func newPlay(t *testing.T, parts map[string]string) *play {
	p := &play{t: t, dir: filepath.Join(t.TempDir(), "data"), live: map[string][]byte{}, parts: parts}
	p.now = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	clock := folder.Options{Clock: func() time.Time { return p.now }}
	foldertest.Init(t, p.dir, true, clock)
	settings := filepath.Join(p.dir, config.File)
	s, err := config.Load(settings)
	if err != nil {
		t.Fatal(err)
	}
	if text := parts["settings"]; text != "" {
		if s, err = config.Decode([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	s.TimeZone = "Europe/Berlin"
	if err := config.Save(settings, s); err != nil {
		t.Fatal(err)
	}
	d, err := folder.Open(t.Context(), p.dir, clock)
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"products", "orders", "people"} {
		if text := parts[kind+".csv"]; text != "" {
			if _, err := upkeep.New(d).Import(t.Context(), kind, strings.NewReader(text), kind+".csv", nil); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	return p
}

// start starts the program as runRun does, with an ear on every update.
func (p *play) start() {
	p.session = &session{json: true, started: true, out: &p.out, carriers: map[string]played.CarrierAnswer{}}
	p.session.now = p.now
	var err error
	if p.data, err = folder.Open(p.t.Context(), p.dir, folder.Options{Clock: p.clock}); err != nil {
		p.t.Fatal(err)
	}
	p.printer = &recorder{Printer: sim.NewPrinter(p.data.DocumentsDir()), kinds: map[string]string{}}
	p.bench, err = bench.Start(p.t.Context(), p.data, bench.StartOptions{Printer: p.printer, Paper: p.printer, Publish: p.hear, Carrier: p.carrier})
	if err != nil {
		p.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(p.t.Context())
	ended := make(chan error, 1)
	go func() { ended <- p.bench.Run(ctx) }()
	p.end = func() {
		cancel()
		if err := <-ended; err != nil {
			p.t.Error(err)
		}
		p.bench.Close()
		if err := p.data.Close(); err != nil {
			p.t.Error(err)
		}
	}
	if err := p.settle(p.t.Context()); err != nil {
		p.t.Fatal(err)
	}
	p.take()
	p.tellRows()
	p.tellPending()
}

func (p *play) stop() {
	p.now = p.clock()
	p.end()
}

func (p *play) hear(u engine.Update) {
	p.publish(u)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.news = append(p.news, u)
}

func (p *play) line(text string) {
	if text == "" || strings.HasPrefix(text, "#") {
		return
	}
	p.n++
	fmt.Fprintf(&p.trace, "> %s\n", text)
	switch text {
	case "restart":
		p.stop()
		p.start()
		return
	case "keep":
		p.kept = p.label()
		return
	}
	switch f := strings.Fields(text); {
	case f[0] == "import" && len(f) == 3:
		p.takeIn(f[1], f[2])
		return
	case f[0] == "revoke" && len(f) == 2, f[0] == "pin" && len(f) == 3:
		p.ofBadge(f[1], f[2:])
		return
	}
	text = strings.ReplaceAll(text, "<LABEL>", p.label())
	text = strings.ReplaceAll(text, "<KEPT>", p.kept)
	if err := p.session.line(p.t.Context(), p.n, text, false); err != nil {
		p.t.Fatalf("%s: %v", text, err)
	}
	p.tellRows()
	p.tellAnswer()
	p.tellPending()
}

// takeIn takes a file in while the bench works, as the shop's computer does.
func (p *play) takeIn(kind, file string) {
	got, err := upkeep.New(p.data).Import(p.t.Context(), kind, strings.NewReader(p.parts[file]), file, nil)
	if err != nil || len(got.Rejected) > 0 {
		p.t.Fatalf("import %s: %v, %+v", file, err, got.Rejected)
	}
	fmt.Fprintf(&p.trace, "  %d added, %d changed\n", got.Added, got.Changed)
}

// ofBadge revokes the badge of a person, or gives it a PIN, while the bench works.
func (p *play) ofBadge(person string, pin []string) {
	var err error
	if len(pin) == 0 {
		_, err = p.data.Store.RevokeBadge(p.t.Context(), person)
	} else {
		var hash string
		if hash, err = people.HashPIN(pin[0], people.Cost{Memory: 8, Passes: 1}); err == nil {
			err = p.data.Store.PutPIN(p.t.Context(), person, hash)
		}
	}
	if err != nil {
		p.t.Fatal(err)
	}
	p.data.Forget() // the bench notices within half a second
}

func (p *play) label() string {
	if w := p.bench.Engine.State().Work; w != nil && w.Parcel.Label != nil {
		return "00" + w.Parcel.Label.SSCC
	}
	return "no-label"
}

func (p *play) tellRows() {
	p.mu.Lock()
	news := p.news
	p.news = nil
	p.mu.Unlock()
	var rows []row
	for _, u := range news {
		if u.Err != nil {
			p.t.Errorf("not taken: %v", u.Err)
			continue
		}
		state, err := json.Marshal(u.State)
		if err != nil {
			p.t.Fatal(err)
		}
		p.live[u.Row.ID()] = state
		p.rows = append(p.rows, u.Row.ID())
		var facts []string
		for _, f := range u.Facts {
			facts = append(facts, tell(f))
		}
		rows = append(rows, row{u.Row.ID(), u.Input.Event.Tag(), strings.Join(facts, ", ")})
	}
	inOrder(rows)
	for _, r := range rows {
		fmt.Fprintf(&p.trace, "    %s %s: %s\n", r.id, r.event, r.facts)
	}
}

// row is a row of the journal as the trace shows it.
type row struct{ id, event, facts string }

// inOrder puts what ended side by side, in no order, into the one in which it was
// asked for: papers, and the effects of one row, such as the void of a label and the
// purchase of the next.
func inOrder(rows []row) {
	for i := 0; i < len(rows); i++ {
		end := i + 1
		for end < len(rows) && sideBySide(rows[i], rows[end]) {
			end++
		}
		group := slices.Clone(rows[i:end])
		slices.SortStableFunc(group, func(a, b row) int { return strings.Compare(a.facts, b.facts) })
		for j, r := range group {
			rows[i+j].event, rows[i+j].facts = r.event, r.facts
		}
		i = end - 1
	}
}

func sideBySide(a, b row) bool {
	if printed := (pack.Printed{}).Tag(); a.event == printed && b.event == printed {
		return true
	}
	asked := func(r row) string {
		ended, ok := strings.CutPrefix(r.facts, pack.EffectEnded{}.Tag()+" ")
		effect, _, _ := strings.Cut(ended, ",")
		if i := strings.LastIndexByte(effect, '.'); ok && i > 0 {
			return effect[:i]
		}
		return ""
	}
	return asked(a) != "" && asked(a) == asked(b)
}

// tell writes a fact as its tag and what the trace should show of it.
func tell(f pack.Fact) string {
	switch f := f.(type) {
	case pack.Judged:
		return fmt.Sprintf("%s %s %s", f.Tag(), f.Verdict.Kind, f.Verdict.Code)
	case pack.Moved:
		return f.Tag() + " " + string(f.To)
	case pack.UnitsMoved:
		return fmt.Sprintf("%s %s%+d %s", f.Tag(), f.Action.SKU, f.Action.Qty, f.Action.How)
	case pack.EffectAsked:
		return fmt.Sprintf("%s %s", f.Tag(), wish(f.Effect))
	case pack.EffectEnded:
		return f.Tag() + " " + f.ID
	case pack.CaseOpened:
		return fmt.Sprintf("%s %s %s", f.Tag(), f.Kind, f.Code)
	case pack.LabelKept:
		return fmt.Sprintf("%s %s %s", f.Tag(), f.Label.SSCC, f.Label.Tracking)
	case pack.DocumentStood:
		return fmt.Sprintf("%s %s %s", f.Tag(), f.Kind, f.State)
	}
	return f.Tag()
}

// wish writes what an effect does; of one that prints, what it prints.
func wish(e pack.Effect) string {
	return strings.Join(strings.Fields(fmt.Sprintf("%s %s %s", e.Kind, e.Document.Kind, e.ID)), " ")
}

// tellAnswer writes what the program answered.
func (p *play) tellAnswer() {
	var a answer
	if err := json.Unmarshal(p.out.Bytes(), &a); err != nil {
		p.t.Fatalf("the answer is no JSON object: %v: %s", err, p.out.Bytes())
	}
	p.out.Reset()
	text := fmt.Sprintf("%s %s, %s", a.Verdict, a.Code, a.Phase)
	add := func(name, value string) {
		if value != "" {
			text += ", " + strings.TrimSpace(name+" "+value)
		}
	}
	add("order", a.Order)
	add("parcel", a.Parcel)
	add("", a.SKU)
	if a.Qty != 0 {
		add("qty", fmt.Sprint(a.Qty))
	}
	add("expected", strings.Join(a.Expected, " "))
	if a.Open != nil {
		add("open", fmt.Sprint(*a.Open))
	}
	if a.Mass != nil && a.ExpectedMg != nil {
		add("", fmt.Sprintf("%s of %s ± %s", a.Mass, a.ExpectedMg, a.Tolerance))
	}
	if a.Cause != nil {
		add("cause", strings.TrimSpace(fmt.Sprintf("%s %s %d", a.Cause.Kind, a.Cause.SKU, a.Cause.N)))
	}
	if a.Price != nil {
		add("service", fmt.Sprintf("%s %d %s", a.Service, a.Price.Minor, a.Price.Currency))
	}
	add("case", a.Case)
	add("by", a.By)
	add("authorised by", a.Author)
	fmt.Fprintf(&p.trace, "  %s\n  %s\n", text, a.Message)
	for _, c := range a.Choices {
		fmt.Fprintf(&p.trace, "    %d %s\n", c.N, c.Text)
	}
	for _, d := range a.Documents {
		fmt.Fprintf(&p.trace, "  %s in %s\n", d.Kind, filepath.Base(d.File))
	}
}

func (p *play) tellPending() {
	pending := p.bench.Engine.State().Pending
	var ids []string
	for _, e := range pending {
		ids = append(ids, wish(e))
	}
	slices.Sort(ids)
	if len(ids) > 0 {
		fmt.Fprintf(&p.trace, "  pending: %s\n", strings.Join(ids, ", "))
	}
}
