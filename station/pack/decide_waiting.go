package pack

import (
	"regexp"
	"slices"
	"strings"

	"packbench/station/people"
	"packbench/station/trouble"
)

// unbought is what follows where no label was bought: another service takes over, or
// the parcel waits (C4, C6).
func (d *decision) unbought(asked Effect, e Bought) {
	w := d.s.WorkOf(asked.Parcel)
	if w == nil {
		w = &Work{Order: asked.Order}
	}
	if d.failOver(w, asked, e) {
		return
	}
	if asked.Kind == EffectLook && e.State == PurchaseRefused && w.quote(w.Parcel.Service) != nil { // it shows none: now it is bought
		d.emit(LabelTroubled{Parcel: asked.Parcel, State: e.State, Trouble: e.Trouble})
		d.seek(d.s.WorkOf(asked.Parcel), Effect{})
		return
	}
	before := w.Parcel
	f := LabelTroubled{Parcel: asked.Parcel, State: e.State, Trouble: e.Trouble, Next: d.in.At.Add(before.Wait.pause()), No: e.standing(asked)}
	code := CodeLabelWaiting
	if e.State == PurchaseUnknown && e.Trouble.Code == trouble.CarrierUnsaid {
		code = CodePurchaseUnknown
		if before.Wait.Case == "" {
			f.Case = d.in.ID
			d.emit(CaseOpened{
				Case: d.in.ID, Kind: "carrier", Code: code, Order: asked.Order, Parcel: asked.Parcel, Scanned: asked.Carrier, By: d.s.Person.ID,
				Reason: string(e.Trouble.Code),
			})
		}
	}
	d.emit(f)
	if asked.Unasked && before.Trouble.Code == e.Trouble.Code && f.Case == "" {
		return // that was told
	}
	d.say(Refused, code, withTrouble(e.Trouble), d.ofParcel(asked), func(v *Verdict) { v.Case = f.Case })
}

// standing is the service whose refusal stands until something about the parcel changes,
// "" for none.
func (e Bought) standing(asked Effect) string {
	if e.State != PurchaseRefused || !e.Stands {
		return ""
	}
	return asked.Service
}

// ofParcel fills in which parcel a verdict is about, and that its box is not in hand.
func (d *decision) ofParcel(asked Effect) func(*Verdict) {
	return func(v *Verdict) {
		v.Order, v.Parcel = asked.Order, asked.Parcel
		v.Aside = d.s.Work == nil || d.s.Work.Parcel.ID != asked.Parcel
	}
}

// failOver buys the next service in the order of the choice, where what was chosen is
// surely not bought and cannot be had now (C4). What a packer chose stays.
func (d *decision) failOver(w *Work, asked Effect, e Bought) bool {
	p, silent := w.Parcel, e.Trouble.Code == trouble.CarrierSilent
	from, first := w.quote(asked.Service), w.quote(w.first())
	if e.State != PurchaseRefused || !silent && !e.Elsewhere || !p.Wait.Auto || w.Blocked != "" || from == nil || first == nil {
		return false
	}
	var out []string
	for _, q := range p.Quotes {
		same := silent && (q.Carrier == from.Carrier || q.Source != "" && q.Source == from.Source)
		if q.Service == from.Service || same {
			out = append(out, q.Service)
		}
	}
	to := w.backUp(*first, slices.Concat(p.Wait.Out, p.Wait.No, out), d.s.Rules.BackUp)
	if to == nil {
		return false
	}
	d.emit(FailedOver{Parcel: p.ID, From: from.Service, To: to.Service, Was: first.Price, Price: to.Price, Why: e.Trouble, Out: out, No: e.standing(asked)})
	d.emit(CaseOpened{
		Case: d.in.ID, Kind: "carrier", Code: CodeFailover, Order: w.Order, Parcel: p.ID, Scanned: from.Carrier, By: d.s.Person.ID,
		Reason: string(e.Trouble.Code),
	})
	d.buy(d.s.WorkOf(p.ID), *to, Effect{Unasked: asked.Unasked})
	d.say(Info, CodeFailover, withQuote(*to), withTrouble(e.Trouble), d.ofParcel(asked), func(v *Verdict) {
		was := first.Price
		v.Given, v.Was, v.Case = from.Service, &was, d.in.ID
	})
	return true
}

// round asks again for the labels that it is time for (C6), of each carrier for one at
// a time: where that is bought, the next one follows.
func (d *decision) round() {
	for _, w := range d.s.LabelsDue(d.in.At) {
		d.seekQuietly(w)
	}
}

// seekNext asks for the next label of a carrier that has just sold one.
func (d *decision) seekNext(carrier string) {
	if d.s.Person.ID == "" || d.s.Phase == Locked {
		return
	}
	for _, w := range d.s.Unlabelled() {
		why := w.Parcel.Trouble.Code
		about := why == trouble.CarrierSilent || why == trouble.CarrierUnsure // and nothing that a person has to mend
		if about && d.s.mayTry(w) && w.quote(d.s.wanted(w)).Carrier == carrier && !d.s.refusedAll(w) {
			d.seekQuietly(w)
		}
	}
}

func (d *decision) seekQuietly(w *Work) {
	carrier := w.quote(d.s.wanted(w)).Carrier
	if !d.s.Awaits(func(e Effect) bool { return e.Kind == EffectBuy && e.Carrier == carrier }) {
		d.seek(w, Effect{Unasked: true})
	}
}

