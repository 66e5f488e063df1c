package stockroom

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"packbench/cmd/internal/lookup"
	"packbench/station"
	"packbench/station/engine"
	"packbench/station/gs1"
	"packbench/station/pack"
	"packbench/station/people"
	"packbench/station/stock"
)

// Walk is somebody who counts bins with a scanner, one after another. What should be in a
// bin is not told before it was counted (O6). A walk is for one goroutine.
//
// Lines are codes: that of a bin, then those of what lies in it, each for what it stands
// for; "x12" after a code, or a number alone, says how many times it lies there, and so
// does the code with a tab, comma or semicolon and the number. "end", or the code of
// another bin, ends a bin. "bin CODE" names one that nobody knows yet; a code that nobody
// knows is listed, and keeps its bin from being booked.
type Walk struct {
	room Room
	who  station.Person
	find *lookup.Resolver
	bin  *bin
	kept bool // what is found is written down, to go on after a restart
}

// bin is one that is being counted.
type bin struct {
	code  string
	began time.Time
	from  int64 // of the ledger
	units map[string]int
	names map[string]string
	skus  []string // in the order in which they came
	tags  map[string]bool
	last  struct {
		sku, name     string
		factor, times int
	}
	told   map[string]bool // products whose count was written: never twice
	others []string        // codes that were not counted
	reader bool            // no person looked
	// doubt: a code was scanned that nobody knows. It may be the one of another bin, so
	// that what came after it lies there.
	doubt bool
}

// Heard is what came of a line.
type Heard struct {
	Kind  HeardKind
	Bin   string
	SKU   string
	Name  string
	Units int    // of the product in the bin so far
	Code  string // of what is no product of the shop, as it was scanned
	Why   string // it is not counted
	Ended []Result
}

// HeardKind says what a line was.
type HeardKind string

// The kinds of line.
const (
	HeardBin      HeardKind = "bin"
	HeardItem     HeardKind = "item"
	HeardStranger HeardKind = "stranger" // listed, not counted
	HeardEnd      HeardKind = "end"
	HeardBadge    HeardKind = "badge" // somebody's, whose code is kept nowhere
	HeardNothing  HeardKind = "nothing"
)

var (
	binLine   = regexp.MustCompile(`(?i)^(?:pb:)?bin[ :]\s*(.+)$`)
	timesLine = regexp.MustCompile(`(?i)^(?:[x×*]\s*([0-9]{1,5})|([0-9]{1,4}))$`)
	codeTimes = regexp.MustCompile(`^(.*?)\s*[\t,;]\s*([0-9]{1,5})$`)
)

// Walk begins to count. Everybody with a badge may.
func (r Room) Walk(who station.Person) (*Walk, error) {
	if err := r.Rights().May(who, people.Count); err != nil {
		return nil, err
	}
	return &Walk{room: r, who: who, find: lookup.NewResolver(r.Folder, r.Settings.Station)}, nil
}

// Line takes a line of a scanner or file.
func (w *Walk) Line(ctx context.Context, line string) (Heard, error) {
	h, err := w.line(ctx, strings.TrimSpace(line))
	if err != nil {
		return h, err
	}
	return h, w.keep(ctx)
}

func (w *Walk) line(ctx context.Context, text string) (Heard, error) {
	kind, value, own := ownCard(text)
	switch named := binLine.FindStringSubmatch(text); {
	case text == "":
		return Heard{Kind: HeardNothing}, nil
	case strings.EqualFold(text, "end"):
		ended, err := w.End(ctx)
		return Heard{Kind: HeardEnd, Ended: ended}, err
	case named != nil:
		return w.begin(ctx, named[1])
	case own && strings.EqualFold(kind, "badge"):
		return badge(w), nil
	case own && strings.EqualFold(kind, "quantity") && w.bin != nil && timesLine.MatchString(value):
		return w.times(value), nil
	case own:
		return w.stranger(text, "it is a card of the bench"), nil
	case w.bin == nil:
		return w.first(ctx, text)
	}
	found, why, err := w.article(ctx, engine.Scan{Data: text})
	if err != nil {
		return Heard{}, err
	}
	if why == whyBadge {
		return badge(w), nil
	}
	if found == nil {
		if known, err := w.room.Store.HasBin(ctx, text); err != nil || known {
			if err != nil {
				return Heard{}, err
			}
			return w.begin(ctx, text)
		}
		if m := timesLine.FindStringSubmatch(text); m != nil {
			return w.times(m[1] + m[2]), nil
		}
		if m := codeTimes.FindStringSubmatch(text); m != nil {
			return w.several(ctx, m[1], m[2])
		}
		return w.unknown(text, why), nil
	}
	return w.item(text, *found, 1), nil
}

// first takes the first code of a walk, which is that of a bin. A product's is none: its
// bin was not scanned.
func (w *Walk) first(ctx context.Context, text string) (Heard, error) {
	known, err := w.room.Store.HasBin(ctx, text)
	if err != nil || known {
		if err != nil {
			return Heard{}, err
		}
		return w.begin(ctx, text)
	}
	found, why, err := w.article(ctx, engine.Scan{Data: text})
	switch {
	case err != nil:
		return Heard{}, err
	case why == whyBadge:
		return badge(w), nil
	case found == nil:
		return w.begin(ctx, text)
	}
	return w.stranger(text, "scan the bin first"), nil
}

