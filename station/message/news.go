package message

import (
	"time"

	"packbench/station"
	"packbench/station/pack"
)

// Kind is a kind of news. Targets choose by it.
type Kind string

// The kinds, each in the order in which messages have it.
const (
	Lock     Kind = "lock"     // a bench waits for a supervisor
	Override Kind = "override" // a weight or a date was accepted by somebody who may
	Unknown  Kind = "unknown"  // nobody can tell whether a label was bought
	Failover Kind = "failover" // another carrier took a parcel
	Label    Kind = "label"    // a label that does not come, or is on the wrong box
	Stopped  Kind = "stopped"  // a shop refused what it was told
	Stock    Kind = "stock"    // two counts found another number than the ledger
	Weight   Kind = "weight"   // a parcel was off its expected weight
	Short    Kind = "short"    // a line left without all its units
	Shift    Kind = "shift"    // the digest at the end of a shift
)

// kind is what people call a kind: one, and many.
type kind struct {
	Kind
	one, many string
	often     bool // too often to be sent unless somebody asks for it
}

var kinds = []kind{
	{Lock, "bench locked", "benches locked", false},
	{Override, "override", "overrides", false},
	{Unknown, "purchase not known", "purchases not known", false},
	{Failover, "carrier replaced", "carriers replaced", false},
	{Label, "label trouble", "label troubles", false},
	{Stopped, "entry refused by a shop", "entries refused by shops", false},
	{Stock, "stock difference", "stock differences", false},
	{Weight, "weight off", "weights off", true},
	{Short, "short line", "short lines", true},
	{Shift, "shift ended", "shifts ended", false},
}

// Kinds are all of them.
func Kinds() []Kind { return chosen(func(kind) bool { return true }) }

// Usual are those that a target gets where nothing else is chosen.
func Usual() []Kind { return chosen(func(k kind) bool { return !k.often }) }

func chosen(is func(kind) bool) (out []Kind) {
	for _, k := range kinds {
		if is(k) {
			out = append(out, k.Kind)
		}
	}
	return out
}

// News is one thing that happened. Its fields are ids and codes.
type News struct {
	Kind    Kind      `json:"kind"`
	At      time.Time `json:"at"`
	Station string    `json:"station,omitempty"`
	By      string    `json:"by,omitempty"` // who stood at the bench
	Author  string    `json:"author,omitempty"`
	Order   string    `json:"order,omitempty"`
	Parcel  string    `json:"parcel,omitempty"`
	SKU     string    `json:"sku,omitempty"`
	Bin     string    `json:"bin,omitempty"`
	Carrier string    `json:"carrier,omitempty"`
	From    string    `json:"from,omitempty"` // the service that was replaced
	To      string    `json:"to,omitempty"`
	Qty     int       `json:"qty,omitempty"`
	Code    string    `json:"code,omitempty"`
	Case    string    `json:"case,omitempty"`
	Digest  *Digest   `json:"digest,omitempty"`
}

// Digest is a shift that is over, in figures.
type Digest struct {
	Name    string   `json:"name"`
	Figures []Figure `json:"figures"`
	Look    []string `json:"look,omitempty"` // at what somebody should
}

// Figure is a number with its name.
type Figure struct {
	Name string `json:"name"`
	N    string `json:"n"`
}

// ofCases are the kinds of those cases that are news.
var ofCases = map[string]Kind{
	"override": Override, "weight": Weight, "label": Label, "void": Label, "short": Short, "count": Stock, "shop": Stopped,
}

// Of returns the news in the facts of a row, by whom it was decided and when. order is
// the one in hand, for facts that name none.
func Of(at time.Time, station, by, order string, facts []pack.Fact) (out []News) {
	add := func(n News) {
		n.At, n.Station = at.UTC(), station
		if n.By == "" {
			n.By = by
		}
		if n.Order == "" && n.Parcel != "" {
			n.Order = order
		}
		out = append(out, n.short())
	}
	for _, f := range facts {
		switch f := f.(type) {
		case pack.CaseOpened:
			if n, is := ofCase(f); is {
				add(n)
			}
		case pack.LockedUp:
			add(News{Kind: Lock})
		case pack.FailedOver:
			add(News{Kind: Failover, Parcel: f.Parcel, From: f.From, To: f.To, Code: string(f.Why.Code)})
		case pack.Judged:
			if v := f.Verdict; v.Code == pack.CodeLabelWaiting && v.Kind == pack.Refused {
				n := News{Kind: Label, Order: v.Order, Parcel: v.Parcel, Code: string(v.Code)}
				if !v.Trouble.None() {
					n.Code = string(v.Trouble.Code)
				}
				add(n)
			}
		}
	}
	return out
}

func ofCase(f pack.CaseOpened) (n News, is bool) {
	n = News{
		Kind: ofCases[f.Kind], Order: f.Order, Parcel: f.Parcel, SKU: f.SKU, By: f.By, Author: f.Author, Qty: f.Qty, Code: string(f.Code), Case: f.Case,
	}
	switch {
	case f.Kind == "carrier" && f.Code == pack.CodePurchaseUnknown:
		n.Kind, n.Carrier = Unknown, f.Scanned
	case f.Kind == "count":
		n.Bin = f.Scanned
	}
	return n, n.Kind != ""
}

// mostOfField is how long an id may be in a message.
const mostOfField = 60

// short bounds what comes from files and shops, and leaves nothing in it that is not seen.
func (n News) short() News {
	for _, text := range []*string{
		&n.Station, &n.By, &n.Author, &n.Order, &n.Parcel, &n.SKU, &n.Bin, &n.Carrier, &n.From, &n.To, &n.Code, &n.Case,
	} {
		*text = station.OneLine(*text, mostOfField)
	}
	return n
}
