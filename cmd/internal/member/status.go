package member

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/desks"
	"packbench/station/cases"
	"packbench/station/hub"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/store"
)

// Status is how a hub and the folders of it stand.
type Status struct {
	Address string // without a password
	Station string
	Told    int64 // rows and changes of this folder that the hub was not told of
	Writers []Writer
	Claims  []Held
	Numbers []store.InHand // that this bench may give without the hub
	Runner  hub.Lease      // who speaks to shops and to the team; no holder for nobody
	Set     hub.Lease      // who changed the shop's settings last, and when
	// Unkept are rows that the hub has and this folder cannot keep, some of UnkeptAll.
	Unkept    []store.Unkept
	UnkeptAll int64
	// Overruled are changes that were made here and do not count, because another folder
	// changed the same first: the last ones, of OverruledAll.
	Overruled    []store.Overruled
	OverruledAll int
	Err          error // why the hub cannot be asked; nil where all is well
}

// Held is an order or a return that a station holds.
type Held struct {
	hub.Claim
	Of string // order of the parcel that came back
}

// Return reports whether it is a return.
func (h Held) Return() bool { return h.Kind == hub.ReturnClaim }

// Writer is one chain.
type Writer struct {
	Writer string
	Seq    int64 // at the hub
	Behind int64 // rows of it that are not there, where this folder writes it; else that are not here
	Heard  time.Time
}

// Ask tells how the folder and its hub stand now. Where the hub is away the rest is what
// this folder knows.
func Ask(ctx context.Context, d *folder.Folder, env func(string) string) (Status, error) {
	m, member, err := store.Known(d.Store.Member(ctx))
	if err != nil {
		return Status{}, err
	}
	if !member {
		return Status{}, ErrAlone
	}
	s := Status{Address: d.Settings.Hub.Address, Station: m.Station}
	if s.Told, err = d.Store.CountShared(ctx); err != nil {
		return s, err
	}
	if err := s.inHand(ctx, d); err != nil {
		return s, err
	}
	if err := s.disagrees(ctx, d); err != nil {
		return s, err
	}
	own := ownChains(m)
	h, err := open(d, env)
	if err != nil {
		s.Err = err
		return s, nil
	}
	defer h.Close()
	about, err := h.About(ctx)
	if err == nil && about.ID != m.Hub {
		err = &hub.Trouble{Kind: hub.OtherHub}
	}
	var places []hub.Place
	if err == nil {
		places, err = h.Writers(ctx)
	}
	if err == nil {
		err = s.held(ctx, d, h)
	}
	if err == nil {
		err = s.about(ctx, h)
	}
	if err != nil {
		s.Err = err
		return s, nil
	}
	for _, p := range places {
		head, err := d.Store.Head(ctx, p.Writer)
		if err != nil {
			return s, err
		}
		w := Writer{Writer: p.Writer, Seq: p.Seq, Heard: p.Heard, Behind: p.Seq - head.Seq}
		for _, mine := range own {
			if mine == p.Writer {
				w.Behind = head.Seq - p.Seq
				s.Told += max(w.Behind, 0)
			}
		}
		w.Behind = max(w.Behind, 0)
		s.Writers = append(s.Writers, w)
	}
	return s, nil
}

// inHand counts the numbers that this bench has.
func (s *Status) inHand(ctx context.Context, d *folder.Folder) error {
	ranges, err := d.AllRanges(ctx)
	if err == nil {
		s.Numbers, err = d.Store.NumbersInHand(ctx, s.Station, ranges)
	}
	return err
}

// held asks what all stations hold.
func (s *Status) held(ctx context.Context, d *folder.Folder, h *hub.Hub) error {
	all, err := h.Held(ctx)
	if err != nil {
		return err
	}
	for _, c := range all {
		one := Held{Claim: c}
		if one.Return() {
			p, known, err := store.Known(d.Store.ParcelBySSCC(ctx, c.Key))
			if err != nil {
				return err
			}
			if known {
				one.Of = p.Order
			}
		}
		s.Claims = append(s.Claims, one)
	}
	return nil
}

// about asks who speaks to shops, and who changed the settings.
func (s *Status) about(ctx context.Context, h *hub.Hub) error {
	leases, err := h.Leases(ctx)
	for _, l := range leases {
		if l.Name == hub.RunnerLease && !l.Over {
			s.Runner = l
		}
	}
	if err == nil {
		s.Set.Holder, s.Set.Since, err = h.KeptBy(ctx, settingsKey)
	}
	return err
}

// disagrees tells what this folder and the hub do not agree on.
func (s *Status) disagrees(ctx context.Context, d *folder.Folder) (err error) {
	const named = 5
	if s.Unkept, s.UnkeptAll, err = d.Store.Unkept(ctx, named); err != nil {
		return err
	}
	s.Overruled, err = d.Store.Overruled(ctx, 0, 0)
	s.OverruledAll = len(s.Overruled)
	s.Overruled = s.Overruled[max(0, s.OverruledAll-named):]
	return err
}

// Verify checks every row that the hub has of all chains, also against those of this folder.
func Verify(ctx context.Context, d *folder.Folder, env func(string) string) ([]hub.Verified, error) {
	if _, member, err := store.Known(d.Store.Member(ctx)); err != nil {
		return nil, err
	} else if !member {
		return nil, ErrAlone
	}
	h, err := open(d, env)
	if err != nil {
		return nil, err
	}
	defer h.Close()
	return h.Verify(ctx, d.Store)
}

