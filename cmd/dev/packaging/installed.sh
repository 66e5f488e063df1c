#!/bin/sh
# Scales and scanners that are plugged in already get the new rules too.
if command -v udevadm >/dev/null 2>&1; then
  udevadm control --reload >/dev/null 2>&1 || true
  udevadm trigger --subsystem-match=hidraw --subsystem-match=tty --subsystem-match=usb --subsystem-match=input >/dev/null 2>&1 || true
fi
if command -v update-desktop-database >/dev/null 2>&1; then
  update-desktop-database -q >/dev/null 2>&1 || true
fi
