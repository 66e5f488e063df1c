package bench

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"packbench/devices/printer"
	"packbench/labels"
	"packbench/station/carrier"
	"packbench/station/config"
	"packbench/station/pack"
	"packbench/station/people"
	"packbench/station/store"
)

// handover looks up the carrier that comes, or those that have parcels on the
// dock.
func (r *resolver) handover(ctx context.Context, s pack.State, id string) (pack.Command, error) {
	c := pack.Command{Name: "handover", Value: id}
	if err := r.Store.CatchUp(ctx); err != nil {
		return c, err
	}
	vans, err := r.Store.Dock(ctx)
	if err != nil {
		return c, err
	}
	if id == "" && s.Loading != nil {
		id = cmp.Or(s.Loading.Lane, s.Loading.Carrier)
	}
	if id == "" {
		c.Vans = vans[:min(len(vans), proposals)]
		return c, nil
	}
	if lane, ok := r.lane(id); ok {
		return r.laneVan(ctx, c, lane)
	}
	cards, _, err := r.catalogue(ctx)
	if err != nil {
		return c, err
	}
	i := slices.IndexFunc(cards.Carriers, func(k carrier.Carrier) bool { return strings.EqualFold(k.ID, id) || strings.EqualFold(k.Name, id) })
	if i >= 0 {
		id = cards.Carriers[i].ID
		c.Van = &pack.Van{Carrier: id}
		if c.Value != "" {
			c.Value = id
		}
	}
	for _, v := range vans {
		if v.Carrier == id {
			c.Van = &v
		}
	}
	return c, nil
}

// forVan claims a parcel that is scanned at a van, so that two benches that load
// at once never both take it, nor one takes what the other opens again; a
// parcel that another has says where it is. What the van does not take is not
// claimed.
func (r *resolver) forVan(ctx context.Context, s pack.State, p pack.ParcelRef) (pack.ParcelRef, error) {
	l := s.Loading
	if l == nil || s.Phase != pack.Idle || p.State != pack.ParcelClosed || !l.Takes(p) {
		return r.placed(ctx, p)
	}
	for range 2 {
		mine, err := r.Store.ClaimFromDock(ctx, p, l.Manifest)
		if err != nil || mine {
			return p, err
		}
		freed, err := r.freed(ctx, r.station, p)
		if err != nil {
			return p, err
		}
		if freed {
			continue
		}
		gone := p
		gone.State = pack.ParcelHandedOut
		if gone, err = r.placed(ctx, gone); err != nil || gone.Place != nil {
			return gone, err
		}
		now, err := r.Store.ParcelBySSCC(ctx, p.SSCC)
		if err != nil || now.State != pack.ParcelClosed {
			return now.Ref(), err
		}
		// Whoever had it gave it back between the two questions.
	}
	p.State = pack.ParcelHandedOut
	return p, nil
}

// freed gives up the claim of a van that has not loaded the parcel after all,
// because the program of its bench has ended or begun anew, and tells whether it
// did. Nobody starts that bench meanwhile, so that it cannot load it now.
func (d *Data) freed(ctx context.Context, station string, p pack.ParcelRef) (bool, error) {
	place, err := d.Store.PlaceOf(ctx, p)
	if errors.Is(err, store.ErrUnknown) || err == nil && place.Manifest == "" {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if place.Station != station {
		release, err := store.LockStation(d.Dir, place.Station)
		if err != nil {
			return false, nil // somebody works there, or nobody can tell
		}
		defer release()
	}
	if err := d.Store.CatchUp(ctx); err != nil {
		return false, err
	}
	if now, err := d.Store.ParcelBySSCC(ctx, p.SSCC); err != nil || now.State != pack.ParcelClosed {
		return false, err // it is in that van, whether somebody works there or not
	}
	return true, d.Store.LeaveOnDock(ctx, p.SSCC, place.Manifest)
}

// placed finds out where a parcel is that has gone from the dock and perhaps
// not from the house.
func (d *Data) placed(ctx context.Context, p pack.ParcelRef) (pack.ParcelRef, error) {
	if p.State != pack.ParcelHandedOut {
		return p, nil
	}
	if err := d.Store.CatchUp(ctx); err != nil {
		return p, err
	}
	place, err := d.Store.PlaceOf(ctx, p)
	switch {
	case errors.Is(err, store.ErrUnknown):
		return p, nil
	case err != nil:
		return p, err
	}
	p.Place, p.State = &place, place.State()
	return p, nil
}

// lane finds a lane of the dock by its id.
func (d *Data) lane(id string) (config.Lane, bool) {
	i := slices.IndexFunc(d.Settings.Lanes, func(l config.Lane) bool { return strings.EqualFold(l.ID, id) })
	if i < 0 {
		return config.Lane{}, false
	}
	return d.Settings.Lanes[i], true
}

// laneVan is the van at a lane, with what waits for it.
func (r *resolver) laneVan(ctx context.Context, c pack.Command, l config.Lane) (pack.Command, error) {
	c.Van = &pack.Van{Carrier: l.Carrier, Lane: l.ID, Services: l.Services}
	if c.Value != "" {
		c.Value = l.ID
	}
	waiting, err := r.Store.ParcelsOnDock(ctx, l.Carrier)
	for _, p := range waiting {
		if len(l.Services) == 0 || slices.Contains(l.Services, p.Service) {
			c.Van.Dock++
		}
	}
	return c, err
}

// manifestNamed looks up how often the list of a van was printed again.
func (r *resolver) manifestNamed(ctx context.Context, c pack.Command, id, reason string) (pack.Command, error) {
	c.Value, c.Reason, c.N = id, reason, -1
	if err := r.Store.CatchUp(ctx); err != nil {
		return c, err
	}
	m, err := r.Store.Manifest(ctx, id)
	switch {
	case errors.Is(err, store.ErrUnknown):
		return c, nil
	case err == nil && m.Gone:
		c.N = m.Reprints
	}
	return c, err
}

// longestName is what a driver's name may have in letters.
const longestName = 60

// driver keeps the driver's name aside, because the journal holds no names: the
// command has its keyed hash. Writing it again changes nothing.
func (r *resolver) driver(ctx context.Context, name string) (pack.Command, error) {
	c := pack.Command{Name: "driver"}
	name = strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) || unicode.IsPrint(c) {
			return c
		}
		return -1 // nobody sees it on the list, or it turns the line round
	}, printable(name))
	name = strings.Join(strings.Fields(name), " ")
	if letters := []rune(name); len(letters) > longestName {
		name = string(letters[:longestName])
	}
	if name == "" {
		return c, nil
	}
	c.Value = people.BadgeHash(r.salt, "driver "+name)[:16]
	return c, r.Store.PutDriver(ctx, c.Value, name)
}

