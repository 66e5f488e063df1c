package labels

import (
	"fmt"
	"image"
	"strings"
	"time"

	"packbench/assets/fonts"
	"packbench/labels/barcode"
	"packbench/station/unit"
)

// Inside is the small slip that lies in the box: the parcel's trace code and
// enough text to find the parcel when the outer label is lost.
type Inside struct {
	From            Address
	Order, Parcel   string
	PieceN, PieceOf int
	Date            time.Time
	SSCC            string
	Trace           string
	Units           int
}

// InsideSlip lays out the slip that goes into the box.
func InsideSlip(s Inside, p Profile) (Layout, []Missing, error) {
	c, err := newCanvas(p)
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
	put(style{font: fonts.SansBold, size: 6 * unit.Millimetre, align: Centre}, 1, "title", "KEEP THIS SLIP")
	put(style{font: fonts.Sans, size: 3 * unit.Millimetre, align: Centre}, 3, "sender", join(", ", s.From.lines(Address{})...))
	c.rule(room.Min.X, room.Min.Y, room.Dx(), c.mm(4))
	room.Min.Y += c.mm(20)
	put(style{font: fonts.SansBold, size: 9 * unit.Millimetre, align: Centre}, 1, "order", "Order "+s.Order)
	put(style{font: fonts.Sans, size: 36 * unit.Millimetre / 10, align: Centre}, 2, "parcel", s.facts())
	if s.Trace != "" {
		matrix, err := barcode.QR(s.Trace, barcode.Q)
		if err != nil {
			return err
		}
		dot := max(5, c.module(750*unit.Micrometre))
		all := (matrix.Size + 2*quietMatrix) * dot
		if all > room.Dx() || all > room.Dy()-c.mm(150) {
			return fmt.Errorf("the trace code of %d characters is too long for %s paper", len(s.Trace), c.Paper.Name)
		}
		x := room.Min.X + (room.Dx()-all)/2
		c.add(Matrix{X: x + quietMatrix*dot, Y: room.Min.Y + quietMatrix*dot, Dot: dot, Quiet: quietMatrix, Matrix: matrix, Symbol: s.Trace})
		room.Min.Y += all
		put(style{font: fonts.Sans, size: 32 * unit.Millimetre / 10, align: Centre}, 3, "hint",
			"Scan this code to see that the parcel is genuine, or name it when you ask about the parcel.")
	}
	if s.SSCC != "" {
		put(style{font: fonts.SansBold, size: 36 * unit.Millimetre / 10, align: Centre}, 1, "SSCC", "(00) "+grouped(s.SSCC))
	}
	return nil
}

// facts says what the box should hold.
func (s Inside) facts() string {
	var facts []string
	if s.PieceOf > 0 {
		facts = append(facts, fmt.Sprintf("parcel %d of %d", s.PieceN, s.PieceOf))
	}
	switch {
	case s.Units == 1:
		facts = append(facts, "1 unit")
	case s.Units > 1:
		facts = append(facts, fmt.Sprintf("%d units", s.Units))
	}
	if !s.Date.IsZero() {
		facts = append(facts, s.Date.Format("2 Jan 2006"))
	}
	return strings.Join(facts, " · ")
}
