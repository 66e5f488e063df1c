package say

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"packbench/station/pack"
	"packbench/station/trouble"
)

// args are the arguments of phrases.
var args = map[string]func(pack.Verdict, Names) string{
	"order":       func(v pack.Verdict, _ Names) string { return orderName(v) },
	"Order":       func(v pack.Verdict, _ Names) string { return Sentence(orderName(v)) },
	"order id":    func(v pack.Verdict, _ Names) string { return v.Order },
	"other order": func(v pack.Verdict, _ Names) string { return v.OtherOrder },
	"orders":      func(v pack.Verdict, _ Names) string { return offered(v) },
	"bench":       func(v pack.Verdict, _ Names) string { return bench(v.Why) },
	"marked":      func(v pack.Verdict, _ Names) string { return marked(v) },
	"the lot":     func(v pack.Verdict, _ Names) string { return cmp.Or(opt("lot %s", marks(v).Lot), "this lot") },
	"with serial": func(v pack.Verdict, _ Names) string { return opt(" with the serial number %s", marks(v).Serial) },
	"expired on": func(v pack.Verdict, _ Names) string {
		return cmp.Or(opt("expired on %s", Expiry(marks(v).Expiry)), "is expired")
	},
	"expiry":        func(v pack.Verdict, _ Names) string { return Expiry(marks(v).Expiry) },
	"given":         func(v pack.Verdict, _ Names) string { return opt("parcel %s", v.Given) },
	"days left":     func(v pack.Verdict, _ Names) string { return Many(life(v).Left, "day") },
	"days needed":   func(v pack.Verdict, _ Names) string { return Many(life(v).Needs, "day") },
	"scanned text":  func(v pack.Verdict, _ Names) string { return Short(v.Scanned, 32) },
	"or choose":     func(v pack.Verdict, _ Names) string { return orChoose(v) },
	"or badge":      func(v pack.Verdict, _ Names) string { return orBadge(v) },
	"with open":     func(v pack.Verdict, _ Names) string { return opt(" with %s to scan", some(v.Open, "unit")) },
	"item":          func(v pack.Verdict, _ Names) string { return itemName(v) },
	"instead":       func(v pack.Verdict, _ Names) string { return cmp.Or(v.Instead, "what was ordered") },
	"kit":           func(v pack.Verdict, _ Names) string { return kit(v) },
	"parts":         func(v pack.Verdict, n Names) string { return parts(v, n) },
	"product":       func(v pack.Verdict, _ Names) string { return cmp.Or(v.Name, v.SKU) },
	"short items":   func(v pack.Verdict, _ Names) string { return opt("%s × ", some(v.Qty, "")) + itemName(v) },
	"n":             func(v pack.Verdict, _ Names) string { return strconv.Itoa(v.Qty) },
	"of want":       func(v pack.Verdict, _ Names) string { return OfWant(v) },
	"left out":      func(v pack.Verdict, _ Names) string { return opt(", %s short", some(v.Short, "")) },
	"too many":      func(v pack.Verdict, n Names) string { return TooMany(v.Excess, n) },
	"now":           func(v pack.Verdict, _ Names) string { return now(v) },
	"all of them":   func(v pack.Verdict, _ Names) string { return allOf(v) },
	"left":          func(v pack.Verdict, _ Names) string { return strconv.Itoa(max(0, v.Want-v.Have)) },
	"and scan":      func(v pack.Verdict, n Names) string { return andScan(v, n) },
	"go on":         func(v pack.Verdict, _ Names) string { return goOn(v) },
	"scanned":       func(v pack.Verdict, _ Names) string { return opt(" “%s”", Short(v.Scanned, 32)) },
	"given command": func(v pack.Verdict, _ Names) string { return opt(" “%s”", Short(cmp.Or(v.Command, v.Scanned), 32)) },
	"command":       func(v pack.Verdict, _ Names) string { return Verb(v.Command) },
	"commanding":    func(v pack.Verdict, _ Names) string { return doing(v.Command) },
	"choose":        func(v pack.Verdict, _ Names) string { return Choose(v.Choices) },
	"because":       func(v pack.Verdict, _ Names) string { return Because(cmp.Or(v.Why, cause(v.Trouble))) },
	"advice":        func(v pack.Verdict, _ Names) string { return Lower(strings.TrimSuffix(v.Trouble.Advice(), ".")) },
	"box":           func(v pack.Verdict, _ Names) string { return box(v) },
	"such box": func(v pack.Verdict, _ Names) string {
		return cmp.Or(opt("box %s", cmp.Or(v.Carton, v.Scanned)), "such box")
	},
	"Box":            func(v pack.Verdict, _ Names) string { return Sentence(box(v)) },
	"parcel":         func(v pack.Verdict, _ Names) string { return cmp.Or(opt("parcel %s", v.Parcel), "the parcel") },
	"parcel id":      func(v pack.Verdict, _ Names) string { return v.Parcel },
	"paper":          func(v pack.Verdict, _ Names) string { return Paper(v.Paper) },
	"Paper":          func(v pack.Verdict, _ Names) string { return Sentence(Paper(v.Paper)) },
	"missing":        func(v pack.Verdict, _ Names) string { return missing(v) },
	"lacks":          func(v pack.Verdict, _ Names) string { return strings.Join(v.Lacks, " and no ") },
	"characters":     func(v pack.Verdict, _ Names) string { return characters(v.Qty) },
	"service":        func(v pack.Verdict, n Names) string { return n.Of(cmp.Or(v.Service, "service")) },
	"dearer":         func(v pack.Verdict, _ Names) string { return dearer(v.Was, v.Price) },
	"the first":      func(v pack.Verdict, names Names) string { return names.Of(v.Given) },
	"late":           func(v pack.Verdict, names Names) string { return listed(v.Late, names) },
	"rule":           func(v pack.Verdict, _ Names) string { return Because(v.Rule) },
	"price":          func(v pack.Verdict, _ Names) string { return price(v.Price) },
	"carrier":        func(v pack.Verdict, n Names) string { return n.Of(v.Carrier) },
	"parcels":        func(v pack.Verdict, _ Names) string { return Many(v.Qty, "parcel") },
	"parcels loaded": func(v pack.Verdict, _ Names) string { return Many(v.Have, "parcel") + " loaded" },
	"on the dock":    func(v pack.Verdict, _ Names) string { return opt(", %s on the dock", some(v.Want, "parcel")) },
	"left on dock": func(v pack.Verdict, _ Names) string {
		return opt(", %s for it still on the dock", some(v.Want-v.Have, "parcel"))
	},
	"list":             func(v pack.Verdict, _ Names) string { return strings.TrimSpace("the list " + v.Manifest) },
	"manifest":         func(v pack.Verdict, _ Names) string { return v.Manifest },
	"of parcels":       func(v pack.Verdict, n Names) string { return ofParcels(v, n) },
	"when":             func(v pack.Verdict, _ Names) string { return whenLeft(v) },
	"clock":            func(pack.Verdict, Names) string { return Clock },
	"other bench":      func(v pack.Verdict, _ Names) string { return bench(place(v).Station) },
	"other van":        func(v pack.Verdict, n Names) string { return otherVan(v, n) },
	"who":              func(v pack.Verdict, n Names) string { return n.Of(v.By) },
	"author":           func(v pack.Verdict, n Names) string { return n.Of(v.Author) },
	"from":             func(v pack.Verdict, n Names) string { return opt(" from %s", n.Of(v.From)) },
	"role":             func(v pack.Verdict, _ Names) string { return Role(v.Needs) },
	"mass":             func(v pack.Verdict, _ Names) string { return Mass(weight(v).Mass) },
	"accepted by":      func(v pack.Verdict, n Names) string { return n.Of(weight(v).Author) },
	"accepted because": func(v pack.Verdict, _ Names) string { return Because(weight(v).Reason) },
	"off head":         func(v pack.Verdict, _ Names) string { return off(weight(v), " too light", " too heavy") },
	"off": func(v pack.Verdict, n Names) string {
		return Off(weight(v)) + opt(", perhaps %s", Likely(weight(v).Cause, n))
	},
	"off step":    func(v pack.Verdict, _ Names) string { return OffStep(weight(v)) },
	"wrong":       func(v pack.Verdict, _ Names) string { return Because(v.Trouble.Wrong()) },
	"try again":   func(v pack.Verdict, _ Names) string { return ended(v, "fix it", "try again") },
	"press again": func(v pack.Verdict, _ Names) string { return ended(v, "fix it", "press Try again") },
	"ask again":   func(v pack.Verdict, _ Names) string { return ended(v, "fix the printer", "ask for it again") },
	"scan and ask": func(v pack.Verdict, _ Names) string {
		return ended(v, "fix it", "scan the order and print the label again")
	},
	"label comes": func(v pack.Verdict, _ Names) string { return waiting(v, "fix it", "the label comes by itself") },
	"it comes":    func(v pack.Verdict, _ Names) string { return waiting(v, "fix the printer", "it comes by itself") },
}

