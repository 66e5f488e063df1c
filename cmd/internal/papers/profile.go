package papers

import (
	"fmt"
	"strconv"
	"strings"

	"packbench/labels"
	"packbench/labels/zpl"
	"packbench/station"
	"packbench/station/config"
	"packbench/station/country"
	"packbench/station/phrases"
)

// kindZPL is the kind of printer in the settings that takes dots instead of a PDF.
const kindZPL = "zpl"

// LabelProfile is what a layout must know of a printer of the settings.
func LabelProfile(p config.Printer) (labels.Profile, error) {
	paper, err := labels.PaperNamed(p.Page)
	if err != nil {
		return labels.Profile{}, err
	}
	return labels.Profile{Name: fmt.Sprintf("%s-%d", p.Page, p.DPI), DPI: p.DPI, Paper: paper}, nil
}

// ZPL writes a layout for a printer that is sent it unchanged.
func ZPL(p config.Printer, layout labels.Layout) ([]byte, error) {
	if p.NativeBars {
		return zpl.EncodeNative(layout)
	}
	return zpl.Encode(layout)
}

// ZPLOf names the kept ZPL of a kept label.
func ZPLOf(document string) string { return document + "-zpl" }

// ProfileNamed returns the printer that a profile was named for, as far as a layout
// must know it: see LabelProfile.
func ProfileNamed(name string) (config.Printer, error) {
	page, dots, _ := strings.Cut(name, "-")
	dpi, err := strconv.Atoi(dots)
	return config.Printer{Page: page, DPI: dpi}, err
}

// habits are those of the United States on papers that stay there and are in English.
func (d Papers) habits(to station.Address, l phrases.Language, p labels.Profile) labels.Profile {
	p.American = country.Code(d.Sender().Country) == "US" && country.Code(to.Country) == "US" && strings.HasPrefix(l.Tag(), "en")
	return p
}

// Speaking returns the profile of a paper in a language.
func Speaking(l phrases.Language, p labels.Profile) labels.Profile {
	p.Words = l.Phrase
	return p
}
