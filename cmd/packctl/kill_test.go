package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/cmd/internal/upkeep"
	"packbench/station/journal"
	"packbench/station/pack"
)

// Kinds of moments at which the bench is killed: each line of a packer leads
// to effects of its own.
const (
	killOpen  = "open"  // scanning an order: the opening effect
	killItem  = "item"  // scanning a unit
	killWeigh = "weigh" // the weight: label numbers, the kept label, the printing
	killClose = "close" // the label scanned back: the claim is given back
	killIdle  = "idle"  // nobody does anything: projections, snapshot, checkpoint
	killStart = "start" // the start itself, with what was pending
)

var killKinds = []string{killWeigh, killOpen, killClose, killItem, killWeigh, killIdle, killClose, killStart}

// TestKilledAtAnyMoment (F2): a packer works on scripted orders, and the bench
// is killed again and again, before, during and after each kind of effect. The
// packer goes on by what the screen says. Nothing that was answered is lost,
// no unit is lost or doubled, nothing is numbered, bought or printed twice.
func TestKilledAtAnyMoment(t *testing.T) {
	t.Parallel()
	const points = 100
	seed := uint64(time.Now().UnixNano())
	if text := os.Getenv("KILL_SEED"); text != "" {
		if _, err := fmt.Sscan(text, &seed); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("KILL_SEED=%d", seed)
	p := newPacker(t, rand.New(rand.NewPCG(seed, 1)), points)
	for n := range points {
		p.killed(killKinds[n%len(killKinds)])
	}
	p.finish()
	p.judge()
	t.Logf("%d orders closed; killed after an answer %d times, with a line in flight that was taken %v, not taken %v; %d labels asked for again; pending, as far as looked: %v",
		len(p.closed), p.answered, p.taken, p.lost, p.again, p.pending)
}

// packer is a person who packs, and remembers what was answered.
type packer struct {
	t      *testing.T
	rand   *rand.Rand
	exe    string
	data   string
	docs   string
	orders map[string]map[string]int // what each order wants, by SKU
	next   []string                  // orders that nobody began
	begun  []string
	closed []string
	box    map[string]map[string]int // what really lies in the box of each order

	proc   *process
	last   answer // the newest answer
	zeroed bool   // the scale was cleared for this parcel
	guess  string // the weight to try
	stuck  bool   // the printer, in this run of the program
	chain  journal.Chain
	state  pack.State // folded from the journal, as of the last look
	papers map[string]os.FileInfo
	took   map[string]time.Duration // how long each kind of line takes

	pending, taken, lost map[string]int
	answered, kills      int
	again                int // labels that did not come out, and were asked for again
}

var killGoods = map[string]struct {
	code string
	mass int // g
}{
	"MUG-WHITE": {"9520000000011", 340}, "CANDLE-FIG": {"9520000000035", 210}, "TEA-GREEN": {"9520000000059", 128},
	"NOTEBOOK-A5": {"9520000000103", 260}, "HONEY": {"9520000000196", 640},
}

func newPacker(t *testing.T, r *rand.Rand, points int) *packer {
	p := &packer{
		t: t, rand: r, exe: buildPackctl(t), data: filepath.Join(t.TempDir(), "data"),
		orders: map[string]map[string]int{}, box: map[string]map[string]int{}, papers: map[string]os.FileInfo{},
		took: map[string]time.Duration{}, pending: map[string]int{}, taken: map[string]int{}, lost: map[string]int{},
		chain: journal.Chain{Writer: "S1"}, state: pack.New(),
	}
	foldertest.Init(t, p.data, true, folder.Options{})
	p.docs = filepath.Join(p.data, folder.DocumentsDir)
	csv := "order,status,sku,qty,name,street,postcode,city,country,value,currency\n"
	skus := slices.Sorted(maps.Keys(killGoods))
	for n := range points + 20 {
		id := fmt.Sprintf("K%04d", n)
		p.next, p.orders[id] = append(p.next, id), map[string]int{}
		for range 1 + r.IntN(2) {
			p.orders[id][skus[r.IntN(len(skus))]] += 1 + r.IntN(2)
		}
		for _, sku := range slices.Sorted(maps.Keys(p.orders[id])) {
			csv += fmt.Sprintf("%s,open,%s,%d,Sample Customer,Musterweg 1,10115,Berlin,DE,10.00,EUR\n", id, sku, p.orders[id][sku])
		}
	}
	d := p.open()
	if rep, err := upkeep.New(d).Import(t.Context(), "orders", strings.NewReader(csv), "orders.csv", nil); err != nil || rep.Added != len(p.next) {
		t.Fatalf("%+v, %v", rep, err)
	}
	p.close(d)
	return p
}

func (p *packer) open() *folder.Folder {
	p.t.Helper()
	d, err := folder.Open(p.t.Context(), p.data, folder.Options{})
	if err != nil {
		p.t.Fatal(err)
	}
	return d
}

func (p *packer) close(d *folder.Folder) {
	p.t.Helper()
	if err := d.Close(); err != nil {
		p.t.Fatal(err)
	}
}

// start starts the bench and signs in; by the answer the packer knows where the
// work stands.
func (p *packer) start() {
	p.stuck = false
	p.proc = startProcess(p.t, p.exe, "run", "--json", "--station", "S1", "--data", p.data)
	p.say("badge B-PACKER")
}

// say gives one line and takes its answer.
func (p *packer) say(line string) {
	p.t.Helper()
	begun := time.Now()
	p.proc.write(line)
	a, ok := p.proc.answer()
	if !ok {
		p.t.Fatalf("%q was not answered: %s", line, p.proc.stderr())
	}
	p.heard(line, a)
	kind := kindOfLine(line)
	if p.took[kind] == 0 {
		p.took[kind] = time.Since(begun)
	}
	p.took[kind] = (3*p.took[kind] + time.Since(begun)) / 4
}

func kindOfLine(line string) string {
	switch {
	case strings.HasPrefix(line, "scan K"):
		return killOpen
	case strings.HasPrefix(line, "scan 0"):
		return killClose
	case strings.HasPrefix(line, "scan "):
		return killItem
	case strings.HasPrefix(line, "weigh ") && line != "weigh zero":
		return killWeigh
	case strings.HasPrefix(line, "badge"):
		return killStart
	}
	return ""
}

// heard does in the real world what an answer says.
func (p *packer) heard(line string, a answer) {
	before := p.last
	p.last = a
	switch kindOfLine(line) {
	case killItem:
		if a.Verdict != pack.Accepted {
			p.t.Fatalf("%s was refused: %+v", line, a)
		}
		p.put(line)
	case killOpen:
		if a.Verdict != pack.Accepted || a.Order != p.next[0] {
			p.t.Fatalf("%s: %+v", line, a)
		}
		p.began()
	case killClose:
		if a.Code != pack.CodeOrderClosed {
			p.t.Fatalf("%s: %+v", line, a)
		}
		p.closed = append(p.closed, before.Order)
	case killWeigh:
		if a.Code == pack.CodeWeightOff {
			p.guess = a.ExpectedMg.String()
		}
	}
	switch line {
	case "weigh zero":
		p.zeroed = true
	case "do print-again":
		p.again++
	}
}

func (p *packer) put(line string) {
	code := strings.TrimPrefix(line, "scan ")
	for sku, g := range killGoods {
		if g.code == code {
			p.box[p.begun[len(p.begun)-1]][sku]++
		}
	}
}

func (p *packer) began() {
	id := p.next[0]
	p.next, p.begun, p.box[id] = p.next[1:], append(p.begun, id), map[string]int{}
	p.zeroed, p.guess = false, ""
}

// line is what the packer does next, by the last answer alone.
func (p *packer) line() string {
	order := p.last.Order
	switch p.last.Phase {
	case pack.SignedOut:
		return "badge B-PACKER"
	case pack.Idle:
		return "scan " + p.next[0]
	case pack.Packing:
		for _, sku := range slices.Sorted(maps.Keys(p.orders[order])) {
			if p.box[order][sku] < p.orders[order][sku] {
				return "scan " + killGoods[sku].code
			}
		}
		p.t.Fatalf("order %s: all is in the box, and the bench waits for more: %+v", order, p.last)
	case pack.Weighing:
		if !p.zeroed {
			return "weigh zero"
		}
		return "weigh " + p.weight(order)
	case pack.Labelling:
		return "do retry"
	case pack.Closing:
		if p.stuck {
			p.stuck = false
			return "printer ok"
		}
		if !p.hasLabel() {
			return "do print-again"
		}
		return "scan 00" + p.label()
	}
	p.t.Fatalf("the packer does not know what to do: %+v", p.last)
	return ""
}

func (p *packer) weight(order string) string {
	if p.guess != "" {
		return strings.ReplaceAll(p.guess, " ", "")
	}
	goods := 180
	for sku, n := range p.box[order] {
		goods += n * killGoods[sku].mass
	}
	return fmt.Sprintf("%dg", goods)
}

// hasLabel waits for the label of the parcel, and reports whether it came out. Where it
// did not, the bench must have said that it does not know: killed between noting the
// document and putting it in place, it cannot.
func (p *packer) hasLabel() bool {
	p.t.Helper()
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		if p.lookAtPapers(); len(p.papers) > len(p.closed) {
			return true
		}
		p.look()
		printing := p.state.Label().State
		switch out := len(p.papers) > len(p.closed); {
		case out:
			return true
		case printing == pack.PrintUnknown:
			return false
		case printing == pack.PrintPrinted, printing == pack.PrintSent, time.Now().After(end):
			p.t.Fatalf("the label of order %s is called %s, and there is none", p.last.Order, printing)
		}
	}
}

