package returndesk_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/cmd/internal/lookup"
	"packbench/cmd/internal/returndesk"
	"packbench/station"
	"packbench/station/engine"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/returns"
	"packbench/station/store"
	"packbench/station/unit"
)

// returnsTried is how many returns the model tries: few by default, more by the variable.
func returnsTried() int {
	if n, err := strconv.Atoi(os.Getenv("PACKBENCH_RETURNS")); err == nil && n > 0 {
		return n
	}
	return 40
}

// world is a bench that takes returns apart, with its journal on the disk.
type world struct {
	t     *testing.T
	d     *folder.Folder
	r     *lookup.Resolver
	rnd   *rand.Rand
	chain journal.Chain
	state pack.State
	seq   int
}

func newWorld(t *testing.T) *world {
	d := foldertest.Shop(t)
	w := &world{t: t, d: d, r: lookup.NewResolver(d, "S1"), rnd: rand.New(rand.NewPCG(7, 11)), chain: journal.Chain{Writer: "S1"}, state: pack.New()}
	if err := d.Store.PutShop(t.Context(), store.Shop{ID: "web", Kind: "woocommerce", Since: d.Clock().Add(-time.Hour)}); err != nil {
		t.Fatal(err)
	}
	w.write(pack.Started{Rules: pack.Rules{Station: "S1"}}, nil)
	w.do(engine.Badge{Code: "B-PACKER"})
	return w
}

// write makes a row durable: of an event that is decided, or of facts as they are.
func (w *world) write(e pack.Event, facts []pack.Fact) {
	in := pack.Input{ID: fmt.Sprintf("S1.%d", w.chain.Seq+1), At: w.d.Clock(), Event: e}
	if facts == nil {
		facts, w.state = pack.Step(w.state, in)
	} else {
		for _, f := range facts {
			w.state = pack.Fold(w.state, f)
		}
	}
	input, decided, err := folder.Codec().Encode(in, facts)
	if err != nil {
		w.t.Fatal(err)
	}
	row := w.chain.Next(in.At, input, decided)
	if err := w.d.Store.Append(w.t.Context(), row); err != nil {
		w.t.Fatal(err)
	}
	w.chain = w.chain.After(row)
	for id, asked := range w.state.Pending {
		if asked.Kind == pack.EffectPrint {
			w.write(pack.Printed{Effect: id, Document: asked.Document, State: pack.PrintPrinted, Ended: true}, nil)
			break
		}
	}
}

// do gives one input to the bench. Now and then the program ends before or after it: what
// the bench knows then is what its journal gives.
func (w *world) do(raw engine.Raw) {
	if w.rnd.IntN(12) == 0 {
		w.killed()
	}
	e, err := w.r.Resolve(w.t.Context(), w.state, raw)
	if err != nil {
		w.t.Fatal(err)
	}
	w.write(e, nil)
}

// killed has the bench begin again with a state that was kept as text.
func (w *world) killed() {
	text, err := json.Marshal(w.state)
	if err != nil {
		w.t.Fatal(err)
	}
	w.state = pack.State{}
	if err := json.Unmarshal(text, &w.state); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) scan(code string) { w.do(engine.Scan{Device: "scanner", Data: code}) }
func (w *world) press(name string, words ...string) {
	c := pack.ReadCommand(name, words...)
	c.Sure = true
	w.do(engine.Press{Command: c})
}

