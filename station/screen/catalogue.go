package screen

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"packbench/station"
	"packbench/station/people"
	"packbench/station/say"
	"packbench/station/stock"
)

// CatalogueInputs is what the page of the products is made of: the rows that are shown,
// however many there are.
type CatalogueInputs struct {
	Frame   Frame
	Text    string      // what is searched for
	Items   []ShelfItem // the rows that are shown
	Before  bool        // there are products before them
	After   bool        // and after them
	First   int         // how many come before, -1 where nobody knows
	All     int         // how many there are, 0 where nobody has counted yet
	Marks   int         // places that the bar leads to
	Shown   *ShelfItem  // the product on the right
	Bins    []stock.Held
	Lots    []string // that were packed
	Linking bool     // a code is to be scanned or typed for the shown one
	Reading bool     // a search still runs
	Busy    bool
	Said    Said
}

// ShelfItem is a product of the catalogue.
type ShelfItem struct {
	station.Product
	OnHand *int // nil where its stock is not kept
}

// What can be done on the page, as Names of IntentStock.
const (
	ShelfBy     = "by"   // Value: by how many rows the list moves
	ShelfJump   = "jump" // Value: the place of the bar
	ShelfLink   = "link" // Value: the product
	ShelfWeigh  = "weigh"
	ShelfHandle = "handle" // how it is packed
	ShelfMark   = "mark"   // which dangerous goods it is
	ShelfUnlink = "unlink" // no code after all
)

// The fields of the page.
const (
	EntryShelf       = "find-product"
	EntryShelfCode   = "shelf-code"
	EntryShelfFactor = "shelf-factor"
	EntryShelfWeight = "shelf-weight"
	EntryShelfDanger = "shelf-danger"

	EntryShelfHandling = "shelf-handling"
	EntryShelfPerBox   = "shelf-per-box"
	EntryShelfGroup    = "shelf-group"
)

// ShelfRows is how many products the page shows at a time.
const ShelfRows = 8

// CatalogueView is the page of the products.
type CatalogueView struct {
	Title  string
	Tools  []Action
	Rows   []ShelfRow
	Up     Intent // a row further up, and down
	Down   Intent
	Pages  []Action
	Paged  string
	Bar    ShelfBar
	Empty  string
	Detail *ShelfDetail
}

// ShelfRow is one product of the list.
type ShelfRow struct {
	Item   Item
	Under  string // SKU and weight
	Stock  string // "12 here"
	On     bool
	Select Action
}

// ShelfBar leads to any place of the list; Marks is 0 for none.
type ShelfBar struct {
	Marks int
	At    float64 // where the list stands, from 0 to 1
	Share float64 // of it that is shown
}

// ShelfDetail is one product in full.
type ShelfDetail struct {
	Item    Item
	Sub     string
	Figures []Figure
	Parts   []Figure // bins, codes and rules, each with its name
	Asked   string
	Saved   string
	Actions []Action
}

