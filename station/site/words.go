package site

import "time"

// words are what a state is in words: how it stands, and what comes next.
var words = map[State]struct{ is, next string }{
	Unheard:    {"Handed to the carrier", "The carrier delivers it next."},
	NotScanned: {"Handed to the carrier", "The carrier has not scanned it yet. That may take a day."},
	Moving:     {"On its way", "The carrier delivers it next."},
	OutFor:     {"Out for delivery", "The carrier delivers it next."},
	Attempted:  {"An attempt to deliver it failed", "The carrier tries again or keeps it for pick-up: look for a card."},
	PickUp:     {"Ready for pick-up", "It waits for you at the carrier's pick-up point."},
	Customs:    {"Held by customs", "Customs have to release it. The carrier asks you if anything is missing."},
	Held:       {"The carrier keeps it for now", "The carrier delivers it next."},
	Delivered:  {"Delivered, says the carrier", "Is it not there, or is anything missing? Please write to us."},
	Returning:  {"On its way back to us", "We write to you when it is here."},
	Lost:       {"The carrier cannot find it", "You need not wait for it. Please write to us."},
}

// how says in a few words where a parcel is.
func (v voice) how(p Parcel) string {
	if p.Handed.IsZero() {
		return v.Phrase("Packed")
	}
	return v.Phrase(words[p.State].is)
}

// next says what comes next.
func (v voice) next(p Parcel) (out []string) {
	switch {
	case p.Handed.IsZero():
		out = append(out, v.Phrase("The carrier fetches it next."))
	default:
		out = append(out, v.Phrase(words[p.State].next))
	}
	if p.State == PickUp && !p.Until.IsZero() {
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
		text := v.at(p.Packed) + " – "
		if p.Weighed {
			text += v.Phrase("each piece was scanned, and the parcel weighed")
		} else {
			text += v.Phrase("each piece was scanned")
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
	if p.Handed.IsZero() {
		add("Handed over", v.Phrase("not yet"))
	} else {
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
	if p.Handed.IsZero() {
		return out
	}
	if p.State != Unheard && !p.StateAt.IsZero() {
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
