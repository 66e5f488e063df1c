package main

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/upkeep"
	"packbench/station"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/trace"
)

// look follows the journal from where it was at the last look: what was
// answered then must still be there, in the same chain.
func (p *packer) look() {
	d := p.open()
	defer p.close(d)
	p.follow(d)
	p.lookAtPapers()
}

func (p *packer) follow(d *folder.Folder) {
	p.t.Helper()
	for r, err := range d.Store.Rows(p.t.Context(), "S1", p.chain.Seq+1) {
		if err == nil {
			err = p.chain.Check(r)
		}
		if err != nil {
			p.t.Fatal(err)
		}
		facts, err := journal.Bench().Facts(r)
		if err != nil {
			p.t.Fatal(err)
		}
		for _, f := range facts {
			p.state = pack.Fold(p.state, f)
		}
		p.chain = p.chain.After(r)
	}
}

// lookAtPapers: what came out of the printer stays as it is, and is whole.
func (p *packer) lookAtPapers() {
	p.t.Helper()
	files, err := filepath.Glob(filepath.Join(p.docs, "*.pdf"))
	if err != nil {
		p.t.Fatal(err)
	}
	reprints := 0
	for _, file := range files {
		if strings.Contains(file, "reprint") {
			reprints++
		}
		info, err := os.Stat(file)
		if err != nil {
			p.t.Fatal(err)
		}
		if old := p.papers[file]; old != nil {
			if !os.SameFile(old, info) || !old.ModTime().Equal(info.ModTime()) {
				p.t.Errorf("%s was printed twice", filepath.Base(file))
			}
			continue
		}
		p.papers[file] = info
		data, err := os.ReadFile(file)
		if err != nil || !bytes.HasPrefix(data, []byte("%PDF-")) || !bytes.HasSuffix(bytes.TrimSpace(data), []byte("%%EOF")) {
			p.t.Errorf("%s is not a whole document: %v", filepath.Base(file), err)
		}
	}
	if reprints > p.again {
		p.t.Errorf("%d labels came out again, and %d were asked for", reprints, p.again)
	}
	if len(p.papers) != len(files) {
		p.t.Errorf("%d documents, there were %d", len(files), len(p.papers))
	}
}

// compare compares where the bench stands after its start with the last
// answer; the line in flight was taken wholly or not at all.
func (p *packer) compare(flying string) {
	p.t.Helper()
	kind := kindOfLine(flying)
	got, was := p.last, p.before()
	same := got.Order == was.order && openOf(got) == was.open
	landed := false
	switch kind {
	case killItem:
		landed = got.Order == was.order && openOf(got) == was.open-1
		if landed {
			p.put(flying)
		}
	case killOpen:
		landed = len(p.next) > 0 && got.Order == p.next[0]
		if landed {
			p.began()
		}
	case killClose:
		landed = got.Phase == pack.Idle
		if landed {
			p.closed = append(p.closed, was.order)
		}
	case killWeigh:
		landed = same && got.Phase == pack.Closing
	}
	switch {
	case flying == "" && same:
		p.answered++
	case landed:
		p.taken[kind]++
	case same:
		p.lost[kind]++
	default:
		p.t.Fatalf("killed at %q: the answers said order %q with %d open, now it is %+v", flying, was.order, was.open, got)
	}
}

type standing struct {
	order string
	open  int
}

// before is where the work stood by what was answered.
func (p *packer) before() standing {
	if len(p.begun) == len(p.closed) {
		return standing{}
	}
	order := p.begun[len(p.begun)-1]
	open := 0
	for sku, n := range p.orders[order] {
		open += n - p.box[order][sku]
	}
	return standing{order, open}
}

func openOf(a answer) int {
	if a.Open == nil {
		return 0
	}
	return *a.Open
}

// judge looks at the whole of it.
func (p *packer) judge() {
	t, ctx := p.t, p.t.Context()
	d := p.open()
	defer p.close(d)
	v, err := upkeep.New(d).Verify(ctx)
	if err == nil {
		err = v.Err()
	}
	if err != nil {
		t.Errorf("verify: %v", err)
	}
	if !slices.Equal(p.begun, p.closed) {
		t.Errorf("begun %v\nclosed %v", p.begun, p.closed)
	}
	if len(p.papers) != len(p.closed) {
		t.Errorf("%d labels came out for %d parcels", len(p.papers), len(p.closed))
	}
	if err := d.Store.CatchUp(ctx); err != nil {
		t.Fatal(err)
	}
	for _, id := range p.closed {
		p.judgeOrder(d, id)
	}
	p.judgeLabels(d)
}

