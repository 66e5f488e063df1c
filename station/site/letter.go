package site

import (
	"fmt"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/phrases"
)

// News is something that a buyer is told of, once for each parcel.
type News string

// What there is to tell. That a label was made is nothing: it only makes people ask.
const (
	NewsHanded    News = "handed-over"
	NewsDelayed   News = "delayed"
	NewsPickUp    News = "pick-up"
	NewsAttempt   News = "attempt-failed"
	NewsDelivered News = "delivered"
	NewsAnnounced News = "return-announced"
	NewsReturn    News = "return-arrived"
	NewsMoney     News = "money"
)

// AllNews are all of them, in the order in which they come.
func AllNews() []News {
	return []News{NewsHanded, NewsDelayed, NewsPickUp, NewsAttempt, NewsDelivered, NewsAnnounced, NewsReturn, NewsMoney}
}

// OfReturn reports whether it is news of what came back, not of what goes out.
func (n News) OfReturn() bool { return n == NewsAnnounced || n == NewsReturn || n == NewsMoney }

var subjects = map[News]string{
	NewsHanded: "Your parcel is on its way", NewsDelayed: "Your parcel is late", NewsPickUp: "Your parcel is ready for pick-up",
	NewsAttempt: "Your parcel could not be delivered yet", NewsDelivered: "Your parcel was delivered", NewsReturn: "Your return has arrived",
	NewsAnnounced: "Your return is announced", NewsMoney: "Your money is on its way back",
}

// Told is what one letter tells.
type Told struct {
	News   News
	Parcel Parcel
	At     time.Time // it happened
	Amount string    // of money, as people write it
	Link   string    // the parcel's page, "" for none
	Back   *Policy
}

// Policy is what the shop answers to who wants to send something back.
type Policy struct {
	Number   string // of the return
	Lines    []Sold
	To       []string // where it is sent, line by line
	ShopPays bool     // the way back
}

// mostOrder is how much of an order's number stands in a subject: phones cut off the rest.
const mostOrder = 40

// mostName is how much of a product's name stands in a line.
const mostName = 80

// Letter is news as a mail in plain text: what happened, what comes next, where to look.
func Letter(t Told, s Shop, in phrases.Language) (subject, text string) {
	v := voice{in, s.Zone}
	p := t.Parcel
	order := v.Say("Order %s", station.OneLine(p.Order, mostOrder))
	subject = order + ": " + v.Phrase(subjects[t.News])
	lines := []string{v.Phrase(subjects[t.News]) + ".", ""}
	fact := func(name, text string) { lines = append(lines, v.Phrase(name)+": "+text) }
	lines = append(lines, order)
	if p.Of > 1 {
		lines = append(lines, v.Say("parcel %d of %d", p.N, p.Of))
	}
	switch t.News {
	case NewsAnnounced:
		lines = append(lines, v.announced(t.Back)...)
	case NewsReturn:
		fact("Arrived", v.at(t.At))
	case NewsMoney:
		fact("Money back", t.Amount)
	default:
		for _, f := range append(v.past(Parcel{Carrier: p.Carrier, Service: p.Service, Tracking: p.Tracking, Handed: p.Handed}, false), v.heard(p)...) {
			lines = append(lines, f.Name+": "+f.Text)
		}
		lines = append(append(lines, ""), v.next(p)...)
	}
	if t.Link != "" {
		lines = append(lines, "", v.Phrase("How it stands, at any time:"), t.Link)
	}
	if where := v.ask(s); where != "" {
		lines = append(lines, "", v.Phrase("Questions?")+" "+where)
	}
	lines = append(lines, "", "-- ")
	if s.Name != "" {
		lines = append(lines, s.Name)
	}
	lines = append(lines, v.Phrase("You get this mail because of your order. It is sent once, and nothing in it tells us whether you read it."))
	return subject, strings.Join(lines, "\n") + "\n"
}

// announced is what a buyer has to know to send something back. That
// there is no label is said, so that nobody waits for one.
func (v voice) announced(a *Policy) []string {
	if a == nil {
		return nil
	}
	lines := []string{v.Phrase("Return number") + ": " + a.Number}
	for _, l := range a.Lines {
		lines = append(lines, fmt.Sprintf("%d × %s", l.Qty, station.OneLine(l.Name, mostName)))
	}
	pays := "You pay for the way back. No label comes with this mail: send it with a carrier of your choice."
	if a.ShopPays {
		pays = "We pay for the way back. No label comes with this mail: please ask us how to send it."
	}
	lines = append(lines, "", v.Phrase("Please put the attached code into the parcel, or write the number of the return on it."), v.Phrase(pays))
	if len(a.To) > 0 {
		lines = append(append(lines, "", v.Phrase("Send it to:")), a.To...)
	}
	return lines
}
