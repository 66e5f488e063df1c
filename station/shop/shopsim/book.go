package shopsim

import (
	"slices"
	"strconv"
	"sync"
	"time"
)

// The states of an order in a book.
const (
	Open      = "open"
	Unpaid    = "unpaid"
	Held      = "held"
	Cancelled = "cancelled"
	Done      = "done" // nothing of it is to be sent any more
)

// Book is the state of a simulated shop: orders with lines and parcels, and what
// customers and the owner do with them. A simulated shop that embeds one has all of
// [Backend] but the interface itself and the key. Mu is held while an answer is made.
type Book struct {
	Mu  sync.Mutex
	Opt Options

	faults  Faults
	last    int64
	entries []*Entry
	stock   map[string]int
	mails   int
}

// Entry is one order.
type Entry struct {
	ID                int64
	Number, State     string
	Reason            string // why it is held
	Created, Modified time.Time
	To                Address
	Service, Note     string
	Reference         string
	Lines             []*EntryLine
	Sent              []*EntryParcel
	past              []Entry
}

// EntryLine is a line with how many are wanted still, those that left among them.
type EntryLine struct {
	Line
	ID         int64
	Want, Gone int
}

// Rest is how many are to be sent.
func (l *EntryLine) Rest() int { return max(0, l.Want-l.Gone) }

// EntryParcel is what left at once.
type EntryParcel struct {
	ID                     int64
	Key, Tracking, Carrier string
	Units                  map[int64]int // by line
	At                     time.Time
}

// NewBook returns an empty one, whose ids begin above first.
func NewBook(o Options, first int64) *Book {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Currency == "" {
		o.Currency = "EUR"
	}
	return &Book{Opt: o, last: first, stock: map[string]int{}}
}

// Faults of the connection.
func (b *Book) Faults() *Faults { return &b.faults }

// Set is empty.
func (b *Book) Set() map[string]string { return nil }

// Next is a new id.
func (b *Book) Next() int64 { b.last++; return b.last }

// Place takes an order.
func (b *Book) Place(o Order) string {
	b.Mu.Lock()
	defer b.Mu.Unlock()
	now := b.Opt.Clock().UTC()
	e := &Entry{ID: b.Next(), Number: o.Number, State: Open, Created: now, Modified: now, To: o.To, Service: o.Service, Note: o.Note, Reference: o.Reference}
	if e.Number == "" {
		e.Number = strconv.FormatInt(e.ID, 10)
	}
	if o.Unpaid {
		e.State = Unpaid
	}
	for _, l := range o.Lines {
		e.Lines = append(e.Lines, &EntryLine{Line: l, ID: b.Next(), Want: l.Qty})
		if _, known := b.stock[l.SKU]; !known {
			b.stock[l.SKU] = 100
		}
	}
	b.entries = append(b.entries, e)
	return strconv.FormatInt(e.ID, 10)
}

// Entries are all orders, by rising id.
func (b *Book) Entries() []*Entry { return b.entries }

// Find returns an order by its id as text, nil for none.
func (b *Book) Find(id string) *Entry {
	i := slices.IndexFunc(b.entries, func(e *Entry) bool { return strconv.FormatInt(e.ID, 10) == id })
	if i < 0 {
		return nil
	}
	return b.entries[i]
}

// Listed is an order as lists show it, which lag behind: nil where they do not yet.
func (b *Book) Listed(e *Entry) *Entry {
	until := b.Opt.Clock().Add(-b.Opt.Lag)
	if !e.Modified.After(until) {
		return e
	}
	for _, p := range slices.Backward(e.past) {
		if !p.Modified.After(until) {
			return &p
		}
	}
	return nil
}

// Touch notes that an order changes now.
func (b *Book) Touch(e *Entry) {
	old := *e
	old.past, old.Lines, old.Sent = nil, nil, slices.Clone(e.Sent)
	for _, l := range e.Lines {
		line := *l
		old.Lines = append(old.Lines, &line)
	}
	e.past = append(e.past, old)
	e.Modified = b.Opt.Clock().UTC()
}

