package effects

import (
	"errors"
	"strings"
	"testing"

	"packbench/cmd/internal/papers"
	"packbench/devices/printer"
	"packbench/station/pack"
	"packbench/station/say"
	"packbench/station/store"
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

// An order whose row the disk has changed says what helps, and not that the screen
// asks for something first.
func TestAnAlteredOrderSaysWhatHelps(t *testing.T) {
	refused := pack.Verdict{Kind: pack.Refused, Code: pack.CodeNotNow, Order: "1001", Trouble: failure(pack.EffectOpen, store.Damage{What: "order 1001", Kind: store.AlteredImport})}
	got := say.Message(refused, nil)
	if !strings.Contains(got, "order 1001: it is not what was imported: the disk has changed it)") || !strings.Contains(got, "): import its file again") ||
		strings.Contains(got, "asks first") || strings.Count(got, "Import its file")+strings.Count(got, "import its file") != 1 {
		t.Error(got)
	}
	other := pack.Verdict{Kind: pack.Refused, Code: pack.CodeNotNow, Trouble: failure(pack.EffectOpen, errors.New("line cut"))}
	if got := say.Message(other, nil); !strings.HasSuffix(got, ": do what the screen asks first.") {
		t.Error(got)
	}
}
