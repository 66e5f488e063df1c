package papers

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"packbench/labels"
	"packbench/station/pack"
	"packbench/station/phrases"
	"packbench/station/store"
)

// list is what stands on the list of a van that left, as it was then, and the
// language that its words are in. It is kept as JSON. The driver's name is not
// in it: it stands in a table of its own, and may be erased.
type list struct {
	Language string
	Manifest labels.Manifest
}

// keptList returns what stands on a list; whoever prints it first keeps it for
// ever. A reprint says what the driver signed, whatever was taken in since.
func (d Papers) keptList(ctx context.Context, m store.Manifest, effect string) (list, error) {
	kept, err := d.Store.ManifestBody(ctx, m.ID)
	if errors.Is(err, store.ErrUnknown) {
		fresh, err := d.ListOf(ctx, m)
		if err != nil {
			return list{}, err
		}
		body, err := json.Marshal(fresh)
		if err != nil {
			return list{}, err
		}
		if kept, err = d.Store.KeepManifestBody(ctx, store.ManifestBody{Manifest: m.ID, Effect: effect, Body: body}); err != nil {
			return list{}, err
		}
	} else if err != nil {
		return list{}, err
	}
	return readList(kept)
}

func readList(kept store.ManifestBody) (list, error) {
	var l list
	if err := json.Unmarshal(kept.Body, &l); err != nil {
		return list{}, fmt.Errorf("what is kept of manifest %s: %w", kept.Manifest, err)
	}
	return l, nil
}

// ListOf makes the list of a van from what is known now.
func (d Papers) ListOf(ctx context.Context, m store.Manifest) (list, error) {
	parcels, err := d.Store.ParcelsOn(ctx, m.ID)
	if err != nil {
		return list{}, err
	}
	cards, _, err := d.Catalogue(ctx)
	if err != nil {
		return list{}, err
	}
	out := labels.Manifest{Number: m.ID, Carrier: m.Carrier, Lane: m.Lane, From: Address(d.Sender().Address())}
	if m.Gone && !m.SetBack() { // else driver and packer write the time down
		out.At = m.Closed.In(d.Location())
	}
	c, _ := cards.Carrier(m.Carrier)
	out.Carrier, out.Sample = cards.NameOf(m.Carrier), c.Sample
	services := map[string]string{}
	for _, s := range c.Services {
		services[s.ID] = s.Name
	}
	for _, p := range parcels {
		row := labels.ManifestRow{Tracking: p.Tracking, SSCC: p.SSCC, Service: cmp.Or(services[p.Service], p.Service), Mass: p.Mass}
		o, _, err := store.Known(d.Store.Order(ctx, p.Order))
		if err != nil {
			return list{}, err
		}
		to := o.To.Posted()
		row.Country, row.Postcode = to.Country, to.Postcode
		out.Rows = append(out.Rows, row)
	}
	return list{Language: d.Settings.Language, Manifest: out}, nil
}

// DrawList draws a list in a language; one that was printed before is marked.
func (d Papers) DrawList(ctx context.Context, m store.Manifest, l list, words phrases.Language, reprint int) (Drawn, error) {
	driver, _, err := store.Known(d.Store.Driver(ctx, m.Driver))
	if err != nil {
		return Drawn{}, err
	}
	by, _, err := store.Known(d.Store.Person(ctx, m.Person))
	if err != nil {
		return Drawn{}, err
	}
	l.Manifest.Driver, l.Manifest.By, l.Manifest.Reprint = driver, by.Name, reprint
	profile, err := LabelProfile(d.Settings.Printers.For("manifest"))
	if err != nil {
		return Drawn{}, err
	}
	layout, missing, err := labels.CarrierManifest(l.Manifest, Speaking(words, profile))
	return d.File("manifest", m.ID, layout, missing, err)
}

// ManifestOf returns the list of a van: the first bytes of one that has left, as
// they were kept, unless another language is asked for.
func (d Papers) ManifestOf(ctx context.Context, id string) (Drawn, error) {
	if err := d.Store.CatchUp(ctx); err != nil {
		return Drawn{}, err
	}
	m, err := d.Store.Manifest(ctx, id)
	if errors.Is(err, store.ErrUnknown) {
		return Drawn{}, fmt.Errorf("there is no manifest %s", id)
	}
	if err != nil {
		return Drawn{}, err
	}
	kept, err := d.Store.ManifestBody(ctx, id)
	if errors.Is(err, store.ErrUnknown) { // it is being loaded, or was never printed
		l, err := d.ListOf(ctx, m)
		if err != nil {
			return Drawn{}, err
		}
		return d.DrawList(ctx, m, l, d.StationWords(), 0)
	}
	if err != nil {
		return Drawn{}, err
	}
	l, err := readList(kept)
	if err != nil {
		return Drawn{}, err
	}
	if d.Spoken {
		return d.DrawList(ctx, m, l, d.StationWords(), 0)
	}
	out, err := d.DrawList(ctx, m, l, d.Book.In(l.Language), 0)
	if err != nil {
		return Drawn{}, err
	}
	switch doc, err := d.Store.DocumentByEffect(ctx, kept.Effect); {
	case err == nil:
		out.PDF = doc.PDF
	case !errors.Is(err, store.ErrUnknown):
		return Drawn{}, err
	}
	return out, nil
}

// keptSheet draws the list that an effect prints, and keeps it.
func (d Papers) keptSheet(ctx context.Context, e pack.Effect) (Sheet, error) {
	m, err := d.Store.Manifest(ctx, e.Document.Of)
	if err != nil {
		return Sheet{}, err
	}
	l, err := d.keptList(ctx, m, e.Key())
	if err != nil {
		return Sheet{}, err
	}
	drawn, err := d.DrawList(ctx, m, l, d.Book.In(l.Language), e.Copy)
	if err != nil {
		return Sheet{}, err
	}
	forms := []store.Document{{
		ID: "manifest-" + e.Key(), Effect: e.Key(), Kind: "manifest", Profile: d.Settings.Printers.For("manifest").Page, At: d.Clock(), PDF: drawn.PDF,
	}}
	if len(drawn.ZPL) > 0 {
		dots := forms[0]
		dots.ID, dots.Effect, dots.Kind, dots.PDF = ZPLOf(dots.ID), ZPLOf(dots.Effect), "manifest-zpl", drawn.ZPL
		forms = append(forms, dots)
	}
	if forms, err = d.Store.KeepDocuments(ctx, forms...); err != nil {
		return Sheet{}, err
	}
	if drawn.PDF = forms[0].PDF; len(forms) > 1 {
		drawn.ZPL = forms[1].PDF
	}
	return Sheet{Drawn: drawn, Kept: forms[0].ID, Untimed: l.Manifest.At.IsZero()}, nil
}
