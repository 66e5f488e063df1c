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
func (i StockItem) act(now time.Time) string {
	if i.Plan.OrderNow {
		text := fmt.Sprintf("Order %d now", i.Plan.Qty)
		if p := i.Terms.Pack; p > 1 && i.Plan.Qty%p == 0 {
			text += fmt.Sprintf(" (%s of %d)", say.Many(i.Plan.Qty/p, "pack"), p)
		}
		return text
	}
	days, known := i.Plan.OrderIn(i.Position, i.Terms)
	switch {
	case !known:
		return "Nothing to order"
	case i.Plan.Low():
		return "Will be out before a delivery comes"
	case days > 365:
		return "Enough for more than a year"
	case days < 1:
		return "Order today or tomorrow"
	}
	return "Order by " + now.AddDate(0, 0, int(days)).Format("Mon 2 Jan")
}

// figures are the numbers of a product.
func (i StockItem) figures() []Figure {
	left := "–"
	if i.Plan.DaysLeft >= 0 {
		left = fmt.Sprintf("%.0f", math.Floor(i.Plan.DaysLeft))
	}
	return []Figure{
		{"here", digits(i.OnHand)},
		{"for orders", digits(i.Claimed)},
		{"on order", digits(i.Terms.OnOrder)},
		{"a day", perDay(i.Plan.Weekly)},
		{"days left", left},
		{"order at", digits(i.Plan.Point)},
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
func (i StockItem) places() string {
	var parts []string
	for n, b := range i.Bins {
		if n == mostBins {
			parts = append(parts, fmt.Sprintf("and %d more", len(i.Bins)-n))
			break
		}
		name := b.Bin
		if name == "" {
			name = "no bin"
		}
		parts = append(parts, fmt.Sprintf("%s: %d", name, b.Qty))
	}
	if i.Lying > 0 {
		parts = append(parts, fmt.Sprintf("in totes: %d of these", i.Lying))
	}
	return strings.Join(parts, " · ")
}

// classes say how a product sells.
var classes = map[stock.Class]string{
	stock.Smooth: "steadily", stock.Erratic: "every week, in very different amounts", stock.Intermittent: "in some weeks only", stock.Lumpy: "in some weeks, in very different amounts",
}

// why says what the numbers rest on, a sentence each.
func (i StockItem) why() []string {
	p := i.Plan
	if p.Weekly <= 0 || p.Weeks == 0 {
		out := []string{"No week of sales to go by"}
		if free := i.OnHand - i.Claimed + i.Terms.OnOrder; free < 0 {
			out = append(out, fmt.Sprintf("Orders want %d more than there are", -free))
		}
		return out
	}
	weeks := fmt.Sprintf("the last %s", say.Many(p.Weeks, "week"))
	if p.Weeks < 8 {
		weeks = fmt.Sprintf("only %s", say.Many(p.Weeks, "week"))
	}
	out := []string{fmt.Sprintf("Sells about %s a week, %s (%s)", amount(p.Weekly), classes[p.Class], weeks)}
	lead := fmt.Sprintf("A delivery takes %s", say.Many(p.Lead, "day"))
	if p.Assumed {
		lead = fmt.Sprintf("Lead time not known: %d days assumed", p.Lead)
	}
	point := fmt.Sprintf("order at %d, which was enough for 95 of 100 such times", p.Point)
	if !p.Sampled {
		point = fmt.Sprintf("order at %d, by the usual formula: there are few weeks", p.Point)
	}
	out = append(out, lead+"; "+point)
	free := i.OnHand - i.Claimed
	if more := i.Terms.OnOrder; more > 0 {
		out = append(out, fmt.Sprintf("%d here less %d for orders, and %d on order, make %d", i.OnHand, i.Claimed, more, free+more))
	} else {
		out = append(out, fmt.Sprintf("%d here less %d for orders make %d", i.OnHand, i.Claimed, free))
	}
	if f := p.LastYear; f >= 1.2 || f > 0 && f <= 0.8 {
		out = append(out, fmt.Sprintf("Last year the coming weeks sold %.1f times as much as those before: the forecast does not know that", f))
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

func (c CountedItem) words(names say.Names) (pack.Kind, string) {
	text := "bin " + c.Bin + ", " + names.Of(c.By) + ": "
	switch c.Outcome {
	case stock.Right:
		return pack.Accepted, text + "right"
	case stock.Again:
		return pack.Asked, text + "to be counted again"
	case stock.Booked:
		return pack.Refused, text + "off by " + plusMinus(c.Diff) + ", corrected"
	}
	return pack.Info, text + "fewer seen by the reader"
}
