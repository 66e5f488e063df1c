package shell

import (
	"testing"

	"packbench/cmd/internal/folder"
	"packbench/station/screen"
)

// What is said of a page's work stands on that page: it may end after somebody went on
// to another one.
func TestANoticeStandsOnItsOwnPage(t *testing.T) {
	s := New(&folder.Folder{})
	s.Open(screen.PageShift)
	s.Say(screen.PageCases, "resolved")
	if s.Notice != "" {
		t.Errorf("the shift book says %q", s.Notice)
	}
	s.Say(screen.PageShift, "written")
	if s.Notice != "written" {
		t.Errorf("the shift book says %q, want that it is written", s.Notice)
	}
}
