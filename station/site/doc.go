// Package site owns what the buyer reads once a parcel has left (T3, R1): the static page of
// a parcel, the page that the code on its outside leads to, the form that announces a
// return, and the words of the news. Each page is one HTML file: no script, no picture,
// nothing of others, nothing that tells who reads it, and it is whole without a network.
//
// What stands on a page was seen here or said by the carrier, and says when: nothing is
// guessed. [Page] has a name that nobody guesses, see [Token]; the [Outside] of a parcel is
// read by drivers, neighbours and finders and never holds contents, a name, an address, an
// order or a price.
//
//	html, err := site.Page(parcel, site.Shop{Name: "Example", Zone: zone}, book.In("de"))
//
// It must not know where pages are kept, send anything, or ask what time it is.
package site

import (
	"crypto/rand"
	"strings"
	"time"

	"packbench/station/phrases"
	"packbench/station/track"
)

// Parcel is what is known of a parcel. What is not known is zero, and not spoken of.
type Parcel struct {
	Order   string // its number; never outside
	SSCC    string
	N, Of   int // which of how many parcels of its order; Of 0: nobody knows how many
	Packed  time.Time
	Scanned bool // each piece of it was
	Weighed bool // on a scale, beside that
	Pieces  int

	Carrier, Service string // their names
	Tracking         string
	Handed           time.Time   // to the carrier
	Promised, Since  time.Time   // for this day, and when that was said
	State            track.State // where it is, as far as its carrier says it
	StateAt          time.Time   // since when
	Heard            time.Time   // when that was heard last
	Until            time.Time   // last day to fetch it
	Late             bool        // later than promised

	Form     string    // address of the form of a return, "" for none
	ReturnBy time.Time // last day to announce one
	Gone     time.Time // the page is deleted then
}

// Shop is who sends.
type Shop struct {
	Name  string
	Email string // where buyers and finders write to
	Phone string
	Zone  *time.Location
	Now   time.Time // the page is written at
}

// Token returns a name for a page that cannot be guessed and says nothing: more than 128
// random bits.
func Token() string { return strings.ToLower(rand.Text()) }

// voice is a language with a clock.
type voice struct {
	phrases.Language
	zone *time.Location
}

func (v voice) in(t time.Time) time.Time {
	if v.zone == nil {
		return t
	}
	return t.In(v.zone)
}

// day writes a day; one without a time of day, such as a promised one, is the same in all zones.
func (v voice) day(t time.Time) string {
	return v.Say("%d %s %d", t.Day(), v.Phrase(t.Format("Jan")), t.Year())
}

// at writes a time by the shop's clock, and whose clock that is.
func (v voice) at(t time.Time) string {
	t = v.in(t)
	return v.day(t) + ", " + t.Format("15:04 MST")
}