// Catalogue makes the page.
func Catalogue(in CatalogueInputs) View {
	view := in.Frame.view(PageCatalogue, "bench")
	keys, l := in.Frame.keys(), in.Frame.Lang
	v := &CatalogueView{Title: l.Phrase("Products"), Empty: l.Phrase("No product yet: import a file of them in Settings")}
	if in.All > 0 {
		v.Title = l.Say("Products: {n}", "n", grouped(in.All))
	}
	if in.Text != "" {
		v.Title, v.Empty = l.Say("Products with “{text}”", "text", say.Short(in.Text, 20)), l.Phrase("No product fits")
		v.Tools = append(v.Tools, Action{ID: "shelf:all", Label: l.Phrase("Show all"), Enabled: true, Intent: Intent{Kind: IntentFilter}})
	}
	back := Page("bench")
	if in.Frame.may(people.Stock) {
		back = PageStock
	}
	v.Tools = append(v.Tools,
		Action{ID: "queue:find", Label: l.Phrase("Search"), Key: keys["queue:find"], Enabled: true, Intent: Intent{Kind: IntentEdit, Name: EntryShelf, Value: in.Text}},
		Action{ID: "shelf:back", Label: l.Phrase("Back"), Key: "Esc", Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(back)}})
	if in.Frame.Unread || in.Reading && len(in.Items) == 0 {
		v.Empty = l.Phrase(beingRead)
	}
	for _, p := range in.Items {
		v.Rows = append(v.Rows, in.row(p))
	}
	by := func(rows int) Intent { return Intent{Kind: IntentStock, Name: ShelfBy, Value: fmt.Sprint(rows)} }
	if in.Before {
		v.Up = by(-1)
	}
	if in.After {
		v.Down = by(1)
	}
	if in.Before || in.After {
		v.Pages = []Action{
			{ID: "queue-page:before", Label: l.Phrase("Earlier"), Key: keys["queue-page:before"], Enabled: in.Before, Intent: by(-ShelfRows)},
			{ID: "queue-page:after", Label: l.Phrase("Later"), Key: keys["queue-page:after"], Enabled: in.After, Intent: by(ShelfRows)},
		}
		if in.First >= 0 {
			v.Paged = grouped(in.First+1) + "–" + grouped(in.First+len(in.Items))
			if in.All > 0 && in.Text == "" {
				v.Paged = l.Say("{n} of {all}", "n", v.Paged, "all", grouped(in.All))
			}
		}
	}
	if in.Text == "" && in.Marks > 1 && in.All > ShelfRows && in.First >= 0 {
		v.Bar = ShelfBar{Marks: in.Marks, At: float64(in.First) / float64(in.All), Share: float64(ShelfRows) / float64(in.All)}
	}
	if in.Shown != nil {
		view.Of = About("product", in.Shown.SKU)
		v.Detail = in.detail(*in.Shown)
	}
	view.Catalogue = v
	return view
}

func (in CatalogueInputs) row(p ShelfItem) ShelfRow {
	r := ShelfRow{Item: NewItem(p.SKU, p.Name, p.Picture), Under: p.SKU, On: in.Shown != nil && in.Shown.SKU == p.SKU}
	if p.Mass > 0 {
		r.Under += " · " + in.Frame.Lang.Mass(p.Mass)
	}
	if p.OnHand != nil {
		r.Stock = digits(*p.OnHand)
	}
	r.Select = Action{ID: "product:" + p.SKU, Label: cmp.Or(p.Name, p.SKU), Enabled: true, Intent: Intent{Kind: IntentSelect, Name: "product", Value: p.SKU}}
	return r
}

// detail is the product on the right.
func (in CatalogueInputs) detail(p ShelfItem) *ShelfDetail {
	l := in.Frame.Lang
	d := &ShelfDetail{Item: NewItem(p.SKU, p.Name, p.Picture), Sub: p.SKU, Saved: in.Said.On(About("product", p.SKU))}
	if len(p.Aliases) > 0 {
		d.Sub += " · " + l.Say("also {names}", "names", strings.Join(p.Aliases[:min(len(p.Aliases), 4)], ", "))
	}
	weight, size, here := l.Phrase("not known"), l.Phrase("not known"), l.Phrase("not kept")
	if p.Mass > 0 {
		weight = l.Mass(p.Mass)
	}
	if p.Size.Length > 0 {
		size = sizeWords(p.Size)
	}
	places := ""
	if p.OnHand != nil {
		here, places = digits(*p.OnHand), StockItem{Bins: in.Bins}.places(l)
	}
	d.Figures = []Figure{{l.Phrase("in stock"), here}, {l.Phrase("weight"), weight}, {l.Phrase("size"), size}}
	for _, part := range []Figure{
		{l.Phrase("Bins"), places},
		{l.Phrase("Codes"), strings.Join(p.codes(l), " · ")},
		{l.Phrase("Rules"), strings.Join(p.flags(l, in.Lots), ", ")},
	} {
		if part.Value != "" {
			d.Parts = append(d.Parts, part)
		}
	}
	switch {
	case !in.Frame.may(people.Products):
		d.Asked = l.Phrase("A supervisor can change codes, weight and marks")
	case in.Linking:
		d.Asked = l.Phrase("Scan the code that this product has too")
		d.Actions = []Action{
			{ID: "shelf:type", Label: l.Phrase("Type the code"), Enabled: !in.Busy, Intent: Intent{Kind: IntentEdit, Name: EntryShelfCode}},
			{ID: "shelf:leave", Label: l.Phrase("Cancel"), Key: "Esc", Command: "back", Enabled: true, Intent: Intent{Kind: IntentStock, Name: ShelfUnlink}},
		}
	default:
		d.Actions = []Action{
			{ID: "shelf:link", Label: l.Phrase("Add a code"), Enabled: !in.Busy, Intent: Intent{Kind: IntentStock, Name: ShelfLink, Value: p.SKU}},
			{ID: "shelf:weigh", Label: l.Phrase("Correct the weight"), Enabled: !in.Busy, Intent: Intent{Kind: IntentStock, Name: ShelfWeigh, Value: p.SKU}},
			{ID: "shelf:handle", Label: l.Phrase("Packing rules"), Enabled: !in.Busy, Intent: Intent{Kind: IntentStock, Name: ShelfHandle, Value: p.SKU}},
			{ID: "shelf:mark", Label: l.Phrase("Dangerous goods"), Enabled: !in.Busy, Intent: Intent{Kind: IntentStock, Name: ShelfMark, Value: p.SKU}},
		}
	}
	return d
}

