package pack

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/trouble"
	"packbench/station/unit"
)

// happening is an event and what to call it.
type happening struct {
	name  string
	event Event
}

// happenings are all that may come in a situation: gestures, commands, readings,
// news of the shop, and the results of the effects that are pending.
func happenings(s State) []happening {
	all := slices.Concat(gestures(), askings(), readings(), shopNews())
	for _, id := range slices.Sorted(maps.Keys(s.Pending)) {
		all = append(all, results(s.Pending[id])...)
	}
	return all
}

func gestures() (all []happening) {
	add := func(name string, meanings ...Meaning) {
		all = append(all, happening{name, Scanned{Raw: "RAW", Meanings: meanings}})
	}
	product := func(sku string, factor int, orders ...OrderHint) Meaning {
		return Meaning{Kind: MeansProduct, Product: &Product{SKU: sku, Name: "the " + sku, Factor: factor}, Orders: orders}
	}
	hint, other := OrderHint{ID: "1042", Number: "#1042"}, OrderHint{ID: "1043"}
	for _, p := range []Person{{ID: "p1", Role: station.Packer}, {ID: "p2", Role: station.Packer}, {ID: "boss", Role: station.Supervisor}, {ID: "chief", Role: station.Manager}} {
		add("badge "+p.ID, Meaning{Kind: MeansBadge, Person: &p})
	}
	add("mug", product("MUG", 1))
	add("two mugs", product("MUG", 2))
	add("case of 6", product("MUG", 6))
	add("mug, its code for no number of units", product("MUG", 0))
	add("candle", product("CANDLE", 1))
	add("blue", product("BLUE", 1))
	add("mug of 1042", product("MUG", 1, hint))
	add("mug of two orders", product("MUG", 1, hint, other))
	ten := make([]OrderHint, 10)
	for i := range ten {
		ten[i].ID = fmt.Sprint("T", i+1)
	}
	add("mug of ten orders", product("MUG", 1, ten...))
	for _, n := range []int{0, 1, 2, 9999, 10000} {
		add(fmt.Sprint("card ", n), Meaning{Kind: MeansQuantity, N: n})
	}
	for _, n := range []int{1, 2, 9} {
		add(fmt.Sprint("answer ", n), Meaning{Kind: MeansAnswer, N: n})
	}
	add("reason filling", Meaning{Kind: MeansReason, Reason: "filling"})
	for _, c := range []Carton{{ID: "L", Tare: 200 * unit.Gram}, {ID: "S", Trouble: recorded("too small")}, {ID: "XS", Tare: 100 * unit.Gram, Max: 300 * unit.Gram}} {
		add("carton "+c.ID, Meaning{Kind: MeansCarton, Carton: &c})
	}
	add("order 1042", Meaning{Kind: MeansOrder, Orders: []OrderHint{hint}})
	add("order 1043", Meaning{Kind: MeansOrder, Orders: []OrderHint{other}})
	add("order of two shops", Meaning{Kind: MeansOrder, Orders: []OrderHint{hint, other}})
	add("order of none", Meaning{Kind: MeansOrder})
	add("tote", Meaning{Kind: MeansTote, Orders: []OrderHint{hint}})
	add("tote of two orders", Meaning{Kind: MeansTote, Orders: []OrderHint{hint, other}})
	own := ParcelRef{ID: "1042-1", Order: "1042", SSCC: "A", Carrier: "post"}
	add("own label", parcelOf(own))
	own.State = ParcelVoided
	add("own label, void", parcelOf(own))
	for _, state := range []ParcelState{"", ParcelClosed, ParcelVoided, ParcelHandedOut, ParcelLoading, ParcelOpening} {
		add("label "+string(state), parcelOf(sevenRef(state)))
	}
	twin := sevenRef(ParcelClosed)
	twin.ID = "7-9"
	add("label of another parcel with that number", parcelOf(twin))
	alien := sevenRef(ParcelClosed)
	alien.ID, alien.SSCC, alien.Carrier = "8-1", "EIGHT", "other"
	add("label of another carrier", parcelOf(alien))
	alien.Carrier, alien.Service = "post", "express"
	add("label of another service", parcelOf(alien))
	add("list", Meaning{Kind: MeansManifest, Manifest: &ManifestRef{ID: "M-1", Carrier: "post", Parcels: 2}})
	add("list that left", Meaning{Kind: MeansManifest, Manifest: &ManifestRef{ID: "M-1", Carrier: "post", Lane: "north", Parcels: 2, Gone: true, Left: time.Unix(50, 0).UTC()}})
	add("card undo", Meaning{Kind: MeansCommand, Command: &Command{Name: "undo"}})
	add("card unlock", Meaning{Kind: MeansCommand, Command: &Command{Name: "unlock"}})
	for _, kind := range []MeaningKind{MeansProduct, MeansCarton, MeansParcel, MeansCommand, MeansManifest, MeansBadge} {
		add("a "+string(kind)+" that is none", Meaning{Kind: kind})
	}
	add("place", Meaning{Kind: MeansPlace, Place: "A-12-3"})
	add("unknown code")
	add("mug or carton", product("MUG", 1), Meaning{Kind: MeansCarton, Carton: &Carton{ID: "L"}})
	add("one of many things", Meaning{Kind: MeansOrder, Orders: []OrderHint{hint}}, Meaning{Kind: MeansTote}, product("MUG", 1), parcelOf(own),
		Meaning{Kind: MeansManifest, Manifest: &ManifestRef{ID: "M-1"}}, Meaning{Kind: MeansCommand, Command: &Command{Name: "undo"}})
	add("order or tote, out of place", Meaning{Kind: MeansManifest}, Meaning{Kind: MeansTote})
	return append(all,
		happening{"torn code", Scanned{Raw: "RA", Problem: "cut"}},
		happening{"unknown badge", Scanned{Problem: "badge"}})
}