// label reads the label in the packer's hand.
func (p *packer) label() string {
	p.look()
	if p.state.Work == nil || p.state.Work.Parcel.Label == nil {
		p.t.Fatalf("there is no label: %+v", p.last)
	}
	return p.state.Work.Parcel.Label.SSCC
}

// killed works up to the next moment of a kind, kills the bench there, starts
// it again and compares.
func (p *packer) killed(kind string) {
	flying := ""
	if p.proc == nil && kind != killStart {
		p.start()
	}
	switch kind {
	case killStart:
		if p.proc != nil {
			p.proc.kill()
		}
		p.proc = startProcess(p.t, p.exe, "run", "--json", "--station", "S1", "--data", p.data)
		p.proc.write("badge B-PACKER")
		flying = "badge B-PACKER"
		time.Sleep(p.upTo(max(p.took[kind], 50*time.Millisecond)))
	case killIdle:
		for range p.rand.IntN(4) {
			p.say(p.line())
		}
		time.Sleep(45*time.Millisecond + p.upTo(40*time.Millisecond))
	default:
		for kindOfLine(p.line()) != kind {
			p.step(p.line())
		}
		flying = p.line()
		p.trouble(kind)
		p.proc.write(flying)
		if kind == killWeigh && p.rand.IntN(2) == 0 {
			p.paperComes()
			break
		}
		time.Sleep(p.upTo(p.took[kind] * 3 / 4))
	}
	answers := p.proc.kill()
	p.proc = nil
	p.kills++
	p.lookAtPapers()
	if flying != "" && len(answers) > 0 {
		p.heard(flying, answers[0])
		flying = ""
	}
	if p.rand.IntN(2) == 0 { // half of the time the bench itself finds the database as the dead one left it
		p.peek()
	}
	p.start()
	p.compare(flying)
	p.look()
}

