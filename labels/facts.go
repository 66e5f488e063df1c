package labels

import (
	"image"
	"slices"
	"strings"

	"packbench/assets/fonts"
)

// fact is a small fact in the column beside the recipient.
type fact struct {
	field       string // "order"
	name, value string // as they are printed
	glyphs      []glyph
}

// details collects the small facts.
func (l *shippingLayout) details() {
	if l.s.Reprint > 0 {
		l.fact("REPRINT", l.say("no. %d", l.s.Reprint))
	}
	if l.s.PieceOf > 0 {
		l.fact("PIECE", l.say("%d of %d", l.s.PieceN, l.s.PieceOf))
	}
	if l.s.Mass > 0 {
		l.fact("WEIGHT", l.figures(l.s.Mass))
	}
	l.fact("ORDER", l.s.Order)
	l.fact("SHIPPED", l.day(l.s.Date))
	l.fact("PARCEL", l.s.Parcel)
}

func (l *shippingLayout) fact(name, value string) {
	if strings.TrimSpace(value) != "" {
		l.facts = append(l.facts, fact{strings.ToLower(name), l.say(name), value, l.trial(value, fonts.SansBold)})
	}
}

// factColumn lays out small facts: names and values beside each other, and a value
// that would get too small there on lines of its own below its name.
type factColumn struct {
	*shippingLayout
	zone   image.Rectangle
	middle int // where the values begin that stand beside their names
	em     int // of the values, in tenths of a millimetre
	gap    int // below each fact
}

// Ems of the facts' values in tenths of a millimetre: wanted, least beside the
// name, least on lines of their own.
const (
	factEm      = 34
	factBeside  = 24
	factStacked = 17
	factName    = 20
)

// table sets the facts into a zone, all smaller where there are many; those
// that do not fit even so are left out from the end, and said.
func (l *shippingLayout) table(zone image.Rectangle) {
	c := factColumn{shippingLayout: l, zone: zone, middle: l.mm(100)}
	for _, f := range l.facts { // names are not cut where there is room for them
		wide := (width(l.trial(f.name, fonts.Sans))*l.mm(factName)+999)/1000 + l.mm(8)
		c.middle = max(c.middle, min(wide, zone.Dx()/2))
	}
	c.shrink()
	if c.all() > zone.Dy() && l.s.Order != "" && strings.HasPrefix(l.s.Parcel, l.s.Order) { // the parcel's number says it
		l.facts = slices.DeleteFunc(l.facts, func(f fact) bool { return f.field == "order" })
		c.shrink()
	}
	for _, f := range l.facts {
		high := c.high(f)
		if high > c.zone.Dy() {
			l.lose(f.field, f.value)
			continue
		}
		c.set(f)
		c.zone.Min.Y += high
	}
}

// shrink finds the largest em at which all facts fit, if there is one.
func (c *factColumn) shrink() {
	c.em, c.gap = factEm, c.mm(2)
	for c.em > factStacked && c.all() > c.zone.Dy() {
		if c.gap > 0 {
			c.gap = 0
			continue
		}
		c.em, c.gap = c.em-1, c.mm(2)
	}
}

func (c factColumn) all() (sum int) {
	for _, f := range c.facts {
		sum += c.high(f)
	}
	return sum
}

// stacked reports whether a value stands below its name: one of them is too long for both
// to stand beside each other.
func (c factColumn) stacked(f fact) bool {
	if width(c.trial(f.name, fonts.Sans))*c.mm(min(c.em, factName)) > (c.middle-c.mm(8))*1000 {
		return true
	}
	return width(f.glyphs)*c.mm(min(c.em, factBeside)) > (c.zone.Dx()-c.middle)*1000
}

func (c factColumn) high(f fact) int {
	if !c.stacked(f) {
		return lineHeight(c.mm(c.em)) + c.gap
	}
	style := c.value()
	size := c.dots(style.size)
	lines := c.height(len(wrap(f.glyphs, c.zone.Dx()*1000/size)), size, style)
	return c.mm(3) + lineHeight(c.mm(min(c.em, factName))) + min(lines, c.mostOf()) + c.gap
}

// mostOf is the height of as many lines as a value gets.
func (c factColumn) mostOf() int { return 4 * lineHeight(c.mm(min(c.em, factBeside))) }

// value is the style of a value on lines of its own.
func (c factColumn) value() style { return bold(min(c.em, factBeside)).fixed() }

func (c factColumn) set(f fact) {
	row := c.zone
	name := style{font: fonts.Sans, size: tenth(min(c.em, factName))}
	if c.stacked(f) {
		row.Min.Y += c.mm(3)
		row.Min.Y += c.line(row, name, "details", f.name)
		row.Max.Y = min(row.Max.Y, row.Min.Y+c.mostOf())
		c.block(row, c.value().down(factStacked), f.field, []string{f.value})
		return
	}
	row.Max.Y = row.Min.Y + lineHeight(c.mm(c.em)) + c.gap
	left, right := row, row
	left.Max.X, right.Min.X = row.Min.X+c.middle-c.mm(8), row.Min.X+c.middle
	// both stand on one baseline
	left.Min.Y += (c.mm(c.em)*ascent+500)/1000 - (c.dots(name.size)*ascent+500)/1000
	c.line(left, name, "details", f.name)
	c.line(right, style{font: fonts.SansBold, size: tenth(c.em)}, f.field, f.value)
}