func askings() (all []happening) {
	add := func(name string, c Command) { all = append(all, happening{name, c}) }
	for _, name := range Commands {
		add(name, Command{Name: name, Sure: true})
	}
	add("dance", Command{Name: "dance"})
	for _, name := range []string{"cancel", "void"} {
		add(name+" once", Command{Name: name})
	}
	for _, name := range []string{"put-back", "swap", "short", "confirm", "count"} {
		for _, line := range []string{"1", "2", "3", "9"} {
			add(name+" "+line, Command{Name: name, Value: line, N: 1, Sure: true})
		}
	}
	add("count 2 of 2", Command{Name: "count", Value: "2", N: 2})
	add("short 1 damaged", Command{Name: "short", Value: "1", Reason: "damaged"})
	add("short 2 in words", Command{Name: "short", Value: "2", Reason: "Not there!"})
	add("swap 1 torn", Command{Name: "swap", Value: "1", Reason: "torn"})
	add("swap 1 in words", Command{Name: "swap", Value: "1", Reason: "Torn!"})
	add("carton L", Command{Name: "carton", Value: "L", Carton: &Carton{ID: "L", Tare: 200 * unit.Gram}})
	for _, service := range []string{"post", "express", "rocket"} {
		add("service "+service, Command{Name: "service", Value: service})
	}
	add("authorise filling", Command{Name: "authorise", Reason: "filling"})
	add("authorise in words", Command{Name: "authorise", Reason: "Because!"})
	add("reprint lost", Command{Name: "reprint", Reason: "lost"})
	refs := []ParcelRef{sevenRef(ParcelClosed), sevenRef(ParcelHandedOut)}
	add("reprint lost, of one", Command{Name: "reprint", Reason: "lost", Parcels: refs[:1]})
	add("reprint, of one", Command{Name: "reprint", Parcels: refs[:1]})
	add("reprint, of two", Command{Name: "reprint", Reason: "lost", Parcels: refs})
	add("reprint, of one that left", Command{Name: "reprint", Reason: "lost", Parcels: refs[1:]})
	for _, kind := range []string{"slip", "customs", "poem"} {
		add("paper "+kind, Command{Name: "paper", Value: kind})
		add("paper "+kind+" lost", Command{Name: "paper", Value: kind, Reason: "lost"})
		add("paper "+kind+", of one", Command{Name: "paper", Value: kind, Parcels: refs[:1]})
	}
	add("reprint-manifest lost", Command{Name: "reprint-manifest", Value: "M-1", Reason: "lost"})
	for _, state := range []ParcelState{ParcelClosed, ParcelVoided, ParcelHandedOut, ParcelLoading, ParcelOpening} {
		ref := sevenRef(state)
		add("reopen "+string(state), Command{Name: "reopen", Value: "7-1", Parcel: &ref})
	}
	parked := sevenRef(ParcelClosed)
	parked.Order = "1042"
	add("reopen of the parked order", Command{Name: "reopen", Parcel: &parked})
	add("reopen of one", Command{Name: "reopen", Value: "7-1", Parcels: refs[:1]})
	add("reopen of two", Command{Name: "reopen", Value: "7-1", Parcels: refs})
	add("next-order 1043", Command{Name: "next-order", Orders: []OrderHint{{ID: "1043"}}})
	add("handover post", Command{Name: "handover", Value: "post", Van: &van})
	add("handover rocket", Command{Name: "handover", Value: "rocket"})
	add("handover of one", Command{Name: "handover", Vans: []Van{van}})
	add("handover of two", Command{Name: "handover", Vans: []Van{van, {Carrier: "post", Lane: "north"}}})
	add("driver d1", Command{Name: "driver", Value: "d1"})
	add("driver too long", Command{Name: "driver", Reason: NameTooLong, N: 70})
	return all
}