// Release frees what a station holds at the hub, or one order or return, from whoever holds
// it; a return is named by its label. It returns the ids of the orders, and labels. That it was done stands in the desk's journal, as a case.
func Release(ctx context.Context, d *folder.Folder, who cases.Asker, what, reason string, env func(string) string) ([]string, error) {
	fact, err := cases.ReleaseClaims(who, what, reason)
	if err != nil {
		return nil, err
	}
	if _, err := d.Store.Member(ctx); errors.Is(err, store.ErrUnknown) {
		return nil, ErrAlone
	} else if err != nil {
		return nil, err
	}
	fact.Orders, err = release(ctx, d, what, env)
	if err != nil {
		return nil, err
	}
	return fact.Orders, opened(ctx, d, fact, pack.CaseOpened{Kind: cases.KindClaim, Code: cases.CodeClaimsReleased, Scanned: what, By: who.Person.ID})
}

// opened writes a word of the desk and a case of it.
func opened(ctx context.Context, d *folder.Folder, word pack.Event, c pack.CaseOpened) error {
	writer, err := desks.Chain(ctx, d.Store)
	if err != nil {
		return err
	}
	return d.Decide(ctx, func() (pack.Event, []pack.Fact, error) {
		head, err := d.Store.Head(ctx, writer)
		c.Case = journal.ID(writer, head.Seq+1)
		return word, []pack.Fact{word, c}, err
	})
}

// clash has a supervisor look at an order that two benches have begun, once for each bench
// that has it.
func clash(ctx context.Context, d *folder.Folder, order, parcel, other string) error {
	known, err := d.Store.Cases(ctx, store.CaseFilter{Kind: cases.KindClaim, Order: order})
	if err != nil || slices.ContainsFunc(known, func(c store.Case) bool { return c.Scanned == other && c.Parcel == parcel }) {
		return err
	}
	return opened(ctx, d, cases.ClaimClashed{Order: order, Parcel: parcel, Other: other}, pack.CaseOpened{Kind: cases.KindClaim, Code: cases.CodeClaimClash, Order: order, Parcel: parcel, Scanned: other})
}

// returned has a supervisor look at a return that another bench has open, too; where none
// has, that it was opened without the hub needs no looking at any more.
func returned(ctx context.Context, d *folder.Folder, p store.Parcel, other string) error {
	if other != "" {
		return clash(ctx, d, p.Order, p.ID, other)
	}
	return granted(ctx, d, p.Order, p.SSCC)
}

// dockFor is how long after a van was begun it is looked for in another one.
const dockFor = 3 * 24 * time.Hour

// loadedTwice has a supervisor look at parcels that stand in the vans of two stations, as
// the chains say: of two folders the one with the first name does.
func loadedTwice(ctx context.Context, d *folder.Folder, station string) error {
	twice, err := d.Store.LoadedTwice(ctx, station, d.Clock().Add(-dockFor))
	for _, t := range twice {
		if err != nil {
			return err
		}
		if t.Other < station {
			continue
		}
		var known []store.Case
		known, err = d.Store.Cases(ctx, store.CaseFilter{Kind: cases.KindClaim, Order: t.Order})
		if err == nil && !slices.ContainsFunc(known, func(c store.Case) bool { return c.Code == cases.CodeLoadedTwice && c.Parcel == t.Parcel }) {
			err = opened(ctx, d, cases.ClaimClashed{Order: t.Order, Parcel: t.Parcel, Other: t.Other},
				pack.CaseOpened{Kind: cases.KindClaim, Code: cases.CodeLoadedTwice, Order: t.Order, Parcel: t.Parcel, Scanned: t.Other})
		}
	}
	return err
}

// granted closes the case of an order, or of a return by its label, that was opened without
// the hub: nobody else has it.
func granted(ctx context.Context, d *folder.Folder, order, label string) error {
	open, err := d.Store.Cases(ctx, store.CaseFilter{State: store.CaseOpen, Kind: cases.KindClaim, Order: order})
	for _, c := range open {
		if c.Code == pack.CodeHubAway && c.Scanned == label {
			err = errors.Join(err, d.AtDesk(ctx, cases.CaseResolved{Case: c.Case, Reason: cases.AnswerGranted}))
		}
	}
	return err
}

func release(ctx context.Context, d *folder.Folder, what string, env func(string) string) ([]string, error) {
	h, err := open(d, env)
	if err != nil {
		return nil, err
	}
	defer h.Close()
	places, err := h.Writers(ctx)
	if err != nil {
		return nil, err
	}
	station, order := "", what
	for _, p := range places {
		if p.Writer == what {
			station, order = what, ""
		}
	}
	held, err := h.Held(ctx)
	if err != nil {
		return nil, err
	}
	back := station == "" && slices.ContainsFunc(held, func(c hub.Claim) bool { return c.Kind == hub.ReturnClaim && c.Key == what })
	if station == "" && !back {
		called, err := d.Store.OrdersCalled(ctx, what)
		switch {
		case err != nil:
			return nil, err
		case len(called) > 1:
			return nil, fmt.Errorf("several shops have an order %s: name the shop with it, such as %s", what, called[0].ID)
		case len(called) == 1:
			order = called[0].ID
		}
	}
	var freed []string
	if back {
		freed, err = h.ReleaseReturn(ctx, what)
	} else {
		freed, err = h.Release(ctx, station, order)
	}
	if hub.KindOf(err) == hub.NoRights {
		return nil, errors.New(`this folder may not release what others hold: join it with "packctl hub join --desk"`)
	}
	if err == nil && len(freed) == 0 {
		return nil, fmt.Errorf("nothing of %s is claimed at the hub", what)
	}
	return freed, err
}

// Without is the address of the hub without this folder's login.
func (s Status) Without() string {
	u, err := url.Parse(s.Address)
	if err != nil {
		return ""
	}
	u.User = nil
	return u.String()
}

// Shown is an address as it may be shown.
func Shown(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Redacted()
}
