package carriersim

import (
	"fmt"
	"slices"
	"sync"
	"time"
)

// Label is one that was sold.
type Label struct {
	ID       string
	Ref      string // as who bought it calls it
	Tracking string
	Carrier  string // as this account calls it
	Service  string
	Minor    int64 // what it cost
	Currency string
	To       Address
	Grams    int
	At       time.Time
	Test     bool
	Voided   bool
	Closed   bool   // it stands on a manifest
	Order    string // number of the order that it shows
	Invoice  string // number of its invoice for customs
	Comments string // of that
	Pages    int    // of its paper, 0 for one
	plain    bool   // see Book.Plain
}

// Book is the ledger of an account: what is asked after every test.
type Book struct {
	mu      sync.Mutex
	labels  []*Label
	mishaps []Mishap
	serial  int
	plain   bool
}

// Plain has the labels that are sold from now on hold nothing but their number, for tests
// of many: a drawn one takes a hundred times as long.
func (b *Book) Plain() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.plain = true
}

// Sell adds a label.
func (b *Book) Sell(l Label) *Label {
	b.mu.Lock()
	defer b.mu.Unlock()
	sold := &l
	sold.plain = b.plain
	b.labels = append(b.labels, sold)
	return sold
}

// Serial returns a number that was not given before.
func (b *Book) Serial() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.serial++
	return b.serial
}

// Void takes a label back.
func (b *Book) Void(id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, l := range b.labels {
		if l.ID == id {
			l.Voided = true
		}
	}
}

// Close puts a label on a manifest.
func (b *Book) Close(id string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, l := range b.labels {
		if l.ID == id {
			l.Closed = true
		}
	}
}

// Labels returns all that were sold, as they are now.
func (b *Book) Labels() []Label {
	b.mu.Lock()
	defer b.mu.Unlock()
	out := make([]Label, len(b.labels))
	for i, l := range b.labels {
		out[i] = *l
	}
	return out
}

// Label returns the first that is as wanted.
func (b *Book) Label(is func(Label) bool) (Label, bool) {
	all := b.Labels()
	i := slices.IndexFunc(all, is)
	if i < 0 {
		return Label{}, false
	}
	return all[i], true
}

// Live returns those that were not taken back.
func (b *Book) Live() []Label {
	return slices.DeleteFunc(b.Labels(), func(l Label) bool { return l.Voided })
}

// Spent is what the live labels cost.
func (b *Book) Spent() (minor int64) {
	for _, l := range b.Live() {
		minor += l.Minor
	}
	return minor
}

// Next has the next purchases or refunds go wrong, each in one way.
func (b *Book) Next(m ...Mishap) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.mishaps = append(b.mishaps, m...)
}

// Take returns the next mishap if it is one of these, and forgets it; "" for none.
func (b *Book) Take(of ...Mishap) Mishap {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.mishaps) == 0 || !slices.Contains(of, b.mishaps[0]) {
		return ""
	}
	m := b.mishaps[0]
	b.mishaps = b.mishaps[1:]
	return m
}

// Token returns an id as interfaces make them.
func (b *Book) Token(prefix string) string { return fmt.Sprintf("%s%024x", prefix, b.Serial()) }
