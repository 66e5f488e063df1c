package desktop

import (
	"context"
	"sync"
	"testing"
	"time"
)

// What a scan changed while the front asked whether somebody wrote is read as soon as
// that is answered, and not at the next tick.
func TestWhatComesWhileTheDatabaseIsAskedIsReadAtOnce(t *testing.T) {
	d := sampleShop(t)
	defer func() { _ = d.Close() }()
	f, err := New(t.Context(), d, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var group sync.WaitGroup
	defer group.Wait()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	f.Begin(ctx, &group, windowOf(&seenViews{}))
	begun := func(what string) { // there is no tick here
		t.Helper()
		for f.Stale || f.cache.reading {
			select {
			case <-f.Bell():
				f.Work()
				f.look()
			case <-time.After(10 * time.Second):
				t.Fatal("waited in vain for " + what)
			}
		}
	}
	f.Stale = true
	f.look()
	begun("the first reading")
	f.cache.again, f.cache.asked = time.Time{}, time.Time{}
	f.look()
	if !f.cache.reading {
		t.Fatal("nobody asks the database")
	}
	f.Stale = true
	f.look()
	begun("what came meanwhile")
}
