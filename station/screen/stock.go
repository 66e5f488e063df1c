package screen

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"packbench/station/pack"
	"packbench/station/people"
	"packbench/station/say"
	"packbench/station/stock"
)

// StockPart is a part of the stock page.
type StockPart string

// The parts.
const (
	StockLow     StockPart = ""        // what runs low
	StockShop    StockPart = "shop"    // what the shop believes, where it differs first
	StockCounted StockPart = "counted" // what was counted last
)

// StockInputs is what the stock page is made of.
type StockInputs struct {
	Frame  Frame
	Part   StockPart
	Items  []StockItem       // this page of the part, in its order
	Counts map[StockPart]int // how many each part has
	First  int               // how many come before this page
	APage  int
	Shown  *StockItem  // the product on the right
	Moves  []StockMove // its last movements, newest first
	Lots   []string    // its lots that were packed
	Move   *StockDraft // a movement that is being entered
	Right  int         // of the places that were counted, where the first count was right
	Places int         // that were counted
	Shop   ShopStock
	Busy   bool   // what was touched is being done
	Folder string // that the purchase list is in, "" for none
	Said   Said
}

// StockItem is a product whose stock is kept.
type StockItem struct {
	SKU, Name string
	Bins      []stock.Held
	stock.Position
	Lying int // of those claimed, that have left their bins
	Terms stock.Terms
	Plan  stock.Plan
	Shop  *int         // what the shop believes, nil where it was not asked
	Count *CountedItem // of StockCounted: the count that the row is about
}

// CountedItem is one count.
type CountedItem struct {
	ID      string // of its row
	At      time.Time
	Bin     string
	By      string
	Outcome stock.Outcome
	Counted int
	Diff    int
	Case    string
}

// ShopStock is how asking the shop stands.
type ShopStock struct {
	Shops   []string // that can be asked
	Of      string   // the one that was asked
	At      time.Time
	Asking  bool
	Done    int // products that it was asked for, of all
	All     int // 0: not known yet
	Stopped bool
	Trouble string
	Untold  int // messages that the shop was not told yet
}

// StockMove is a movement of the ledger.
type StockMove struct {
	At     time.Time
	Bin    string
	Qty    int
	Kind   stock.Kind
	Reason string // a code
	Parcel string // that units left with, or came back from
	Case   string // of two counts that agree
	Who    string // person id
	Row    string // of the journal
}

// StockDraft is a movement that is being entered: what is known of it by now.
type StockDraft struct {
	Reason string
	Bin    string
	To     string // of units that are moved to another bin
	Out    bool   // of a reason that goes both ways: units leave
	Asked  DraftStep
}

// DraftStep is what is asked of a movement.
type DraftStep string

// The steps.
const (
	DraftReason DraftStep = "reason"
	DraftWay    DraftStep = "way"
	DraftBin    DraftStep = "bin"
	DraftTo     DraftStep = "to" // the bin that units are moved to
)

// What can be done on the page, as Names of IntentStock. Value is the reason, bin, way
// or shop.
const (
	StockReceive = "receive"
	StockCorrect = "correct"
	StockReason  = "reason"
	StockWay     = "way" // "in" or "out"
	StockBin     = "bin"
	StockLeave   = "leave" // what is being entered
	StockOrder   = "order" // writes the purchase list
	StockAsk     = "ask"   // asks a shop; Value "" stops
)

// The fields of the page.
const (
	EntryStockQty = "stock-qty"
	EntryStockBin = "stock-bin"
)

// StockView is the page of the stock.
type StockView struct {
	Title  string
	Tools  []Action
	Chips  []Action
	Note   string // over the list
	Rows   []StockRow
	Pages  []Action
	Paged  string
	Empty  string
	Well   bool
	Acts   []Action // under the list
	Saved  string   // what became of them
	Detail *StockDetail
}

// StockRow is one product of the list.
type StockRow struct {
	Kind   pack.Kind
	Shape  Shape
	Title  string
	Sub    string
	Figure string // "5 d", "–2"
	On     bool
	Select Action
}

// StockDetail is one product in full.
type StockDetail struct {
	Kind    pack.Kind
	Shape   Shape
	Title   string
	Sub     string
	State   string // "Order 24 now"
	Why     string
	Figures []Figure
	Places  string // "A-12-3: 8   B-01: 4"
	Moves   []StockMoveRow
	Asked   string
	Actions []Action
	Saved   string
}

// StockMoveRow is one line of the ledger.
type StockMoveRow struct {
	Time, Qty, Bin, What, Who string
}