// sent packs an order of mugs and soaps, and hands its parcel over.
func (w *world) sent() (order, sscc string, mugs, soaps int) {
	w.seq++
	order, sscc, mugs, soaps = fmt.Sprintf("R%d", w.seq), numbered(w.seq), 1+w.rnd.IntN(3), w.rnd.IntN(3)
	price := func(minor int64) unit.Money { return unit.Money{Minor: minor, Currency: "EUR"} }
	o := station.Order{
		ID: order, Shop: "web", Status: station.OrderOpen, Version: 1, ShipBy: w.d.Clock().Add(time.Hour),
		Lines: []station.Line{{ID: "1", SKU: "MUG-WHITE", Qty: mugs, Price: price(900)}, {ID: "2", SKU: "SOAP-OLIVE", Qty: soaps + 1, Price: price(400)}},
	}
	if _, err := w.d.Store.PutOrders(w.t.Context(), []station.Order{o}); err != nil {
		w.t.Fatal(err)
	}
	parcel := order + "-1"
	contents := []pack.Content{{Line: "1", SKU: "MUG-WHITE", Qty: mugs}, {Line: "2", SKU: "SOAP-OLIVE", Qty: soaps + 1}}
	w.write(pack.Command{Name: "weigh"}, []pack.Fact{
		pack.OrderTaken{Order: pack.OrderInfo{ID: order}, Parcel: parcel},
		pack.EffectAsked{Effect: pack.Effect{ID: parcel + ".b", Kind: pack.EffectBuy, Order: order, Parcel: parcel, Contents: contents}},
		pack.EffectEnded{ID: parcel + ".b"},
		pack.LabelKept{Parcel: parcel, Label: pack.Label{SSCC: sscc}},
		pack.ParcelDone{Parcel: parcel, Order: order, SSCC: sscc, Contents: contents},
		pack.OrderClosed{Order: order},
	})
	return order, sscc, mugs, soaps + 1
}

// numbered is the SSCC with a serial number.
func numbered(n int) string {
	digits, sum := fmt.Sprintf("%017d", 1000+n), 0
	for i, d := range digits {
		sum += int(d-'0') * (3 - 2*(i%2))
	}
	return digits + strconv.Itoa((10-sum%10)%10)
}

var goods = []string{"MUG-WHITE", "SOAP-OLIVE", "TEA-GREEN"}

// code is what is printed on a product.
func (w *world) code(sku string) string { return sku }

// takeApart does what a packer may do with a return, and some of it wrongly.
func (w *world) takeApart(sscc string) {
	w.press("return")
	if blind := w.rnd.IntN(8) == 0; blind {
		w.press("blind", "R-1")
	} else {
		w.scan(sscc)
	}
	if w.state.Return.Known() {
		grades := []string{"as-new", "opened", "damaged", "wrong-item", "not-ours", "nonsense"}
		for range 3 + w.rnd.IntN(10) {
			switch w.rnd.IntN(9) {
			case 0:
				w.press("undo")
			case 1:
				w.press("disposition", []string{"scrap", "quarantine", "shelf", "repair"}[w.rnd.IntN(4)])
			case 2:
				w.press("park")
				w.press("return")
				w.scan(sscc)
			case 3:
				w.press("missing", "SOAP-OLIVE")
			case 4, 5, 6:
				w.scan(w.code(goods[w.rnd.IntN(20)%3]))
			default:
				w.press("grade", grades[w.rnd.IntN(len(grades))])
			}
		}
	}
	for range 40 {
		if w.state.Return == nil {
			return
		}
		if w.rnd.IntN(15) == 0 {
			w.press("cancel")
			continue
		}
		if w.state.Return.Known() && len(w.state.Return.Ungraded()) > 0 {
			w.press("grade", "damaged")
			continue
		}
		w.press("finish")
		if w.state.Return != nil {
			w.press("park")
		}
	}
	w.t.Fatal("a return does not come to its end")
}

// Every unit that came back ends in exactly one place, no more of a parcel comes back than
// left in it, stock and money come out even, and nothing is told to a shop twice.
func TestReturnsComeOutEven(t *testing.T) {
	w := newWorld(t)
	var all []string
	for range returnsTried() {
		_, sscc, _, _ := w.sent()
		all = append(all, sscc)
		w.takeApart(sscc)
		if w.rnd.IntN(3) == 0 { // the same once more, or an older one
			w.takeApart(all[w.rnd.IntN(len(all))])
		}
	}
	w.settle()
	w.check(all)
	if err := w.d.Store.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.check(all)
}

