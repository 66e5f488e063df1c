package bench

import (
	"context"
	"errors"
	"fmt"
	"image"
	"slices"
	"time"

	"packbench/devices/printer"
	"packbench/labels"
	"packbench/labels/pdf"
	"packbench/labels/picture"
	"packbench/station"
	"packbench/station/carrier"
	"packbench/station/config"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/trace"
	"packbench/station/unit"
)

// CarrierAnswer is how a simulated carrier behaves.
type CarrierAnswer string

// The ways of a simulated carrier. With a lost answer the label is made and
// paid, but the bench does not hear of it.
const (
	CarrierUp         CarrierAnswer = "up"
	CarrierDown       CarrierAnswer = "down"
	CarrierLostAnswer CarrierAnswer = "lost-answer"
)

// label carries out the label effect. Its numbers are durable before anything
// is drawn, and the drawn label is kept under the wish's key: an effect that runs
// again, sure or not, gives the very same label (C5, L1).
func (r *runner) label(ctx context.Context, e pack.Effect) (pack.Event, error) {
	answer := CarrierUp
	if r.carrier != nil {
		answer = r.carrier(e.Carrier)
	}
	failed := pack.LabelFailed{Effect: e.ID, Parcel: e.Parcel, Words: e.Carrier + " does not answer"}
	if answer == CarrierDown {
		return failed, nil
	}
	o, err := r.Store.Order(ctx, e.Order)
	if err != nil {
		return nil, fmt.Errorf("order %s: %w", e.Order, err)
	}
	cards, _, err := r.catalogue(ctx)
	if err != nil {
		return nil, err
	}
	if words := addressGap(o.To); words != "" {
		return pack.LabelFailed{Effect: e.ID, Parcel: e.Parcel, Words: words}, nil
	}
	if words, err := r.customsGap(ctx, cards, o, e); words != "" || err != nil {
		return pack.LabelFailed{Effect: e.ID, Parcel: e.Parcel, Words: words}, err
	}
	numbers, err := r.numbers(ctx, cards, e)
	if words := noNumbers(err); words != "" {
		return pack.LabelFailed{Effect: e.ID, Parcel: e.Parcel, Words: words}, nil
	}
	if err != nil {
		return nil, err
	}
	box, err := r.boxOf(ctx, o, e.Parcel, e.Contents)
	if err != nil {
		return nil, err
	}
	var missing []labels.Missing
	doc, err := r.Store.DocumentByEffect(ctx, e.Key())
	switch {
	case err == nil: // kept before; what it could not show is told again
		_, missing, _, err = r.layout(cards, o, wanted(e, numbers, box, doc.At))
	case errors.Is(err, store.ErrUnknown):
		doc, missing, err = r.draw(ctx, cards, o, e, wanted(e, numbers, box, r.Clock()))
	}
	if err != nil {
		return nil, err
	}
	if answer == CarrierLostAnswer {
		return failed, nil
	}
	return pack.LabelMade{
		Effect: e.ID, Parcel: e.Parcel, SSCC: numbers.sscc, Tracking: numbers.tracking, Document: doc.ID,
		Unprintable: lost(missing), Lacks: o.To.Gaps(), Papers: r.papers(o),
	}, nil
}

// addressGap says in words for the packer why an address can have no label, which
// would cost a number: nothing of it says where in the country the parcel goes. ""
// for one that can; what such an address may still lack is said with the label.
func addressGap(to station.Address) string {
	to.Country = ""
	if !to.Nowhere() {
		return ""
	}
	return "the order has no address; ask a supervisor to complete it"
}

type labelNumbers struct{ sscc, tracking string }

// draw draws the label and keeps its bytes for ever (L1).
func (r *runner) draw(ctx context.Context, cards carrier.Cards, o station.Order, e pack.Effect, l labelOf) (store.Document, []labels.Missing, error) {
	layout, missing, profile, err := r.layout(cards, o, l)
	if err != nil {
		return store.Document{}, nil, err
	}
	data, err := pdf.Encode(layout)
	if err != nil {
		return store.Document{}, nil, err
	}
	forms := []store.Document{{
		ID: "label-" + e.Key(), Effect: e.Key(), Kind: "label", Order: o.ID, Parcel: e.Parcel, Profile: profile.Name,
		At: l.at, PDF: data,
	}}
	if r.Settings.Printers.Label.Kind == printer.KindZPL {
		dots, err := r.dots(forms[0], layout)
		if err != nil {
			return store.Document{}, nil, err
		}
		forms = append(forms, dots)
	}
	kept, err := r.Store.KeepDocuments(ctx, forms...)
	if err != nil {
		return store.Document{}, nil, err
	}
	return kept[0], missing, nil
}

