package engine

import (
	"slices"
	"sync"
)

type message struct {
	raw  Raw
	done chan Update
}

// inbox is a queue without an end: a scan is never dropped because a disk is
// slow.
type inbox struct {
	mu      sync.Mutex
	waiting []message
	ready   chan struct{}
}

func (b *inbox) put(m message) {
	b.mu.Lock()
	b.waiting = append(b.waiting, m)
	b.mu.Unlock()
	b.ring()
}

func (b *inbox) putFirst(m message) {
	b.mu.Lock()
	b.waiting = slices.Insert(b.waiting, 0, m)
	b.mu.Unlock()
	b.ring()
}

func (b *inbox) ring() {
	select {
	case b.ready <- struct{}{}:
	default:
	}
}

func (b *inbox) take() (message, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.waiting) == 0 {
		b.waiting = nil
		return message{}, false
	}
	m := b.waiting[0]
	b.waiting[0] = message{}
	b.waiting = b.waiting[1:]
	return m, true
}
