package papers

import (
	"context"
	"image"
	"time"

	"packbench/cmd/internal/papers/carried"
	"packbench/labels"
	"packbench/labels/foreign"
	"packbench/labels/picture"
	"packbench/station"
	"packbench/station/carrier"
	"packbench/station/config"
	"packbench/station/latin"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/trouble"
	"packbench/station/unit"
)

// AddressGap is the trouble of an address that can have no label, which would cost a
// number: nothing of it says where in the country the parcel goes. nil for one that
// can; what such an address may still lack is said with the label.
func AddressGap(to station.Address) error {
	if to.Country = ""; !to.Nowhere() {
		return nil
	}
	return trouble.New(trouble.NoAddress).From(nil)
}

type LabelNumbers struct{ SSCC, Tracking string }

// LabelOf is what a label says of its parcel.
type LabelOf struct {
	LabelNumbers
	BoxFacts
	Parcel, Carrier, Service string
	Mass                     unit.Mass
	At                       time.Time
}

func Wanted(e pack.Effect, n LabelNumbers, box BoxFacts, at time.Time) LabelOf {
	return LabelOf{Parcel: e.Parcel, Carrier: e.Carrier, Service: e.Service, Mass: e.Mass, At: at, LabelNumbers: n, BoxFacts: box}
}

// Layout lays the label of a parcel out for the label printer of the settings,
// and tells what it could not show.
func (d Papers) Layout(cards carrier.Cards, o station.Order, l LabelOf) (labels.Layout, []labels.Missing, labels.Profile, error) {
	return d.layoutFor(d.Settings.Printers.Label, cards, o, l)
}

// layoutFor is layout for another printer.
func (d Papers) layoutFor(p config.Printer, cards carrier.Cards, o station.Order, l LabelOf) (labels.Layout, []labels.Missing, labels.Profile, error) {
	profile, err := LabelProfile(p)
	if err != nil {
		return labels.Layout{}, nil, profile, err
	}
	code, err := d.Sign(l.SSCC, o.ID)
	if err != nil {
		return labels.Layout{}, nil, profile, err
	}
	s := labels.Shipping{
		From: Address(d.Sender().Address()), To: d.Abroad(o.To), Tracking: l.Tracking, SSCC: l.SSCC, Trace: code,
		Order: o.Called(), Parcel: station.ParcelName(l.Parcel, o.ID, o.Alias()), Mass: l.Mass, Date: l.At.In(d.Location()),
		PieceN: l.last, PieceOf: l.last, Fragile: l.fragile,
	}
	c, _ := cards.Carrier(l.Carrier)
	service, _ := c.Service(l.Service)
	s.Carrier, s.Sample, s.Service = c.Name, c.Sample, service.Name
	words := d.LabelWords(o.To)
	layout, missing, err := labels.ShippingLabel(s, d.habits(o.To, words, Speaking(words, profile)))
	return layout, missing, profile, err
}

// KeptLabel is a label that is kept, with all that it says.
type KeptLabel struct {
	LabelOf
	Order, Document string
	Contents        []pack.Content
}

// LabelOfWork returns the label of the open parcel, nil while there is none.
func LabelOfWork(w *pack.Work) *KeptLabel {
	if w == nil || w.Parcel.Label == nil {
		return nil
	}
	l := w.Parcel.Label
	k := &KeptLabel{Order: w.Order, Document: l.Document, Contents: w.Contents()}
	k.LabelNumbers, k.Parcel, k.Service = LabelNumbers{SSCC: l.SSCC, Tracking: l.Tracking}, w.Parcel.ID, l.Service
	if w.Parcel.Weight != nil {
		k.Mass = w.Parcel.Weight.Mass
	}
	for _, q := range w.Parcel.Quotes {
		if q.Service == l.Service {
			k.Carrier = q.Carrier
		}
	}
	return k
}

// LabelOfParcel returns the label of a closed parcel, nil where none is kept.
func LabelOfParcel(p store.Parcel) *KeptLabel {
	if p.Document == "" {
		return nil
	}
	k := &KeptLabel{Order: p.Order, Document: p.Document, Contents: p.Contents}
	k.LabelNumbers, k.Parcel, k.Service, k.Carrier, k.Mass = LabelNumbers{SSCC: p.SSCC, Tracking: p.Tracking}, p.ID, p.Service, p.Carrier, p.Mass
	return k
}

// mostPicture is how many dots the longer side of a picture on a screen has.
const mostPicture = 1218

// LabelPicture draws a label for the screen, from the same layout as the paper, or from
// what a carrier sent; nil where that is a program for label printers.
func (d Papers) LabelPicture(ctx context.Context, k KeptLabel) (image.Image, error) {
	doc, err := d.Store.DocumentAnywhere(ctx, k.Document)
	if err != nil {
		return nil, err
	}
	if doc.Profile == carried.Profile {
		if len(doc.PDF) == 0 {
			return nil, nil
		}
		return foreign.Picture(ctx, doc.PDF, mostPicture)
	}
	o, err := d.Store.Order(ctx, k.Order)
	if err != nil {
		return nil, err
	}
	cards, _, err := d.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	if k.BoxFacts, err = d.BoxOf(ctx, o, k.Parcel, k.Contents); err != nil {
		return nil, err
	}
	k.At = doc.At
	layout, _, _, err := d.Layout(cards, o, k.LabelOf)
	if err != nil {
		return nil, err
	}
	return picture.Draw(layout, 0)
}

// Address is an address as labels print it.
func Address(a station.Address) labels.Address {
	a = a.Posted()
	return labels.Address{
		Name: a.Name, Company: a.Company, Street: a.Street, Street2: a.Street2, Postcode: a.Postcode, City: a.City,
		Region: a.Region, Country: a.Country, Phone: a.Phone, Email: a.Email,
	}
}

// Abroad is an address as a paper has it that offices elsewhere read: in Latin letters,
// where the shop gave those, and as it is written beside it; else as it is written, and
// beside it letter by letter, where that helps.
func (d Papers) Abroad(to station.Address) labels.Address {
	home := d.Sender().Country
	read := to.ReadFrom(home)
	out := Address(read)
	switch help, ok := latin.ByLetters(to); {
	case read != to:
		to.Latin = station.Latin{}
		out.Beside = Address(to).OneLine()
	case ok && to.UnreadFrom(home) != "":
		to.Latin = help
		out.Beside, out.Spelled = Address(to.ReadFrom(home)).OneLine(), true
	}
	return out
}
