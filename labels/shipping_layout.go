package labels

import (
	"fmt"
	"image"
	"slices"
	"strings"

	"packbench/assets/fonts"
	"packbench/labels/barcode"
	"packbench/station/unit"
)

// ShippingLabel lays out a shipping label after the GS1 logistic label: free
// text on top, the SSCC as the lowest bar code, and between them what the
// carrier sorts by. From top to bottom: sender and postage, service, recipient
// and routing beside the parcel's data and the trace code, tracking, SSCC.
//
// The SSCC's modules are 0.495 mm or a little more (4 dots at 203 dpi, 6 at
// 300), its bars 32 mm high; only where the page is too short for that are they
// as low as 25 mm. Tracking bars have at least 3 dots, the trace code 0.6 mm.
//
// On a sheet (A4, Letter) the label is an A6 in the upper left corner.
//
// Errors are for what would make a wrong label: a bad SSCC, a bar code that
// cannot be made or does not fit, no recipient. Missing tells what was left
// out or replaced and must be shown to the packer.
func ShippingLabel(s Shipping, p Profile) (Layout, []Missing, error) {
	c, err := newCanvas(p)
	if err != nil {
		return Layout{}, nil, fmt.Errorf("shipping label: %w", err)
	}
	l := shippingLayout{canvas: c, s: s, words: shippingWords(c)}
	if err := l.draw(); err != nil {
		return Layout{}, nil, fmt.Errorf("shipping label for order %s: %w", s.Order, err)
	}
	out := c.layout("Shipping label " + first(s.Parcel, s.Order))
	out.Made = s.Date
	return out, c.missing, nil
}

// shippingLayout places one label; the zones are cut off the free room from
// both ends, and the recipient gets what is left.
type shippingLayout struct {
	*canvas
	s     Shipping
	words []string        // above the sender and the recipient
	under string          // below the banner's word, smaller
	stamp string          // where the postage goes, in place of the carrier's name; "" has none
	most  int             // height of the sender's zone; 0 takes the usual one
	facts []fact          // beside the recipient, the most asked for first
	page  image.Rectangle // the label: on a sheet, only its corner
	room  image.Rectangle
}

func shippingWords(c *canvas) []string { return []string{c.say("FROM"), c.say("SHIP TO")} }

func (l *shippingLayout) draw() error {
	if err := l.begin(); err != nil {
		return err
	}
	l.details()
	if err := l.sscc(); err != nil {
		return err
	}
	if err := l.tracking(); err != nil {
		return err
	}
	l.sender()
	l.service()
	return l.middle()
}

// begin finds the label on the page.
func (l *shippingLayout) begin() error {
	if len(l.s.To.Lines(l.s.From)) == 0 {
		return fmt.Errorf("there is no recipient's address")
	}
	l.page = image.Rect(0, 0, l.w, l.h)
	if l.sheet() { // to be cut out and taped on, or a sticky label on a sheet
		a6 := PaperA6()
		edge := l.mm(100) // office printers leave an edge white
		l.page = image.Rect(edge, edge, edge+l.dots(a6.W), edge+l.dots(a6.H))
		l.frame(l.page.Inset(-l.stroke()), l.stroke())
	}
	l.room = l.page.Inset(l.mm(25))
	return nil
}

// top cuts a zone off the free room, with a rule below it.
func (l *shippingLayout) top(height int) image.Rectangle {
	zone := l.room
	zone.Max.Y = zone.Min.Y + height
	l.rule(l.room.Min.X, zone.Max.Y, l.room.Dx(), l.stroke())
	l.room.Min.Y = zone.Max.Y + l.stroke()
	return zone
}

// bottom cuts a zone off the other end, with a rule above it.
func (l *shippingLayout) bottom(height, stroke int) image.Rectangle {
	zone := l.room
	zone.Min.Y = zone.Max.Y - height
	l.rule(l.room.Min.X, zone.Min.Y-stroke, l.room.Dx(), stroke)
	l.room.Max.Y = zone.Min.Y - stroke
	return zone
}

func (l *shippingLayout) stroke() int { return l.mm(4) }

