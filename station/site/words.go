package site

import (
	"cmp"
	"time"

	"packbench/station/track"
)

// words are what a state is in words: how it stands, and what comes next, "" where nobody
// can say that.
var words = map[track.State]struct{ is, next string }{
	track.Unknown:        {handed, delivers},
	track.Expired:        {handed, ""},
	track.Announced:      {handed, "The carrier has not scanned it yet. That may take a day."},
	track.Accepted:       {moves, delivers},
	track.InTransit:      {moves, delivers},
	track.Delayed:        {moves, delivers},
	track.OutForDelivery: {"Out for delivery", delivers},
	track.Customs:        {"Held by customs", "Customs have to release it. The carrier asks you if anything is missing."},
	track.Held:           {"The carrier keeps it for now", ""},
	track.AddressProblem: {trouble, ""},
	track.Exception:      {trouble, ""},
	track.Damaged:        {trouble, ""},
	track.Cancelled:      {trouble, ""},
	track.AttemptFailed:  {"An attempt to deliver it failed", "The carrier tries again or keeps it for pick-up: look for a card."},
	track.ReadyForPickup: {"Ready for pick-up", "It waits for you at the carrier's pick-up point."},
	track.Delivered:      {"Delivered, says the carrier", "Is it not there, or is anything missing? Please write to us."},
	track.Refused:        {comesBack, arrives},
	track.Returning:      {comesBack, arrives},
	track.Returned:       {comesBack, arrives},
	track.Lost:           {"The carrier cannot find it", "You need not wait for it. Please write to us."},
}

const (
	handed    = "Handed to the carrier"
	moves     = "On its way"
	trouble   = "The carrier reports a problem"
	comesBack = "On its way back to us"
	delivers  = "The carrier delivers it next."
	arrives   = "We write to you when it is here."
)

// left reports whether a parcel is the carrier's: it was handed over, or the carrier says so.
func (p Parcel) left() bool { return !p.Handed.IsZero() || p.State.Scanned() && p.State != "" }

// how says in a few words where a parcel is.
func (v voice) how(p Parcel) string {
	if !p.left() {
		return v.Phrase("Packed")
	}
	return v.Phrase(words[cmp.Or(p.State, track.Unknown)].is)
}

// next says what comes next.
func (v voice) next(p Parcel) (out []string) {
	next := words[cmp.Or(p.State, track.Unknown)].next
	if !p.left() {
		next = "The carrier fetches it next."
	}
	if next != "" {
		out = append(out, v.Phrase(next))
	}
	if p.State == track.ReadyForPickup && !p.Until.IsZero() {
		out = append(out, v.Say("Fetch it until %s.", v.day(p.Until)))
	}
	return out
}

// fact is one line of a page: what, and what of it.
type fact struct{ Name, Text string }

// past are the facts of this shop's own: it was there.
func (v voice) past(p Parcel, outside bool) (out []fact) {
	add := func(name, text string) { out = append(out, fact{v.Phrase(name), text}) }
	if !outside && !p.Packed.IsZero() {
		text := v.at(p.Packed)
		switch {
		case p.Scanned && p.Weighed:
			text += " – " + v.Phrase("each piece was scanned, and the parcel weighed")
		case p.Scanned:
			text += " – " + v.Phrase("each piece was scanned")
		}
		add("Packed", text)
	}
	if !outside && p.Pieces == 1 {
		add("Contents", v.Phrase("1 unit"))
	} else if !outside && p.Pieces > 0 {
		add("Contents", v.Say("%d units", p.Pieces))
	}
	if p.Carrier != "" {
		carrier := p.Carrier
		if p.Service != "" && p.Service != carrier {
			carrier += ", " + p.Service
		}
		add("Carrier", carrier)
	}
	if !outside && p.Tracking != "" {
		add("Tracking no.", p.Tracking)
	}
	switch {
	case !p.left():
		add("Handed over", v.Phrase("not yet"))
	case !p.Handed.IsZero():
		add("Handed over", v.at(p.Handed))
	}
	return out
}

// heard are the facts that others said.
func (v voice) heard(p Parcel) (out []fact) {
	add := func(name, text string) { out = append(out, fact{v.Phrase(name), text}) }
	if !p.Promised.IsZero() {
		text := v.day(p.Promised)
		if !p.Since.IsZero() {
			text = v.Say("%s, as said on %s", text, v.day(v.in(p.Since)))
		}
		if p.Late {
			text += " – " + v.Phrase("it is late")
		}
		add("Promised for", text)
	}
	if !p.left() {
		return out
	}
	if p.State != "" && p.State != track.Unknown && !p.StateAt.IsZero() {
		add("Last news", v.how(p)+" – "+v.at(p.StateAt))
	}
	if p.Heard.IsZero() {
		add("Last heard from the carrier", v.Phrase("nothing yet"))
	} else {
		add("Last heard from the carrier", v.at(p.Heard))
	}
	return out
}

// ask says where to ask, "" where the shop names nothing.
func (v voice) ask(s Shop) string {
	switch {
	case s.Email != "" && s.Phone != "":
		return s.Email + ", " + s.Phone
	case s.Email != "":
		return s.Email
	}
	return s.Phone
}

func (v voice) written(s Shop, gone time.Time) []string {
	out := []string{v.Say("Written on %s. This page notes nothing about you.", v.at(s.Now))}
	if !gone.IsZero() {
		out = append(out, v.Say("It is deleted on %s.", v.day(v.in(gone))))
	}
	return out
}
