package say

import (
	"cmp"
	"strconv"
	"strings"

	"packbench/station/pack"
	"packbench/station/trouble"
)

// args are the arguments of phrases. A language may use others than English does where
// they mean the same: "order no" for "order".
var args = map[string]func(told) string{
	"order":       told.orderName,
	"Order":       func(v told) string { return v.in.Sentence(v.orderName()) },
	"order no":    func(v told) string { return cmp.Or(v.Order, v.Given, v.Scanned) },
	"order id":    func(v told) string { return v.Order },
	"other order": func(v told) string { return v.OtherOrder },
	"orders":      told.offered,
	"bench":       func(v told) string { return v.bench(v.Why) },
	"marked":      func(v told) string { return v.opt(" ({marks})", "marks", v.in.Marks(marks(v.Verdict))) },
	"the lot": func(v told) string {
		return cmp.Or(v.opt("lot {lot}", "lot", marks(v.Verdict).Lot), v.in.Phrase("this lot"))
	},
	"with serial": func(v told) string {
		return v.opt(" with the serial number {serial}", "serial", marks(v.Verdict).Serial)
	},
	"expired on": func(v told) string {
		return cmp.Or(v.opt("expired on {day}", "day", v.in.Expiry(marks(v.Verdict).Expiry)), v.in.Phrase("is expired"))
	},
	"expiry":        func(v told) string { return v.in.Expiry(marks(v.Verdict).Expiry) },
	"place":         func(v told) string { return v.Name },
	"given":         func(v told) string { return v.opt("parcel {parcel}", "parcel", v.Given) },
	"days left":     func(v told) string { return v.in.Many(life(v.Verdict).Left, "day") },
	"days needed":   func(v told) string { return v.in.Many(life(v.Verdict).Needs, "day") },
	"scanned text":  func(v told) string { return Short(v.Scanned, 32) },
	"or choose":     told.orChoose,
	"or badge":      told.orBadge,
	"with open":     func(v told) string { return v.opt(" with {units} to scan", "units", v.some(v.Open, "unit")) },
	"item":          told.itemName,
	"instead":       func(v told) string { return cmp.Or(v.Instead, v.in.Phrase("what was ordered")) },
	"kit":           func(v told) string { return v.in.kit(v.Verdict) },
	"parts":         func(v told) string { return v.in.parts(v.Verdict, v.names) },
	"product":       func(v told) string { return cmp.Or(v.Name, v.SKU) },
	"short items":   func(v told) string { return v.opt("{n} × ", "n", v.some(v.Qty, "")) + v.itemName() },
	"n":             func(v told) string { return strconv.Itoa(v.Qty) },
	"of want":       func(v told) string { return v.in.OfWant(v.Verdict) },
	"left out":      func(v told) string { return v.in.Short(v.Short) },
	"too many":      func(v told) string { return v.in.TooMany(v.Excess, v.names) },
	"now":           told.now,
	"all of them":   told.allOf,
	"left":          func(v told) string { return strconv.Itoa(max(0, v.Want-v.Have)) },
	"and scan":      told.andScan,
	"go on":         told.goOn,
	"scanned":       func(v told) string { return v.opt(" “{text}”", "text", Short(v.Scanned, 32)) },
	"given command": func(v told) string { return v.opt(" “{text}”", "text", Short(cmp.Or(v.Command, v.Scanned), 32)) },
	"command":       func(v told) string { return v.in.Verb(v.Command) },
	"commanding":    func(v told) string { return v.in.doing(v.Command) },
	"choose":        func(v told) string { return v.in.Choose(v.Choices) },
	"because":       func(v told) string { return v.in.Because(cmp.Or(v.Why, v.cause(v.Trouble))) },
	"advice":        func(v told) string { return v.in.Lower(strings.TrimRight(v.trouble().Advice(), ".。")) },
	"box":           told.box,
	"such box": func(v told) string {
		return cmp.Or(v.opt("box {box}", "box", cmp.Or(v.Carton, v.Scanned)), v.in.Phrase("such box"))
	},
	"Box": func(v told) string { return v.in.Sentence(v.box()) },
	"parcel": func(v told) string {
		return cmp.Or(v.opt("parcel {parcel}", "parcel", v.Parcel), v.in.Phrase("the parcel"))
	},
	"parcel id":      func(v told) string { return v.Parcel },
	"paper":          func(v told) string { return v.in.Paper(v.Paper) },
	"Paper":          func(v told) string { return v.in.Sentence(v.in.Paper(v.Paper)) },
	"missing":        told.missing,
	"lacks":          func(v told) string { return v.in.lacking(v.Lacks) },
	"characters":     func(v told) string { return v.in.characters(v.Qty) },
	"service":        func(v told) string { return v.names.Of(cmp.Or(v.Service, v.in.Phrase("service"))) },
	"dearer":         func(v told) string { return v.in.dearer(v.Was, v.Price) },
	"cost":           func(v told) string { return v.in.money(v.Price) },
	"was":            func(v told) string { return v.in.money(v.Was) },
	"strangers":      func(v told) string { return v.in.Strangers(v.Strangers) },
	"the first":      func(v told) string { return v.names.Of(v.Given) },
	"late":           func(v told) string { return v.in.listed(v.Late, v.names) },
	"rule":           func(v told) string { return v.in.Because(v.Rule) },
	"price":          func(v told) string { return v.in.price(v.Price) },
	"carrier":        func(v told) string { return v.names.Of(v.Carrier) },
	"parcels":        func(v told) string { return v.in.Many(v.Qty, "parcel") },
	"parcels loaded": func(v told) string { return v.in.Say("{parcels} loaded", "parcels", v.in.Many(v.Have, "parcel")) },
	"on the dock":    func(v told) string { return v.opt(", {parcels} on the dock", "parcels", v.some(v.Want, "parcel")) },
	"left on dock": func(v told) string {
		return v.opt(", {parcels} for it still on the dock", "parcels", v.some(v.Want-v.Have, "parcel"))
	},
	"list":             func(v told) string { return strings.TrimSpace(v.in.Say("the list {no}", "no", v.Manifest)) },
	"manifest":         func(v told) string { return v.Manifest },
	"of parcels":       told.ofParcels,
	"when":             told.whenLeft,
	"clock":            func(v told) string { return v.in.Phrase(Clock) },
	"other bench":      func(v told) string { return v.bench(place(v.Verdict).Station) },
	"other van":        told.otherVan,
	"badge of":         func(v told) string { return v.names.Of(v.Given) },
	"kept":             func(v told) string { return v.in.listed(v.Expected, v.names) },
	"pause":            func(v told) string { return v.in.pause(v.Seconds) },
	"who":              func(v told) string { return v.names.Of(v.By) },
	"author":           func(v told) string { return v.names.Of(v.Author) },
	"from":             func(v told) string { return v.opt(" from {who}", "who", v.names.Of(v.From)) },
	"role":             func(v told) string { return v.in.Role(v.Needs) },
	"mass":             func(v told) string { return v.in.Mass(weight(v.Verdict).Mass) },
	"expected":         func(v told) string { return v.in.Mass(weight(v.Verdict).Expected) },
	"accepted by":      func(v told) string { return v.names.Of(weight(v.Verdict).Author) },
	"accepted because": func(v told) string { return v.in.Because(weight(v.Verdict).Reason) },
	"off head":         func(v told) string { return v.in.off(weight(v.Verdict), "{mass} too light", "{mass} too heavy") },
	"off": func(v told) string {
		return v.in.Off(weight(v.Verdict)) + v.opt(", perhaps {cause}", "cause", v.in.Likely(weight(v.Verdict).Cause, v.names))
	},
	"off step":     func(v told) string { return v.in.OffStep(weight(v.Verdict)) },
	"wrong":        func(v told) string { return v.in.Because(v.trouble().Wrong()) },
	"try again":    func(v told) string { return v.ended("fix it", "try again") },
	"press again":  func(v told) string { return v.ended("fix it", "press Try again") },
	"ask again":    func(v told) string { return v.ended("fix the printer", "ask for it again") },
	"scan and ask": func(v told) string { return v.ended("fix it", "scan the order and print the label again") },
	"label comes":  func(v told) string { return v.waiting("fix it", "the label comes by itself") },
	"it comes":     func(v told) string { return v.waiting("fix the printer", "it comes by itself") },
}