// step is a line before the one that matters; the carrier works again first.
func (p *packer) step(line string) {
	if line == "do retry" {
		for _, id := range []string{"demo-post", "demo-express", "demo-freight"} {
			p.say("carrier " + id + " up")
			p.last.Phase = pack.Labelling
		}
	}
	order := p.last.Order
	p.say(line)
	if strings.HasPrefix(line, "printer ") && p.last.Order == "" {
		p.last.Order = order
	}
}

// trouble makes the world behave badly now and then.
func (p *packer) trouble(kind string) {
	if kind != killWeigh {
		return
	}
	was := p.last
	switch p.rand.IntN(6) {
	case 0:
		p.say("printer stuck")
		p.stuck = true
	case 1:
		for _, id := range []string{"demo-post", "demo-express", "demo-freight"} {
			p.say("carrier " + id + " lost-answer")
		}
	}
	p.last = was
}

// paperComes waits until the printer begins to write a document, or has just
// written it and not yet told.
func (p *packer) paperComes() {
	ending := ""
	if p.rand.IntN(3) > 0 {
		ending = ".pdf"
	}
	written := func() (n int) {
		files, err := os.ReadDir(p.docs)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			p.t.Fatal(err)
		}
		for _, f := range files {
			if strings.HasSuffix(f.Name(), ending) {
				n++
			}
		}
		return n
	}
	for before := written(); written() == before && len(p.proc.said) == 0; {
	}
	if ending == "" {
		time.Sleep(p.upTo(2 * time.Millisecond))
	}
}

func (p *packer) upTo(d time.Duration) time.Duration {
	return time.Duration(p.rand.Int64N(int64(d) + 1))
}

// finish packs the open order to its end.
func (p *packer) finish() {
	if p.proc == nil {
		p.start()
	}
	for p.last.Phase != pack.Idle {
		p.step(p.line())
	}
	p.proc.end()
	p.look()
}
