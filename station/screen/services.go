package screen

import (
	"cmp"
	"slices"
	"strings"

	"packbench/station/pack"
	"packbench/station/say"
	"packbench/station/unit"
)

// ServiceRow is one carrier's service for the parcel.
type ServiceRow struct {
	Name    string
	Carrier string
	Price   string
	Arrives string
	OnTime  string
	Why     string
	Chosen  bool
	Allowed bool
	Take    Action
}

// maxServices is how many services fit without scrolling.
const maxServices = 6

// services lists the chosen one first, then the allowed by price, then why the
// others are out.
func services(in BenchInputs) []ServiceRow {
	w := in.State.Work
	if w == nil {
		return nil
	}
	quotes := slices.Clone(w.Parcel.Quotes)
	chosen := w.Parcel.Service
	rank := func(q pack.Quote) int {
		switch {
		case q.Service == chosen || (chosen == "" && q.Chosen):
			return 0
		case q.Allowed:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(quotes, func(a, b pack.Quote) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		return int(min(max(a.Price.Minor-b.Price.Minor, -1), 1))
	})
	var out []ServiceRow
	for i, q := range quotes[:min(len(quotes), maxServices)] {
		row := ServiceRow{
			Name: cmp.Or(q.Name, in.Names.Of(q.Service)), Carrier: in.Names.Of(q.Carrier), Why: in.Lang.Sentence(because(in.Lang, w, q, chosen)), Allowed: q.Allowed,
			Chosen: rank(q) == 0, Arrives: dayIn(in.Lang, q.Promise, in.Now),
		}
		if q.Allowed {
			row.Price = in.Lang.Decimal(q.Price.String())
		}
		if q.Reliability > 0 {
			row.OnTime = in.Lang.Say("{n} % on time", "n", digits((q.Reliability+5)/10))
		}
		row.OnTime = strings.TrimPrefix(row.OnTime+expected(in.Lang, q), ", ")
		row.Take = Action{
			ID: "service:" + q.Service, Label: in.Lang.Phrase("Take"), Key: digits(i + 1), Command: "service " + q.Service, Enabled: q.Allowed,
			Intent: command("service", q.Service),
		}
		out = append(out, row)
	}
	return out
}

// expected is what a quote is expected to cost beside its price (C3).
func expected(l say.Language, q pack.Quote) (out string) {
	for _, t := range q.Terms {
		amount := unit.Money{Minor: max(t.Minor, -t.Minor), Currency: q.Price.Currency}.Decimal()
		sign, what := "+", t.Name
		if t.Minor < 0 {
			sign = "−"
		}
		switch t.Name {
		case "late":
			what = l.Phrase("delays")
		case "lost":
			what = l.Phrase("losses")
		}
		out += l.Say(", {amount} for {what}", "amount", sign+l.Decimal(amount), "what", what)
	}
	return out
}

// because is a quote's line; of a back-up it says what it stands in for (C4).
func because(l say.Language, w *pack.Work, q pack.Quote, taken string) string {
	first := w.Parcel.Wait.First
	switch {
	case first == "" || first == taken:
	case q.Service == first:
		return l.Phrase("the bench's choice, but not available now")
	case q.Service == taken:
		for _, of := range w.Parcel.Quotes {
			if of.Service == first {
				return l.Say("in place of {service}, which is not available now", "service", cmp.Or(of.Name, of.Service))
			}
		}
	}
	return reason(l, q, taken)
}

// reason is a quote's line. The lines were written for the bench's own choice;
// after a packer took another one they are told as what they were.
func reason(l say.Language, q pack.Quote, taken string) string {
	switch {
	case taken == "" || q.Chosen == (q.Service == taken):
		return q.Reason
	case q.Service == taken:
		return l.Say("chosen by hand: {reason}", "reason", q.Reason)
	}
	return l.Say("the bench's choice: {reason}", "reason", q.Reason)
}

// offers lists the services on the closing page, where the choice is made
// already: why it won, why each other lost, and the way to take another. They
// stand back while something else is the matter.
func offers(in BenchInputs) []ServiceRow {
	w, print := in.State.Work, in.State.Label().State
	if w == nil || in.State.Question != nil || print == pack.PrintTrouble || print == pack.PrintUnknown {
		return nil
	}
	labelled := w.Parcel.Label != nil
	if r := in.State.Recent; labelled && len(r) > 0 && r[0].Kind == pack.Refused {
		return nil
	}
	busy := in.State.Awaits(func(e pack.Effect) bool {
		return (e.Kind == pack.EffectBuy || e.Kind == pack.EffectLook) && e.Parcel == w.Parcel.ID
	})
	rows := services(in)
	for i := range rows {
		row := &rows[i]
		take := &row.Take
		take.Key = "" // a number must not void a label
		take.Enabled = row.Allowed && !busy && !(row.Chosen && labelled)
		take.Destructive = labelled // another label takes its place
	}
	return rows
}
