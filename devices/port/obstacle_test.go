//go:build linux

package port

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

const rulesFix = "packctl doctor --udev | sudo tee /etc/udev/rules.d/60-packbench.rules >/dev/null && sudo udevadm control --reload && sudo udevadm trigger"

func TestListSaysWhatStandsInTheWay(t *testing.T) {
	c := newComputer(t)
	c.tty(xenon, 0, "ttyACM0", "")
	c.tty(adapter, 0, "ttyUSB0", "")
	c.tty(another, 0, "ttyUSB1", "")
	c.hidraw(dymo, 0, "hidraw0", scaleDescriptor, "")
	c.keyboard(symbol, 0, "event7", keyboardKeys, "")
	for _, name := range []string{"ttyUSB0", "ttyUSB1", "hidraw0", "input/event7"} {
		c.denied[filepath.Join(c.dev, name)] = true
	}
	c.groups[filepath.Join(c.dev, "ttyUSB1")] = "tty"
	c.groups[filepath.Join(c.dev, "input/event7")] = "input"
	c.process(77, "ModemManager")
	own := func(rule, file string) string {
		return "echo '" + rule + `, MODE="0660", TAG+="uaccess"' | sudo tee /etc/udev/rules.d/61-packbench-` + file +
			".rules >/dev/null && sudo udevadm control --reload && sudo udevadm trigger"
	}
	want := []string{
		"ModemManager mistakes this device for a modem and writes to it: Run: " + rulesFix +
			" and plug the device in again. If that does not help, run: sudo systemctl disable --now ModemManager",
		"no permission to use the port: Run: sudo usermod -aG dialout $USER, then sign out and in again.",
		"no permission to use the port: Run: " + own(`SUBSYSTEM=="tty", ATTRS{idVendor}=="1a86", ATTRS{idProduct}=="7523"`, "1a86-7523"),
		"no permission to use the device: Run: " + rulesFix,
		"no permission to use the device: Run: " + own(`SUBSYSTEM=="input", KERNEL=="event*", ATTRS{idVendor}=="05e0", ATTRS{idProduct}=="1200"`, "05e0-1200"),
	}
	check := func() {
		t.Helper()
		plugged, err := c.list()
		c.must(err)
		for i, p := range plugged {
			got := ""
			if p.Trouble != nil {
				got = p.Trouble.Wrong() + ": " + p.Trouble.Advice()
			}
			if got != want[i] {
				t.Errorf("%s:\n%s\nwant:\n%s", p.Path, got, want[i])
			}
			if strings.Contains(got, "usermod -aG input") {
				t.Error("nobody may be told to join the group that reads every keyboard")
			}
		}
	}
	check()

	for _, number := range []string{word(c.sys, "class/tty/ttyACM0/dev"), word(c.sys, "bus/usb/devices/1-2.3/dev")} {
		mark := filepath.Join(c.run, "udev/data/c"+number)
		c.write(mark, "I:123\nE:ID_BUS=usb\nE:ID_MM_DEVICE_IGNORE=1\n")
		want[0] = ""
		check()
		c.must(os.Remove(mark))
	}
	c.must(os.RemoveAll(filepath.Join(c.proc, "77")))
	check()

	// Who has it open; this program itself stands in nobody's way here.
	path := filepath.Join(c.dev, "ttyACM0")
	c.process(os.Getpid(), "packbench", path)
	check()
	c.process(4242, "screen", "/dev/null", path)
	want[0] = "another program uses the port: Close screen (process 4242), or choose another port in the device settings."
	check()
}

func TestAdapterThatBrlttyHasTaken(t *testing.T) {
	c := newComputer(t)
	c.plug(adapter, 0)
	c.expect() // without a port, and nobody to blame
	const seized = "serial usb:1a86:7523  USB2.0-Serial ! the program brltty has taken this adapter for a braille display ! " +
		"Run: sudo apt remove brltty, then plug the adapter in again."
	c.process(12, "brltty")
	c.expect(seized)
	_, err := Serial{Name: "usb:1a86:7523", on: c.machine}.Open()
	if trouble := Explain(err); !strings.Contains(trouble.Advice(), "apt remove brltty") || !errors.Is(trouble, fs.ErrNotExist) {
		t.Errorf("explained as %+v", trouble)
	}
	_, err = Serial{Name: "usb:0c2e:0b6a", on: c.machine}.Open()
	if trouble := Explain(err); trouble.Wrong() != "unplugged" {
		t.Errorf("another device: %+v", trouble)
	}
	c.must(os.RemoveAll(filepath.Join(c.proc, "12")))
	c.write(filepath.Join(c.rules[0], "85-brltty.rules"), "")
	c.expect(seized)
	c.tty(adapter, 0, "ttyUSB0", "")
	c.expect("serial usb:1a86:7523 /ttyUSB0 USB2.0-Serial")
}

