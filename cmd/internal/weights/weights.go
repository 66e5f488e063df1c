// Package weights has a supervisor look at what parcels say against the catalogue (W5):
// one case for each weight that is most likely wrong. It only tells; whoever corrects the
// catalogue is asked by the case's page.
//
// [Doubts] lists them, [Doubt] opens their cases and closes those of weights that were put
// right. [Last] are the parcels before a case, for whoever judges it.
package weights

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/station/cases"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/weight"
)

// Doubted is a product whose weight in the catalogue is missing, or most likely wrong.
type Doubted struct {
	weight.Doubted
	Name string
}

// Doubts lists them by SKU, as the catalogue is now. Ready says whether enough parcels
// were weighed to say anything.
func Doubts(ctx context.Context, d *folder.Folder) (out []Doubted, ready bool, err error) {
	if err := errors.Join(d.Store.CatchUp(ctx), d.Store.Learn(ctx)); err != nil {
		return nil, false, err
	}
	var all []weight.Doubted
	d.Store.Weigh(func(m *weight.Model) { all, ready = m.Doubts(), m.Ready() })
	for _, w := range all {
		p, known, err := store.Known(d.Store.Product(ctx, w.SKU))
		if err != nil {
			return nil, ready, err
		}
		if known && p.Mass == w.Says { // else it left the catalogue, or was corrected meanwhile
			out = append(out, Doubted{w, p.Name})
		}
	}
	return out, ready, nil
}

// caseOf names the case of a doubt: there is one for each weight that the catalogue says,
// however often it is found.
func caseOf(w Doubted) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%d", w.SKU, w.Says))
	return "W" + base32.StdEncoding.EncodeToString(sum[:])[:12]
}

// remembered is for how long a case is looked for.
const remembered = 2 * 366 * 24 * time.Hour

// Doubt opens the cases that there are none of yet, closes those whose weight was put
// right, and returns how many. A weight that is missing is learnt without a word.
func Doubt(ctx context.Context, d *folder.Folder) (opened, closed int, err error) {
	doubts, ready, err := Doubts(ctx, d)
	if err != nil || !ready {
		return 0, 0, err
	}
	stands := map[string]bool{}
	for _, w := range doubts {
		id := caseOf(w)
		if stands[id] = w.Says > 0; w.Says <= 0 {
			continue
		}
		if _, known, err := store.Known(d.Store.Case(ctx, id)); err != nil || known {
			if err != nil {
				return opened, closed, err
			}
			continue
		}
		if err := open(ctx, d, w, id); err != nil {
			return opened, closed, err
		}
		opened++
	}
	known, err := d.Store.Cases(ctx, store.CaseFilter{State: store.CaseOpen, Kind: cases.KindMass, From: d.Clock().Add(-remembered)})
	for _, c := range known {
		if err != nil || stands[c.Case] {
			continue
		}
		if err = shut(ctx, d, c.Case); err == nil {
			closed++
		}
	}
	return opened, closed, err
}

func open(ctx context.Context, d *folder.Folder, w Doubted, id string) error {
	return d.Decide(ctx, func() (pack.Event, []pack.Fact, error) {
		if _, known, err := store.Known(d.Store.Case(ctx, id)); err != nil || known {
			return nil, nil, err
		}
		word := cases.MassDoubted{SKU: w.SKU, Says: w.Says, Weighs: w.Weighs, Parcels: w.Parcels}
		return word, []pack.Fact{word, pack.CaseOpened{
			Case: id, Kind: cases.KindMass, Code: cases.CodeMassDoubted, SKU: w.SKU, Weight: &pack.Weight{Mass: w.Weighs, Known: true, Expected: w.Says},
		}}, nil
	})
}

func shut(ctx context.Context, d *folder.Folder, id string) error {
	return d.Decide(ctx, func() (pack.Event, []pack.Fact, error) {
		now, err := d.Store.Case(ctx, id)
		if err != nil || now.State != store.CaseOpen {
			return nil, nil, err
		}
		fact := cases.CaseResolved{Case: id, Reason: cases.AnswerCorrected}
		return fact, []pack.Fact{fact}, nil
	})
}

// Run does that a minute after the start and every few minutes, until ctx ends.
func Run(ctx context.Context, d *folder.Folder) {
	for wait := time.Minute; ; wait = 5 * time.Minute {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		if _, _, err := Doubt(ctx, d); err != nil && ctx.Err() == nil {
			d.Log.Warn("weights in the catalogue are not looked at", "error", err)
		}
	}
}
