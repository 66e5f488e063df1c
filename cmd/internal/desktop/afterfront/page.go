// Package afterfront is the window's page of the parcels that need somebody since they
// left, each with what shows it and what can be done.
//
// A [Page] belongs to the goroutine of the front's Run; what it asks of the room of
// aftercare, it asks in the background. It must not judge a parcel itself, or ask a carrier.
package afterfront

import (
	"cmp"
	"context"
	"errors"
	"strconv"
	"time"

	"packbench/cmd/internal/aftercare"
	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/desktop/shell"
	"packbench/station/cases"
	"packbench/station/people"
	"packbench/station/say"
	"packbench/station/screen"
	"packbench/station/store"
)

// aPage is how many parcels the list shows at a time.
const aPage = 20

// Selections of the page, in the shell.
const (
	selectedParcel = "left"
	selectedPage   = "left-page" // from 0
)

// Page is that of the parcels that need somebody.
type Page struct {
	*shell.Shell
	room *aftercare.Room
	read parcels
	busy string // the parcel that something is done with
}

// New returns the page; it reads nothing yet.
func New(s *shell.Shell) *Page { return &Page{Shell: s, room: aftercare.New(s.Folder)} }

// wish is what the page wants of the database.
type wish struct {
	page   int
	chosen string
}

// parcels is what the page shows, all of one reading.
type parcels struct {
	of    wish
	list  []screen.AfterParcel
	shown *screen.AfterParcel
	all   int
	heard time.Time
	known bool
}

// Opened begins with the most urgent parcel.
func (p *Page) Opened() {
	p.read, p.busy = parcels{}, ""
	delete(p.Selected, selectedParcel)
	delete(p.Selected, selectedPage)
}

func (p *Page) wants() wish {
	page, _ := strconv.Atoi(p.Selected[selectedPage])
	return wish{max(page, 0), p.Selected[selectedParcel]}
}

// Reading reads one page of the list, and the parcel beside it.
func (p *Page) Reading() shell.Reading {
	want, room := p.wants(), p.room
	return func(ctx context.Context, _ say.Names) (func(), error) {
		got, err := readParcels(ctx, room, want)
		return func() {
			if want != p.wants() {
				p.Stale = true
				return
			}
			p.read = got
			p.Selected[selectedPage] = strconv.Itoa(got.of.page)
			delete(p.Selected, selectedParcel)
			if got.shown != nil { // it stays in front of the person
				p.Selected[selectedParcel] = got.shown.ID
			}
			p.read.of = p.wants()
		}, err
	}
}

func readParcels(ctx context.Context, room *aftercare.Room, want wish) (parcels, error) {
	all, err := room.Exceptions(ctx)
	if err != nil {
		return parcels{}, err
	}
	out := parcels{of: want, all: len(all), known: true}
	if out.heard, err = room.Store.LastHeard(ctx); err != nil {
		return out, err
	}
	if want.page*aPage >= len(all) { // the last ones cleared themselves meanwhile
		out.of.page = max(len(all)-1, 0) / aPage
	}
	first := out.of.page * aPage
	zone := room.Location()
	for i, e := range all {
		here := i >= first && i < first+aPage
		if !here && e.Parcel != want.chosen {
			continue
		}
		shown := parcelShown(e, zone)
		if here {
			out.list = append(out.list, shown)
		}
		if e.Parcel == want.chosen {
			out.shown = &shown
		}
	}
	if out.shown == nil && len(out.list) > 0 { // none was chosen, or it needs nobody any more
		shown := out.list[0]
		out.shown = &shown
	}
	if s := out.shown; s != nil { // with the carrier's words
		standing, err := room.Store.Standing(ctx, s.ID, s.Tracking)
		switch {
		case err == nil:
			s.Standing = standing
		case !errors.Is(err, store.ErrUnknown):
			return out, err
		}
	}
	return out, nil
}

func parcelShown(e aftercare.Exception, zone *time.Location) screen.AfterParcel {
	p := screen.AfterParcel{
		Found: e.Found, ID: e.Parcel, Name: e.Called(), Order: cmp.Or(e.Number, e.Order), Carrier: e.Carrier, Service: e.Service, Tracking: e.Tracking, SSCC: e.SSCC,
		Mass: e.Mass, Handed: e.Handed, Promised: e.Promised, Asked: e.Asked, Standing: e.Standing, Question: e.Question(zone),
		ClaimUntil: e.Claim.Until, ClaimSoon: e.Claim.Soon, ClaimOver: e.Claim.Over,
	}
	if v := e.Van; v != nil {
		p.Van, p.Driver, p.VanParcels, p.VanNotScanned = v.ID, v.Driver, v.Parcels, v.Silent
	}
	return p
}

// View is the page.
func (p *Page) View(frame screen.Frame) screen.View {
	r := p.read
	frame.Unread = !r.known
	in := screen.AfterInputs{Frame: frame, Parcels: r.list, All: r.all, First: r.of.page * aPage, APage: aPage, Shown: p.shown(), Heard: r.heard, Said: p.Said}
	in.Busy = in.Shown != nil && in.Shown.ID == p.busy
	return screen.After(in)
}

// shown is the parcel on the right: the one that was touched, at once.
func (p *Page) shown() *screen.AfterParcel {
	touched := p.wants().chosen
	if s := p.read.shown; s != nil && s.ID == touched {
		return s
	}
	for i := range p.read.list {
		if p.read.list[i].ID == touched {
			return &p.read.list[i]
		}
	}
	return p.read.shown
}

// Act carries out what a person touched on the page. What was meant for another parcel
// than the one that is shown does nothing.
func (p *Page) Act(in screen.Intent) {
	s := p.shown()
	if in.Kind != screen.IntentAfter || p.Page != screen.PageAfter || !p.May(people.Cases) || s == nil || s.ID != in.Name {
		return
	}
	of := screen.About("left", s.ID)
	switch {
	case in.Value == screen.AfterCopy:
		p.Copy(s.Question)
		p.Say(of, p.Language().Phrase("The text to the carrier is in the clipboard"))
	case in.Value == screen.AfterAsked && p.busy == "":
		p.busy = s.ID
		parcel, room := s.ID, p.room
		p.AtDesk(func(ctx context.Context, _ desk.Desk, who cases.Asker) error {
			return room.BuyerAsked(ctx, parcel, who.Person.ID)
		}, func(err error) {
			p.busy = ""
			words := p.Language().Phrase("Noted: its buyer wants to know where it is")
			if err != nil {
				words = say.Sentence(shell.FirstLine(err))
			}
			p.Say(of, words)
		})
	}
}
