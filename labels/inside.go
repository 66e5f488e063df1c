package labels

import (
	"fmt"
	"image"
	"strings"
	"time"
)

// Inside is the small slip that lies in the box: the parcel's trace code and
// enough text to find the parcel when the outer label is lost.
type Inside struct {
	From            Address
	To              Address // where the parcel goes, in whose country the sender's own is not named; not printed
	Order, Parcel   string
	PieceN, PieceOf int
	More            bool // goods of the order are not packed yet: nobody knows how many parcels follow
	Date            time.Time
	SSCC            string
	Trace           string
	Units           int
	Reprint         int // how often it was printed before; 0 is the first print
}

// InsideSlip lays out the slip that goes into the box.
func InsideSlip(s Inside, p Profile) (Layout, []Missing, error) {
	c, err := newPaper(p)
	if err != nil {
		return Layout{}, nil, fmt.Errorf("inside slip: %w", err)
	}
	if err := c.inside(s); err != nil {
		return Layout{}, nil, fmt.Errorf("inside slip for order %s: %w", s.Order, err)
	}
	out := c.layout("Inside slip " + first(s.Parcel, s.Order))
	out.Made = s.Date
	return out, c.missing, nil
}

func (c *canvas) inside(s Inside) error {
	room := c.inner()
	put := func(st style, lines int, field string, texts ...string) {
		box := image.Rect(room.Min.X, room.Min.Y, room.Max.X, room.Min.Y+lines*lineHeight(c.dots(st.size)))
		room.Min.Y += c.block(box, st, field, texts) + c.mm(15)
	}
	put(bold(60).centred(), 1, "title", c.say("KEEP THIS SLIP"))
	sender := room
	sender.Max.Y = room.Min.Y + 3*lineHeight(c.mm(30))
	if used := c.runIn(sender, sans(30).centred(), "sender's ", "%s", s.From.parts(s.To)); used > 0 {
		room.Min.Y += used + c.mm(15)
	}
	c.rule(room.Min.X, room.Min.Y, room.Dx(), c.mm(4))
	room.Min.Y += c.mm(20)
	put(bold(90).centred(), 1, "order", c.say("Order %s", s.Order))
	put(sans(36).centred(), 2, "parcel", c.insideFacts(s))
	if s.Reprint > 0 {
		put(bold(36).centred(), 1, "parcel", c.reprint(s.Reprint))
	}
	if s.Trace != "" {
		matrix, all, err := c.qr(s.Trace, tenth(11), room.Dx(), room.Dy()-c.mm(200))
		if err != nil {
			return err
		}
		c.add(matrix.at(room.Min.X+(room.Dx()-all)/2, room.Min.Y))
		room.Min.Y += all
		hint := "Our code of this parcel"
		if isLink(s.Trace) { // else a telephone finds nothing to open
			hint = "Scan this code to see that the parcel is genuine."
		}
		put(sans(32).centred(), 3, "hint", c.say(hint), c.say("Please quote order %s if you contact us.", s.Order))
	}
	if s.SSCC != "" {
		put(bold(36).centred(), 1, "SSCC", "(00) "+grouped(s.SSCC))
	}
	c.tear(room.Min.Y)
	return nil
}

// isLink reports whether a telephone opens what a code holds.
func isLink(code string) bool { return strings.HasPrefix(strings.ToLower(code), "http") }

// insideFacts says what the box should hold.
func (c *canvas) insideFacts(s Inside) string {
	var facts []string
	if s.PieceOf > 0 {
		facts = append(facts, c.piece(s.PieceN, s.PieceOf, s.More))
	}
	switch {
	case s.Units == 1:
		facts = append(facts, c.say("1 unit"))
	case s.Units > 1:
		facts = append(facts, c.say("%d units", s.Units))
	}
	return join(" · ", append(facts, c.day(s.Date))...)
}

// piece says which parcel of its order this is. As long as goods are open
// nobody knows of how many: "1 of 1" would end the buyer's waiting.
func (p Profile) piece(n, of int, more bool) string {
	if more {
		return p.say("parcel %d, more follow", n)
	}
	return p.say("parcel %d of %d", n, of)
}
