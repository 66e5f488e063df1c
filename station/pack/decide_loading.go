package pack

import (
	"cmp"
	"slices"
	"strings"

	"packbench/station/people"
)

// cmdHandover begins the loading of a carrier's van (P5).
func (d *decision) cmdHandover(c Command) {
	if c.Value == "" && len(c.Vans) == 1 {
		c.Van = &c.Vans[0]
	}
	switch {
	case c.Van != nil && d.may(people.Handover, c):
		d.beginLoading(*c.Van)
	case c.Van != nil:
	case c.Value == "":
		d.askCarrier(c)
	default:
		d.say(Refused, CodeWrongCarrier, withReason(ReasonUnknown), withCarrier(c.Value))
	}
}

// busyLoading refuses what would begin another job.
func (d *decision) busyLoading() {
	d.say(Refused, CodeNotNow, withReason(ReasonLoading), withCarrier(d.s.Loading.Carrier))
}

func (d *decision) beginLoading(v Van) {
	d.emit(LoadingBegan{Manifest: "M-" + strings.ReplaceAll(d.in.ID, ".", "-"), Carrier: v.Carrier, Lane: v.Lane, Services: v.Services, At: d.in.At})
	d.say(Accepted, CodeLoading, withCarrier(v.Carrier), func(verdict *Verdict) { verdict.Want = v.Dock })
}

// askCarrier offers the carriers that have parcels on the dock, and their lanes.
func (d *decision) askCarrier(c Command) {
	if len(c.Vans) == 0 {
		d.notNow(ReasonDockEmpty)
		return
	}
	q := Question{Code: CodeLoading}
	for i, van := range c.Vans {
		text := cmp.Or(van.Name, van.Carrier)
		if van.Lane != "" {
			text += ", lane " + van.Lane
		}
		q.Choices = append(q.Choices, Choice{N: i + 1, Text: text, Command: &Command{Name: "handover", Value: cmp.Or(van.Lane, van.Carrier), Van: &van}})
	}
	d.ask(q)
}

// askDriver asks for the name that stands on the manifest. The verdict says how
// many parcels of the carrier stay on the dock.
func (d *decision) askDriver(c Command) {
	l := d.s.Loading
	if len(l.Parcels) == 0 {
		d.notNow(ReasonNothingLoaded)
		return
	}
	if d.strangers(&c) {
		return
	}
	d.emit(DriverAsked{Manifest: l.Manifest, Sold: c.Van != nil && c.Van.Sold})
	d.say(Asked, CodeLoading, withReason(ReasonDriver), withCarrier(l.Carrier), func(v *Verdict) {
		v.Have = len(l.Parcels)
		if c.Van != nil {
			v.Want = c.Van.Dock
		}
	})
}

// NameTooLong is the reason of a driver command without a name: what was given
// has N letters, more than a list has room for.
const NameTooLong = "too-long"

// cmdDriver closes the manifest: the driver is named. Value is the id that the
// name stands under outside the journal.
func (d *decision) cmdDriver(c Command) {
	l := d.s.Loading
	switch {
	case !l.Driver:
		d.notNow(ReasonNoQuestion)
	case c.Value == "" && c.Reason == NameTooLong:
		d.say(Refused, CodeLoading, withReason(ReasonDriver), withCarrier(l.Carrier), func(v *Verdict) { v.Qty = c.N })
	case c.Value == "":
		d.say(Asked, CodeLoading, withReason(ReasonDriver), withCarrier(l.Carrier), func(v *Verdict) { v.Have = len(l.Parcels) })
	default:
		var parcels []string
		for _, p := range l.Parcels {
			parcels = append(parcels, p.Parcel)
		}
		d.emit(ManifestClosed{Manifest: l.Manifest, Carrier: l.Carrier, Driver: c.Value, Parcels: len(parcels)})
		d.print(Effect{Document: Document{DocumentManifest, l.Manifest}, Carrier: l.Carrier, Driver: c.Value, Parcels: parcels}, "")
		d.closeOut(*l)
		d.say(Accepted, CodeHandedOver, withCarrier(l.Carrier), func(v *Verdict) {
			v.Qty, v.Manifest = len(parcels), l.Manifest
			if d.in.At.Before(l.Began) { // the clock was set back: nobody knows when it left (F4)
				v.Reason = ReasonClock
			}
		})
	}
}