// Clock says why nobody knows when a van left (F4).
const Clock = "the clock was set back while it was loaded"

// opt puts a text into a phrase, and says nothing where there is none.
func opt(phrase, text string) string {
	if text == "" {
		return ""
	}
	return fmt.Sprintf(phrase, text)
}

// some counts things by their noun, and says nothing where there are none.
func some(n int, noun string) string {
	switch {
	case n <= 0:
		return ""
	case noun == "":
		return strconv.Itoa(n)
	}
	return Many(n, noun)
}

// ended and waiting say what to do about the trouble of what does not come, or comes
// by itself.
func ended(v pack.Verdict, general, next string) string { return v.Trouble.Then(general, next, false) }

func waiting(v pack.Verdict, general, next string) string { return v.Trouble.Then(general, next, true) }

func orderName(v pack.Verdict) string {
	return strings.TrimSpace("order " + cmp.Or(v.Order, v.Given, v.Scanned))
}

func offered(v pack.Verdict) string {
	n := len(v.Choices)
	if n > 0 && v.Choices[n-1].IsBack() {
		n--
	}
	switch n {
	case 0:
		return orderName(v)
	case 1:
		return "order " + v.Choices[0].Text
	}
	return "several orders"
}

// bench names where something is open.
func bench(station string) string {
	if strings.Contains(station, " ") {
		return station
	}
	return cmp.Or(opt("bench %s", station), "another bench")
}

