package say

import (
	"strings"
	"testing"

	"packbench/station/pack"
	"packbench/station/trouble"
)

// Each trouble of a printer is told in one good sentence: what is wrong, what to do
// about it, once, and what is next (L4).
func TestTroubleIsToldOnce(t *testing.T) {
	for _, c := range []struct{ words, waiting, ended string }{
		{
			"the printer has no labels or paper: Load the printer. It prints by itself then; do not print again.",
			"The label printer needs attention (the printer has no labels or paper): load the printer, and the label comes by itself.",
			"The label was not printed (the printer has no labels or paper): load the printer, then press Try again.",
		},
		{
			"the printer is off or out of reach: Switch the printer on and check its cable. It prints by itself then; do not print again.",
			"The label printer needs attention (the printer is off or out of reach): switch the printer on and check its cable, and the label comes by itself.",
			"The label was not printed (the printer is off or out of reach): switch the printer on and check its cable, then press Try again.",
		},
		{
			"the printer is paused: Press Pause or Resume on the printer, or resume its queue.",
			"The label printer needs attention (the printer is paused): press Pause or Resume on the printer, or resume its queue, and the label comes by itself.",
			"The label was not printed (the printer is paused): press Pause or Resume on the printer, or resume its queue, then press Try again.",
		},
		{
			"the printer has taken the job but nothing comes out: Look at the printer. Cancel the job there before you print again.",
			"The label printer needs attention (the printer has taken the job but nothing comes out): look at the printer, and the label comes by itself. Cancel the job there before you print again.",
			"",
		},
		{
			"the printer refused the job: Check the printer's queue and label size in the settings, then print again.",
			"",
			"The label was not printed (the printer refused the job): check the printer's queue and label size in the settings, then press Try again.",
		},
		{
			"the job was cancelled: Print again if the page is still wanted.",
			"",
			"The label was not printed (the job was cancelled): press Try again if the page is still wanted.",
		},
		{
			"the document is damaged, or the queue cannot read it: Print it again. If that fails too, create the document again.",
			"",
			"The label was not printed (the document is damaged, or the queue cannot read it): press Try again. If that fails too, create the document again.",
		},
		{
			"this label was made for another printer: Void it and make a new one.",
			"",
			"The label was not printed (this label was made for another printer): void it and make a new one.",
		},
		{
			"the document could not be written: no space left on device: Free space on the disk, then try again. It prints by itself then; do not print again.",
			"The label printer needs attention (the document could not be written: no space left on device): free space on the disk, and the label comes by itself.",
			"The label was not printed (the document could not be written: no space left on device): free space on the disk, then press Try again.",
		},
		{
			"the printer's memory is damaged: Switch the printer off and on. If that does not help, use another printer.",
			"The label printer needs attention (the printer's memory is damaged): switch the printer off and on, and the label comes by itself. If that does not help, use another printer.",
			"",
		},
		{
			"no answer", "The label printer needs attention (no answer): fix it, and the label comes by itself.", "The label was not printed (no answer): fix it, then press Try again.",
		},
		{"", "The label printer needs attention: fix it, and the label comes by itself.", "The label was not printed: fix it, then press Try again."},
	} {
		for waits, want := range map[bool]string{true: c.waiting, false: c.ended} {
			got := Message(pack.Verdict{Kind: pack.Refused, Code: pack.CodePrinterTrouble, Trouble: recorded(c.words), Waits: waits}, nil)
			if want != "" && got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
			if strings.Count(got, "ress Try again") > 1 || strings.Contains(got, "do not print again") || strings.Contains(got, "fix it") && c.words != "" && c.words != "no answer" {
				t.Errorf("said twice: %s", got)
			}
		}
	}
}

// Those of a paper, of a list and of a closed parcel's label.
func TestTroubleOfOtherPapersIsToldOnce(t *testing.T) {
	const off = "the printer is off: Switch it on."
	for want, v := range map[string]pack.Verdict{
		"The packing slip of 7-1 was not printed (the printer is off): switch it on, then ask for it again.":                               {Code: pack.CodePrinterTrouble, Paper: "slip", Parcel: "7-1"},
		"The packing slip of 7-1 is waiting (the printer is off): switch it on, and it comes by itself.":                                   {Code: pack.CodePaper, Paper: "slip", Parcel: "7-1"},
		"The list M-1 is not printed (the printer is off): switch it on, then try again.":                                                  {Code: pack.CodePrinterTrouble, Manifest: "M-1"},
		"The list M-1 is not printed yet (the printer is off): switch it on, and it comes by itself.":                                      {Code: pack.CodePrinterTrouble, Manifest: "M-1", Waits: true},
		"The label of parcel 7-1 was not printed again (the printer is off): switch it on, then scan the order and print the label again.": {Code: pack.CodePrinterTrouble, Closed: true, Parcel: "7-1"},
		"The label of parcel 7-1 is not printed again yet (the printer is off): switch it on, and the label comes by itself.":              {Code: pack.CodePrinterTrouble, Closed: true, Parcel: "7-1", Waits: true},
	} {
		v.Kind, v.Trouble = pack.Refused, recorded(off)
		if got := Message(v, nil); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// recorded is a trouble as journals of November 2026 say it.
func recorded(words string) trouble.Trouble {
	return pack.Upcast(pack.LabelTroubled{Old: words}).(pack.LabelTroubled).Trouble
}

// What was recorded as a sentence is shown as the trouble is today.
func TestTroublesOfOldJournalsReadTheSame(t *testing.T) {
	for _, code := range trouble.Codes() {
		now := trouble.New(code, "one", "two", "three")
		for _, byItself := range []bool{false, true} {
			now.ByItself = byItself
			then := recorded(now.String())
			switch code {
			case trouble.CarrierRefused, trouble.CarrierUnsure, trouble.CarrierUnsaid, trouble.QuoteStale, trouble.LabelUnreadable:
				continue // of a later time
			}
			if now.Advice() == "" || strings.Contains(now.Advice(), "Run:") || code == trouble.Recorded || code == trouble.Database { // of a later time
				continue
			}
			for _, waits := range []bool{false, true} {
				v := pack.Verdict{Kind: pack.Refused, Code: pack.CodePrinterTrouble, Waits: waits}
				v.Trouble = now
				is := Message(v, nil)
				v.Trouble = then
				if was := Message(v, nil); was != is {
					t.Errorf("%s\n is  %s\n was %s", code, is, was)
				}
			}
		}
	}
}