// Stock makes the page.
func Stock(in StockInputs) View {
	view := in.Frame.view(PageStock, "bench")
	keys, l := in.Frame.keys(), in.Frame.Lang
	v := &StockView{Title: l.Phrase("Stock")}
	for _, t := range []struct {
		page  Page
		label string
	}{{PageCount, "Count"}, {PageCatalogue, "Products"}} {
		v.Tools = append(v.Tools, Action{ID: "page:" + string(t.page), Label: l.Phrase(t.label), Key: keys[string(t.page)], Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(t.page)}})
	}
	v.Tools = append(v.Tools, Action{ID: "stock:back", Label: l.Phrase("Back"), Key: "Esc", Enabled: true, Intent: Intent{Kind: IntentPage, Name: "bench"}})
	for _, c := range []struct {
		part  StockPart
		label string
	}{{StockLow, "Running low"}, {StockShop, "Shop's numbers"}, {StockCounted, "Counted"}} {
		v.Chips = append(v.Chips, Action{
			ID: "stock:" + string(c.part), Label: l.Phrase(c.label), Count: in.Counts[c.part], Enabled: true, On: c.part == in.Part,
			Intent: Intent{Kind: IntentFilter, Value: string(c.part)},
		})
	}
	for _, i := range in.Items {
		v.Rows = append(v.Rows, in.row(i))
	}
	v.Paged, v.Pages = turnPages(in.Frame.Lang, "stock-page", in.First, len(in.Items), in.APage, in.Counts[in.Part])
	for i := range v.Pages {
		v.Pages[i].Label = l.Phrase([]string{"Earlier", "Later"}[i])
	}
	in.around(v)
	if in.Frame.Unread {
		v.Empty, v.Well = l.Phrase(beingRead), false
	}
	if in.Shown != nil {
		view.Of = About("product", in.Shown.SKU)
		v.Detail = in.detail(*in.Shown)
	}
	v.Saved = in.Said.On("stock")
	view.Stock = v
	return view
}

// around is what stands around the list of a part.
func (in StockInputs) around(v *StockView) {
	l := in.Frame.Lang
	act := func(id, label, name, value string) Action {
		return Action{ID: "stock:" + id, Label: label, Enabled: !in.Busy, Intent: Intent{Kind: IntentStock, Name: name, Value: value}}
	}
	switch in.Part {
	case StockLow:
		v.Empty, v.Well = l.Phrase("Nothing runs low"), true
		v.Note = l.Phrase("The most urgent first")
		if len(in.Items) > 0 {
			v.Acts = append(v.Acts, act("order", l.Phrase("Purchase list"), StockOrder, ""))
			if in.Folder != "" {
				v.Acts = append(v.Acts, Action{ID: "stock:folder", Label: l.Phrase("Open folder"), Enabled: true, Intent: Intent{Kind: IntentFolder}})
			}
		}
	case StockShop:
		v.Empty = l.Phrase("The shop was not asked yet")
		if len(in.Shop.Shops) == 0 {
			v.Empty = l.Phrase("No shop is connected that tells its stock")
		}
		v.Note = in.Shop.note(l, in.Frame.Now)
		if in.Shop.Asking {
			v.Acts = append(v.Acts, act("stop", l.Phrase("Stop"), StockAsk, ""))
			return
		}
		for _, s := range in.Shop.Shops {
			v.Acts = append(v.Acts, act("ask:"+s, l.Say("Ask {shop}", "shop", s), StockAsk, s))
		}
	case StockCounted:
		v.Empty = l.Phrase("Nothing was counted yet")
		if in.Places > 0 {
			v.Note = l.Say("The first count was right in {n} of {places}", "n", digits(in.Right), "places", l.Many(in.Places, "place"))
		}
	}
}

func (s ShopStock) note(l say.Language, now time.Time) string {
	switch {
	case s.Asking:
		far := l.Phrase("its products")
		if s.All > 0 {
			far = l.OfAll(s.Done, s.All)
		}
		return l.Say("Asking {shop}: {far}", "shop", s.Of, "far", far)
	case s.Stopped:
		return l.Phrase("It was stopped")
	case s.Trouble != "":
		return l.Sentence(s.Trouble)
	case s.At.IsZero():
		return ""
	}
	text := l.Say("{shop} at {time}, differences first", "shop", s.Of, "time", whenIn(l, s.At, now))
	if s.Untold > 0 {
		text += "; " + l.Say("{messages} not told yet", "messages", l.Many(s.Untold, "message"))
	}
	return text
}