func readings() (all []happening) {
	add := func(name string, w Weighed) { all = append(all, happening{name, w}) }
	for _, state := range []ScaleState{ScaleMoving, ScaleZero, ScaleOver, ScaleUnder, ScaleNone, ScaleUnknown} {
		add("scale "+string(state), Weighed{Scale: state})
	}
	for _, grams := range []int{-20, -10, -9, 0, 1790, 1800, 1810, 1811, 1830, 1831} {
		add(fmt.Sprint(grams, " g"), reading(unit.Mass(grams)*unit.Gram))
	}
	coarse := reading(1839 * unit.Gram)
	coarse.Division = 10 * unit.Gram
	add("1839 g of a coarse scale", coarse)
	coarse.Mass = -39 * unit.Gram
	add("-39 g of a coarse scale", coarse)
	coarse.Mass = -40 * unit.Gram
	add("-40 g of a coarse scale", coarse)
	typed := reading(1800 * unit.Gram)
	typed.Typed = true
	add("typed 1800 g", typed)
	unknown := reading(1234 * unit.Gram)
	unknown.Expect = &Expect{Missing: "MUG"}
	add("1234 g, nothing to compare", unknown)
	early := reading(1800 * unit.Gram)
	early.Expect = nil
	add("1800 g, nothing expected", early)
	none := reading(1800 * unit.Gram)
	none.Quotes = nil
	add("1800 g, no carrier", none)
	return all
}

func shopNews() (all []happening) {
	add := func(name string, status station.OrderStatus, reason string, change func(*OrderInfo)) {
		o := order1042()
		o.Version = 9
		change(&o)
		all = append(all, happening{name, ShopChanged{Status: status, Reason: reason, Order: o}})
	}
	add("shop: the same", station.OrderOpen, "", func(o *OrderInfo) { o.Version = 1 })
	add("shop: held", station.OrderHeld, "payment", func(*OrderInfo) {})
	add("shop: cancelled", station.OrderCancelled, "customer", func(*OrderInfo) {})
	add("shop: done", station.OrderDone, "", func(*OrderInfo) {})
	add("shop: a mug more", station.OrderOpen, "", func(o *OrderInfo) { o.Lines[0].Qty = 4 })
	add("shop: one mug", station.OrderOpen, "", func(o *OrderInfo) { o.Lines[0].Qty = 1 })
	add("shop: no candle", station.OrderOpen, "", func(o *OrderInfo) { o.Lines = o.Lines[:1] })
	add("shop: tea too", station.OrderOpen, "", func(o *OrderInfo) {
		o.Lines = append(o.Lines, LineInfo{ID: "3", SKU: "TEA", Name: "Tea", Kind: station.Goods, Qty: 1})
	})
	add("shop: tea in place of mugs", station.OrderOpen, "", func(o *OrderInfo) { o.Lines[0].SKU, o.Lines[0].Qty = "TEA", 1 })
	add("shop: lines numbered anew, and a note", station.OrderOpen, "", func(o *OrderInfo) {
		o.Lines[0].ID, o.Lines[1].ID = "2", "1"
		o.Lines = append(o.Lines, LineInfo{ID: "2", Name: "wrap it", Kind: station.Note, Qty: 1})
	})
	add("shop: another address", station.OrderOpen, "", func(o *OrderInfo) { o.Address = "elsewhere" })
	add("shop: another country", station.OrderOpen, "", func(o *OrderInfo) { o.Country = "AT" })
	add("shop: another service", station.OrderOpen, "", func(o *OrderInfo) { o.Service = "express" })
	add("shop: another order", station.OrderHeld, "payment", func(o *OrderInfo) { o.ID = "9" })
	return append(all, happening{"unlocked at the desk", Unlocked{By: "boss"}}, happening{"round", Round{}}, happening{"a refund is refused", RefundRefused{Order: "7", Parcel: "7-1", Trouble: recorded("too late")}}, happening{"started anew", Started{Rules: Rules{Station: "S1", LockAfter: 5}}})
}

