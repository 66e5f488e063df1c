//go:build !wayland || !(linux || freebsd || openbsd || netbsd)

package main

// onWayland says that the window numbers its keys as Wayland does.
const onWayland = false