func (in StockInputs) row(i StockItem) StockRow {
	r := StockRow{Title: nameOf(i), On: in.Shown != nil && in.Shown.SKU == i.SKU}
	id, l, here := i.SKU, in.Frame.Lang, digits(i.OnHand)
	switch {
	case in.Part == StockCounted && i.Count != nil:
		c := *i.Count
		id = c.ID
		r.Kind, r.Sub = c.words(l, in.Frame.Names)
		r.Figure = age(l, in.Frame.Now.Sub(c.At))
	case in.Part == StockShop:
		r.Kind, r.Sub = pack.Accepted, l.Say("{n} here, the shop says the same", "n", here)
		if i.Shop == nil {
			r.Kind, r.Sub = pack.Info, l.Say("{n} here, the shop does not count it", "n", here)
		} else if d := *i.Shop - i.OnHand; d != 0 {
			r.Kind, r.Sub, r.Figure = pack.Asked, l.Say("{n} here, the shop says {m}", "n", here, "m", digits(*i.Shop)), plusMinus(d)
		}
	default:
		r.Kind, r.Sub = pack.Asked, i.act(l, in.Frame.Now)
		if i.Plan.DaysLeft >= 0 {
			r.Figure = l.Say("{n} d", "n", fmt.Sprintf("%.0f", math.Floor(i.Plan.DaysLeft)))
		}
		if i.OnHand-i.Claimed <= 0 {
			r.Kind = pack.Refused
		}
	}
	r.Shape = ShapeOf(r.Kind)
	r.Select = Action{ID: "product:" + id, Label: r.Title, Enabled: true, Intent: Intent{Kind: IntentSelect, Name: "product", Value: i.SKU}}
	return r
}

// detail is the product on the right.
func (in StockInputs) detail(i StockItem) *StockDetail {
	l := in.Frame.Lang
	d := &StockDetail{Title: nameOf(i), Sub: i.SKU, Kind: pack.Accepted, State: i.act(l, in.Frame.Now), Why: i.whys(l)}
	if i.Terms.Supplier != "" {
		d.Sub += " · " + l.Say("from {supplier}", "supplier", i.Terms.Supplier)
	}
	if len(in.Lots) > 0 {
		d.Sub += " · " + l.Say("lots packed: {lots}", "lots", strings.Join(in.Lots, ", "))
	}
	if i.Plan.Low() {
		d.Kind = pack.Asked
	}
	if i.OnHand-i.Claimed < 0 {
		d.Kind = pack.Refused
	}
	d.Shape = ShapeOf(d.Kind)
	d.Figures, d.Places = i.figures(l), i.places(l)
	for _, m := range in.Moves {
		d.Moves = append(d.Moves, StockMoveRow{
			Time: whenIn(l, m.At, in.Frame.Now), Qty: plusMinus(m.Qty), Bin: m.Bin, What: m.words(l), Who: strings.TrimSpace(in.Frame.Names.Of(m.Who) + " " + m.Row),
		})
	}
	d.Saved = in.Said.On(About("product", i.SKU))
	in.actions(d, i)
	return d
}

// actions are what can be done with the product: its movements are entered step by step.
func (in StockInputs) actions(d *StockDetail, i StockItem) {
	if !in.Frame.may(people.Stock) {
		return
	}
	l := in.Frame.Lang
	add := func(id, label, name, value string) {
		d.Actions = append(d.Actions, Action{ID: "stock:" + id, Label: label, Enabled: !in.Busy, Intent: Intent{Kind: IntentStock, Name: name, Value: value}})
	}
	if in.Move == nil {
		add("receive", l.Phrase("Receive"), StockReceive, "")
		add("correct", l.Phrase("Correct"), StockCorrect, "")
		return
	}
	switch in.Move.Asked {
	case DraftReason:
		d.Asked = l.Phrase("What happened?")
		for _, r := range stock.Reasons() {
			if r.Kind != stock.Received {
				add("reason:"+r.Code, l.Phrase(r.Words), StockReason, r.Code)
			}
		}
	case DraftWay:
		d.Asked = l.Phrase("Units of it")
		add("way:in", l.Phrase("Came into the bin"), StockWay, "in")
		add("way:out", l.Phrase("Left the bin"), StockWay, "out")
	case DraftBin, DraftTo:
		d.Asked = l.Phrase("Which bin?")
		if in.Move.Asked == DraftTo {
			d.Asked = l.Say("From {bin} to which bin?", "bin", in.Move.Bin)
		}
		for _, b := range i.Bins[:min(len(i.Bins), mostBins)] {
			if b.Bin != "" && (in.Move.Asked == DraftBin || b.Bin != in.Move.Bin) {
				add("bin:"+b.Bin, b.Bin, StockBin, b.Bin)
			}
		}
		d.Actions = append(d.Actions, Action{ID: "stock:bin", Label: l.Phrase("Another bin"), Enabled: !in.Busy, Intent: Intent{Kind: IntentEdit, Name: EntryStockBin}})
	}
	d.Actions = append(d.Actions, Action{ID: "stock:leave", Label: l.Phrase("Cancel"), Key: "Esc", Command: "back", Enabled: true, Intent: Intent{Kind: IntentStock, Name: StockLeave}})
}

// mostBins is how many bins have a button.
const mostBins = 7

// targets are in the order in which they stand.
func (v *StockView) targets() []Action {
	out := slices.Concat(v.Tools, v.Chips)
	for _, r := range v.Rows {
		out = append(out, r.Select)
	}
	out = append(out, v.Pages...)
	out = append(out, v.Acts...)
	if v.Detail != nil {
		out = append(out, v.Detail.Actions...)
	}
	return out
}
