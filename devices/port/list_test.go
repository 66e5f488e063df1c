//go:build unix

package port

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestListPrefersLastingNames(t *testing.T) {
	dev := t.TempDir()
	for _, dir := range []string{"serial/by-id", "serial/by-path"} {
		if err := os.MkdirAll(filepath.Join(dev, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"ttyUSB0", "ttyUSB1", "ttyACM0", "tty1"} {
		if err := os.WriteFile(filepath.Join(dev, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for link, to := range map[string]string{
		"serial/by-id/usb-Maker_Scanner_1-if00": "../../ttyACM0",
		"serial/by-id/usb-gone":                 "../../ttyUSB9",
		"serial/by-path/pci-1":                  "../../ttyACM0",
		"serial/by-path/pci-2":                  "../../ttyUSB0",
	} {
		if err := os.Symlink(to, filepath.Join(dev, link)); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"serial/by-id/usb-Maker_Scanner_1-if00", "serial/by-path/pci-2", "ttyUSB1"}
	for i := range want {
		want[i] = filepath.Join(dev, want[i])
	}
	if got := list(dev); !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

func TestPortThatIsItsDevice(t *testing.T) {
	for name, want := range map[string]bool{"/dev/ttyACM7": true, "/dev/pts/3": true, "/dev/ttyUSB0": false, "COM3": false} {
		if got := (Serial{Name: name}).Proves(); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
