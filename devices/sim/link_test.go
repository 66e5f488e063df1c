//go:build linux

package sim_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"packbench/devices/sim"
)

// What a person has under the name of the link, or beside it, stays as it is.
func TestALinkTakesNothingAway(t *testing.T) {
	dir := t.TempDir()
	kept := filepath.Join(dir, "kept")
	for _, name := range []string{kept, filepath.Join(dir, "gun.new")} {
		if err := os.WriteFile(name, []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	other := filepath.Join(dir, "other")
	if err := os.Symlink(kept, other); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{kept, other, dir} {
		if gun, err := sim.NewScanner(sim.ScannerOptions{Link: name}); err == nil {
			gun.Close()
			t.Errorf("%s was taken for a link", name)
		} else if !strings.Contains(err.Error(), "in the way") {
			t.Error(err)
		}
	}
	gun, err := sim.NewScanner(sim.ScannerOptions{Link: filepath.Join(dir, "gun")})
	if err != nil {
		t.Fatal(err)
	}
	gun.Close()
	for _, name := range []string{kept, other, filepath.Join(dir, "gun.new")} {
		if text, err := os.ReadFile(name); err != nil || string(text) != "mine" {
			t.Errorf("%s holds %q: %v", name, text, err)
		}
	}
}

func TestTwoSimulatorsDoNotShareALink(t *testing.T) {
	link := filepath.Join(t.TempDir(), "gun")
	first, err := sim.NewScanner(sim.ScannerOptions{Link: link})
	if err != nil {
		t.Fatal(err)
	}
	first.Unplug() // the link is gone, and still its own
	if second, err := sim.NewScanner(sim.ScannerOptions{Link: filepath.Dir(link) + "/./gun"}); err == nil {
		second.Close()
		t.Fatal("two simulators have one link")
	} else if !strings.Contains(err.Error(), "another simulated device") {
		t.Error(err)
	}
	if err := first.Replug(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(link); err != nil {
		t.Error(err)
	}
	first.Close()
	first.Close()
	if again, err := sim.NewScanner(sim.ScannerOptions{Link: link}); err != nil {
		t.Error(err)
	} else {
		again.Close()
	}
}

// A simulator that was killed leaves its link behind, and the number of its
// terminal may be somebody else's by now.
func TestTheLinkOfAKilledSimulatorIsTaken(t *testing.T) {
	other, err := sim.NewScanner(sim.ScannerOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	for _, left := range []string{"/dev/pts/987654", other.Path()} {
		link := filepath.Join(t.TempDir(), "gun")
		if err := os.Symlink(left, link); err != nil {
			t.Fatal(err)
		}
		gun, err := sim.NewScanner(sim.ScannerOptions{Link: link})
		if err != nil {
			t.Error(err)
			continue
		}
		if to, _ := os.Readlink(link); to == left {
			t.Errorf("the link still leads to %s", to)
		}
		gun.Close()
	}
}
