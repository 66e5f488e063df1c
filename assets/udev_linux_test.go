package assets_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"

	"packbench/assets"
)

const udevadm = "/usr/bin/udevadm"

// house is a folder in which udev finds nothing but our rules and made-up
// devices: its own program reads the one and judges the other, and nothing of
// this computer is looked at or changed.
type house struct {
	*testing.T
	root string
}

// needed ends a test that cannot be run here. Nothing is left out where CI is set.
func needed(t *testing.T, words string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatal(words)
	}
	t.Skip(words)
}

func newHouse(t *testing.T, rules []byte) *house {
	t.Helper()
	h := &house{t, t.TempDir()}
	for _, program := range []string{udevadm, "/usr/bin/od"} {
		if _, err := os.Stat(program); err != nil {
			needed(t, program+" is not there; on Debian: apt install udev coreutils")
		}
		libraries, err := exec.Command("ldd", program).Output()
		if err != nil {
			t.Fatalf("ldd %s: %v", program, err)
		}
		for _, file := range append(regexp.MustCompile(`/[^ \n]+`).FindAllString(string(libraries), -1), program) {
			h.bring(file)
		}
	}
	h.write("etc/udev/rules.d/60-packbench.rules", rules)
	h.write("dev/null", nil)
	return h
}

// bring copies a file of this computer to the same place in the house.
func (h *house) bring(file string) {
	h.Helper()
	from, err := os.Open(file)
	if err != nil {
		h.Fatal(err)
	}
	defer from.Close()
	to := filepath.Join(h.root, file)
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		h.Fatal(err)
	}
	copied, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o755)
	if err == nil {
		_, err = io.Copy(copied, from)
		err = errors.Join(err, copied.Close())
	}
	if err != nil {
		h.Fatal(err)
	}
}

func (h *house) write(file string, data []byte) {
	h.Helper()
	file = filepath.Join(h.root, file)
	err := os.MkdirAll(filepath.Dir(file), 0o755)
	if err == nil {
		err = os.WriteFile(file, data, 0o644)
	}
	if err != nil {
		h.Fatal(err)
	}
}

// link makes a link within the house's /sys.
func (h *house) link(from, to string) {
	h.Helper()
	if err := os.MkdirAll(filepath.Join(h.root, to), 0o755); err != nil {
		h.Fatal(err)
	}
	rel, err := filepath.Rel(filepath.Dir(from), to)
	if err == nil {
		err = os.Symlink(rel, filepath.Join(h.root, from))
	}
	if err != nil {
		h.Fatal(err)
	}
}

// plug makes up a device of USB with these numbers and one of a subsystem below
// it, and returns its path.
func (h *house) plug(vendor, product, subsystem, name, descriptor string) string {
	const usb = "sys/devices/usb1/1-1"
	h.write(usb+"/uevent", []byte("DEVTYPE=usb_device\n"))
	h.write(usb+"/idVendor", []byte(vendor+"\n"))
	h.write(usb+"/idProduct", []byte(product+"\n"))
	h.link(usb+"/subsystem", "sys/bus/usb")
	parent := usb + "/1-1:1.0/0001"
	h.write(parent+"/report_descriptor", []byte(descriptor))
	h.write(parent+"/uevent", nil)
	device := parent + "/" + subsystem + "/" + name
	h.write(device+"/uevent", []byte("MAJOR=240\nMINOR=0\nDEVNAME="+name+"\n"))
	h.link(device+"/subsystem", "sys/class/"+subsystem)
	h.link(device+"/device", parent)
	return "/" + device
}

// udev returns what udev says when it reads the rules and judges a device.
func (h *house) udev(action, device string) string {
	h.Helper()
	cmd := exec.Command(udevadm, "test", "--action="+action, device)
	cmd.Dir, cmd.Env = "/", []string{"SYSTEMD_DEVICE_VERIFY_SYSFS=0", "SYSTEMD_LOG_LEVEL=debug", "PATH=/usr/bin", "LC_ALL=C"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Chroot: h.root}
	if os.Getuid() != 0 {
		cmd.SysProcAttr.Cloneflags = syscall.CLONE_NEWUSER
		cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}}
		cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}}
	}
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		needed(h.T, "udev cannot be shut into a folder here: "+err.Error())
	}
	if !strings.Contains(out.String(), "Reading rules file: /etc/udev/rules.d/60-packbench.rules") {
		h.Fatalf("udev did not read the rules:\n%s", &out)
	}
	return out.String()
}