// sscc draws the licence plate. Its bars may stand in the page's margin, which
// is their quiet zone on 4 inch paper.
func (l *shippingLayout) sscc() error {
	if l.s.SSCC == "" {
		return nil
	}
	runs, err := barcode.SSCC(l.s.SSCC)
	if err != nil {
		return err
	}
	height := l.mm(320)
	if l.page.Dy() < l.mm(1400) {
		height = l.mm(250)
	}
	text := lineHeight(l.mm(42))
	zone := l.bottom(l.mm(15)+height+l.mm(8)+text, l.stroke())
	bars := image.Rect(l.page.Min.X, zone.Min.Y+l.mm(15), l.page.Max.X, zone.Min.Y+l.mm(15)+height)
	if !l.bars(bars, runs, "00"+l.s.SSCC, l.module(495*unit.Micrometre)) {
		return fmt.Errorf("the SSCC does not fit on %s paper", l.Paper.Name)
	}
	zone.Min.Y = bars.Max.Y + l.mm(8)
	l.line(zone, bold(42).centred(), "SSCC", "SSCC (00) "+grouped(l.s.SSCC))
	return nil
}

func (l *shippingLayout) tracking() error {
	if l.s.Tracking == "" {
		return nil
	}
	runs, err := barcode.Number(l.s.Tracking)
	if err != nil {
		return err
	}
	title, text := lineHeight(l.mm(28)), lineHeight(l.mm(42))
	height := l.mm(150)
	zone := l.bottom(l.mm(10)+title+l.mm(8)+height+l.mm(8)+text+l.mm(8), l.mm(9))
	top := zone.Min.Y + l.mm(10)
	l.line(image.Rect(zone.Min.X, top, zone.Max.X, top+title), bold(28).centred(),
		"carrier", strings.ToUpper(join(" ", l.s.Carrier, l.say("tracking no."))))
	bars := image.Rect(l.page.Min.X, top+title+l.mm(8), l.page.Max.X, top+title+l.mm(8)+height)
	if !l.bars(bars, runs, l.s.Tracking, l.widths()...) {
		return fmt.Errorf("the tracking number %q is too long for %s paper", l.s.Tracking, l.Paper.Name)
	}
	zone.Min.Y = bars.Max.Y + l.mm(8)
	l.line(zone, bold(42).centred(), "tracking number", grouped(l.s.Tracking))
	return nil
}

// widths of a module in dots, to try from the widest.
func (l *shippingLayout) widths() []int {
	least := max(3, l.module(330*unit.Micrometre))
	var dots []int
	for d := max(least, l.dots(640*unit.Micrometre)); d >= least; d-- {
		dots = append(dots, d)
	}
	return dots
}

