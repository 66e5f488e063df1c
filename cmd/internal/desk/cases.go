package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"packbench/cmd/internal/desk/assign"
	"packbench/station"
	"packbench/station/cases"
	"packbench/station/pack"
	"packbench/station/store"
)

// errNotOpen says that an order can no longer be held.
var errNotOpen = errors.New("it cannot be held")

// Cases returns the cases that the filter chooses, newest first, with the cause
// that each shares with others.
func (d Desk) Cases(ctx context.Context, f store.CaseFilter) ([]cases.Case, error) {
	if err := d.Store.CatchUp(ctx); err != nil {
		return nil, err
	}
	list, err := d.Store.Cases(ctx, f)
	if err != nil {
		return nil, err
	}
	able, err := assign.Able(ctx, d.Folder)
	out := make([]cases.Case, len(list))
	for i, c := range list {
		out[i] = caseOf(c)
		out[i].Assigned = able.Of(c.Assigned)
	}
	return out, err
}

// Sums counts the open cases that the filter chooses, for cases.Causes and cases.Who.
func (d Desk) Sums(ctx context.Context, f store.CaseFilter) ([]cases.Sum, error) {
	f.State = store.CaseOpen
	list, err := d.Store.SumCases(ctx, f)
	sums := make([]cases.Sum, len(list))
	for i, s := range list {
		sums[i] = cases.Sum{Case: caseOf(s.Case), N: s.N}
	}
	return sums, err
}

// Alike counts the open cases of each likeness.
func Alike(causes []cases.Cause) map[string]int {
	out := map[string]int{}
	for _, c := range causes {
		out[c.Likeness()] = c.N
	}
	return out
}

// Similar returns the open cases that are like one, it among them.
func (d Desk) Similar(ctx context.Context, id string) ([]cases.Case, error) {
	c, err := d.Case(ctx, id)
	if err != nil {
		return nil, err
	}
	list, err := d.Cases(ctx, store.CaseFilter{State: store.CaseOpen, Kind: c.Kind})
	return slices.DeleteFunc(list, func(x cases.Case) bool { return x.Likeness() != c.Likeness() }), err
}

// Case returns one case; an unknown one is an error in words.
func (d Desk) Case(ctx context.Context, id string) (cases.Case, error) {
	if err := d.Store.CatchUp(ctx); err != nil {
		return cases.Case{}, err
	}
	c, err := d.Store.Case(ctx, id)
	if errors.Is(err, store.ErrUnknown) {
		return cases.Case{}, fmt.Errorf("there is no case %s", id)
	}
	if err != nil {
		return cases.Case{}, err
	}
	able, err := assign.Able(ctx, d.Folder)
	out := caseOf(c)
	out.Assigned = able.Of(c.Assigned)
	return out, err
}

func caseOf(c store.Case) cases.Case {
	out := cases.Case{
		ID: c.Case, At: c.At, Kind: c.Kind, Code: c.Code, Station: c.Station, By: c.By, Author: c.Author, Order: c.Order, Number: c.Number,
		Parcel: c.Parcel, SKU: c.SKU, Scanned: c.Scanned, Expected: c.Expected, Weight: c.Weight, State: cases.State(c.State),
		Given: c.Reason, Reason: c.Answer, ResolvedBy: c.Resolver, ResolvedAt: c.Moved,
	}
	out.Group = cases.GroupOf(out)
	return out
}

// Resolve answers a case with a reason and gives it as it is since.
func (d Desk) Resolve(ctx context.Context, who cases.Asker, id, reason string) (cases.Case, error) {
	err := d.Decide(ctx, func() (pack.Event, []pack.Fact, error) {
		c, err := d.Case(ctx, id)
		if err != nil {
			return nil, nil, err
		}
		fact, err := cases.Resolve(c, who, reason, "")
		return fact, []pack.Fact{fact}, err
	})
	if err != nil {
		return cases.Case{}, err
	}
	return d.Case(ctx, id)
}

// casesARow is how many cases one row of the journal resolves.
const casesARow = 200