// Clock says why nobody knows when a van left (F4).
const Clock = "the clock was set back while it was loaded"

// some counts things by their noun, and says nothing where there are none.
func (v told) some(n int, noun string) string {
	switch {
	case n <= 0:
		return ""
	case noun == "":
		return strconv.Itoa(n)
	}
	return v.in.Many(n, noun)
}

func (v told) trouble() trouble.Told { return v.in.Trouble(v.Trouble) }

// ended and waiting say what to do about the trouble of what does not come, or comes
// by itself.
func (v told) ended(general, next string) string {
	return v.trouble().Then(v.in.Phrase(general), v.in.Phrase(next), false)
}

func (v told) waiting(general, next string) string {
	return v.trouble().Then(v.in.Phrase(general), v.in.Phrase(next), true)
}

func (v told) orderName() string {
	return strings.TrimSpace(v.in.Say("order {no}", "no", cmp.Or(v.Order, v.Given, v.Scanned)))
}

func (v told) offered() string {
	n := len(v.Choices)
	if n > 0 && v.Choices[n-1].IsBack() {
		n--
	}
	switch n {
	case 0:
		return v.orderName()
	case 1:
		return v.in.Say("order {no}", "no", v.Choices[0].Text)
	}
	return v.in.Phrase("several orders")
}

