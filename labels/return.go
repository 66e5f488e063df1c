package labels

import (
	"fmt"
	"image"
	"time"

	"packbench/labels/barcode"
	"packbench/station/unit"
)

// Return is everything that stands on a return label: the way back of what a
// shop sent.
type Return struct {
	From     Address // who sends it back
	To       Address // the shop's dock for returns
	RMA      string  // the number of the return; printed as Code 128
	Order    string
	ReturnBy time.Time // the last day; the zero time is not printed
	Carrier  string
	Service  string // "" where it is not known
	Routing  string // the carrier's sort code; "" prints country and postcode
	Tracking string // "" where the customer's own carrier gives the number
	Code     string // what the QR code holds; "" takes the RMA
	Units    int    // that are expected; 0 is not printed
	Mass     unit.Mass
	Made     time.Time
	Sample   bool // prints "SAMPLE", and that it is no postage
	Reprint  int
	// Shop returns phrases in the words of the shop and its carrier, who read
	// the label too: theirs for RETURN stands below the buyer's where it
	// differs. nil: none.
	Shop Words
}

// ReturnLabel lays out a return label: as a shipping label, with the RMA in
// place of the SSCC, and no banner of the service that brought the parcel. Where
// no carrier is named, it says that postage is to be paid.
func ReturnLabel(r Return, p Profile) (Layout, []Missing, error) {
	c, err := newCanvas(p)
	if err != nil {
		return Layout{}, nil, fmt.Errorf("return label: %w", err)
	}
	l := returnLayout{r: r, shippingLayout: &shippingLayout{canvas: c, under: r.under(c.say("RETURN")), words: []string{c.say("FROM"), c.say("RETURN TO")}, s: Shipping{
		From: r.From, To: r.To, Carrier: r.Carrier, Service: r.Service, Banner: c.say("RETURN"), Routing: r.Routing,
		Tracking: r.Tracking, Trace: first(r.Code, r.RMA), Sample: r.Sample,
		References: []string{c.say("Cover or take off every old label.")},
	}}}
	if err := l.draw(); err != nil {
		return Layout{}, nil, fmt.Errorf("return label %s: %w", r.RMA, err)
	}
	out := c.layout("Return label " + r.RMA)
	out.Made = r.Made
	return out, c.missing, nil
}

// under is the shop's word below the buyer's; "" where both have one.
func (r Return) under(word string) string {
	if r.Shop == nil || r.Shop("RETURN") == word {
		return ""
	}
	return r.Shop("RETURN")
}

type returnLayout struct {
	*shippingLayout
	r Return
}

func (l *returnLayout) draw() error {
	if err := l.begin(); err != nil {
		return err
	}
	l.most = l.mm(260)
	if l.r.Carrier == "" && !l.r.Sample { // nobody has paid: the customer's own carrier wants that
		l.stamp = l.say("Affix postage")
	}
	if l.r.Reprint > 0 {
		l.fact("REPRINT", l.say("no. %d", l.r.Reprint))
	}
	l.fact("RETURN BY", l.day(l.r.ReturnBy))
	l.fact("ORDER", l.r.Order)
	if l.r.Units > 0 {
		l.fact("UNITS", fmt.Sprint(l.r.Units))
	}
	if l.r.Mass > 0 {
		l.fact("WEIGHT", l.figures(l.r.Mass))
	}
	if err := l.rma(); err != nil {
		return err
	}
	if err := l.tracking(); err != nil {
		return err
	}
	l.sender()
	l.service()
	return l.middle()
}

// rma is the lowest code: what the dock scans when the parcel is back.
func (l *returnLayout) rma() error {
	if l.r.RMA == "" {
		return fmt.Errorf("there is no RMA number")
	}
	runs, err := barcode.Number(l.r.RMA)
	if err != nil {
		return err
	}
	title, text, height := lineHeight(l.mm(28)), lineHeight(l.mm(54)), l.mm(200)
	zone := l.bottom(l.mm(10)+title+l.mm(8)+height+l.mm(8)+text, l.stroke())
	top := zone.Min.Y + l.mm(10)
	l.line(image.Rect(zone.Min.X, top, zone.Max.X, top+title), bold(28).centred(), "RMA", l.say("RETURN NUMBER (RMA)"))
	top += title + l.mm(8)
	if !l.bars(image.Rect(l.page.Min.X, top, l.page.Max.X, top+height), runs, l.r.RMA, l.widths()...) {
		return fmt.Errorf("the RMA number %q is too long for %s paper", l.r.RMA, l.Paper.Name)
	}
	zone.Min.Y = top + height + l.mm(8)
	l.line(zone, bold(54).centred(), "RMA", l.r.RMA)
	return nil
}
