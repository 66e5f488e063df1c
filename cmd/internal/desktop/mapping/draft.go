package mapping

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"packbench/cmd/internal/columns"
	"packbench/station"
	"packbench/station/intake"
	"packbench/station/say"
	"packbench/station/screen"
)

// draft is what is said of a file so far.
type draft struct {
	key    string
	path   string // "" while what is remembered is changed
	file   string
	goods  bool // it is of products
	glance intake.Glance
	kind   string
	fields []screen.ColumnsField
	words  map[string]string // of the order status, and what they mean
	seen   []string          // words that a trial found, in their order
	dates  string
	first  int // of the columns that the table shows

	trial  *screen.ColumnsTrial
	trying bool
	turn   int // of the trials, so that an old one is known
	stop   context.CancelFunc
	saving bool
	fault  string
	then   func() // takes the file in
	leave  func()
}

func newDraft(g intake.Glance) *draft {
	d := &draft{glance: g, words: map[string]string{}}
	for _, f := range g.Fields {
		d.fields = append(d.fields, screen.ColumnsField{Name: f.Name, Need: f.Need, At: f.At, Fits: f.Fits})
	}
	return d
}

// draftOf begins with what is remembered.
func draftOf(a columns.Remembered) *draft {
	g := intake.GlanceOf
	if ofGoods(a.Key) {
		g = intake.GlanceOfProducts
	}
	d := newDraft(g(a.Header))
	d.key, d.file, d.kind, d.goods = a.Key, a.File, a.Kind, ofGoods(a.Key)
	maps.Copy(d.words, a.Words)
	d.seen = slices.Sorted(maps.Keys(d.words))
	switch {
	case a.DayFirst:
		d.dates = screen.DatesDay
	case a.MonthFirst:
		d.dates = screen.DatesMonth
	}
	if a.Kind != "" {
		return d
	}
	for i := range d.fields {
		f := &d.fields[i]
		f.Fits, f.At = nil, a.At[f.Name]
		if title := a.Columns[f.Name]; title != "" && f.At == 0 {
			f.At = 1 + slices.IndexFunc(a.Header, func(h string) bool { return intake.Headings([]string{h}) == intake.Headings([]string{title}) })
		}
	}
	return d
}

// end stops the trial that runs, and forgets what came of the last one.
func (d *draft) end() {
	if d.stop != nil {
		d.stop()
	}
	d.stop, d.trying, d.trial, d.turn = nil, false, nil, d.turn+1
}

func (d *draft) shown() *screen.ColumnsDraft {
	out := &screen.ColumnsDraft{
		Key: d.key + d.path, Goods: d.goods, Header: d.glance.Header, Row: d.glance.Row, Rows: d.glance.Rows, First: d.first,
		Kind: d.kind, Fields: d.fields, Dates: d.dates, Trial: d.trial, Trying: d.trying, Saving: d.saving, Fault: d.fault,
	}
	if d.path != "" {
		out.File = filepath.Base(d.path)
	}
	for _, k := range intake.Kinds() {
		out.Kinds = append(out.Kinds, screen.Choice{Value: k.ID, Words: k.Name})
	}
	for _, w := range d.seen {
		out.Words = append(out.Words, screen.ColumnsWord{Word: w, Means: d.words[w]})
	}
	return out
}

// answer takes one answer; it reports whether the file would be read otherwise.
func (d *draft) answer(name, value string) bool {
	d.fault = ""
	if of, is := strings.CutPrefix(name, screen.ColumnsOf); is {
		at, err := strconv.Atoi(value)
		return err == nil && at >= 0 && at <= len(d.glance.Header) && d.choose(of, at)
	}
	if word, is := strings.CutPrefix(name, screen.ColumnsMeans); is {
		d.words[word] = value
		return true
	}
	switch name {
	case screen.ColumnsKind:
		d.kind = value
	case screen.ColumnsDates:
		d.dates = value
	case screen.ColumnsFirst:
		if first, err := strconv.Atoi(value); err == nil {
			d.first = first
		}
		return false
	}
	return true
}

// choose takes a column for a field, and from the field that had it.
func (d *draft) choose(name string, at int) bool {
	i := slices.IndexFunc(d.fields, func(f screen.ColumnsField) bool { return f.Name == name })
	if i < 0 {
		return false
	}
	d.fields = slices.Clone(d.fields)
	for j := range d.fields {
		if f := &d.fields[j]; j != i && at > 0 && f.At == at {
			f.At = 0
		}
	}
	d.fields[i].At, d.fields[i].Fits = at, nil
	if name == "status" && !d.goods {
		d.words, d.seen = map[string]string{}, nil
	}
	return true
}

