package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"packbench/station/screen"
)

// Theme is the toolkit's theme in the colours of the screens, for what the
// toolkit draws itself: the window before its first frame, and the dialog in which a
// file is chosen. All its colours are of one variant, whatever the computer's is.
func Theme(t screen.Theme) fyne.Theme {
	l := look{Theme: theme.DefaultTheme(), pal: screen.Colours(t), variant: theme.VariantLight}
	if t == screen.Dark {
		l.variant = theme.VariantDark
	}
	return l
}

type look struct {
	fyne.Theme
	pal     screen.Palette
	variant fyne.ThemeVariant
}

func (l look) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	switch name {
	case theme.ColorNameBackground:
		return ink(l.pal.Ground)
	case theme.ColorNameForeground:
		return ink(l.pal.Ink)
	}
	return l.Theme.Color(name, l.variant)
}
