package screen

import (
	"fmt"
	"math"
	"strings"
	"time"

	"packbench/station/pack"
	"packbench/station/say"
	"packbench/station/stock"
)

// act is what to do about a product: what to order and when.
func (i StockItem) act(l say.Language, now time.Time) string {
	if i.Plan.OrderNow {
		text := l.Say("Order {n} now", "n", digits(i.Plan.Qty))
		if p := i.Terms.Pack; p > 1 && i.Plan.Qty%p == 0 {
			text += l.Say(" ({packs} of {n})", "packs", l.Many(i.Plan.Qty/p, "pack"), "n", digits(p))
		}
		return text
	}
	days, known := i.Plan.OrderIn(i.Position, i.Terms)
	switch {
	case !known:
		return l.Phrase("Nothing to order")
	case i.Plan.Low():
		return l.Phrase("Will be out before a delivery comes")
	case days > 365:
		return l.Phrase("Enough for more than a year")
	case days < 1:
		return l.Phrase("Order today or tomorrow")
	}
	return l.Say("Order by {day}", "day", l.Time(now.AddDate(0, 0, int(days)), "Mon 2 Jan"))
}

// figures are the numbers of a product.
func (i StockItem) figures(l say.Language) []Figure {
	left := "–"
	if i.Plan.DaysLeft >= 0 {
		left = fmt.Sprintf("%.0f", math.Floor(i.Plan.DaysLeft))
	}
	return []Figure{
		{l.Phrase("here"), digits(i.OnHand)},
		{l.Phrase("for orders"), digits(i.Claimed)},
		{l.Phrase("on order"), digits(i.Terms.OnOrder)},
		{l.Phrase("a day"), l.Decimal(perDay(i.Plan.Weekly))},
		{l.Phrase("days left"), left},
		{l.Phrase("order at"), digits(i.Plan.Point)},
	}
}

// perDay writes the demand of a day with what matters of it.
func perDay(weekly float64) string {
	switch day := weekly / 7; {
	case day == 0:
		return "0"
	case day < 10:
		return fmt.Sprintf("%.1f", max(day, 0.1))
	default:
		return fmt.Sprintf("%.0f", day)
	}
}

// places are the bins of a product.
func (i StockItem) places(l say.Language) string {
	var parts []string
	for n, b := range i.Bins {
		if n == mostBins {
			parts = append(parts, l.Say("and {n} more", "n", digits(len(i.Bins)-n)))
			break
		}
		name := b.Bin
		if name == "" {
			name = l.Phrase("no bin")
		}
		parts = append(parts, fmt.Sprintf("%s: %d", name, b.Qty))
	}
	if i.Lying > 0 {
		parts = append(parts, l.Say("in totes: {n} of these", "n", digits(i.Lying)))
	}
	return strings.Join(parts, " · ")
}

// classes say how a product sells.
var classes = map[stock.Class]string{
	stock.Smooth: "steadily", stock.Erratic: "every week, in very different amounts", stock.Intermittent: "in some weeks only", stock.Lumpy: "in some weeks, in very different amounts",
}

// whys says what the numbers rest on.
func (i StockItem) whys(l say.Language) string {
	text := ""
	for n, w := range i.why(l) {
		w = l.Say("{sentence}.", "sentence", w)
		if n > 0 {
			w = l.Say("{first} {second}", "first", text, "second", w)
		}
		text = w
	}
	return text
}

// why is what they rest on, a sentence each.
func (i StockItem) why(l say.Language) []string {
	p := i.Plan
	if p.Weekly <= 0 || p.Weeks == 0 {
		out := []string{l.Phrase("No week of sales to go by")}
		if free := i.OnHand - i.Claimed + i.Terms.OnOrder; free < 0 {
			out = append(out, l.Say("Orders want {n} more than there are", "n", digits(-free)))
		}
		return out
	}
	weeks := l.Say("the last {weeks}", "weeks", l.Many(p.Weeks, "week"))
	if p.Weeks < 8 {
		weeks = l.Say("only {weeks}", "weeks", l.Many(p.Weeks, "week"))
	}
	out := []string{l.Say("Sells about {n} a week, {how} ({weeks})", "n", l.Decimal(amount(p.Weekly)), "how", l.Phrase(classes[p.Class]), "weeks", weeks)}
	lead := l.Say("A delivery takes {days}", "days", l.Many(p.Lead, "day"))
	if p.Assumed {
		lead = l.Say("Lead time not known: {n} days assumed", "n", digits(p.Lead))
	}
	point := l.Say("order at {n}, which was enough for 95 of 100 such times", "n", digits(p.Point))
	if !p.Sampled {
		point = l.Say("order at {n}, by the usual formula: there are few weeks", "n", digits(p.Point))
	}
	out = append(out, lead+"; "+point)
	free := i.OnHand - i.Claimed
	if more := i.Terms.OnOrder; more > 0 {
		out = append(out, l.Say("{n} here less {claimed} for orders, and {more} on order, make {all}", "n", digits(i.OnHand), "claimed", digits(i.Claimed), "more", digits(more), "all", digits(free+more)))
	} else {
		out = append(out, l.Say("{n} here less {claimed} for orders make {all}", "n", digits(i.OnHand), "claimed", digits(i.Claimed), "all", digits(free)))
	}
	if f := p.LastYear; f >= 1.2 || f > 0 && f <= 0.8 {
		out = append(out, l.Say("Last year the coming weeks sold {n} times as much as those before: the forecast does not know that", "n", l.Decimal(fmt.Sprintf("%.1f", f))))
	}
	return out
}

// amount writes units a week.
func amount(weekly float64) string {
	if weekly < 10 {
		return fmt.Sprintf("%.1f", weekly)
	}
	return fmt.Sprintf("%.0f", weekly)
}

func nameOf(i StockItem) string {
	if i.Name == "" {
		return i.SKU
	}
	return i.Name
}

// plusMinus writes a difference, with the short dash as signed does: "+3", "–2".
func plusMinus(n int) string {
	if n < 0 {
		return fmt.Sprintf("–%d", -n)
	}
	return fmt.Sprintf("+%d", n)
}

func (c CountedItem) words(l say.Language, names say.Names) (pack.Kind, string) {
	kind, what := pack.Info, l.Phrase("fewer seen by the reader")
	switch c.Outcome {
	case stock.Right:
		kind, what = pack.Accepted, l.Phrase("right")
	case stock.Again:
		kind, what = pack.Asked, l.Phrase("to be counted again")
	case stock.Booked:
		kind, what = pack.Refused, l.Say("off by {n}, corrected", "n", plusMinus(c.Diff))
	}
	return kind, l.Say("bin {bin}, {who}: {what}", "bin", c.Bin, "who", names.Of(c.By), "what", what)
}

// words say what a movement was.
func (m StockMove) words(l say.Language) string {
	switch r, known := stock.ReasonOf(m.Reason); {
	case known:
		return l.Phrase(r.Words)
	case m.Kind == stock.Shipped && m.Qty > 0:
		return l.Say("Back: parcel {parcel} was voided or reopened", "parcel", m.Parcel)
	case m.Kind == stock.Shipped:
		return l.Say("Shipped in parcel {parcel}", "parcel", m.Parcel)
	case m.Kind == stock.Opening:
		return l.Phrase("Shipped before the stock was kept")
	case m.Reason == stock.ReasonImport:
		return l.Phrase("Counted, by a file")
	case m.Case != "":
		return l.Say("Counted twice, case {case}", "case", m.Case)
	}
	return l.Phrase(say.Sentence(string(m.Kind)))
}