// complaints are what udev says of the rules while it reads them; what it says
// of a device begins with that.
func complaints(said string) []string {
	return slices.DeleteFunc(strings.Split(said, "\n"), func(line string) bool {
		return !strings.HasPrefix(line, "/etc/udev/rules.d/60-packbench.rules:")
	})
}

// withExamples makes rules of the examples in comments.
func withExamples(rules string) []byte {
	return regexp.MustCompile(`(?m)^#([A-Z])`).ReplaceAll([]byte(rules), []byte("$1"))
}

// udev itself reads the rules, the examples among them, and finds no fault; in
// broken ones it does.
func TestUdevReadsTheRules(t *testing.T) {
	rules := string(assets.UdevRules())
	h := newHouse(t, withExamples(rules))
	if c := complaints(h.udev("add", "/sys/devices/none")); len(c) > 0 {
		t.Error(strings.Join(c, "\n"))
	}
	for name, change := range brokenRules() {
		h.write("etc/udev/rules.d/60-packbench.rules", withExamples(strings.Replace(rules, change[0], change[1], 1)))
		if len(complaints(h.udev("add", "/sys/devices/none"))) == 0 {
			t.Errorf("%s: udev does not mind", name)
		}
	}
}

// What udev makes of devices as they are plugged in.
func TestUdevGivesDevicesToThePersonAtTheScreen(t *testing.T) {
	const scale, pos, keyboard = "\x05\x8d\x09\x20", "\x05\x8c\x09\x02", "\x05\x01\x09\x06"
	const given, ignored = "CURRENT_TAGS=:uaccess:", "ID_MM_DEVICE_IGNORE=1"
	for _, c := range []struct {
		what, action, vendor, product, subsystem, name, descriptor string
		want, lacked                                               []string
	}{
		{"a DYMO scale", "add", "0922", "8004", "hidraw", "hidraw3", scale, []string{given, "0660"}, []string{ignored}},
		{"a scale that nobody named", "add", "1234", "5678", "hidraw", "hidraw0", scale, []string{given, "0660"}, nil},
		{"a scanner that nobody named", "add", "1234", "5678", "hidraw", "hidraw0", pos, []string{given, "0660"}, nil},
		{"a keyboard", "add", "1234", "5678", "hidraw", "hidraw0", keyboard, nil, []string{"uaccess", "0660"}},
		{"another DYMO device", "add", "0922", "0001", "hidraw", "hidraw0", keyboard, nil, []string{"uaccess", "0660"}},
		{"a scanner as a COM port", "add", "05e0", "1701", "tty", "ttyACM0", "", []string{ignored, "ID_MM_PORT_IGNORE=1"}, []string{"uaccess"}},
		{"a CH340", "add", "1a86", "7523", "tty", "ttyUSB0", "", []string{ignored}, nil},
		{"a modem", "add", "1199", "68a3", "tty", "ttyUSB0", "", nil, []string{"IGNORE"}},
		{"a keyboard's keys", "add", "05e0", "1200", "input", "event5", "", nil, []string{"uaccess", "LIBINPUT"}},
		{"a scale that is pulled", "remove", "0922", "8004", "hidraw", "hidraw3", scale, nil, []string{"uaccess", "0660"}},
	} {
		h := newHouse(t, assets.UdevRules())
		said := h.udev(c.action, h.plug(c.vendor, c.product, c.subsystem, c.name, c.descriptor))
		if !strings.Contains(said, "SUBSYSTEM="+c.subsystem) {
			t.Fatalf("%s: udev does not see the device:\n%s", c.what, said)
		}
		for _, want := range c.want {
			if !strings.Contains(said, want) {
				t.Errorf("%s: not %s:\n%s", c.what, want, said)
			}
		}
		for _, lacked := range c.lacked {
			if strings.Contains(said, lacked) {
				t.Errorf("%s: %s:\n%s", c.what, lacked, said)
			}
		}
	}
}

// The line that reads a report descriptor gives what the rule compares.
func TestUdevProgramReadsADescriptor(t *testing.T) {
	found := regexp.MustCompile(`PROGRAM=="([^ ]+) ([^"]*) %S%p/device/report_descriptor"`).FindSubmatch(assets.UdevRules())
	if found == nil {
		t.Fatal("no rule reads a descriptor")
	}
	file := filepath.Join(t.TempDir(), "report_descriptor")
	if err := os.WriteFile(file, []byte("\x05\x8d\x09\x20\xa1\x01"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(string(found[1]), append(strings.Fields(string(found[2])), file)...).Output()
	if err != nil || strings.TrimSpace(string(out)) != "05 8d" {
		t.Errorf("%q, %v", out, err)
	}
}
