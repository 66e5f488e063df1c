package screen

import (
	"strings"
	"testing"

	"packbench/station/pack"
)

// What comes by itself is told so, and what does not is told to be tried again:
// nobody may wait for a label that never comes (L4).
func TestTroubleSaysWhetherTheLabelComesByItself(t *testing.T) {
	for words, again := range map[string]bool{
		"the printer has no labels or paper: Load the printer. It prints by itself then; do not print again.":                       false,
		"the printer is off or out of reach: Switch the printer on and check its cable.":                                            false,
		"the document could not be written: no space left on device: Free space on the disk, then try again.":                       true,
		"the printer refused the job: Check the printer's queue and label size in the settings, then print again.":                  true,
		"the job was cancelled: Print again if the page is still wanted.":                                                           true,
		"the document could not be written: not a directory: Mend the folder for documents, or choose another one, then try again.": true,
	} {
		s, ok := sayPrinter(pack.Verdict{Kind: pack.Refused, Code: pack.CodePrinterTrouble, Reason: words}, nil)
		if !ok || strings.Contains(s.Step, "try again") != again || strings.Contains(s.Step, "by itself") == again {
			t.Errorf("%s: %+v", words, s)
		}
		if fix := troubleFix(words); strings.Contains(fix, "Try again") != again {
			t.Errorf("%s: the page says %q", words, fix)
		}
	}
	if fix := troubleFix("the document could not be written: no space left on device: x"); !strings.Contains(fix, "Free space") {
		t.Errorf("a full disk: %q", fix)
	}
}
