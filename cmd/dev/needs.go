package main

import (
	"context"
	"slices"
	"strings"
)

// need is one Debian package, why it is wanted, and how to see that what it
// brings is there already, however it came.
type need struct {
	pkg string
	why string
	// Any one of these that is set answers; the package database has the last
	// word where there is one.
	binary  string   // a program on the PATH or in a system folder
	header  string   // a header that the C compiler finds
	modules []string // what pkg-config must know
}

// What needs are for.
const (
	forDesktop  = "desktop"  // building the app with its window
	forScreen   = "screen"   // a window where there is no display
	forPicture  = "picture"  // a picture of that screen
	forHands    = "hands"    // driving the window in tests
	forLabels   = "labels"   // reading labels back
	forPrinting = "printing" // a print queue
	forDevices  = "devices"  // what the system makes of scales and scanners
	forHub      = "hub"      // a hub of several benches
	forBrowser  = "browser"  // opening the pages of buyers
	forWindows  = "windows"  // building for Windows
)

// table is everything that the commands may want, by purpose.
func table() map[string][]need {
	return map[string][]need{
		forDesktop: {
			{pkg: "gcc", why: "compiles the C parts of the window toolkit", binary: "gcc"},
			// Only recommended by gcc, and recommended packages are left out.
			{pkg: "libc6-dev", why: "headers of the C library", header: "stdio.h"},
			{pkg: "pkg-config", why: "finds the libraries to link", binary: "pkg-config"},
			{pkg: "libgl1-mesa-dev", why: "OpenGL, draws the window", modules: []string{"gl"}},
			{pkg: "xorg-dev", why: "X11, opens the window", modules: []string{
				"x11", "xcursor", "xrandr", "xinerama", "xi", "xxf86vm",
			}},
			{pkg: "libxkbcommon-dev", why: "keyboard layouts", modules: []string{"xkbcommon"}},
		},
		forScreen: {
			{pkg: "xvfb", why: "a virtual screen", binary: "Xvfb"},
		},
		forPicture: {
			{pkg: "imagemagick", why: "takes a picture of the whole screen", binary: "import"},
		},
		forHands: {
			{pkg: "openbox", why: "gives windows their focus as on a desktop", binary: "openbox"},
			{pkg: "xdotool", why: "types into the window by key codes", binary: "xdotool"},
		},
		forLabels: {
			{pkg: "poppler-utils", why: "renders labels, first way", binary: "pdftoppm"},
			{pkg: "ghostscript", why: "renders labels, second way", binary: "gs"},
			{pkg: "zbar-tools", why: "reads the codes of rendered labels", binary: "zbarimg"},
		},
		forPrinting: {
			{pkg: "cups", why: "a print queue to print into", binary: "cupsd"},
			{pkg: "cups-client", why: "sends and watches print jobs", binary: "lp"},
			{pkg: "cups-ipp-utils", why: "a printer that can run out of paper", binary: "ippeveprinter"},
			{pkg: "dbus-daemon", why: "a bus of its own for that printer", binary: "dbus-daemon"},
		},
		forHub: {
			{pkg: "postgresql", why: "a hub of several benches", binary: "postgres"},
			{pkg: "pgbouncer", why: "a pooler before that hub", binary: "pgbouncer"},
		},
		forBrowser: {
			{pkg: "chromium", why: "opens the pages that buyers read, as they do", binary: "chromium"},
		},
		forWindows: {
			{pkg: "gcc-mingw-w64-x86-64", why: "compiles the C parts for Windows", binary: crossCompiler},
			{pkg: "wine", why: "tries what was built for Windows", binary: "wine"},
			{pkg: "librsvg2-bin", why: "draws the program's icon", binary: "rsvg-convert"},
			{pkg: "nsis", why: "makes the installer for Windows", binary: "makensis"},
		},
		forDevices: {
			{pkg: "udev", why: "judges the rules for scales and scanners", binary: "udevadm"},
		},
	}
}

// needsOf lists what a command needs. Outside Linux the window system is part
// of the system and only a C compiler is wanted.
func needsOf(command, goos string, display bool) []need {
	purposes := map[string][]string{
		"demo":    {forDesktop},
		"test":    {forDesktop, forScreen, forPicture, forHands, forLabels, forPrinting, forDevices, forHub, forBrowser},
		"bench":   {forDesktop, forScreen, forHands, forHub},
		"package": {forDesktop, forScreen, forPicture, forWindows},
	}[command]
	if command == "demo" && !display {
		purposes = append(purposes, forScreen, forPicture)
	}
	var needs []need
	for _, purpose := range purposes {
		needs = append(needs, table()[purpose]...)
	}
	if goos != "linux" {
		needs = slices.DeleteFunc(needs, func(n need) bool { return n.pkg != "gcc" })
	}
	return needs
}

// missing keeps the needs that are not met.
func missing(ctx context.Context, sys system, needs []need) []need {
	return slices.DeleteFunc(slices.Clone(needs), func(n need) bool { return n.met(ctx, sys) })
}

func (n need) met(ctx context.Context, sys system) bool {
	switch {
	case n.binary != "" && sys.find(n.binary):
		return true
	case n.header != "" && succeeds(ctx, sys, "gcc", "-E", "-include", n.header, "-x", "c", "/dev/null"):
		return true
	case n.modules != nil && succeeds(ctx, sys, "pkg-config", append([]string{"--exists"}, n.modules...)...):
		return true
	}
	status, err := sys.output(ctx, command{name: "dpkg-query", args: []string{"-W", "-f", "${db:Status-Status}\n", n.pkg}})
	return err == nil && strings.Contains(status, "installed") && !strings.Contains(status, "not-installed")
}

func succeeds(ctx context.Context, sys system, name string, args ...string) bool {
	_, err := sys.output(ctx, command{name: name, args: args})
	return err == nil
}
