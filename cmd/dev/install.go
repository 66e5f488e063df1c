package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"strings"
)

// errMissing ends a command whose needs are not met; what to do about it has
// been said by then.
var errMissing = errors.New("system packages are missing")

// install sees to it that the needs are met, or says what to do about it. It
// prints nothing when everything is there.
func (d *dev) install(ctx context.Context, needs []need) error {
	lacking := missing(ctx, d.sys, needs)
	if len(lacking) == 0 {
		return nil
	}
	d.say("Missing on this machine:")
	for _, n := range lacking {
		d.say("  %-18s %s", n.pkg, n.why)
	}
	if !d.sys.find("apt-get") {
		d.say("%s", elsewhere(d.goos, lacking))
		return errMissing
	}
	update, install := d.apt("update"), d.apt("install", "-y", "--no-install-recommends")
	install.args = append(install.args, packages(lacking)...)
	if !d.root && !d.sys.find("sudo") {
		d.say("Installing needs root, and there is no sudo here.")
		return d.byHand(update, install)
	}
	if !d.yes && !d.agreed(ctx) {
		d.say("Nothing was installed.")
		return d.byHand(update, install)
	}
	// An unreachable third-party list must not stop what the others can give.
	if err := d.sys.run(ctx, update); err != nil {
		d.say("Not all package lists could be refreshed (%v); going on with what is there.", err)
	}
	if err := d.sys.run(ctx, install); err != nil {
		return fmt.Errorf("installing: %w", err)
	}
	if still := missing(ctx, d.sys, lacking); len(still) > 0 {
		return fmt.Errorf("apt-get has finished, but this is still missing: %s", strings.Join(packages(still), " "))
	}
	return nil
}

// apt is one call of apt-get, written so that it can also be typed.
func (d *dev) apt(args ...string) command {
	// Another installation may hold the lock, as on a machine that has just
	// started: wait for it.
	args = append([]string{"DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=300"}, args...)
	if d.root {
		return command{name: "env", args: args, person: true}
	}
	return command{name: "sudo", args: append([]string{"env"}, args...), person: true}
}

// agreed wants a plain yes. Where nobody can answer it asks nothing.
func (d *dev) agreed(ctx context.Context) bool {
	if !d.terminal {
		return false
	}
	fmt.Fprint(d.out, "Install this with apt-get? (y/N) ")
	line := make(chan string, 1)
	go func() {
		text, _ := bufio.NewReader(d.in).ReadString('\n') // what cannot be read is no yes
		line <- text
	}()
	select {
	case text := <-line:
		if !strings.HasSuffix(text, "\n") {
			d.say("") // the question's line is still open
		}
		answer := strings.ToLower(strings.TrimSpace(text))
		return answer == "y" || answer == "yes"
	case <-ctx.Done():
		return false
	}
}

// byHand says what to type instead.
func (d *dev) byHand(update, install command) error {
	d.say("To install it, run\n  %s\n  %s", update, install)
	d.say("or let this command do it\n  go run ./cmd/dev %s --yes", d.name)
	return errMissing
}

// elsewhere tells people without apt-get what to install.
func elsewhere(goos string, lacking []need) string {
	switch goos {
	case "darwin":
		return "Install the C compiler with\n  xcode-select --install\nand run this again."
	case "windows":
		return "Install a C compiler, for example that of MSYS2 with\n" +
			"  pacman -S mingw-w64-ucrt-x86_64-gcc\nput it on the PATH and run this again."
	}
	return "There is no apt-get here. Install with this system's own package manager what Debian calls\n  " +
		strings.Join(packages(lacking), " ") + "\nand run this again."
}

func packages(needs []need) []string {
	list := make([]string, len(needs))
	for i, n := range needs {
		list[i] = n.pkg
	}
	return list
}
