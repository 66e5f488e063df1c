package lookup

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/lookup/marking"
	"packbench/station/engine"
	"packbench/station/gs1"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/trace"
)

// scan returns every meaning that a code has (S5). What is valid in which phase
// is the machine's to say.
func (r *Resolver) scan(ctx context.Context, s pack.State, e engine.Scan) (pack.Event, error) {
	out := pack.Scanned{Gesture: e.Gesture, Device: e.Device, AIM: e.AIM, Raw: printable(e.Data)}
	switch {
	case len(e.Data) > gs1.MaxLength:
		out.Problem = string(pack.ReasonTooLong)
		return out, nil
	case e.Cut:
		out.Problem, out.Raw = "cut", printable(string(folder.WithoutBadge([]byte(e.Data))))
		return out, nil
	case strings.TrimSpace(e.Data) == "":
		out.Problem = string(pack.ReasonEmpty)
		return out, nil
	}
	if own, found := folder.CutPrefixFold(e.Data, folder.OwnPrefix); found {
		return r.own(ctx, s, out, own)
	}
	packing := s.Phase == pack.Packing || s.Phase == pack.Weighing
	if packing {
		if meanings, ok := r.codes.get(r.turn.Load(), e.AIM, e.Data); ok {
			out.Meanings = meanings
			return out, r.marked(ctx, s, gs1.Code{}, &out)
		}
	}
	c := code{Scan: e, read: gs1.Decode(e.AIM, e.Data)}
	if c.read.Coupon() {
		out.Problem = string(pack.ReasonCoupon)
		return out, nil
	}
	var err error
	c.Found, err = r.Store.Find(ctx, r.asked(c))
	if err != nil {
		return nil, err
	}
	if c.Person != nil {
		return r.worn(out, *c.Person, e.Device), nil
	}
	if s.Return != nil && s.Phase == pack.Idle && s.Work == nil {
		return out, r.cameBack(ctx, s, c, &out)
	}
	if s.Asks() != "" && len(c.Articles) == 0 {
		return out, r.asMark(ctx, s, c.read, &out)
	}
	for _, look := range []func(context.Context, pack.State, code, *pack.Scanned) error{
		r.asTrace, r.asArticle, r.asOrder, r.asTracking, r.asManifest, r.asParcel, r.asReturn, r.asPlace,
	} {
		if err := look(ctx, s, c, &out); err != nil {
			return nil, err
		}
	}
	if packing && out.Problem == "" && len(out.Meanings) == 0 && marking.Any(c.read) {
		return out, r.asLabelPart(ctx, s, c.read, &out)
	}
	if packing && out.Problem == "" && !marking.Any(c.read) { // what is known of those is looked up each time
		r.codes.put(e.AIM, e.Data, out.Meanings)
	}
	return out, r.marked(ctx, s, c.read, &out)
}

// code is a scan with what its code is by itself, and in the catalogue.
type code struct {
	engine.Scan
	store.Found
	read gs1.Code
}

// printable is a code as text that a journal and a screen can hold.
func printable(data string) string {
	data = strings.ToValidUTF8(data, "\uFFFD")
	if len(data) > 512 {
		data = strings.ToValidUTF8(data[:512], "")
	}
	return data
}

// own reads the bench's own codes, PB:<kind>:<value>.
func (r *Resolver) own(ctx context.Context, s pack.State, out pack.Scanned, own string) (pack.Event, error) {
	kind, value, _ := strings.Cut(own, ":")
	m := pack.Meaning{Kind: pack.MeaningKind(strings.ToLower(kind))}
	switch m.Kind {
	case pack.MeansBadge:
		return r.badge(ctx, value, out.Device)
	case pack.MeansCommand:
		name, args, _ := strings.Cut(strings.ToLower(value), ":")
		event, err := r.command(ctx, s, pack.ReadCommand(name, strings.FieldsFunc(args, func(c rune) bool { return c == ':' })...))
		aside, named := event.(engine.Aside)
		if named {
			event = aside.Event
		}
		c, _ := event.(pack.Command)
		m.Command = &c
		out.Meanings = []pack.Meaning{m}
		if named {
			aside.Event = out
			return aside, err
		}
		return out, err
	case pack.MeansCarton:
		carton, err := r.carton(ctx, s, value)
		if err != nil {
			return nil, err
		}
		if carton == nil {
			out.Problem = string(pack.ReasonCarton)
			return out, nil
		}
		m.Carton = carton
	case pack.MeansQuantity, pack.MeansAnswer:
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 {
			out.Problem = string(pack.ReasonNumber)
			return out, nil
		}
		m.N = n
	case pack.MeansReason:
		m.Reason = strings.ToLower(value)
	case pack.MeansPlace:
		m.Place = strings.TrimSpace(value)
	default:
		out.Problem = string(pack.ReasonOwnCode)
		return out, nil
	}
	out.Meanings = []pack.Meaning{m}
	return out, nil
}

