//go:build wayland && (linux || freebsd || openbsd || netbsd)

package main

// onWayland says that the window numbers its keys as Wayland does: the toolkit
// is built for Wayland with this tag and for X11 without it.
const onWayland = true