// manifest carries out the manifest effect: the list is drawn once, kept for
// ever, and printed as slips are.
func (r *runner) manifest(ctx context.Context, e pack.Effect, unsure bool) (pack.Event, error) {
	if err := r.Store.CatchUp(ctx); err != nil {
		return nil, err
	}
	doc, err := r.Store.DocumentByEffect(ctx, e.Key())
	if errors.Is(err, store.ErrUnknown) {
		var drawn Drawn
		if drawn, err = r.manifestOf(ctx, e.Manifest, e.Reprint); err != nil {
			return nil, err
		}
		doc, err = r.Store.KeepDocument(ctx, store.Document{
			ID: "manifest-" + e.Key(), Effect: e.Key(), Kind: "manifest", Profile: r.Settings.Printers.For("manifest").Page, At: r.Clock(), PDF: drawn.PDF,
		})
	}
	if err != nil {
		return nil, err
	}
	made := pack.ManifestMade{Effect: e.ID, Document: doc.ID}
	if unsure { // it may have come out before: whoever misses it prints it from its page
		return made, nil
	}
	out, settings := r.printerFor("manifest")
	result, err := out.Print(ctx, printer.Job{Name: manifestJob(e), Kind: "manifest", PDF: doc.PDF, Media: settings.Media})
	switch {
	case ctx.Err() != nil:
		return nil, nil
	case err != nil && result.Words == "":
		made.Words = err.Error()
	case result.State != printer.Printed && result.State != printer.Sent && !result.State.Waiting():
		made.Words = result.Words
	}
	return made, nil
}

// ManifestOf draws a manifest.
func (d *Data) ManifestOf(ctx context.Context, id string) (Drawn, error) {
	return d.manifestOf(ctx, id, 0)
}

func (d *Data) manifestOf(ctx context.Context, id string, reprint int) (Drawn, error) {
	m, err := d.Store.Manifest(ctx, id)
	if errors.Is(err, store.ErrUnknown) {
		return Drawn{}, fmt.Errorf("there is no manifest %s", id)
	}
	if err != nil {
		return Drawn{}, err
	}
	parcels, err := d.Store.ParcelsOn(ctx, id)
	if err != nil {
		return Drawn{}, err
	}
	cards, _, err := d.catalogue(ctx)
	if err != nil {
		return Drawn{}, err
	}
	out := labels.Manifest{Number: m.ID, Carrier: m.Carrier, Lane: m.Lane, From: Address(d.Settings.Sender.Address()), At: m.Closed.In(d.Location()), Reprint: reprint}
	if m.Closed.IsZero() {
		out.At = m.Began.In(d.Location())
	}
	if out.Driver, err = d.Store.Driver(ctx, m.Driver); err != nil && !errors.Is(err, store.ErrUnknown) {
		return Drawn{}, err
	}
	services := map[string]string{}
	for _, c := range cards.Carriers {
		if c.ID != m.Carrier {
			continue
		}
		out.Carrier, out.Sample = c.Name, c.Sample
		for _, s := range c.Services {
			services[s.ID] = s.Name
		}
	}
	for _, p := range parcels {
		row := labels.ManifestRow{Tracking: p.Tracking, SSCC: p.SSCC, Service: p.Service, Mass: p.Mass}
		if name := services[p.Service]; name != "" {
			row.Service = name
		}
		o, err := d.Store.Order(ctx, p.Order)
		if err != nil && !errors.Is(err, store.ErrUnknown) {
			return Drawn{}, err
		}
		row.Country, row.Postcode = o.To.Country, o.To.Postcode
		out.Rows = append(out.Rows, row)
	}
	profile, err := LabelProfile(d.Settings.Printers.For("manifest"))
	if err != nil {
		return Drawn{}, err
	}
	layout, missing, err := labels.CarrierManifest(out, in(d.stationWords(), profile))
	return d.drawn("manifest", id, layout, missing, err)
}

// manifestJob names a print job; one that prints the list again has its own.
func manifestJob(e pack.Effect) string {
	if e.Reprint > 0 {
		return fmt.Sprintf("%s-reprint-%d", e.Manifest, e.Reprint)
	}
	return e.Manifest
}
