package pack

import (
	"packbench/station"
	"packbench/station/trouble"
	"packbench/station/unit"
)

// situation is how a bench stands, and how it came to that.
type situation struct {
	name string
	play func(*desk)
}

func (d *desk) packed(o OrderInfo) {
	d.openOrder(o)
	d.packAll()
}

func (d *desk) labelled() {
	d.packed(order1042())
	d.give(reading(1800 * unit.Gram))
	d.label("A")
}

func (d *desk) rules(change func(*Rules)) {
	r := d.s.Rules
	change(&r)
	d.give(Started{Rules: r})
}

// noted is the order with a note, a product that may be counted and one that
// was not found in the catalogue.
func noted() OrderInfo {
	o := order1042()
	o.Carton = &Carton{ID: "M", Tare: 100 * unit.Gram, Max: 2 * unit.Kilogram}
	o.Lines = append(o.Lines,
		LineInfo{ID: "3", Name: "wrap it", Kind: station.Note, Qty: 1},
		LineInfo{ID: "4", SKU: "MUG", Kind: station.Goods, Qty: 2})
	return o
}

func sevenRef(state ParcelState) ParcelRef {
	return ParcelRef{
		ID: "7-1", Order: "7", SSCC: "SEVEN", State: state, Carrier: "post", Service: "post", Document: "doc7", Reprints: 1, Papers: map[string]int{"slip": 1},
		Contents: []Content{{Line: "1", SKU: "MUG", Qty: 3}},
	}
}

var van = Van{Carrier: "post", Name: "The Post", Dock: 3}