// results are what may become of an effect.
func results(e Effect) (all []happening) {
	add := func(name string, event Event) {
		all = append(all, happening{strings.TrimSpace(string(e.Kind) + " " + e.Document.Kind + " " + name), event})
	}
	if e.Kind == EffectOpen || e.Kind == "late" {
		o := order1042()
		o.ID = e.Order
		add("ready", OrderReady{Effect: e.ID, Order: o})
		o.Version, o.Address = 9, "elsewhere"
		add("ready, another address", OrderReady{Effect: e.ID, Order: o})
		o.Number, o.Begun, o.Parcels = "#1", 1, []ParcelRef{sevenRef(ParcelClosed)}
		o.Lines = append(o.Lines, LineInfo{ID: "3", SKU: "TEA", Kind: station.Goods, Qty: 1})
		add("ready, begun before", OrderReady{Effect: e.ID, Order: o})
		o.Lines[0].Qty, o.Lines[1].Qty, o.Lines[2].Qty = 3, 0, 0
		add("ready, all packed", OrderReady{Effect: e.ID, Order: o})
		for _, code := range []Code{CodeOrderHeld, CodeOrderDone, CodeOrderElsewhere, CodeHubAway, CodeNotNow} {
			add("refused "+string(code), OrderRefused{Effect: e.ID, Order: e.Order, Number: "#1", Code: code, Reason: "because", Place: &Place{Station: "S2", Carrier: "post"}})
		}
	}
	if e.Kind == EffectClaim || e.Kind == "late" {
		for _, state := range []ParcelState{ParcelClosed, ParcelLoading, ParcelOpening, ParcelHandedOut, ParcelVoided, ""} {
			ref := sevenRef(state)
			ref.Place = &Place{Station: "S2", Carrier: "post"}
			add("of one "+string(state), ParcelClaimed{Effect: e.ID, Parcel: ref})
		}
	}
	if e.Kind == EffectQuote || e.Kind == "late" {
		quotes := reading(1800 * unit.Gram).Quotes
		add("quoted", QuotesReady{Effect: e.ID, Quotes: quotes})
		add("none takes it", QuotesReady{Effect: e.ID, Quotes: quotes[2:]})
		add("one is late", QuotesReady{Effect: e.ID, Quotes: append(slices.Clone(quotes), Quote{Service: "web/", Source: "web", Late: true})})
	}
	if e.Kind == EffectBuy || e.Kind == EffectLook || e.Kind == "late" {
		add("bought", bought(e, "A"))
		gaps := bought(e, "A", "slip", "poem", "customs")
		gaps.Unprintable, gaps.Lacks = 2, []string{"postcode"}
		add("bought with gaps and papers", gaps)
		add("refused", Bought{Effect: e.ID, State: PurchaseRefused, Trouble: recorded("no numbers")})
		add("unknown", Bought{Effect: e.ID, State: PurchaseUnknown, Trouble: recorded("no answer")})
		add("refused, silent", Bought{Effect: e.ID, State: PurchaseRefused, Trouble: trouble.New(trouble.CarrierSilent, "demo")})
		add("refused, for this service", Bought{Effect: e.ID, State: PurchaseRefused, Trouble: recorded("no such service"), Elsewhere: true})
		add("refused, prices are old", Bought{Effect: e.ID, State: PurchaseRefused, Trouble: trouble.New(trouble.QuoteStale)})
		add("unsaid", Bought{Effect: e.ID, State: PurchaseUnknown, Trouble: trouble.New(trouble.CarrierUnsaid, "demo", "REF")})
	}
	if e.Kind == EffectVoid || e.Kind == "late" {
		for _, state := range []PurchaseState{"", PurchaseRefused, PurchaseUnknown} {
			add("voided "+string(state), Voided{Effect: e.ID, State: state, Trouble: recorded("words")})
		}
		add("voided, its money comes later", Voided{Effect: e.ID, Asked: true})
	}
	if e.Kind == EffectPrint || e.Kind == "late" {
		for _, state := range []PrintState{PrintAsked, PrintPrinted, PrintSent, PrintTrouble, PrintUnknown, PrintUndrawn, PrintNeedless} {
			for _, ended := range []bool{false, true} {
				p := Printed{Effect: e.ID, Document: e.Document, State: state, Trouble: recorded("words"), Ended: ended}
				add(fmt.Sprintf("%s %v", state, ended), p)
				p.Trouble, p.Unprintable, p.Untimed, p.Kept = trouble.Trouble{}, 2, true, "kept"
				add(fmt.Sprintf("%s %v, signs lost", state, ended), p)
			}
		}
	}
	if e.Kind == EffectScale || e.Kind == "late" {
		add("obeyed", ScaleObeyed{Effect: e.ID})
		add("not obeyed", ScaleObeyed{Effect: e.ID, Trouble: recorded("it moves")})
	}
	add("done", EffectDone{Effect: e.ID})
	add("could not work", EffectFailed{Effect: e.ID, Trouble: recorded("no answer")})
	return all
}