// settle matches what is blind, tells of half of what is owed and ends half of that.
func (w *world) settle() {
	desk, who, ctx := returndesk.New(w.d), station.Person{ID: "V1", Role: station.Supervisor}, w.t.Context()
	open, err := desk.List(ctx, store.ReturnFilter{Open: true})
	if err != nil {
		w.t.Fatal(err)
	}
	for _, r := range open {
		if r.SSCC == "" {
			_, _ = desk.Match(ctx, who, r.ID, fmt.Sprintf("R%d-1", 1+w.rnd.IntN(w.seq))) // some fit, and others do not
		}
	}
	owed, err := desk.List(ctx, store.ReturnFilter{Owed: true})
	if err != nil {
		w.t.Fatal(err)
	}
	for _, r := range owed {
		for range 2 { // whoever presses twice settles once
			if w.rnd.IntN(2) == 0 {
				_, _ = desk.Tell(ctx, who, r.ID, returns.Refund)
			}
			if w.rnd.IntN(4) == 0 {
				_, _ = desk.Settle(ctx, who, r.ID, w.rnd.IntN(2) == 0, "worn")
			}
		}
	}
}

func (w *world) check(all []string) {
	t, ctx := w.t, w.t.Context()
	t.Helper()
	list, err := returndesk.New(w.d).List(ctx, store.ReturnFilter{})
	if err != nil {
		t.Fatal(err)
	}
	lie, back := map[string]int{}, map[string]int{}
	money := map[string]int{}
	for _, r := range list {
		units, err := w.d.Store.ReturnUnits(ctx, r.ID)
		if err != nil {
			t.Fatal(err)
		}
		sent := 0
		for _, u := range units {
			if u.Grade == "" && r.State == store.ReturnClosed {
				t.Errorf("return %s is done, and %d × %s lie nowhere", r.ID, u.Qty, u.SKU)
			}
			if u.Grade != "" {
				lie[u.SKU+" "+u.Bin] += u.Qty
			}
			if u.Odd == "" && r.SSCC != "" {
				back[r.SSCC+" "+u.SKU] += u.Qty
				sent += u.Qty
			}
		}
		if money[r.Money]++; (r.Money == "") != (sent == 0 || r.State != store.ReturnClosed) {
			t.Errorf("return %s with %d units that were sent owes %q", r.ID, sent, r.Money)
		}
		for _, key := range []string{store.GoodsKey(r.ID), store.MoneyKey(r.ID)} {
			_, told, err := store.Known(w.d.Store.EntryByKey(ctx, key))
			if err != nil {
				t.Fatal(err)
			}
			if key == store.GoodsKey(r.ID) && told != (sent > 0 && r.State == store.ReturnClosed) {
				t.Errorf("the shop is told of the goods of return %s: %v", r.ID, told)
			}
		}
	}
	for i := range all {
		parcel, err := w.d.Store.ParcelBySSCC(ctx, all[i])
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range parcel.Contents {
			if n := back[all[i]+" "+c.SKU]; n > c.Qty {
				t.Errorf("of parcel %s %d × %s came back, and %d left", parcel.ID, n, c.SKU, c.Qty)
			}
		}
	}
	moved := map[string]int{}
	for _, sku := range goods {
		moves, err := w.d.Store.StockMoves(ctx, sku, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range moves {
			if m.Kind == "returned" && m.Bin != "main" || m.Kind == "returned" && m.Qty != 0 {
				moved[sku+" "+m.Bin] += m.Qty
			}
		}
	}
	gone := 0
	for key, n := range lie {
		sku := key[:len(key)-len(key[indexOf(key, ' ')+1:])-1]
		if bin := key[indexOf(key, ' ')+1:]; bin == "" {
			gone += n
			moved[sku+" main"] -= n // it came, and was thrown away
		} else {
			moved[key] -= n
		}
	}
	for key, n := range moved {
		if n != 0 {
			t.Errorf("the ledger has %d more of %s than lie there", n, key)
		}
	}
	t.Logf("%d returns, money %v, %d units thrown away", len(list), money, gone)
}

func indexOf(s string, b byte) int {
	for i := range len(s) {
		if s[i] == b {
			return i
		}
	}
	return -1
}
