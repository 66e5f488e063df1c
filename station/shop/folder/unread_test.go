package folder

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// O4: a file whose columns nobody knows lies in error until somebody has said what they
// hold; put back, it is read under its own name, and takes no other file's place.
func TestO4AFileIsReadOnceItsColumnsAreKnown(t *testing.T) {
	w := newWorld(t, nil)
	var answer []byte
	w.answered = func(_ context.Context, headings string) ([]byte, error) {
		if headings != "beleg|teil|stk" {
			return nil, nil
		}
		return answer, nil
	}
	w.put("montag.csv", "Beleg,Teil,Stk\nB1,MUG,2\n", time.Hour)
	_, next, err := w.pull("")
	unread := w.Unread()
	if err == nil || w.names("") != "" || !strings.HasPrefix(filepath.Base(unread), "montag.2026") {
		t.Fatal(err, w.names(""), unread)
	}
	answer = []byte(`{"columns":{"order":"Beleg","sku":"Teil","qty":"Stk"},"file":"montag.csv"}`)
	w.put("montag.csv", head+row("W-1", "MUG", 1), 0)
	if err := w.PutBack(unread); err != nil || w.names("") != "montag 2.csv montag.csv" || w.names("error") != "" || w.Unread() != "" {
		t.Fatal(err, w.names(""), w.names("error"))
	}
	if orders, _, err := w.pull(next); err != nil || orders != "B1×2" {
		t.Error(orders, err)
	}
	if err := w.PutBack(filepath.Join(w.dir, "montag.csv")); err == nil {
		t.Error("a file that lies elsewhere was put back")
	}
}
