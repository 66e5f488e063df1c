package shell

import (
	"testing"

	"packbench/cmd/internal/folder"
	"packbench/station/screen"
)

// What is said of a case stands with that case: it may be done after somebody went on
// to another one. (V4)
func TestV4ANoticeStandsWithItsOwnSubject(t *testing.T) {
	s := New(&folder.Folder{})
	s.Say(screen.About("case", "S1.7"), "resolved")
	if got := s.Said.On(screen.About("case", "S1.8")); got != "" {
		t.Errorf("another case is %s", got)
	}
	if got := s.Said.On(screen.About("case", "S1.7")); got != "resolved" {
		t.Errorf("its own case says %q", got)
	}
	s.Open(screen.PageCases)
	if got := s.Said.On(screen.About("case", "S1.7")); got != "" {
		t.Errorf("a page that is opened again says %q", got)
	}
}