// focusOf is the row of the page where an answer was given.
func focusOf(name string) string {
	return strings.TrimPrefix(name, screen.ColumnsOf)
}

// mapping is what was said. A heading that stands there twice, or says nothing, is shown
// by its place.
func (d *draft) mapping() intake.Mapping {
	if d.kind != "" {
		return intake.Mapping{Kind: d.kind}
	}
	m := intake.Mapping{Columns: map[string]string{}, DayFirst: d.dates == screen.DatesDay, MonthFirst: d.dates == screen.DatesMonth}
	for _, f := range d.fields {
		if f.At == 0 {
			continue
		}
		title := d.glance.Header[f.At-1]
		m.Columns[f.Name] = title
		if name := intake.Headings([]string{title}); name == "" || d.times(name) > 1 {
			if m.At == nil {
				m.At = map[string]int{}
			}
			m.At[f.Name] = f.At
		}
	}
	for word, means := range d.words {
		if means != "" {
			if m.Words == nil {
				m.Words = map[string]string{}
			}
			m.Words[word] = means
		}
	}
	return m
}

// times is how often a heading stands in the file.
func (d *draft) times(name string) (n int) {
	for _, title := range d.glance.Header {
		if intake.Headings([]string{title}) == name {
			n++
		}
	}
	return n
}

// see takes note of words that a trial does not know.
func (d *draft) see(words []string) {
	for _, w := range words {
		if !slices.Contains(d.seen, w) {
			d.seen = append(d.seen, w)
		}
	}
}

// trial is what came of a trial, for the page.
func trial(l say.Language, file string, t intake.Trial, err error) *screen.ColumnsTrial {
	if err != nil {
		return &screen.ColumnsTrial{Fault: say.Sentence(strings.TrimPrefix(err.Error(), file+": "))}
	}
	out := &screen.ColumnsTrial{
		Read: t.Read, Cut: t.Cut, Products: t.Goods, ToPack: t.Counts[station.OrderOpen], Held: t.Counts[station.OrderHeld], Refused: t.Bad(),
		Gone: t.Counts[station.OrderCancelled] + t.Counts[station.OrderDone],
	}
	var refused []screen.Refusal
	for _, r := range t.Rejected {
		refused = append(refused, screen.Refusal(r))
	}
	out.Rows = screen.ByReason(l, refused, "left out")
	for _, o := range t.First {
		line := screen.ColumnsOrder{Title: o.Called(), Sub: goodsOf(l, o)}
		if to := strings.Trim(strings.Join([]string{o.To.Name, o.To.City, o.To.Country}, ", "), ", "); to != "" {
			line.Title += " · " + strings.ReplaceAll(to, ", , ", ", ")
		}
		if o.Status != station.OrderOpen {
			line.State = l.Say("{what}: {about}", "what", l.Phrase(string(o.Status)), "about", o.Reason)
		}
		out.Orders = append(out.Orders, line)
	}
	for _, item := range t.Products {
		out.Orders = append(out.Orders, productLine(l, item))
	}
	return out
}

// productLine is a product that would come in.
func productLine(l say.Language, item station.Product) screen.ColumnsOrder {
	line := screen.ColumnsOrder{Title: item.SKU}
	if item.Name != item.SKU {
		line.Title += " · " + item.Name
	}
	var parts []string
	for i, b := range item.Barcodes {
		if i == 3 {
			parts = append(parts, "…")
			break
		}
		parts = append(parts, b.Code)
	}
	if len(parts) == 0 {
		parts = append(parts, l.Phrase("no barcode"))
	}
	if item.Mass > 0 {
		parts = append(parts, l.Decimal(item.Mass.String()))
	}
	line.Sub = strings.Join(parts, ", ")
	return line
}

// goodsOf are the goods of an order in a line.
func goodsOf(l say.Language, o station.Order) string {
	var parts []string
	for _, l := range o.Lines {
		if len(parts) == 4 {
			parts = append(parts, "…")
			break
		}
		if l.SKU != "" {
			parts = append(parts, fmt.Sprintf("%d × %s", l.Qty, l.SKU))
		}
	}
	if !o.ShipBy.IsZero() {
		parts = append(parts, l.Say("ship by {day}", "day", l.Time(o.ShipBy, "2 Jan")))
	}
	return strings.Join(parts, ", ")
}
