package desktop

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"packbench/cmd/internal/bench"
	"packbench/devices"
	"packbench/devices/scanner"
	"packbench/devices/sim"
	"packbench/station/config"
	"packbench/station/screen"
)

// A scanner on a port of its own is set up through that port, by what it really
// sends, and no code of the sheet reaches the bench.
func TestScannersOnPortsAreSetUpByScanning(t *testing.T) {
	for kind, c := range map[string]struct {
		opts sim.ScannerOptions
		want func(config.Scanner) bool
	}{
		"serial": {
			sim.ScannerOptions{Prefix: "~", Suffix: "tab", AIM: true},
			func(s config.Scanner) bool { return s.Prefix == "~" && s.Suffix == "tab" && s.AIM && s.GS == "" },
		},
		"hid": {
			sim.ScannerOptions{},
			func(s config.Scanner) bool { return s.Prefix == "" && s.GS == "" },
		},
	} {
		t.Run(kind, func(t *testing.T) {
			c.opts.Kind, c.opts.Link = kind, filepath.Join(t.TempDir(), "scanner")
			gun, err := sim.NewScanner(c.opts)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = gun.Close() })
			d := newDesk(t, func(s *config.Settings) { s.Scanner.Kind, s.Scanner.Port = kind, gun.Path() })
			d.until("the scanner", func(screen.View) bool {
				return d.front.Live().Statuses()[bench.FirstScanner].Lamp == devices.Green
			})
			d.openDoctor()
			before := len(d.front.Bench.Engine.State().Recent)
			for i, line := range scanner.Sheet() {
				if err := gun.Scan([]byte(line.Data)); err != nil {
					t.Fatal(err)
				}
				d.until("a tick at line "+line.Title, func(v screen.View) bool {
					d.front.Turn(time.Now()) // nobody moves the window
					return v.Doctor != nil && v.Doctor.Lines[i].Done
				})
			}
			d.until("the findings", func(v screen.View) bool { return v.Doctor != nil && v.Doctor.Ready })
			if after := len(d.front.Bench.Engine.State().Recent); after != before {
				t.Error("a line of the sheet has reached the bench")
			}
			d.press(37, 39, 0) // Ctrl S
			d.until("the settings with what was kept", func(v screen.View) bool { return v.Settings != nil && strings.HasPrefix(v.Settings.Saved, "saved") })
			if s := d.kept().Scanner; !c.want(s) {
				t.Errorf("kept %+v", s)
			}
			d.until("the scanner to be open with what was kept", func(screen.View) bool {
				return d.front.Live().Statuses()[bench.FirstScanner].Lamp == devices.Green
			})
			if err := gun.Scan([]byte("1001")); err != nil {
				t.Fatal(err)
			}
			d.until("scans to count again", func(screen.View) bool { return d.front.Bench.Engine.State().Work != nil })
		})
	}
}