// ResolveSimilar gives cases one answer, as they were seen: one that somebody moved
// since stays as it is, and so does one that the asker may not answer. It returns how
// many it resolved; none is an error.
func (d Desk) ResolveSimilar(ctx context.Context, who cases.Asker, seen []cases.Case, reason string) (done int, err error) {
	var refused error
	for some := range slices.Chunk(seen, casesARow) {
		resolved := 0
		err := d.Decide(ctx, func() (pack.Event, []pack.Fact, error) {
			word, facts := cases.CasesResolved{Reason: reason, By: who.Person.ID}, []pack.Fact(nil)
			for _, was := range some {
				now, err := d.Store.Case(ctx, was.ID)
				if err != nil {
					return nil, nil, err
				}
				fact, err := cases.Resolve(caseOf(now), who, reason, "")
				switch {
				case err != nil:
					refused = err
				case now.Moved.Equal(was.ResolvedAt):
					word.Cases, facts = append(word.Cases, was.ID), append(facts, fact)
				}
			}
			resolved = len(facts)
			return word, facts, nil
		})
		if err != nil {
			return done, err
		}
		done += resolved
	}
	if done == 0 {
		return 0, cmp.Or(refused, errChanged)
	}
	return done, nil
}

var errChanged = errors.New("somebody has changed these cases since")

// Reopen has a resolved case wait for somebody again.
func (d Desk) Reopen(ctx context.Context, who cases.Asker, id string) error {
	c, err := d.Case(ctx, id)
	if err != nil {
		return err
	}
	fact, err := cases.Reopen(c, who)
	if err != nil {
		return err
	}
	return d.AtDesk(ctx, fact)
}

// Note keeps what somebody writes about a case. The journal holds the id alone.
func (d Desk) Note(ctx context.Context, who cases.Asker, id, text string) error {
	c, err := d.Case(ctx, id)
	if err != nil {
		return err
	}
	fact, err := cases.Noted(c, who, fmt.Sprintf("%s.%x", id, d.Clock().UnixNano()))
	if err != nil {
		return err
	}
	if err := d.Store.KeepNote(ctx, fact.Note, id, text); err != nil {
		return err
	}
	return d.AtDesk(ctx, fact)
}

// Link makes the code that a case is about a code of a product, and answers
// the case with it (S7, P3). Without a case the code is linked alone.
func (d Desk) Link(ctx context.Context, who cases.Asker, caseID, code, sku string, factor int) error {
	var c cases.Case
	if caseID != "" {
		var err error
		if c, err = d.Case(ctx, caseID); err != nil {
			return err
		}
		if code == "" {
			code = c.Scanned
		}
		if code == "" {
			return fmt.Errorf("case %s is about no code that could be linked", caseID)
		}
	}
	linked, err := cases.Link(who, code, sku, factor, caseID)
	if err != nil {
		return err
	}
	if _, err := d.Store.Product(ctx, sku); errors.Is(err, store.ErrUnknown) {
		return fmt.Errorf("the catalogue has no product %q", sku)
	} else if err != nil {
		return err
	}
	if err := d.AtDesk(ctx, linked); err != nil {
		return err
	}
	if err := d.Store.LinkBarcode(ctx, sku, station.Barcode{Code: code, Factor: factor}); err != nil {
		return err
	}
	d.Forget()
	if c.ID == "" || c.State == cases.Resolved {
		return nil
	}
	fact, err := cases.Resolve(c, who, "barcode-wrong", "")
	if err != nil {
		return err
	}
	return d.AtDesk(ctx, fact)
}

// UnlockStation lets a locked bench work again; a bench that runs notices it
// within a second. ID is a station, or a case that names one.
func (d Desk) UnlockStation(ctx context.Context, who cases.Asker, id string) (cases.StationUnlocked, error) {
	c, err := d.Store.Case(ctx, id)
	switch {
	case err == nil:
		id = c.Station
	case !errors.Is(err, store.ErrUnknown):
		return cases.StationUnlocked{}, err
	}
	fact, err := cases.Unlock(who, id)
	if err != nil {
		return fact, err
	}
	head, err := d.Store.Head(ctx, id)
	if err != nil {
		return fact, err
	}
	if head.Seq == 0 || !cases.IsBench(id) {
		return fact, fmt.Errorf("no bench has worked as station %s", id)
	}
	fact.Seq = head.Seq
	return fact, d.AtDesk(ctx, fact)
}