func TestDeviceThatIsNotPluggedInIsToldFromThoseThatAre(t *testing.T) {
	c := newComputer(t)
	c.tty(xenon, 0, "ttyACM0", "")
	_, err := Serial{Name: "usb:1a86:7523", on: c.machine}.Open()
	trouble := Explain(err)
	if trouble.Wrong() != "unplugged" || !errors.Is(err, fs.ErrNotExist) ||
		!strings.HasSuffix(trouble.Advice(), " Plugged in now: Honeywell Xenon 1900, serial number 17123B0A5C (usb:0c2e:0b6a:17123B0A5C). "+
			"If it is one of these, choose it in the device settings.") {
		t.Errorf("explained as %+v", trouble)
	}
	c.unplug("1-2.3", "ttyACM0")
	_, err = Serial{Name: "usb:1a86:7523", on: c.machine}.Open()
	if trouble := Explain(err); trouble.Advice() != "Plug the cable in. The bench carries on by itself." {
		t.Errorf("explained as %+v", trouble)
	}
}

// An error of opening is explained by what is at the path of the device.
func TestErrorsOfOpeningAreExplained(t *testing.T) {
	c := newComputer(t)
	c.tty(xenon, 0, "ttyACM0", "")
	c.hidraw(dymo, 0, "hidraw0", scaleDescriptor, "")
	acm, hid := filepath.Join(c.dev, "ttyACM0"), filepath.Join(c.dev, "hidraw0")
	c.process(99, "minicom", acm)
	explain := func(class class, path string, cause error) string {
		err := &openError{on: c.machine, class: class, name: path, path: path, err: &fs.PathError{Op: "open", Path: path, Err: cause}}
		trouble := Explain(fmt.Errorf("device: %w", err))
		return trouble.Wrong() + ": " + trouble.Advice()
	}
	for _, try := range []struct {
		got, want string
	}{
		{explain(classSerial, acm, syscall.EACCES), "no permission to use the port: Run: sudo usermod -aG dialout $USER, then sign out and in again."},
		{explain(classHID, hid, syscall.EACCES), "no permission to use the device: Run: " + rulesFix},
		{explain(classSerial, acm, syscall.EBUSY), "another program uses the port: Close minicom (process 99), or choose another port in the device settings."},
		{explain(classSerial, acm, ErrInUse), "another program uses the port: Close minicom (process 99), or choose another port in the device settings."},
		{explain(classHID, hid, ErrInUse), "another program uses the port: Close the other program, or choose another port in the device settings."},
		{explain(classSerial, acm, syscall.ENOTTY), "this is not the name of a serial port: Choose the port in the device settings."},
	} {
		if try.got != try.want {
			t.Errorf("got  %s\nwant %s", try.got, try.want)
		}
	}
	c.process(100, "ModemManager")
	if got := explain(classSerial, acm, syscall.EBUSY); !strings.Contains(got, "systemctl disable --now ModemManager") {
		t.Errorf("with ModemManager running: %s", got)
	}
	c.process(os.Getpid(), "packbench", hid)
	if got := explain(classHID, hid, ErrInUse); !strings.Contains(got, "give each device its own port") {
		t.Errorf("held by this program: %s", got)
	}
}

func TestCheckOpensNothing(t *testing.T) {
	c := newComputer(t)
	near, path := terminal(t)
	c.tty(xenon, 0, "ttyACM0", "/dev/null") // which is there, and no pseudo terminal
	c.tty(adapter, 0, "ttyUSB0", path)
	c.hidraw(dymo, 0, "hidraw0", scaleDescriptor, "")
	c.denied["/dev/null"] = true
	c.groups["/dev/null"] = "dialout"
	for _, try := range []struct {
		opener Checker
		want   string
	}{
		{Serial{Name: "usb:0c2e:0b6a", on: c.machine}, "Run: sudo usermod -aG dialout $USER, then sign out and in again."},
		{Serial{Name: "usb:1a86:7523", on: c.machine}, ""},
		{Serial{Name: "usb:1a86:ffff", on: c.machine}, "Plug the cable in. The bench carries on by itself. Plugged in now: "},
		{Serial{Name: filepath.Join(c.dev, "hidraw0"), on: c.machine}, "Choose the port in the device settings."},
		{Serial{on: c.machine}, "Choose the port in the device settings."},
		{HID{Name: "usb:0922:8003", on: c.machine}, "Choose the device in the device settings."}, // here it is a plain file
		{HID{Name: path, on: c.machine}, ""},
		{Keyboard{Name: "usb:05e0:1200", on: c.machine}, "Plug the cable in. The bench carries on by itself."},
	} {
		got := ""
		if trouble := try.opener.Check(); trouble != nil {
			got = trouble.Advice()
		}
		if !strings.HasPrefix(got, try.want) || (got == "") != (try.want == "") {
			t.Errorf("%+v: %q, want %q", try.opener, got, try.want)
		}
	}
	near.Close()
}
