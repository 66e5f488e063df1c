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
		return background(l.pal)
	case theme.ColorNameForeground:
		return ink(l.pal.Ink)
	}
	return l.Theme.Color(name, l.variant)
}

// background is the colour with which the toolkit begins each frame. It takes 255² for
// the brightest: in its own terms any colour but black would come out lighter.
func background(p screen.Palette) color.Color {
	part := func(shift int) uint16 { return uint16(p.Ground>>shift&0xFF) * 255 }
	return color.NRGBA64{R: part(16), G: part(8), B: part(0), A: 0xFFFF}
}