// labelOf is what a label says of its parcel.
type labelOf struct {
	labelNumbers
	boxFacts
	parcel, carrier, service string
	mass                     unit.Mass
	at                       time.Time
}

func wanted(e pack.Effect, n labelNumbers, box boxFacts, at time.Time) labelOf {
	return labelOf{parcel: e.Parcel, carrier: e.Carrier, service: e.Service, mass: e.Mass, at: at, labelNumbers: n, boxFacts: box}
}

// layout lays the label of a parcel out for the label printer of the settings,
// and tells what it could not show.
func (d *Data) layout(cards carrier.Cards, o station.Order, l labelOf) (labels.Layout, []labels.Missing, labels.Profile, error) {
	return d.layoutFor(d.Settings.Printers.Label, cards, o, l)
}

// layoutFor is layout for another printer.
func (d *Data) layoutFor(p config.Printer, cards carrier.Cards, o station.Order, l labelOf) (labels.Layout, []labels.Missing, labels.Profile, error) {
	profile, err := LabelProfile(p)
	if err != nil {
		return labels.Layout{}, nil, profile, err
	}
	code, err := d.Sign(l.sscc, o.ID)
	if err != nil {
		return labels.Layout{}, nil, profile, err
	}
	s := labels.Shipping{
		From: Address(d.Settings.Sender.Address()), To: Address(o.To), Tracking: l.tracking, SSCC: l.sscc, Trace: code,
		Order: o.Called(), Parcel: station.ParcelName(l.parcel, o.ID, o.Alias()), Mass: l.mass, Date: l.at.In(d.Location()),
		PieceN: l.last, PieceOf: l.last, Fragile: l.fragile,
	}
	for _, c := range cards.Carriers {
		if c.ID != l.carrier {
			continue
		}
		s.Carrier, s.Sample = c.Name, c.Sample
		if i := slices.IndexFunc(c.Services, func(s carrier.Service) bool { return s.ID == l.service }); i >= 0 {
			s.Service = c.Services[i].Name
		}
	}
	layout, missing, err := labels.ShippingLabel(s, in(d.labelWords(o.To), profile))
	return layout, missing, profile, err
}

// LabelPicture draws the open parcel's label for the screen, from the same
// layout as the paper; nil while there is no label.
func (d *Data) LabelPicture(ctx context.Context, w *pack.Work) (image.Image, error) {
	if w == nil || w.Parcel.Label == nil {
		return nil, nil
	}
	l := w.Parcel.Label
	doc, err := d.Store.Document(ctx, l.Document)
	if err != nil {
		return nil, err
	}
	o, err := d.Store.Order(ctx, w.Order)
	if err != nil {
		return nil, err
	}
	cards, _, err := d.catalogue(ctx)
	if err != nil {
		return nil, err
	}
	box, err := d.boxOf(ctx, o, w.Parcel.ID, w.Contents())
	if err != nil {
		return nil, err
	}
	of := labelOf{
		labelNumbers: labelNumbers{sscc: l.SSCC, tracking: l.Tracking}, boxFacts: box, parcel: w.Parcel.ID, service: l.Service, at: doc.At,
	}
	if w.Parcel.Weight != nil {
		of.mass = w.Parcel.Weight.Mass
	}
	for _, q := range w.Parcel.Quotes {
		if q.Service == l.Service {
			of.carrier = q.Carrier
		}
	}
	layout, _, _, err := d.layout(cards, o, of)
	if err != nil {
		return nil, err
	}
	return picture.Draw(layout, 0)
}

// Sign makes the trace code of a parcel (L2).
func (d *Data) Sign(sscc, order string) (string, error) {
	key, err := d.Keys().Signing()
	if err != nil {
		return "", err
	}
	return trace.Signer{Key: key, Domain: d.Settings.GS1.Domain}.Sign(sscc, order)
}

// Address is an address as labels print it.
func Address(a station.Address) labels.Address {
	return labels.Address{
		Name: a.Name, Company: a.Company, Street: a.Street, Street2: a.Street2, Postcode: a.Postcode, City: a.City,
		Region: a.Region, Country: a.Country, Phone: a.Phone,
	}
}