// asTrace reads the label of a parcel: trace code or SSCC.
func (r *Resolver) asTrace(ctx context.Context, s pack.State, e code, out *pack.Scanned) error {
	var sscc string
	if trace.Looks(r.Settings.GS1.Domain, e.Data) {
		result, err := r.VerifyCode(ctx, e.Data)
		if err != nil {
			return err
		}
		if result.Verdict != trace.Genuine {
			out.Problem = string(result.Verdict)
			return nil
		}
		sscc = result.SSCC
	} else {
		sscc = trace.ReadSSCC(e.AIM + e.Data)
	}
	if sscc == "" {
		return nil
	}
	for _, w := range s.OnBench() {
		if w.Parcel.Label != nil && w.Parcel.Label.SSCC == sscc {
			addParcel(out, pack.ParcelRef{ID: w.Parcel.ID, Order: w.Order, Number: w.Number, SSCC: sscc})
			return nil
		}
	}
	if err := r.Store.CatchUp(ctx); err != nil {
		return err
	}
	p, err := r.Store.ParcelBySSCC(ctx, sscc)
	if errors.Is(err, store.ErrUnknown) {
		out.Problem = string(pack.ReasonUnknownParcel)
		return nil
	}
	if err != nil {
		return err
	}
	ref, err := r.Placed(ctx, p.Ref())
	addParcel(out, ref)
	return err
}

func addParcel(out *pack.Scanned, ref pack.ParcelRef) {
	out.Problem = ""
	if !slices.ContainsFunc(out.Meanings, func(m pack.Meaning) bool { return m.Parcel != nil && m.Parcel.SSCC == ref.SSCC }) {
		out.Meanings = append(out.Meanings, pack.Meaning{Kind: pack.MeansParcel, Parcel: &ref})
	}
}

// asArticle reads a product's code: GTIN in any of its forms (S6), the text of
// a barcode, SKU or alias.
func (r *Resolver) asArticle(ctx context.Context, s pack.State, c code, out *pack.Scanned) (err error) {
	if len(c.Articles) == 0 && c.read.Kind == gs1.KindInvalid && len(out.Meanings) == 0 && out.Problem == "" {
		out.Problem = c.read.Err
	}
	count := c.read.Trades()
	if len(c.Articles) > 0 && len(count.May) == 0 {
		out.Problem = string(pack.ReasonNumber)
	}
	if len(c.Articles) > 0 && count.Part {
		out.Problem = string(pack.ReasonPiece)
		return nil
	}
	for _, p := range c.Articles {
		var orders []pack.OrderHint
		if s.Phase == pack.Idle {
			if orders, err = r.ordersFor(ctx, s, p.SKU); err != nil {
				return err
			}
		}
		for _, n := range count.May {
			product := pack.Product{SKU: p.SKU, Name: p.Name, Factor: max(1, p.Factor) * n, Mass: p.Mass}
			out.Meanings = append(out.Meanings, pack.Meaning{Kind: pack.MeansProduct, Product: &product, Orders: orders})
		}
	}
	return nil
}

func (r *Resolver) ordersFor(ctx context.Context, s pack.State, sku string) ([]pack.OrderHint, error) {
	if err := r.Store.CatchUp(ctx); err != nil {
		return nil, err
	}
	due, err := r.Store.OrdersWithSKU(ctx, r.Station, sku, folder.Proposals)
	return hints(due), err
}

// asOrder reads an order number or a tote.
func (r *Resolver) asOrder(ctx context.Context, s pack.State, e code, out *pack.Scanned) error {
	id := strings.TrimSpace(e.Data)
	if len(id) > 64 {
		return nil
	}
	found := e.Orders
	if len(found) > 1 {
		var err error
		if found, err = r.stillToPack(ctx, found); err != nil {
			return err
		}
	}
	if len(found) > 0 {
		out.Meanings = append(out.Meanings, pack.Meaning{Kind: pack.MeansOrder, Orders: hints(found)})
		return nil
	}
	if s.Phase != pack.Idle {
		return nil
	}
	if err := r.Store.CatchUp(ctx); err != nil {
		return err
	}
	due, err := r.Store.OrdersByTote(ctx, id)
	if err != nil || len(due) == 0 {
		return err
	}
	out.Meanings = append(out.Meanings, pack.Meaning{Kind: pack.MeansTote, Orders: hints(due)})
	return nil
}

