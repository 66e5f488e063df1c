package cases

import (
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"packbench/station/journal"
	"packbench/station/pack"
)

// State is whether a case waits for somebody.
type State string

// The states of a case.
const (
	Open     State = "open"
	Resolved State = "resolved"
)

// The kinds of case, as the machine opens them.
const (
	KindScan     = "scan"
	KindWeight   = "weight"
	KindLabel    = "label"
	KindOverride = "override"
	KindLoading  = "loading"
	KindLock     = "lock"
	KindShort    = "short"
	KindSwap     = "swap"
)

// Case is a mismatch that a person should look at. By and Author are ids of
// people: who stood at the bench, and who let it pass where somebody did.
type Case struct {
	ID         string
	At         time.Time
	Kind       string
	Code       pack.Code
	Station    string
	By         string
	Author     string       `json:",omitempty"`
	Order      string       `json:",omitempty"`
	Parcel     string       `json:",omitempty"`
	SKU        string       `json:",omitempty"`
	Scanned    string       `json:",omitempty"`
	Expected   []string     `json:",omitempty"`
	Weight     *pack.Weight `json:",omitempty"`
	State      State
	Group      string    // the cause that it shares with others, in words
	Given      string    `json:",omitempty"` // reason given at the bench
	Reason     string    `json:",omitempty"` // why it was resolved, a code of Reasons
	ResolvedBy string    `json:",omitempty"`
	ResolvedAt time.Time `json:",omitzero"`
	Note       string    `json:",omitempty"` // id of the note
}

// Changes gives the cases that an entry opens or changes, as they are after
// it, in the order of the entry's facts. find gives a case as it is before;
// what is resolved twice or was never opened is left alone.
func Changes(find func(id string) (Case, bool), e journal.Entry) []Case {
	var out []Case
	for _, f := range e.Facts {
		switch f := f.(type) {
		case pack.CaseOpened:
			out = append(out, opened(e, f))
		case CaseResolved:
			i := slices.IndexFunc(out, func(c Case) bool { return c.ID == f.Case })
			if i >= 0 {
				out[i] = resolved(out[i], e, f)
				continue
			}
			if c, ok := find(f.Case); ok && c.State == Open {
				out = append(out, resolved(c, e, f))
			}
		}
	}
	return out
}

func opened(e journal.Entry, f pack.CaseOpened) Case {
	c := Case{
		ID: f.Case, At: e.At, Kind: f.Kind, Code: f.Code, Station: e.Writer, By: f.By, Author: f.Author,
		Order: f.Order, Parcel: f.Parcel, SKU: f.SKU, Scanned: f.Scanned, Expected: slices.Clone(f.Expected),
		Given: f.Reason, State: Open,
	}
	if f.Weight != nil {
		w := *f.Weight
		c.Weight = &w
	}
	c.Group = GroupOf(c)
	return c
}

func resolved(c Case, e journal.Entry, f CaseResolved) Case {
	c.State, c.Reason, c.ResolvedBy, c.ResolvedAt, c.Note = Resolved, f.Reason, f.By, e.At, f.Note
	return c
}

// Fold gives the cases after an entry. The given map is not changed; it is
// given back as it is where the entry changes nothing.
func Fold(cases map[string]Case, e journal.Entry) map[string]Case {
	changed := Changes(finder(cases), e)
	if len(changed) == 0 {
		return cases
	}
	after := maps.Clone(cases)
	if after == nil {
		after = map[string]Case{}
	}
	for _, c := range changed {
		after[c.ID] = c
	}
	return after
}

// Rebuild folds a whole journal: each writer's entries in the order of their
// numbers. A case may be resolved by an entry that comes before the one that
// opened it, because the desk's chain and a bench's are apart.
func Rebuild(entries iter.Seq[journal.Entry]) map[string]Case {
	cases := map[string]Case{}
	early := map[string]journal.Entry{}
	for e := range entries {
		for _, f := range e.Facts {
			if r, ok := f.(CaseResolved); ok {
				_, known := cases[r.Case]
				if _, twice := early[r.Case]; !known && !twice {
					early[r.Case] = journal.Entry{Writer: e.Writer, Seq: e.Seq, At: e.At, Facts: []pack.Fact{r}}
				}
			}
		}
		for _, c := range Changes(finder(cases), e) {
			cases[c.ID] = c
		}
	}
	for _, id := range slices.Sorted(maps.Keys(early)) {
		for _, c := range Changes(finder(cases), early[id]) {
			cases[c.ID] = c
		}
	}
	return cases
}

func finder(cases map[string]Case) func(string) (Case, bool) {
	return func(id string) (Case, bool) {
		c, ok := cases[id]
		return c, ok
	}
}

// Sorted lists cases for a desk: open ones first, newest first, then by id.
func Sorted(cases map[string]Case) []Case {
	list := slices.Collect(maps.Values(cases))
	slices.SortFunc(list, func(a, b Case) int {
		if a.State != b.State {
			if a.State == Open {
				return -1
			}
			return 1
		}
		if n := b.At.Compare(a.At); n != 0 {
			return n
		}
		return strings.Compare(a.ID, b.ID)
	})
	return list
}