func newBin(code string, began time.Time, from int64) *bin {
	return &bin{code: code, began: began, from: from, units: map[string]int{}, names: map[string]string{}, tags: map[string]bool{}, told: map[string]bool{}}
}

// begin ends the bin before it and begins another.
func (w *Walk) begin(ctx context.Context, code string) (Heard, error) {
	if err := stock.CheckBin(code); err != nil {
		return w.stranger(code, err.Error()), nil
	}
	ended, err := w.End(ctx)
	if err != nil {
		return Heard{}, err
	}
	if err := w.room.Store.CatchUp(ctx); err != nil {
		return Heard{}, err
	}
	from, err := w.room.Store.LedgerEnd(ctx)
	if err != nil {
		return Heard{}, err
	}
	w.bin = newBin(code, w.room.Clock().UTC(), from)
	return Heard{Kind: HeardBin, Bin: code, Ended: ended}, nil
}

// whyBadge says that a code is a badge: neither a product nor a bin, and shown to nobody.
const whyBadge = "it is a badge"

func badge(w *Walk) Heard {
	h := w.stranger("", whyBadge)
	h.Kind = HeardBadge
	return h
}

// article finds the product that a code stands for; nil is none, and why says it.
func (w *Walk) article(ctx context.Context, scan engine.Scan) (found *pack.Product, why string, err error) {
	if tag, err := gs1.ParseEPC(scan.Data); err == nil {
		if data, err := gs1.EncodeElements(tag); err == nil {
			scan = engine.Scan{Data: data, AIM: "]C1"}
		}
	}
	event, err := w.find.Resolve(ctx, pack.State{Phase: pack.Packing}, scan)
	if err != nil {
		return nil, "", err
	}
	why = "no product of the catalogue"
	meant, _ := event.(pack.Scanned)
	for _, m := range meant.Meanings {
		switch {
		case m.Kind == pack.MeansBadge:
			return nil, whyBadge, nil
		case m.Kind != pack.MeansProduct:
		case found != nil && found.SKU != m.Product.SKU:
			return nil, "it stands for several products: enter the SKU", nil
		case found != nil:
			return nil, "it does not say for certain how many it stands for: scan the units", nil
		default:
			found = m.Product
		}
	}
	return found, why, nil
}

// item counts what a code stands for.
func (w *Walk) item(code string, p pack.Product, times int) Heard {
	b := w.bin
	if tag := serialOf(code); tag != "" {
		if b.tags[tag] {
			return w.stranger(code, "counted already")
		}
		b.tags[tag] = true
	}
	if b.units[p.SKU]+p.Factor*times > stock.MaxQty {
		return w.stranger(code, fmt.Sprintf("more than %d of one product in a bin", stock.MaxQty))
	}
	if !slices.Contains(b.skus, p.SKU) {
		b.skus = append(b.skus, p.SKU)
	}
	b.units[p.SKU] += p.Factor * times
	b.names[p.SKU] = p.Name
	b.last.sku, b.last.name, b.last.factor, b.last.times = p.SKU, p.Name, p.Factor, times
	return Heard{Kind: HeardItem, Bin: b.code, SKU: p.SKU, Name: p.Name, Units: b.units[p.SKU]}
}

// times says how often the last code lies in the bin, in place of once.
func (w *Walk) times(digits string) Heard {
	n, _ := strconv.Atoi(digits) // they are digits, five at most
	last := &w.bin.last
	if last.sku == "" {
		return w.stranger(digits, "scan the product before its quantity")
	}
	units := w.bin.units[last.sku] + last.factor*(n-last.times)
	if units > stock.MaxQty {
		return w.stranger(digits, fmt.Sprintf("more than %d of one product in a bin", stock.MaxQty))
	}
	w.bin.units[last.sku], last.times = units, n
	return Heard{Kind: HeardItem, Bin: w.bin.code, SKU: last.sku, Name: last.name, Units: units}
}

// several takes a code and how often it lies in the bin.
func (w *Walk) several(ctx context.Context, code, digits string) (Heard, error) {
	n, _ := strconv.Atoi(digits)
	found, why, err := w.article(ctx, engine.Scan{Data: code})
	if err != nil || found == nil {
		return w.unknown(code, why), err
	}
	return w.item(code, *found, n), nil
}

// unknown is a code that stands for no product: it may be the one of another bin.
func (w *Walk) unknown(code, why string) Heard {
	w.bin.doubt = true
	w.bin.other(code)
	return w.stranger(code, why)
}

func (w *Walk) stranger(code, why string) Heard {
	h := Heard{Kind: HeardStranger, Code: code, Why: why}
	if w.bin != nil {
		h.Bin = w.bin.code
	}
	return h
}

// serialOf is what tells one unit from all others, "" for a code that does not.
func serialOf(code string) string {
	if _, err := gs1.ParseEPC(code); err == nil {
		return strings.ToUpper(code)
	}
	c := gs1.Decode("", code)
	for _, e := range c.Elements {
		if e.AI == "21" && c.GTIN != "" {
			return string(c.GTIN) + " " + e.Value
		}
	}
	return ""
}