// stillToPack leaves out what is packed of several orders with one number, unless all
// of them are: who scans the number means one that still wants something.
func (r *Resolver) stillToPack(ctx context.Context, found []store.Due) ([]store.Due, error) {
	if err := r.Store.CatchUp(ctx); err != nil {
		return nil, err
	}
	var open []store.Due
	for _, o := range found {
		p, err := r.Store.Progress(ctx, o.ID)
		if err != nil {
			return nil, err
		}
		if p.State != store.ProgressClosed {
			open = append(open, o)
		}
	}
	if len(open) == 0 {
		return found, nil
	}
	return open, nil
}

// asTracking reads the tracking number of one of our parcels. Two carriers may
// have given the same: then it says which parcels it stands for, and nothing is
// guessed, so that the label of one never closes the box of the other (L5).
func (r *Resolver) asTracking(ctx context.Context, s pack.State, e code, out *pack.Scanned) error {
	labelled := slices.DeleteFunc(s.OnBench(), func(w *pack.Work) bool { return w.Parcel.Label == nil || w.Parcel.Label.Tracking == "" })
	other := len(out.Meanings) > 0 && s.Phase != pack.Closing && s.Phase != pack.Idle // then only these count
	if other && len(labelled) == 0 {
		return nil // an item, as nearly always: what it might hold takes as long to tell as to look up
	}
	numbers := trace.Held(e.Data)
	here := false
	for _, w := range labelled {
		if l := w.Parcel.Label; slices.Contains(numbers, trace.Plain(l.Tracking)) {
			addParcel(out, pack.ParcelRef{ID: w.Parcel.ID, Order: w.Order, Number: w.Number, SSCC: l.SSCC})
			here = true
		}
	}
	if !here && other {
		return nil
	}
	if err := r.Store.CatchUp(ctx); err != nil {
		return err
	}
	var parcels []store.Parcel
	for _, number := range numbers {
		more, err := r.Store.ParcelsByTracking(ctx, number)
		if err != nil {
			return err
		}
		parcels = append(parcels, more...)
	}
	if here || len(parcels) > 1 { // what is void has no place any more, unless nothing else has the number
		parcels = slices.DeleteFunc(parcels, func(p store.Parcel) bool { return p.State == pack.ParcelVoided })
	}
	for _, p := range parcels {
		if slices.ContainsFunc(out.Meanings, func(m pack.Meaning) bool { return m.Parcel != nil && m.Parcel.SSCC == p.SSCC }) {
			continue
		}
		ref, err := r.Placed(ctx, p.Ref())
		if err != nil {
			return err
		}
		addParcel(out, ref)
	}
	return nil
}

// asManifest reads the number of a list.
func (r *Resolver) asManifest(ctx context.Context, _ pack.State, e code, out *pack.Scanned) error {
	m, known, err := store.Known(r.ManifestByNumber(ctx, e.Data))
	if err != nil || !known {
		return err
	}
	parcels, err := r.Store.ParcelsOn(ctx, m.ID)
	ref := pack.ManifestRef{ID: m.ID, Carrier: m.Carrier, Lane: m.Lane, Parcels: len(parcels), Gone: m.Gone}
	if m.Gone && !m.SetBack() {
		ref.Left = m.Closed.In(r.Location())
	}
	out.Problem = ""
	out.Meanings = append(out.Meanings, pack.Meaning{Kind: pack.MeansManifest, Manifest: &ref})
	return err
}

// asParcel reads what people call a parcel, at a van or with nothing in hand: the number
// that stands on its label is typed where its bars cannot be read. One that is not
// closed yet is its order, which wants something.
func (r *Resolver) asParcel(ctx context.Context, s pack.State, e code, out *pack.Scanned) error {
	called := strings.TrimSpace(e.Data)
	if s.Phase != pack.Idle || out.Problem != "" || s.Loading != nil && len(out.Meanings) > 0 || !strings.Contains(called, "-") {
		return nil
	}
	one, several, err := r.parcelCalled(ctx, called)
	if one != nil {
		several = append(several, *one)
	}
	for _, ref := range several {
		packed := slices.Contains([]pack.ParcelState{pack.ParcelClosed, pack.ParcelHandedOut, pack.ParcelLoading, pack.ParcelOpening}, ref.State)
		switch {
		case packed, s.Loading != nil:
			addParcel(out, ref)
		case len(out.Meanings) == 0:
			out.Meanings = []pack.Meaning{{Kind: pack.MeansOrder, Orders: []pack.OrderHint{{ID: ref.Order, Number: ref.Number}}}}
		}
	}
	return err
}

// asReturn knows the number of a return, which is nothing to pack.
func (r *Resolver) asReturn(ctx context.Context, _ pack.State, e code, out *pack.Scanned) error {
	id, found := folder.CutPrefixFold(e.Data, folder.ReturnMark)
	if !found || len(out.Meanings) > 0 || out.Problem != "" {
		return nil
	}
	ref, err := r.ParcelNamed(ctx, id)
	if ref != nil {
		out.Problem = string(pack.ReasonReturn)
	}
	return err
}
