// Package carrier owns the choice of a service for a parcel: rate cards as
// data, what each service asks for a parcel, when it arrives, and which one is
// taken (C1 to C3). It is pure: cards and a parcel in, quotes out. It must not
// know networks, labels or the packing machine.
//
// [LoadCards] reads a rate card file, [Merge] puts a newer file into the cards
// of a shop, and [Quotes] prices a [Parcel]: the chosen service first, each
// with a line that says why it won or lost. [Choose] does the same with quotes
// that come from elsewhere too.
//
// A rate card file is JSON, see [Format]. Masses and lengths are written with their unit ("2
// kg", "600 mm"), money as a decimal in the file's currency ("4.50"), so that
// nothing passes through a float.
package carrier

import (
	"slices"
	"strings"
	"time"

	"packbench/station/unit"
)

// Cards are all rate cards of a bench, in one currency.
type Cards struct {
	Currency string
	Carriers []Carrier
	// Unsound is why nobody should take in the file that they were loaded from: a card
	// that is in use already still counts. Warnings are what somebody should look at.
	Unsound, Warnings Faults
}

// Carrier finds a carrier by its id.
func (c Cards) Carrier(id string) (found Carrier, ok bool) {
	return first(c.Carriers, func(c Carrier) bool { return c.ID == id })
}

// Called finds a carrier by its id or its name, in any case.
func (c Cards) Called(word string) (found Carrier, ok bool) {
	return first(c.Carriers, func(c Carrier) bool { return strings.EqualFold(c.ID, word) || strings.EqualFold(c.Name, word) })
}

// NameOf is what people call a carrier: as its rate card says, else by its word.
func (c Cards) NameOf(id string) string {
	if known, ok := c.Carrier(id); ok && known.Name != "" {
		return known.Name
	}
	return Named(id)
}

// Service finds a service by its id.
func (c Carrier) Service(id string) (found Service, ok bool) {
	return first(c.Services, func(s Service) bool { return s.ID == id })
}

func first[T any](of []T, is func(T) bool) (found T, ok bool) {
	i := slices.IndexFunc(of, is)
	if i < 0 {
		return found, false
	}
	return of[i], true
}

// Carrier is one carrier and its calendar.
type Carrier struct {
	ID          string
	Name        string
	Sample      bool // invented: its labels say that they are no postage
	Tracking    Tracking
	Zone        *time.Location
	WorkingDays [7]bool  // by time.Weekday
	Holidays    []string // nothing moves: "2026-12-24", or "12-25" for every year
	// HolidaysAt are days on which nothing is collected or delivered in a country or a
	// place, by its code; Public are public holidays, WorksOn those that do not count.
	HolidaysAt  map[string][]string
	Public      Public
	WorksOn     []string
	Reliability int // per mille on time, before the bench has a history
	Services    []Service
	// JSON is the carrier's part of the file, compacted: the same card gives
	// the same bytes.
	JSON []byte

	days *calendar
}

// Public says whose public holidays a carrier keeps: codes of
// [packbench/station/holiday.Known].
type Public struct {
	Origin       string   // where parcels leave; "" nobody's
	Destinations []string // countries where they arrive; "*" all that are known
}

// Tracking is how the carrier's tracking numbers look: prefix, so many digits
// of a serial number, a check digit unless Check is "none", suffix.
type Tracking struct {
	Name   string
	Prefix string
	Digits int
	Check  string // see Checks
	Suffix string
	Cover  bool   // the check digit covers the prefix too
	First  uint64 // of the serial numbers that the carrier gave to the shop; 0: from 1
	Last   uint64 // 0: as many as the digits hold
}

// Service is one way to send a parcel. Several of one id differ in From; the
// newest that has begun counts.
type Service struct {
	ID            string
	Name          string
	From          string               // first day, "2026-01-01"; "" always
	To            string               // last day; "" for ever
	CutOff        int                  // minutes after midnight, the carrier's time
	CutOffs       map[time.Weekday]int // of days that have another; -1: nobody collects
	MaxMass       unit.Mass
	MaxSize       unit.Size   // zero: no limit; edges are compared sorted
	MaxGirth      unit.Length // length and girth together; 0: no limit
	EdgeStep      unit.Length // edges are rounded up to this before anything is compared; 0: not
	Divisor       int64       // cubic millimetres that bill as one kilogram; 0: actual mass only
	DimOverVolume int64       // thousandths of cubic millimetres above which the dimensional mass counts
	DimOverMass   unit.Mass   // actual mass above which it counts
	Step          unit.Mass   // billed mass is rounded up to this; 0: not
	FuelPermille  int
	Dangerous     bool        // takes dangerous goods
	Customs       string      // papers at a border: "cn23", with an invoice; "invoice", alone; "" as value and mass ask for
	Reliability   int         // per mille; 0: the carrier's
	LateCost      int64       // what each day late costs the shop; 0: not said
	Lost          int         // parcels of a million that are lost or damaged
	Liability     int64       // what the carrier pays for one of them
	Signs         bool        // somebody signs for each parcel
	Surcharges    []Surcharge // by their order
	Minimum       int64       // of the price before tax
	Taxes         []Tax       // the first that fits
	Excludes      Excludes
	MayFall       bool // prices may fall as the mass grows
	Zones         []Zone

	zones    *zones // of Zones, made once
	excluded *index
	dim      ratio // milligrams that a thousandth of a cubic millimetre bills as, where it is no Divisor
	steps    ratio // Step exactly, in milligrams
}