var situations = []situation{
	{"signed out", func(*desk) {}},
	{"idle", func(d *desk) { d.give(badge("p1", station.Packer)) }},
	{"idle, a supervisor", func(d *desk) { d.give(badge("boss", station.Supervisor)) }},
	{"idle after an order was closed", func(d *desk) { d.labelled(); d.printed(); d.give(scanLabel("A", "1042")) }},
	{"idle after a short closed an order", func(d *desk) {
		d.openOrder(order1042())
		d.give(do("short", "1", "damaged"))
		d.give(do("short", "2", "later"))
	}},
	{"opening what a short closed", func(d *desk) {
		d.openOrder(order1042())
		d.give(do("short", "1", "damaged"))
		d.give(do("short", "2", "later"))
		d.give(do("undo"))
	}},
	{"packing, a closed parcel holds too much", func(d *desk) {
		o := order1042()
		o.Version, o.Lines[0].Qty, o.Begun = 2, 1, 1
		o.Parcels = []ParcelRef{{ID: "1042-1", Order: "1042", SSCC: "A", State: ParcelClosed, Contents: []Content{{Line: "1", SKU: "MUG", Qty: 2}}}}
		d.openOrder(o)
	}},
	{"idle, an order parked", func(d *desk) { d.openOrder(order1042()); d.give(scanItem("MUG", 1)); d.give(do("park")) }},
	{"idle, asked which order", func(d *desk) {
		d.give(badge("p1", station.Packer))
		d.give(scanItem("MUG", 1, "1042", "1043"))
	}},
	{"idle, asked which parcel", func(d *desk) {
		d.give(badge("p1", station.Packer))
		other := sevenRef(ParcelClosed)
		other.ID, other.SSCC = "7-2", "SEVEN2"
		d.give(Command{Name: "reprint", Reason: "lost", Parcels: []ParcelRef{sevenRef(ParcelClosed), other}})
	}},
	{"idle, asked which van", func(d *desk) {
		d.give(badge("p1", station.Packer))
		d.give(Command{Name: "handover", Vans: []Van{van, {Carrier: "post", Lane: "north"}}})
	}},
	{"idle, asked why a label is printed again", func(d *desk) {
		d.give(badge("p1", station.Packer))
		d.give(Command{Name: "reprint", Parcels: []ParcelRef{sevenRef(ParcelClosed)}})
	}},
	{"idle, the hub cannot be asked for an order", func(d *desk) {
		d.give(badge("p1", station.Packer))
		d.give(scanOrder("1042"))
		d.give(OrderRefused{Effect: d.pending(EffectOpen).ID, Order: "1042", Code: CodeHubAway})
	}},
	{"a return, nothing known of it", func(d *desk) { d.give(badge("p1", station.Packer)); d.give(do("return")) }},
	{"a return, one unit graded and one not", func(d *desk) {
		d.back()
		d.give(backItem("MUG", 1))
		d.give(do("grade", "as-new"))
		d.give(backItem("CANDLE", 1))
	}},
	{"a blind return", func(d *desk) {
		d.give(badge("p1", station.Packer))
		d.give(do("return"))
		d.give(do("blind", "R-1"))
		d.give(backItem("MUG", 1))
	}},
	{"idle, a return put aside", func(d *desk) { d.back(); d.give(backItem("MUG", 1)); d.give(do("park")) }},
	{"opening", func(d *desk) { d.give(badge("p1", station.Packer)); d.give(scanOrder("1042")) }},
	{"opening with an item", func(d *desk) {
		d.give(badge("p1", station.Packer))
		d.give(scanItem("MUG", 1, "1042", "1043"))
		d.give(answer(1))
	}},
	{"opening with the only candle", func(d *desk) {
		d.give(badge("p1", station.Packer))
		d.give(scanItem("CANDLE", 1, "1042", "1043"))
		d.give(answer(1))
	}},
	{"opening with a pair", func(d *desk) {
		d.give(badge("p1", station.Packer))
		d.give(scanItem("MUG", 2, "1042", "1043"))
		d.give(answer(1))
	}},
	{"opening with a case of 6", func(d *desk) {
		d.give(badge("p1", station.Packer))
		d.give(scanItem("MUG", 6, "1042", "1043"))
		d.give(answer(1))
	}},
	{"opening with an item whose code is for no number of units", func(d *desk) {
		d.give(badge("p1", station.Packer))
		d.give(scanItem("MUG", 0, "1042", "1043"))
		d.give(answer(1))
	}},
	{"opening a closed parcel again", func(d *desk) {
		d.give(badge("p1", station.Packer))
		ref := sevenRef(ParcelClosed)
		d.reopen(ref)
	}},
	{"opening a parked order", func(d *desk) {
		d.openOrder(order1042())
		d.give(scanItem("MUG", 1))
		d.give(do("park"))
		d.give(scanOrder("1042"))
	}},
	{"signed out while an order was being opened", func(d *desk) {
		d.give(badge("p1", station.Packer))
		d.give(scanOrder("1042"))
		d.give(do("sign-out"))
	}},
	{"signed out while a label is printed", func(d *desk) { d.labelled(); d.give(do("sign-out")) }},
	{"opening a parked order whose label is there", func(d *desk) {
		o := order1042()
		o.Address = "home"
		d.packed(o)
		d.give(reading(1800 * unit.Gram))
		d.label("A")
		d.give(do("park"))
		d.give(scanOrder("1042"))
	}},
	{"opening a parked order whose label is being made", func(d *desk) {
		o := order1042()
		o.Address = "home"
		d.packed(o)
		d.give(reading(1800 * unit.Gram))
		d.give(do("park"))
		d.give(scanOrder("1042"))
	}},
	{"packing, nothing in it", func(d *desk) { d.openOrder(order1042()) }},
	{"packing, a full carton and printers of their own", func(d *desk) {
		d.rules(func(r *Rules) { r.Printers = Printers{Label: "big", Slip: "small", Manifest: "list"} })
		o := order1042()
		o.Carton.Max = 1100 * unit.Gram
		d.openOrder(o)
		d.give(scanItem("MUG", 1))
	}},
	{"packing, with an address, weighed before", func(d *desk) {
		o := order1042()
		o.Address = "home"
		d.packed(o)
		d.give(do("put-back", "2"))
	}},
	{"packing, two in it", func(d *desk) { d.openOrder(noted()); d.give(scanItem("MUG", 1)); d.give(scanItem("CANDLE", 1)) }},
	{"packing, two lines of mugs full", func(d *desk) {
		d.openOrder(noted())
		for range 5 {
			d.give(scanItem("MUG", 1))
		}
	}},
	{"packing, the next scan takes out", func(d *desk) { d.openOrder(order1042()); d.give(scanItem("MUG", 1)); d.give(do("remove")) }},
	{"packing, a quantity card", func(d *desk) { d.openOrder(order1042()); d.give(quantityCard(2)) }},
	{"packing, cancelled by one scan", func(d *desk) {
		d.openOrder(order1042())
		d.give(scanItem("MUG", 1))
		d.give(Command{Name: "cancel"})
	}},
	{"packing, asked which line", func(d *desk) { d.openOrder(order1042()); d.give(do("short")) }},
	{"packing, asked for a reason", func(d *desk) { d.openOrder(order1042()); d.give(do("short", "1")) }},
	{"packing, asked which of two", func(d *desk) {
		d.openOrder(order1042())
		d.give(Scanned{Raw: "X", Meanings: []Meaning{{Kind: MeansProduct, Product: &Product{SKU: "MUG", Name: "Mug", Factor: 1}}, {Kind: MeansCarton, Carton: &Carton{ID: "L"}}}})
	}},
	{"packing, a badge is awaited", func(d *desk) { d.openOrder(order1042()); d.give(do("confirm", "1")) }},
	{"packing, two refusals", func(d *desk) { d.openOrder(order1042()); d.give(scanItem("BLUE", 1)); d.give(scanItem("BLUE", 1)) }},
	{"packing, the rest was short", func(d *desk) {
		d.openOrder(order1042())
		d.give(do("short", "1", "damaged"))
	}},
	{"packing, more than the shop wants", func(d *desk) {
		d.openOrder(order1042())
		d.give(scanItem("MUG", 1))
		d.give(scanItem("MUG", 1))
		o := order1042()
		o.Version, o.Lines[0].Qty = 2, 1
		d.give(ShopChanged{Status: station.OrderOpen, Order: o})
	}},
	{"packing, held by the shop", func(d *desk) {
		d.openOrder(order1042())
		d.give(scanItem("MUG", 1))
		d.give(ShopChanged{Status: station.OrderHeld, Reason: "payment", Order: order1042()})
	}},
	{"packing, the second parcel", func(d *desk) {
		d.openOrder(order1042())
		d.give(scanItem("MUG", 1))
		d.give(do("next-parcel"))
		light := reading(600 * unit.Gram)
		light.Expect.Mass = 600 * unit.Gram
		d.give(light)
		d.label("A")
		d.give(scanLabel("A", "1042"))
	}},
	{"packing, swapped and confirmed by hand", func(d *desk) {
		d.rules(func(r *Rules) { r.ConfirmRole = station.Packer })
		d.openOrder(order1042())
		d.give(scanItem("MUG", 2))
		d.give(do("swap", "1"))
		d.give(do("confirm", "1"))
	}},
	{"locked", func(d *desk) {
		d.openOrder(order1042())
		d.give(scanItem("MUG", 1))
		for range 3 {
			d.give(scanItem("BLUE", 1))
		}
	}},
	{"weighing", func(d *desk) { d.packed(order1042()) }},
	{"weighing, the last parcel on the scale", func(d *desk) {
		d.labelled()
		d.printed()
		d.give(scanLabel("A", "1042"))
		o := order1042()
		o.ID = "1043"
		d.packed(o)
	}},
	{"weighing, the weight was off", func(d *desk) { d.packed(order1042()); d.give(reading(1300 * unit.Gram)) }},
	{"weighing, off and a reason given", func(d *desk) {
		d.packed(order1042())
		d.give(reading(1300 * unit.Gram))
		d.give(do("authorise", "", "filling"))
	}},
	{"weighing, off and a badge given", func(d *desk) {
		d.packed(order1042())
		d.give(reading(1300 * unit.Gram))
		d.give(badge("boss", station.Supervisor))
	}},
	{"weighing, typed", func(d *desk) {
		d.packed(order1042())
		typed := reading(1800 * unit.Gram)
		typed.Typed = true
		d.give(typed)
	}},
	{"weighing, who works alone", func(d *desk) {
		d.rules(func(r *Rules) { r.WorksAlone = true })
		d.packed(order1042())
		d.give(reading(1300 * unit.Gram))
	}},
	{"labelling, a back-up took over", func(d *desk) { d.backedUp(); d.silence() }},
	{"labelling, no carrier answers", func(d *desk) { d.backedUp(); d.silence(); d.silence() }},
	{"labelling, the prices are old", func(d *desk) { d.backedUp(); d.refuse(trouble.New(trouble.QuoteStale)) }},
	{"labelling, the carrier cannot tell", func(d *desk) { d.backedUp(); d.unsaid() }},
	{"idle, a box waits for its label", func(d *desk) { d.backedUp(); d.silence(); d.silence(); d.give(do("park")) }},
	{"idle, the label of a box that waited is there", func(d *desk) {
		d.backedUp()
		d.give(do("park"))
		d.give(bought(d.pending(EffectBuy), "A"))
	}},
	{"choosing", func(d *desk) {
		d.rules(func(r *Rules) { r.AskService = true })
		d.packed(order1042())
		d.give(reading(1800 * unit.Gram))
	}},
	{"choosing, typed", func(d *desk) {
		d.rules(func(r *Rules) { r.AskService = true })
		d.packed(order1042())
		d.give(reading(1800 * unit.Gram))
		typed := reading(1790 * unit.Gram)
		typed.Typed = true
		d.give(typed)
	}},
	{"choosing, none takes it", func(d *desk) {
		d.packed(order1042())
		w := reading(1800 * unit.Gram)
		for i := range w.Quotes {
			w.Quotes[i].Allowed, w.Quotes[i].Chosen, w.Quotes[i].Reason = false, false, "too heavy"
		}
		d.give(w)
	}},
	{"weighing, the carriers are asked", func(d *desk) { d.slow = true; d.packed(order1042()); d.give(reading(1800 * unit.Gram)) }},
	{"choosing, the label is void", func(d *desk) { d.labelled(); d.give(badge("boss", station.Supervisor)); d.give(do("void")) }},
	{"labelling", func(d *desk) { d.packed(order1042()); d.give(reading(1800 * unit.Gram)) }},
	{"labelling, with an address", func(d *desk) {
		o := order1042()
		o.Address, o.Country = "home", "DE"
		d.packed(o)
		d.give(reading(1800 * unit.Gram))
	}},
	{"labelling, no label came", func(d *desk) {
		d.packed(order1042())
		d.give(reading(1800 * unit.Gram))
		d.give(Bought{Effect: d.pending(EffectBuy).ID, State: PurchaseRefused, Trouble: recorded("no numbers")})
	}},
	{"labelling, nobody knows", func(d *desk) {
		d.packed(order1042())
		d.give(reading(1800 * unit.Gram))
		d.give(Bought{Effect: d.pending(EffectBuy).ID, State: PurchaseUnknown, Trouble: recorded("no answer")})
	}},
	{"closing, the label under way", func(d *desk) { d.labelled() }},
	{"closing, with an address, which is not whole", func(d *desk) {
		o := order1042()
		o.Address, o.Country, o.Number = "home", "DE", "#1042"
		d.packed(o)
		d.give(reading(1800 * unit.Gram))
		made := bought(d.pending(EffectBuy), "A")
		made.Lacks = []string{"postcode"}
		d.give(made)
	}},
	{"closing, with signs lost", func(d *desk) {
		d.packed(order1042())
		d.give(reading(1800 * unit.Gram))
		made := bought(d.pending(EffectBuy), "A")
		made.Unprintable = 2
		d.give(made)
	}},
	{"parked while its label is printed", func(d *desk) { d.labelled(); d.give(do("park")) }},
	{"parked while its label is made", func(d *desk) {
		d.packed(order1042())
		d.give(reading(1800 * unit.Gram))
		d.give(do("park"))
	}},
	{"closing, printed, with papers", func(d *desk) {
		d.packed(order1042())
		d.give(reading(1800 * unit.Gram))
		d.give(bought(d.pending(EffectBuy), "A", "slip", "customs"))
		d.printed()
	}},
	{"closing, the printer waits", func(d *desk) { d.labelled(); d.give(waits(d.printing(DocumentLabel), "paper is out")) }},
	{"closing, the printer gave up", func(d *desk) { d.labelled(); d.give(ended(d.printing(DocumentLabel), PrintTrouble, "jam")) }},
	{"closing, nobody knows", func(d *desk) { d.labelled(); d.give(ended(d.printing(DocumentLabel), PrintUnknown, "")) }},
	{"closing, held by the shop", func(d *desk) {
		d.labelled()
		d.give(ShopChanged{Status: station.OrderHeld, Reason: "payment", Order: order1042()})
	}},
	{"closing, held and free again", func(d *desk) {
		d.rules(func(r *Rules) { r.Printers.Label = "big" })
		d.labelled()
		d.give(ShopChanged{Status: station.OrderHeld, Reason: "payment", Order: order1042()})
		d.rules(func(r *Rules) { r.Printers.Label = "other" })
		d.give(ShopChanged{Status: station.OrderOpen, Order: order1042()})
	}},
	{"closing, more than the shop wants", func(d *desk) {
		d.labelled()
		o := order1042()
		o.Version, o.Lines[0].Qty = 2, 1
		d.give(ShopChanged{Status: station.OrderOpen, Order: o})
	}},
	{"loading, an empty van", func(d *desk) {
		d.give(badge("p1", station.Packer))
		d.give(Command{Name: "handover", Value: "post", Van: &van})
	}},
	{"loading, one parcel", func(d *desk) {
		d.give(badge("p1", station.Packer))
		d.give(Command{Name: "handover", Value: "post", Van: &van})
		d.load(sevenRef(ParcelClosed))
	}},
	{"loading, the driver is asked for", func(d *desk) {
		d.give(badge("p1", station.Packer))
		d.give(Command{Name: "handover", Value: "post", Van: &van})
		d.load(sevenRef(ParcelClosed))
		d.give(Command{Name: "handover", Van: &van})
	}},
	{"loading a lane, a parcel claimed", func(d *desk) {
		d.give(badge("p1", station.Packer))
		d.give(Command{Name: "handover", Value: "north", Van: &Van{Carrier: "post", Lane: "north", Services: []string{"post"}}})
		d.give(Scanned{Meanings: []Meaning{parcelOf(sevenRef(ParcelClosed))}})
	}},
	{"a list under way", func(d *desk) {
		d.give(badge("p1", station.Packer))
		d.give(Command{Name: "handover", Value: "post", Van: &van})
		d.load(sevenRef(ParcelClosed))
		d.give(Command{Name: "handover"})
		d.give(Command{Name: "driver", Value: "d1"})
	}},
	{"packing, a list under way", func(d *desk) {
		d.give(badge("p1", station.Packer))
		d.give(Command{Name: "handover", Value: "post", Van: &van})
		d.load(sevenRef(ParcelClosed))
		d.give(Command{Name: "handover"})
		d.give(Command{Name: "driver", Value: "d1"})
		d.openOrder(order1042())
	}},
	{"a list whose printer waits", func(d *desk) {
		d.give(badge("p1", station.Packer))
		d.give(Command{Name: "handover", Value: "post", Van: &van})
		d.load(sevenRef(ParcelClosed))
		d.give(Command{Name: "handover"})
		d.give(Command{Name: "driver", Value: "d1"})
		d.give(waits(d.printing(DocumentManifest), "paper is out"))
	}},
	{"a list that is not printed", func(d *desk) {
		d.give(badge("p1", station.Packer))
		d.give(Command{Name: "handover", Value: "post", Van: &van})
		d.load(sevenRef(ParcelClosed))
		d.give(Command{Name: "handover"})
		d.give(Command{Name: "driver", Value: "d1"})
		d.give(ended(d.printing(DocumentManifest), PrintTrouble, "jam"))
	}},
	{"the scale was asked", func(d *desk) { d.packed(order1042()); d.give(do("zero")) }},
}

func (d *desk) load(ref ParcelRef) {
	d.give(Scanned{Meanings: []Meaning{parcelOf(ref)}})
	d.give(ParcelClaimed{Effect: d.pending(EffectClaim).ID, Parcel: ref})
}

func quantityCard(n int) Event {
	return Scanned{Meanings: []Meaning{{Kind: MeansQuantity, N: n}}}
}

func parcelOf(ref ParcelRef) Meaning { return Meaning{Kind: MeansParcel, Parcel: &ref} }