// grouped sets spaces as people read numbers: after every four characters, or
// three where nine digits are left so, and around digits that letters enclose.
// A postal number reads "RB 123 456 785 GB".
func grouped(number string) string {
	const digits = "0123456789"
	if len(number) == 18 && strings.HasPrefix(number, "1Z") { // as UPS writes its own
		return join(" ", number[:2], number[2:5], number[5:8], number[8:10], number[10:14], number[14:])
	}
	body := strings.TrimLeft(number, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	before := number[:len(number)-len(body)]
	rest := strings.TrimLeft(body, digits)
	if strings.Trim(rest, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" { // mixed
		before, body, rest = "", number, ""
	}
	body = strings.TrimSuffix(body, rest)
	by := 4
	if len(body) == 9 {
		by = 3
	}
	var groups []string
	for len(body) > by+1 { // no digit stands alone
		groups, body = append(groups, body[:by]), body[by:]
	}
	return join(" ", append(append([]string{before}, groups...), body, rest)...)
}

// sender is the return address; right of it is the place of the postage.
func (l *shippingLayout) sender() {
	zone := l.top(l.senderHeight())
	zone.Max.Y -= l.mm(8)
	postage := zone
	postage.Min.X = zone.Max.X - l.sideWidth()
	zone.Max.X = postage.Min.X - l.mm(15)
	used := l.line(zone, bold(20), "sender", l.words[0])
	zone.Min.Y += used
	from := l.s.From.Lines(l.s.To)
	phone := strings.TrimSpace(l.s.From.Phone)
	if phone != "" && l.holds(zone, sans(26), append(slices.Clone(from), phone)) {
		from, phone = append(from, phone), ""
	}
	if phone != "" { // of all that stands there, a parcel comes back without it
		l.missing = append(l.missing, Missing{Field: "sender", Text: phone, Why: "there is no room for this"})
	}
	if l.holds(zone, sans(26), from) {
		l.block(zone, sans(26), "sender", from)
	} else {
		l.address(zone, sans(26), "sender's ", l.s.From.parts(l.s.To))
	}
	l.postage(postage)
}

// senderHeight is as much as all lines of a sender take as large as they should be: no
// more than its caller gives, or than leaves the recipient as large as that should be.
func (l *shippingLayout) senderHeight() int {
	least := l.mm(155)
	wide := l.room.Dx() - l.sideWidth() - l.mm(15)
	all := lineHeight(l.mm(20)) + l.tallOf(wide, sans(26), append(l.s.From.Lines(l.s.To), l.s.From.Phone)) + l.mm(8)
	if l.most > 0 {
		return max(least, min(l.most, all))
	}
	if all <= least || l.page.Dy() < l.mm(1500) {
		return least
	}
	grown := min(all, l.mm(215))
	rest := l.room
	rest.Min.Y += grown + l.mm(125) + 2*l.stroke() + l.mm(10)
	rest.Max.X = rest.Min.X + wide - l.stroke()
	best := l.fits()[0]
	if l.tallOf(rest.Dx(), best.style, l.s.To.Lines(l.s.From)) > l.addressBox(rest, best).Dy() {
		return least
	}
	return grown
}

func (l *shippingLayout) postage(zone image.Rectangle) {
	if l.stamp != "" {
		l.frame(zone, l.stroke())
		inner := zone.Inset(l.mm(20))
		size := bold(38)
		inner.Min.Y += max(0, inner.Dy()-l.tall(inner.Dx(), size, l.stamp)) / 2
		l.block(inner, size.centred(), "postage", []string{l.stamp})
		return
	}
	if !l.s.Sample {
		l.block(zone, bold(45).centred(), "carrier", []string{l.s.Carrier})
		return
	}
	l.frame(zone, l.stroke())
	inner := zone.Inset(l.mm(8))
	inner.Min.Y += (inner.Dy() - lineHeight(l.mm(58)) - lineHeight(l.mm(38))) / 2
	inner.Min.Y += l.line(inner, bold(58).centred(), "sample", l.say("SAMPLE"))
	l.line(inner, bold(38).centred(), "sample", l.say("NOT POSTAGE"))
}

// service is the banner: the service's letter white on black, and its name.
func (l *shippingLayout) service() {
	zone := l.top(l.mm(125))
	if banner := strings.TrimSpace(l.s.Banner); banner != "" {
		box := zone
		glyphs := l.must('M', fonts.SansBold).advance * len([]rune(banner))
		wide := max(zone.Dy(), glyphs*l.mm(100)/1000+l.mm(30))
		box.Max.X = zone.Min.X + min(wide, zone.Dx()/2)
		l.fill(box)
		l.banner(image.Rect(box.Min.X+l.mm(15), box.Min.Y+l.mm(6), box.Max.X-l.mm(15), box.Max.Y-l.mm(6)), banner)
		zone.Min.X = box.Max.X + l.mm(25)
	}
	if l.s.Fragile {
		zone.Max.X = l.fragile(zone) - l.mm(15)
	}
	zone.Min.Y += l.mm(10)
	used := l.line(zone, bold(28), "carrier", strings.ToUpper(l.s.Carrier))
	zone.Min.Y += used
	l.block(zone, bold(70), "service", []string{strings.ToUpper(l.s.Service)})
}

// fragile sets the word that handlers know everywhere to the right end of the
// service, and returns where it begins.
func (l *shippingLayout) fragile(zone image.Rectangle) int {
	box := zone
	box.Min.X = zone.Max.X - l.mm(260)
	box.Min.Y, box.Max.Y = box.Min.Y+l.mm(15), box.Max.Y-l.mm(15)
	l.fill(box)
	l.line(box.Inset(l.mm(13)), bold(54).within().inWhite(), "fragile", "FRAGILE")
	return box.Min.X
}

// banner sets the word of the banner, and the second one below it.
func (l *shippingLayout) banner(box image.Rectangle, word string) {
	if l.under != "" {
		second := box
		second.Min.Y = box.Max.Y - lineHeight(l.mm(36))
		box.Max.Y = second.Min.Y
		l.line(second, bold(36).within().inWhite(), "service", l.under)
	}
	l.line(box, bold(100).within().inWhite(), "service", word)
}

// sideWidth is the width of the right column, which holds the trace code.
func (l *shippingLayout) sideWidth() int { return l.mm(330) }

// middle shares the rest: left the recipient and the routing, right the
// parcel's data and the trace code.
func (l *shippingLayout) middle() error {
	zone := l.room
	side, code, err := l.trace(zone)
	if err != nil {
		return err
	}
	l.rule(side.Min.X-l.stroke(), zone.Min.Y, l.stroke(), zone.Dy())
	l.table(image.Rect(side.Min.X+l.mm(15), zone.Min.Y+l.mm(10), zone.Max.X, code.Min.Y))
	left := image.Rect(zone.Min.X, zone.Min.Y+l.mm(10), side.Min.X-l.stroke()-l.mm(15), zone.Max.Y)
	f := l.roomFor(left)
	l.routing(left, f)
	l.recipient(left, f)
	return nil
}

// trace puts the QR code into the lower right corner of a zone. It returns the
// column it stands in and the room it takes.
func (l *shippingLayout) trace(zone image.Rectangle) (column, code image.Rectangle, err error) {
	column, code = zone, zone
	column.Min.X = zone.Max.X - l.sideWidth()
	code.Min.Y = zone.Max.Y
	if l.s.Trace == "" {
		return column, code, nil
	}
	matrix, all, err := l.qr(l.s.Trace, tenth(6), zone.Dx()/2, zone.Dy()-l.mm(100))
	if err != nil {
		return column, code, err
	}
	column.Min.X = min(column.Min.X, zone.Max.X-all)
	code.Min.Y = zone.Max.Y - all
	l.add(matrix.at(column.Min.X+(column.Dx()-all)/2, code.Min.Y))
	return column, code, nil
}

// routing is what a sorter reads from two metres.
func (l *shippingLayout) routing(zone image.Rectangle, f fit) {
	height, small := l.routingHeights(f)
	refs := join(" · ", l.s.References...)
	if !f.refs && refs != "" {
		l.lose("references", refs)
	}
	if height+small == 0 {
		return
	}
	top := zone.Max.Y - height - small
	l.rule(zone.Min.X, top-l.stroke(), zone.Dx(), l.stroke())
	if height > 0 {
		l.block(image.Rect(zone.Min.X, top, zone.Max.X, top+height), style{font: fonts.SansBold, size: f.routing}, "routing", []string{l.sortCode()})
	}
	if small > 0 {
		l.block(image.Rect(zone.Min.X, top+height, zone.Max.X, zone.Max.Y-l.mm(6)), sans(24), "references", []string{refs})
	}
}

// routingHeights returns the heights of the routing and of the references.
func (l *shippingLayout) routingHeights(f fit) (height, small int) {
	if f.routing > 0 && l.sortCode() != "" {
		height = lineHeight(l.dots(f.routing))
	}
	if f.refs && join(" · ", l.s.References...) != "" {
		small = 2*lineHeight(l.mm(24)) + l.mm(6)
	}
	return height, small
}

// sortCode is the carrier's, or else the postcode, and abroad the country before it.
func (l *shippingLayout) sortCode() string {
	land := strings.ToUpper(l.s.To.Country)
	if land == strings.ToUpper(l.s.From.Country) && l.s.To.Postcode != "" { // at home it says nothing
		land = ""
	}
	return first(strings.TrimSpace(l.s.Routing), join(" ", land, l.s.To.Postcode))
}