// bench names where something is open.
func (v told) bench(station string) string {
	if strings.Contains(station, " ") {
		return station
	}
	return cmp.Or(v.opt("bench {bench}", "bench", station), v.in.Phrase("another bench"))
}

func (v told) box() string {
	return cmp.Or(v.opt("box {box}", "box", cmp.Or(v.Carton, v.Scanned)), v.in.Phrase("the box"))
}

func (v told) itemName() string {
	return cmp.Or(v.Name, v.SKU, v.Scanned, v.in.Phrase("this item"))
}

// allOf is every unit of a line: "both Mug, white".
func (v told) allOf() string {
	item := v.itemName()
	switch n := max(v.Want, v.Have); n {
	case 0:
		return v.in.Say("enough {item}", "item", item)
	case 1:
		return v.in.Say("the {item}", "item", item)
	case 2:
		return v.in.Say("both {item}", "item", item)
	default:
		return v.in.Say("all {n} × {item}", "n", strconv.Itoa(n), "item", item)
	}
}

func (v told) now() string {
	if v.Want == 0 {
		return ""
	}
	return v.in.Say(", now {count}", "count", v.in.OfWant(v.Verdict))
}

// cause is a trouble in brackets: the advice of the database stands behind them.
func (v told) cause(t trouble.Trouble) string {
	if t.Code == trouble.Database {
		return v.in.Trouble(t).Wrong()
	}
	return v.in.Trouble(t).String()
}

func (v told) goOn() string {
	switch {
	case v.Closed: // all of the order was short
		return v.in.Phrase("nothing is left to send, so scan the next order or press Undo")
	case v.Open == 0:
		return v.in.Phrase("close the box")
	}
	return v.in.Phrase("scan the next item")
}

// orChoose offers what the units before had.
func (v told) orChoose() string {
	if len(v.Choices) < 2 {
		return ""
	}
	return v.in.Phrase(", or answer by number")
}

// orBadge says that somebody may accept it, where somebody may.
func (v told) orBadge() string {
	if len(v.Choices) == 0 {
		return ""
	}
	return v.in.Phrase(", or have a supervisor accept it")
}

// andScan names up to two of the items that are still open.
func (v told) andScan() string {
	switch len(v.Expected) {
	case 0:
		return ""
	case 1:
		return v.in.Say(" and scan {a}", "a", v.names.Of(v.Expected[0]))
	case 2:
		return v.in.Say(" and scan {a} or {b}", "a", v.names.Of(v.Expected[0]), "b", v.names.Of(v.Expected[1]))
	}
	return v.in.Say(" and scan {a}, {b} or another of the {n} open lines", "a", v.names.Of(v.Expected[0]), "b", v.names.Of(v.Expected[1]), "n", strconv.Itoa(len(v.Expected)))
}

func (v told) missing() string {
	var names []string
	for _, kind := range v.Missing {
		names = append(names, v.in.Say("the {paper}", "paper", v.in.Paper(kind)))
	}
	return strings.Join(names, v.in.Phrase(" and "))
}

func (v told) ofParcels() string {
	if v.Qty <= 0 {
		return ""
	}
	return v.in.Say(" of {parcels} for {carrier}", "parcels", v.in.Many(v.Qty, "parcel"), "carrier", cmp.Or(v.names.Of(v.Carrier), v.in.Phrase("the carrier")))
}

func (v told) whenLeft() string {
	if v.Left.IsZero() {
		return ""
	}
	return v.in.Say(" on {day} at {time}", "day", v.in.Time(v.Left, "2 Jan 2006"), "time", v.Left.Format("15:04"))
}

func place(v pack.Verdict) pack.Place {
	if v.Place == nil {
		return pack.Place{}
	}
	return *v.Place
}

func (v told) otherVan() string {
	at := place(v.Verdict)
	van := v.in.Say("the van of {carrier}", "carrier", cmp.Or(v.names.Of(at.Carrier), v.in.Phrase("its carrier")))
	return van + v.opt(" (lane {lane})", "lane", at.Lane)
}

// pause says how long somebody waits: in seconds, and in minutes where they are many.
func (l Language) pause(seconds int) string {
	if seconds < 120 {
		return l.Say("{n} s", "n", strconv.Itoa(max(1, seconds)))
	}
	return l.Say("{n} min", "n", strconv.Itoa((seconds+59)/60))
}