// seek asks once more for the label of a parcel that has none. What may have been
// bought is asked after; what surely was not is bought by the choice, from prices that
// still hold.
func (d *decision) seek(w *Work, e Effect) {
	p, service := w.Parcel, d.s.wanted(w)
	if p.Purchase != PurchaseUnknown && p.Trouble.Code == trouble.QuoteStale {
		d.askCarriersFor(w, e.Unasked)
		return
	}
	if service == p.Service {
		e.Intent = p.LabelKey
	}
	if p.Purchase != PurchaseUnknown && (p.Wait.First != "" || len(p.Wait.Out) > 0 || service != p.Service) {
		f := LabelSought{Parcel: p.ID, Service: service}
		if first := w.first(); service != first {
			f.First = first
		}
		d.emit(f)
	}
	d.buy(d.s.WorkOf(p.ID), *w.quote(service), e)
}

// quotedAgain goes on to the carrier for a parcel whose prices did not hold any more.
func (d *decision) quotedAgain(w *Work, asked Effect, quotes []Quote) {
	if !d.s.mayTry(w) {
		return
	}
	d.emit(Quoted{Quotes: quotes, Parcel: asked.Parcel})
	now := d.s.WorkOf(asked.Parcel)
	q := chosenOf(quotes)
	if !now.Parcel.Wait.Auto { // a packer chose it
		q = now.quote(now.Parcel.Service)
	}
	if q == nil || !q.Allowed {
		d.unbought(asked, Bought{State: PurchaseRefused, Trouble: trouble.New(trouble.QuoteStale)})
		return
	}
	d.emit(LabelSought{Parcel: asked.Parcel, Service: q.Service})
	d.buy(d.s.WorkOf(asked.Parcel), *q, Effect{Unasked: asked.Unasked})
}

// cmdLooked is a supervisor's word about a purchase of which its carrier cannot tell
// whether it was made: what the carrier's own page shows.
func (d *decision) cmdLooked(c Command) {
	w := d.s.Work
	p := w.Parcel
	looked := LookedNothing
	if c.Name == "label-there" {
		looked = c.Value
	}
	switch {
	case d.s.Phase != Labelling, p.Purchase != PurchaseUnknown, p.Trouble.Code != trouble.CarrierUnsaid, !d.s.mayTry(w):
		d.notNow(ReasonNoQuestion)
	case looked == "":
		d.say(Refused, CodePurchaseUnknown, withReason(ReasonNumber))
	case d.may(people.Purchase, c):
		d.buy(w, *w.quote(p.Service), Effect{Kind: EffectLook, Intent: p.LabelKey, Looked: looked})
		d.say(Info, CodeLabelWaiting, withReason(ReasonAgain))
	}
}

// aPlace is what a place of the house may be called: no name of a person, and no sentence.
var aPlace = regexp.MustCompile(`^[\pL\pN][\pL\pN ./#-]{0,23}$`)

// mayBePlace reports whether a code that nobody knows may be where a box stands whose label
// could not be had. The number of an article is none.
func (d *decision) mayBePlace(code string) bool {
	article := len(code) >= 8 && strings.Trim(code, "0123456789") == ""
	return d.s.Phase == Labelling && d.s.Work.Unlabelled() && d.s.Work.Parcel.Wait.Tries > 0 && !article && aPlace.MatchString(code)
}

// placeAsked asks whether the box stands at a place that nobody knows: the code scanned
// again says so.
func (d *decision) placeAsked(code string) {
	d.superseded()
	c := Command{Name: "place", Value: code}
	if d.sure(&c, CodeLabelWaiting, ReasonPlaceSure, func(v *Verdict) { v.Name = code }) {
		d.cmdPlace(c)
	}
}

// cmdPlace notes where the box of the open parcel stands, which has no label yet (C6).
func (d *decision) cmdPlace(c Command) {
	place := strings.Join(strings.Fields(c.Value), " ")
	switch {
	case !d.s.Work.Unlabelled():
		d.notNow(ReasonNoQuestion)
	case !aPlace.MatchString(place):
		d.notNow(ReasonPlace)
	default:
		d.emit(BoxPlaced{Parcel: d.s.Work.Parcel.ID, Place: place})
		d.say(Info, CodeLabelWaiting, withReason(ReasonPlace), func(v *Verdict) { v.Name = place })
	}
}

// setAside goes on with the parcel whose label was scanned, and whose box stood aside
// until that came. The order in hand waits for its own label meanwhile.
func (d *decision) setAside(ref ParcelRef) bool {
	w := d.s.Parked[ref.Order]
	if w == nil || ref.State == ParcelVoided || w.Parcel.ID != ref.ID || w.Parcel.Label == nil || w.Parcel.Label.SSCC != ref.SSCC {
		return false
	}
	if d.s.Work != nil {
		if !d.waiting() || d.s.Phase == Closing {
			return false
		}
		d.emit(OrderParked{Order: d.s.Work.Order})
		d.emit(Moved{Idle})
	}
	d.open(OpeningOf{Order: ref.Order, Label: ref.SSCC})
	return true
}

// endBuying gives up what is being bought for a parcel, or looked for.
func (d *decision) endBuying(parcel string) bool {
	buying, looking := d.endOf(EffectBuy, parcel), d.endOf(EffectLook, parcel)
	return buying || looking
}