// load is a label scanned at the van. What may go with it is claimed first, so that
// two benches that load at once never both take a parcel, nor one takes what the
// other opens again.
func (d *decision) load(ref ParcelRef) {
	l := d.s.Loading
	switch ref.State {
	case ParcelClosed, ParcelLoading, ParcelOpening: // elsewhere when it was looked up, perhaps no longer
		if l.Takes(ref) && !l.has(ref) {
			d.effect(Effect{Kind: EffectClaim, Order: ref.Order, Parcel: ref.ID, SSCC: ref.SSCC, Manifest: l.Manifest})
			return
		}
	}
	d.loaded(ref)
}

// parcelClaimed is what became of the claim. A van that has left meanwhile, or whose
// loading was given up, does not keep it.
func (d *decision) parcelClaimed(e ParcelClaimed) {
	asked, ok := d.end(e.Effect)
	switch {
	case !ok:
	case d.s.Loading != nil && d.s.Loading.Manifest == asked.Manifest:
		d.loaded(e.Parcel)
	default:
		d.effect(Effect{Kind: EffectFree, Parcel: asked.Parcel, SSCC: asked.SSCC, Manifest: asked.Manifest})
		d.say(Refused, CodeNotNow, withReason(ReasonParcelLate), func(v *Verdict) { v.Order, v.Parcel = asked.Order, asked.Parcel })
	}
}

// loaded puts a parcel into the van, or says why it cannot go with it.
func (d *decision) loaded(ref ParcelRef) {
	l := d.s.Loading
	about := func(v *Verdict) { v.Order, v.Parcel, v.Carrier = ref.Order, ref.ID, ref.Carrier }
	refuse := func(code Code, reason Reason) {
		d.openCase(CaseOpened{Kind: "loading", Code: code, Order: ref.Order, Parcel: ref.ID, Scanned: ref.SSCC, Reason: string(reason)})
		d.say(Refused, code, about, withReason(reason), func(v *Verdict) { v.Case = d.in.ID })
	}
	switch {
	case l.has(ref):
		d.say(Info, CodeHandedOver, about, withReason(ReasonAgain))
	case ref.State == ParcelHandedOut:
		refuse(CodeNotNow, ReasonHandedOver) // it came back, or its label was copied (L2)
	case ref.State == ParcelLoading || ref.State == ParcelOpening:
		d.elsewhere(ref)
	case ref.State == ParcelVoided:
		refuse(CodeNotNow, ReasonVoided)
	case ref.State != ParcelClosed:
		refuse(CodeNotNow, ReasonNotClosed)
	case ref.Carrier != l.Carrier:
		refuse(CodeWrongCarrier, "")
	case !l.Takes(ref):
		refuse(CodeWrongCarrier, ReasonLane)
	default:
		d.giveUpPrints(ref.ID)
		d.emit(ParcelLoaded{Manifest: l.Manifest, Loaded: Loaded{Parcel: ref.ID, Order: ref.Order, Number: ref.Number, SSCC: ref.SSCC}})
		d.say(Accepted, CodeHandedOver, about, func(v *Verdict) { v.Have = len(d.s.Loading.Parcels) })
	}
}

// elsewhere turns a parcel away that another bench has in its hands: it may
// still come back, so nobody is told that it has left the house.
func (d *decision) elsewhere(ref ParcelRef) {
	reason := ReasonParcelLoading
	if ref.State == ParcelOpening {
		reason = ReasonParcelOpening
	}
	d.say(Refused, CodeNotNow, withReason(reason), func(v *Verdict) {
		v.Order, v.Parcel, v.Carrier, v.Place = ref.Order, ref.ID, ref.Carrier, ref.Place
	})
}

// unload takes the parcel that was scanned last off the van again.
func (d *decision) unload() {
	l := d.s.Loading
	if len(l.Parcels) == 0 {
		d.say(Refused, CodeNothingToUndo)
		return
	}
	last := l.Parcels[len(l.Parcels)-1]
	d.emit(ParcelUnloaded{Manifest: l.Manifest, Loaded: last})
	d.say(Accepted, CodeUndone, func(v *Verdict) {
		v.Order, v.Parcel, v.Carrier, v.Have = last.Order, last.Parcel, l.Carrier, len(d.s.Loading.Parcels)
	})
}

// cancelLoading gives a loading up: what was scanned is on the dock again.
func (d *decision) cancelLoading(c Command) {
	l := d.s.Loading
	if len(l.Parcels) > 0 && !d.sure(&c, CodeCancelled, ReasonSureLoading) || !d.may(people.Cancel, c) {
		return
	}
	for _, p := range slices.Backward(l.Parcels) {
		d.emit(ParcelUnloaded{Manifest: l.Manifest, Loaded: p})
	}
	d.emit(LoadingEnded{Manifest: l.Manifest})
	d.say(Accepted, CodeCancelled, withReason(ReasonLoading), withCarrier(l.Carrier))
}