// HoldOrder keeps an order from being packed. ID is an order, or a case of one.
// The reason's code stands in the journal, its words in the order.
func (d Desk) HoldOrder(ctx context.Context, who cases.Asker, id, reason string) (cases.OrderHeld, error) {
	id, err := d.orderOf(ctx, id)
	if err != nil {
		return cases.OrderHeld{}, err
	}
	fact, err := cases.Hold(who, id, reason)
	if err != nil {
		return fact, err
	}
	if err := d.MayHold(ctx, id); err != nil {
		return fact, err
	}
	if err := d.AtDesk(ctx, fact); err != nil {
		return fact, err
	}
	words, _ := cases.ReasonWords(reason)
	return fact, d.Store.HoldOrder(ctx, id, words)
}

// ReleaseOrder ends what HoldOrder began: what its shop says counts again. ID is an order,
// or a case of one.
func (d Desk) ReleaseOrder(ctx context.Context, who cases.Asker, id string) (cases.OrderReleased, error) {
	id, err := d.orderOf(ctx, id)
	if err != nil {
		return cases.OrderReleased{}, err
	}
	fact, err := cases.Release(who, id)
	if err != nil {
		return fact, err
	}
	held, err := d.Store.HeldHere(ctx, id)
	switch {
	case errors.Is(err, store.ErrUnknown):
		return fact, fmt.Errorf("there is no order %s here", id)
	case err != nil:
		return fact, err
	case !held:
		return fact, fmt.Errorf("order %s is not held here", id)
	}
	if err := d.AtDesk(ctx, fact); err != nil {
		return fact, err
	}
	return fact, d.Store.ReleaseOrder(ctx, id)
}

// QueueRest has what was left out of an order packed: it is due again, and what its
// earlier parcels hold stays packed. ID is an order, or a case of one. The shop was told
// of those parcels only, and is of the next one when it is closed.
func (d Desk) QueueRest(ctx context.Context, who cases.Asker, id string) (cases.RestQueued, error) {
	id, err := d.orderOf(ctx, id)
	if err != nil {
		return cases.RestQueued{}, err
	}
	fact, err := cases.QueueRest(who, id)
	if err != nil {
		return fact, err
	}
	o, err := d.Store.Order(ctx, id)
	if errors.Is(err, store.ErrUnknown) {
		return fact, fmt.Errorf("there is no order %s here", id)
	}
	if err != nil {
		return fact, err
	}
	if o.Status == station.OrderCancelled || o.Status == station.OrderDone {
		return fact, fmt.Errorf("order %s is %s: %w", o.Called(), o.Status, errNotOpen)
	}
	if err := d.Store.CatchUp(ctx); err != nil {
		return fact, err
	}
	progress, err := d.Store.Progress(ctx, id)
	switch {
	case err != nil:
		return fact, err
	case progress.State != store.ProgressShort:
		return fact, fmt.Errorf("nothing was left out of order %s that waits: it is %s", o.Called(), progress.State)
	}
	if err := d.AtDesk(ctx, fact); err != nil {
		return fact, err
	}
	return fact, d.Store.CatchUp(ctx)
}

// orderOf is the order that an id names, of a case the one it is about.
func (d Desk) orderOf(ctx context.Context, id string) (string, error) {
	c, err := d.Store.Case(ctx, id)
	switch {
	case err == nil && c.Order == "":
		return "", fmt.Errorf("case %s belongs to no order", id)
	case err == nil:
		return c.Order, nil
	case !errors.Is(err, store.ErrUnknown):
		return "", err
	}
	return id, nil
}

// MayHold refuses what holding would make worse: a cancelled order would come
// back to life.
func (d Desk) MayHold(ctx context.Context, id string) error {
	o, err := d.Store.Order(ctx, id)
	if errors.Is(err, store.ErrUnknown) {
		return fmt.Errorf("there is no order %s here", id)
	}
	if err != nil {
		return err
	}
	if o.Status == station.OrderCancelled || o.Status == station.OrderDone {
		return fmt.Errorf("order %s is %s: %w", o.Called(), o.Status, errNotOpen)
	}
	progress, err := d.Store.Progress(ctx, id)
	if err == nil && progress.State == store.ProgressClosed {
		err = fmt.Errorf("order %s is already packed: %w", o.Called(), errNotOpen)
	}
	return err
}