// Send has some of an order leave; units are by line. It looks at nothing.
func (b *Book) Send(e *Entry, p EntryParcel) *EntryParcel {
	b.Touch(e)
	p.ID, p.At = b.Next(), b.Opt.Clock().UTC()
	for _, l := range e.Lines {
		l.Gone += p.Units[l.ID]
	}
	e.Sent = append(e.Sent, &p)
	b.end(e)
	return &p
}

// Mail counts one to a customer.
func (b *Book) Mail() { b.mails++ }

// All are the units that are to be sent of an order.
func (e *Entry) All() map[int64]int {
	out := map[int64]int{}
	for _, l := range e.Lines {
		if n := l.Rest(); n > 0 && !l.Virtual {
			out[l.ID] = n
		}
	}
	return out
}

func (b *Book) end(e *Entry) {
	if len(e.All()) == 0 && len(e.Sent) > 0 && e.State != Cancelled {
		e.State = Done
	}
}

func (b *Book) alter(id string, do func(e *Entry)) {
	b.Mu.Lock()
	defer b.Mu.Unlock()
	if e := b.Find(id); e != nil {
		b.Touch(e)
		do(e)
		b.end(e)
	}
}

// Cancel cancels what has not left.
func (b *Book) Cancel(id string) {
	b.alter(id, func(e *Entry) {
		if e.State == Done {
			return
		}
		if len(e.Sent) == 0 {
			e.State = Cancelled
			return
		}
		for _, l := range e.Lines {
			l.Want = l.Gone
		}
	})
}

// Hold stops an order.
func (b *Book) Hold(id, reason string) {
	b.alter(id, func(e *Entry) {
		if e.State == Open {
			e.State, e.Reason = Held, reason
		}
	})
}

// Release lets it go on.
func (b *Book) Release(id string) {
	b.alter(id, func(e *Entry) {
		if e.State == Held || e.State == Unpaid {
			e.State, e.Reason = Open, ""
		}
	})
}

// Change sets how many of a line are wanted.
func (b *Book) Change(id string, line, qty int) {
	b.alter(id, func(e *Entry) {
		if line < len(e.Lines) && e.State != Done && e.State != Cancelled {
			e.Lines[line].Want = max(qty, e.Lines[line].Gone)
		}
	})
}

// Refund takes units off that have not left.
func (b *Book) Refund(id string, line, qty int) {
	b.alter(id, func(e *Entry) {
		if line < len(e.Lines) && e.State != Done && e.State != Cancelled {
			l := e.Lines[line]
			l.Want = max(l.Want-qty, l.Gone)
		}
	})
}

// SendElsewhere ships what remains by somebody else's hand.
func (b *Book) SendElsewhere(id, tracking string) {
	b.Mu.Lock()
	defer b.Mu.Unlock()
	if e := b.Find(id); e != nil && e.State == Open && len(e.All()) > 0 {
		b.Send(e, EntryParcel{Tracking: tracking, Carrier: "DHL", Units: e.All()})
	}
}

// Parcels of an order that stand.
func (b *Book) Parcels(id string) []Parcel {
	b.Mu.Lock()
	defer b.Mu.Unlock()
	e := b.Find(id)
	if e == nil {
		return nil
	}
	var out []Parcel
	for _, p := range e.Sent {
		units := map[string]int{}
		for _, l := range e.Lines {
			if n := p.Units[l.ID]; n > 0 {
				units[l.SKU] += n
			}
		}
		out = append(out, Parcel{Tracking: p.Tracking, Units: units})
	}
	return out
}

// Mails is how many went to customers.
func (b *Book) Mails() int {
	b.Mu.Lock()
	defer b.Mu.Unlock()
	return b.mails
}

// Stock is how many there are of a product.
func (b *Book) Stock(sku string) int {
	b.Mu.Lock()
	defer b.Mu.Unlock()
	return b.stock[sku]
}

// SetStock changes it.
func (b *Book) SetStock(sku string, n int) {
	b.Mu.Lock()
	defer b.Mu.Unlock()
	b.stock[sku] = n
}