func (p *packer) judgeOrder(d *folder.Folder, id string) {
	t, ctx := p.t, p.t.Context()
	if !maps.Equal(p.box[id], p.orders[id]) {
		t.Errorf("order %s wants %v, in the box lie %v", id, p.orders[id], p.box[id])
	}
	progress, err := d.Store.Progress(ctx, id)
	if err != nil || progress.State != store.ProgressClosed {
		t.Errorf("order %s is %s, %v", id, progress.State, err)
	}
	if holder, err := d.Store.Holder(ctx, id); err != nil || holder != "" {
		t.Errorf("order %s is still held by %q, %v", id, holder, err)
	}
	parcels, err := d.Store.ParcelsOf(ctx, id)
	if err != nil || len(parcels) != 1 {
		t.Fatalf("order %s has %d parcels, %v", id, len(parcels), err)
	}
	contents := map[string]int{}
	for _, c := range parcels[0].Contents {
		contents[c.SKU] += c.Qty
	}
	if !maps.Equal(contents, p.box[id]) {
		t.Errorf("parcel %s says %v, in the box lie %v", parcels[0].ID, contents, p.box[id])
	}
	documents, err := d.Store.DocumentsOf(ctx, id)
	if err != nil || len(documents) != 1 {
		t.Errorf("order %s has %d labels, %v", id, len(documents), err)
	}
	if o, err := d.Store.Order(ctx, id); err != nil || o.Status != station.OrderOpen {
		t.Errorf("order %s: %v, %v", id, o.Status, err)
	}
}

// judgeLabels: no number is given twice, and none but to the parcels that are.
func (p *packer) judgeLabels(d *folder.Folder) {
	of := map[string]string{}
	numbered := map[string]bool{}
	for r, err := range d.Store.Rows(p.t.Context(), "S1", 1) {
		if err != nil {
			p.t.Fatal(err)
		}
		facts, err := journal.Bench().Facts(r)
		if err != nil {
			p.t.Fatal(err)
		}
		for _, f := range facts {
			kept, ok := f.(pack.LabelKept)
			if !ok {
				continue
			}
			for _, number := range []string{kept.Label.SSCC, kept.Label.Tracking} {
				if of[number] != "" {
					p.t.Errorf("number %s is on %s and on %s", number, of[number], kept.Parcel)
				}
				of[number] = kept.Parcel
			}
			if numbered[kept.Parcel] {
				p.t.Errorf("parcel %s has two labels", kept.Parcel)
			}
			numbered[kept.Parcel] = true
		}
	}
	if len(numbered) != len(p.closed) {
		p.t.Errorf("%d labels for %d parcels", len(numbered), len(p.closed))
	}
	// A kill between the mark and the database costs a number, two in turn cost the
	// rest of a block; nothing else does.
	own := trace.Block{Prefix: d.Settings.GS1.CompanyPrefix}
	all := store.Range{Shape: own.Shape(), First: 1, Last: own.Most(), Make: func(n uint64) (string, error) { return fmt.Sprint(n), nil }}
	probe, err := d.Store.LabelNumbers(p.t.Context(), store.Numbering{
		Effect: "probe", Parcel: "probe", Station: "S1", Carrier: "nobody", SSCC: all, Tracking: all,
	})
	next, _ := strconv.Atoi(probe.SSCC)
	used := next - 1
	if err != nil || used < len(p.closed) || used > len(p.closed)+p.kills+store.BlockSize {
		p.t.Errorf("%d numbers were used up for %d parcels and %d kills, %v", used, len(p.closed), p.kills, err)
	}
}

// peek counts what was pending when the bench died.
func (p *packer) peek() {
	d := p.open()
	defer p.close(d)
	p.follow(d)
	for _, e := range p.state.Pending {
		p.pending[string(e.Kind)]++
	}
}