// Surcharge is an amount on top, when all of its conditions hold.
type Surcharge struct {
	Name        string
	Minor       int64
	Percents    []Percent // of all that has a lower order, instead of Minor; by their first day
	Group       string    // of a group only the highest counts; "": none
	Order       int
	OverMass    unit.Mass   // billed mass above this; 0: any
	OverLength  unit.Length // longest edge above this; 0: any
	OverWidth   unit.Length // second longest edge
	OverGirth   unit.Length // length and girth together
	OverVolume  int64       // thousandths of cubic millimetres
	Residential bool        // only where people live
	Dangerous   bool        // only dangerous goods
	Countries   []string    // nil: any
	Areas       []Area      // nil: any
	From, To    string      // first and last day, "2026-10-05" or "10-05" of every year
	Fuelled     bool        // the fuel surcharge is taken on it too

	index *index
}

// Percent is a percent from a day on.
type Percent struct {
	From  string // "": from the beginning
	Share int64  // hundred thousandths
}

// Tax is a percent on the whole price.
type Tax struct {
	Percent   int64    // hundred thousandths
	Countries []string // nil: any
}

// Excludes is where a service does not go.
type Excludes struct {
	POBoxes  bool
	Military bool // APO, FPO, DPO, BFPO
	Areas    []Area
}

// Zone is an area with its prices.
type Zone struct {
	ID          string
	Origins     []Area // where the parcel leaves; nil: anywhere
	Areas       []Area // where it goes
	TransitDays int    // working days
	Breaks      []Break
}

// Area is a country or a place with a code of its own, or the part of it whose
// postcodes begin with a prefix, as [packbench/station/country.KeyOfBegin] writes
// it, or that lie in a range. Country "*" is every country that no other area names.
type Area struct {
	Country   string
	Postcodes []string // with no Ranges either: the whole country
	Ranges    []Span
	Except    []Span
}

// Break is the price of a billed mass not over Upto.
type Break struct {
	Upto  unit.Mass
	Minor int64
}

// Parcel is what is to be sent.
type Parcel struct {
	Country     string // ISO 3166 alpha-2
	Postcode    string
	Place       string    // where that lies, see [packbench/station/country.Place]; "" is the country
	POBox       bool      // it is a box at a post office
	Residential bool      // people live there, or nobody knows
	From        Where     // where the parcel leaves; zero: not known
	Mass        unit.Mass // gross
	Outer       unit.Size // zero: not known; then it is not compared
	At          time.Time // now
	Promise     time.Time // promised to the customer; its day counts; zero: nothing promised
	Service     string    // wished service by id or name, "" for any; see Paid
	Dangerous   bool
	Danger      string     // what is dangerous in it, in words, where that is known
	Value       unit.Money // of the contents; zero: not known
	Currency    string     // that prices are compared in; "": that of the cards
	LateCost    int64      // what each day late costs the shop; 0: as the services say
	// LostPerMillion is how many parcels of a million are lost, of services that do not
	// say it.
	LostPerMillion int
	// Paid are the services that keep what the order has paid for, by id or name, where
	// the shop has a name of its own for it.
	Paid  []string
	Rules []Ruled // of the shop, as far as they hold for this parcel, in their order
	// History is what the shop has seen of carriers on the way to this address; nil: as
	// they say themselves.
	History History
	// Numbers is what is left of the carriers' tracking numbers, by carrier; of
	// one that is not named there are enough.
	Numbers map[string]Numbers
}

// Where is a place that parcels leave or reach.
type Where struct {
	Country  string // ISO 3166 alpha-2
	Postcode string
	Place    string // see [packbench/station/country.Place]; "" is the country
}

// History knows which share of a service's parcels is on time, per mille, where the
// service says said of itself.
type History interface {
	OnTime(carrier, service string, said int) int
}

// Numbers is what is left of a carrier's tracking numbers.
type Numbers struct {
	Left uint64
	Low  bool // it is time to ask for more
}

// Term is one part of a sum.
type Term struct {
	Name  string `json:"name"`
	Minor int64  `json:"minor"`
}

// Score is the expected cost of a service (C3): its price, the cost of being late
// times how likely that is, and what is lost on the way times how likely that is.
type Score struct {
	Minor int64  `json:"minor"`
	Terms []Term `json:"terms"`
}

// Card is the source of quotes that come from the shop's own rate cards.
const Card = "card"

// Quote is what one service asks for the parcel.
type Quote struct {
	Source      string // Card, or the id of the account that was asked
	Service     string
	Name        string
	Carrier     string
	CarrierName string
	Billed      unit.Mass
	Price       unit.Money
	Breakdown   []Term    // adds up to Price
	Ships       time.Time // day of collection, midnight in the carrier's zone
	Promise     time.Time // day of arrival, midnight in the carrier's zone; zero: not said
	Reliability int       // per mille on time; 0: not known
	Allowed     bool
	Keeps       bool // arrives by the promised day
	// What the score counts with, beside the price: what a day late costs, 0 where it
	// is not said; parcels of a million that are lost; what the carrier pays for one.
	LateCost       int64
	LostPerMillion int
	Liability      int64
	Signs          bool // somebody signs for each parcel; of cards
	Score          Score
	learnt         bool     // Reliability is what the shop has seen
	Rules          []string // of the shop that have to do with it, by their names
	Chosen         bool
	Rank           int       // among those that may stand in for each other, 1 for the chosen one; 0: none
	Reason         string    // one line: why it won, why it lost
	QuoteID        string    // of an account that numbers its prices
	Expires        time.Time // zero: not said
	Unanswered     bool      // the account did not answer in time
}
