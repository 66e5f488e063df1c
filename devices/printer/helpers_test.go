package printer

import (
	"strings"
	"testing"
	"time"
)

const testMedia = "na_index-4x6_4x6in"

// wants fails unless the result has the state and says the words.
func wants(t *testing.T, r Result, err error, state State, words string) {
	t.Helper()
	if err != nil || r.State != state || !strings.Contains(r.Trouble.Wrong(), words) {
		t.Fatalf("%+v, %v; want %v, %q", r, err, state, words)
	}
}

// until asks after a job as the bench does, until it has the state.
func until(t *testing.T, p Printer, name string, state State) {
	t.Helper()
	eventually(t, name+" "+state.String(), func() bool {
		r, err := p.Lookup(t.Context(), name)
		if err == nil && r.State != state && !r.State.Waiting() {
			t.Fatalf("%+v; want %v", r, state)
		}
		return err == nil && r.State == state
	})
}

func eventually(t *testing.T, what string, true func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !true(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s is not ready after 20 s", what)
		}
	}
}
