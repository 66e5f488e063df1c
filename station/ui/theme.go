package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"packbench/station/screen"
)

// Theme is the toolkit's theme in the colours of the screens, for what the
// toolkit draws itself: the window before its first frame.
func Theme(t screen.Theme) fyne.Theme {
	return look{Theme: theme.DefaultTheme(), pal: screen.Colours(t)}
}

type look struct {
	fyne.Theme
	pal screen.Palette
}

func (l look) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	switch name {
	case theme.ColorNameBackground:
		return ink(l.pal.Ground)
	case theme.ColorNameForeground:
		return ink(l.pal.Ink)
	}
	return l.Theme.Color(name, v)
}
