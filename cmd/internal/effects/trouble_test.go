package effects

import (
	"strings"
	"testing"

	"packbench/cmd/internal/papers"
	"packbench/devices/printer"
	"packbench/station/pack"
	"packbench/station/say"
)

// Whatever a printer has to say, the packer reads it once: what is wrong in
// brackets, and what to do about it behind (L4).
func TestThePackerReadsEachTroubleOnce(t *testing.T) {
	for state := range printer.State(32) {
		result := printer.Told(state)
		if result.Trouble.Advice() == "" || state == printer.Unknown || result.Trouble.Wrong() == printer.Told(printer.Unknown).Trouble.Wrong() {
			continue
		}
		for _, waits := range []bool{true, false} {
			e, ok := told(pack.Effect{ID: "S1.1.1", Document: pack.Document{Kind: pack.DocumentLabel, Of: "1-1"}}, papers.Sheet{}, result, !waits).(pack.Printed)
			if !ok || e.State != pack.PrintTrouble {
				t.Fatalf("%s: %+v", result.Trouble.Wrong(), e)
			}
			v := pack.Verdict{Kind: pack.Refused, Code: pack.CodePrinterTrouble, Parcel: "1-1", Trouble: e.Trouble, Waits: waits}
			got := say.Message(v, nil)
			in, behind, _ := strings.Cut(got, "): ")
			if !strings.HasSuffix(in, "("+result.Trouble.Wrong()) || behind == "" || strings.Contains(got, "fix it") || strings.Contains(got, "do not print again") {
				t.Errorf("%s", got)
			}
			if waits != strings.Contains(behind, "comes by itself") || waits == strings.Contains(strings.ToLower(behind), "press try again") {
				t.Errorf("waits %v: %s", waits, got)
			}
		}
	}
	other := pack.Verdict{Kind: pack.Refused, Code: pack.CodePrinterTrouble, Trouble: troubleOf(errOtherPrinter)}
	if got := say.Message(other, nil); got != "The label was not printed (this label was made for another printer): void it and make a new one." {
		t.Error(got)
	}
}