// codes are the codes that it has, with the units of each where it is not one.
func (p ShelfItem) codes(l say.Language) []string {
	var out []string
	for _, b := range p.Barcodes[:min(len(p.Barcodes), mostCodes)] {
		code := b.Code
		if b.Factor > 1 {
			code += fmt.Sprintf(" (%s)", l.Units(b.Factor))
		}
		out = append(out, say.Short(code, 48))
	}
	if more := len(p.Barcodes) - mostCodes; more > 0 {
		out = append(out, l.Say("and {n} more", "n", digits(more)))
	}
	return out
}

// grouped writes a large number with a blank before every three digits, as every country
// reads it.
func grouped(n int) string {
	text := digits(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "\u00a0" + text[i:]
	}
	return text
}

// mostCodes is how many codes of a product are shown.
const mostCodes = 6

// flags say what must be seen to with the product.
func (p ShelfItem) flags(l say.Language, lots []string) []string {
	var out []string
	for _, f := range []struct {
		is    bool
		words string
	}{
		{p.Fragile, l.Phrase("fragile")},
		{p.Upright, l.Phrase("keep upright")},
		{p.Own, l.Phrase("ships in its own carton")},
		{p.NoTop, l.Phrase("nothing on top")},
		{p.PerBox > 0, l.Say("at most {n} in a box", "n", digits(p.PerBox))},
		{p.Group != "", l.Say("shares a box: {group}", "group", say.Short(p.Group, 30))},
		{p.Danger != "", dangerWords(l, p.Danger)},
		{p.Count, l.Phrase("may be counted")},
		{p.ByWeight, l.Phrase("may be counted by weight")},
		{p.Lot, l.Phrase("lot is asked for")},
		{p.Serial, l.Phrase("serial number is asked for")},
		{p.Expiry, l.Phrase("expiry date is asked for")},
		{p.Life > 0, l.Say("must keep for {days}", "days", l.Many(p.Life, "day"))},
		{len(p.Recalled) > 0, l.Say("recalled: lot {lots}", "lots", strings.Join(p.Recalled[:min(len(p.Recalled), 3)], ", "))},
		{len(p.Confirm) > 0, l.Say("to confirm: {text}", "text", say.Short(strings.Join(p.Confirm, "; "), 60))},
		{len(lots) > 0, l.Say("lots packed: {lots}", "lots", strings.Join(lots, ", "))},
	} {
		if f.is {
			out = append(out, f.words)
		}
	}
	return out
}

// targets are in the order in which they stand.
func (v *CatalogueView) targets() []Action {
	out := slices.Clone(v.Tools)
	for _, r := range v.Rows {
		out = append(out, r.Select)
	}
	out = append(out, v.Pages...)
	if v.Detail != nil {
		out = append(out, v.Detail.Actions...)
	}
	return out
}
