package pack

import (
	"reflect"
	"testing"

	"packbench/station/trouble"
)

// TestSentencesOfOld: what is wrong and what to do are taken apart, so that they
// are told as they were.
func TestSentencesOfOld(t *testing.T) {
	said := func(words, wrong, do, more string) trouble.Trouble {
		return trouble.New(trouble.Recorded, words, wrong, do, more)
	}
	written := func(why string, fix trouble.Fix, byItself bool) trouble.Trouble {
		t := trouble.New(trouble.NotWritten, why)
		t.Fix, t.ByItself = fix, byItself
		return t
	}
	for words, want := range map[string]trouble.Trouble{
		"": {},
		"taken back, because the order is on hold":                           trouble.New(trouble.OrderHeld),
		"taken back, because the order is cancelled":                         trouble.New(trouble.OrderCancelled),
		"this label was made for another printer: Set the old one up again.": trouble.New(trouble.OtherPrinter),
		"jam":                                    said("jam", "jam", "", ""),
		"tray 1: jam":                            said("tray 1: jam", "tray 1: jam", "", ""),
		"tray 1: ":                               said("tray 1: ", "tray 1: ", "", ""),
		"tray: jam: Open the cover.":             said("tray: jam: Open the cover.", "tray: jam", "Open the cover", ""),
		"jam: Ask: nobody knows":                 said("jam: Ask: nobody knows", "jam", "Ask: nobody knows", ""),
		"jam: Open it: Zip it up":                said("jam: Open it: Zip it up", "jam: Open it", "Zip it up", ""),
		"jam: Add paper. It is in the cupboard.": said("jam: Add paper. It is in the cupboard.", "jam", "Add paper", "It is in the cupboard."),
		"jam: Open it, then print again.":        said("jam: Open it, then print again.", "jam", "Open it", ""),
		"jam: Open it, then try again.":          said("jam: Open it, then try again.", "jam", "Open it", ""),
		"jam: Print it again.":                   said("jam: Print it again.", "jam", "{{Print it again}}", ""),
		"jam: Print again. It comes soon.":       said("jam: Print again. It comes soon.", "jam", "{{Print again}}", "It comes soon."),
		"no paper: Load it. It prints by itself then; do not print again.":                                              said("no paper: Load it. It prints by itself then; do not print again.", "no paper", "Load it", ""),
		"the document could not be written: disk full: Free space there. It prints by itself then; do not print again.": written("disk full", trouble.FreeSpace, true),
		"the document could not be written: no folder: Mend the folder.":                                                written("no folder", trouble.MendFolder, false),
		"the document could not be written: odd":                                                                        written("odd", "", false),
	} {
		if got := recorded(words); !reflect.DeepEqual(got, want) {
			t.Errorf("%q:\ngot  %+v\nwant %+v", words, got, want)
		}
	}
}