func box(v pack.Verdict) string { return cmp.Or(opt("box %s", cmp.Or(v.Carton, v.Scanned)), "the box") }

func itemName(v pack.Verdict) string { return cmp.Or(v.Name, v.SKU, v.Scanned, "this item") }

// allOf is every unit of a line: "both Mug, white".
func allOf(v pack.Verdict) string {
	switch n := max(v.Want, v.Have); n {
	case 0:
		return "enough " + itemName(v)
	case 1:
		return "the " + itemName(v)
	case 2:
		return "both " + itemName(v)
	default:
		return fmt.Sprintf("all %d × %s", n, itemName(v))
	}
}

func now(v pack.Verdict) string {
	if v.Want == 0 {
		return ""
	}
	return ", now " + OfWant(v)
}

// cause is a trouble in brackets: the advice of the database stands behind them.
func cause(t trouble.Trouble) string {
	if t.Code == trouble.Database {
		return t.Wrong()
	}
	return t.String()
}

func goOn(v pack.Verdict) string {
	switch {
	case v.Closed: // all of the order was short
		return "nothing is left to send, so scan the next order or press Undo"
	case v.Open == 0:
		return "close the box"
	}
	return "scan the next item"
}

// andScan names up to two of the items that are still open.
func andScan(v pack.Verdict, names Names) string {
	switch len(v.Expected) {
	case 0:
		return ""
	case 1:
		return " and scan " + names.Of(v.Expected[0])
	case 2:
		return " and scan " + names.Of(v.Expected[0]) + " or " + names.Of(v.Expected[1])
	}
	return fmt.Sprintf(" and scan %s, %s or another of the %d open lines", names.Of(v.Expected[0]), names.Of(v.Expected[1]), len(v.Expected))
}

func missing(v pack.Verdict) string {
	var names []string
	for _, kind := range v.Missing {
		names = append(names, "the "+Paper(kind))
	}
	return strings.Join(names, " and ")
}

func ofParcels(v pack.Verdict, names Names) string {
	if v.Qty <= 0 {
		return ""
	}
	return " of " + Many(v.Qty, "parcel") + " for " + cmp.Or(names.Of(v.Carrier), "the carrier")
}

func whenLeft(v pack.Verdict) string {
	if v.Left.IsZero() {
		return ""
	}
	return " on " + v.Left.Format("2 Jan 2006 at 15:04")
}

func place(v pack.Verdict) pack.Place {
	if v.Place == nil {
		return pack.Place{}
	}
	return *v.Place
}

func otherVan(v pack.Verdict, names Names) string {
	at := place(v)
	van := "the van of " + cmp.Or(names.Of(at.Carrier), "its carrier")
	if at.Lane != "" {
		van += " (lane " + at.Lane + ")"
	}
	return van
}
