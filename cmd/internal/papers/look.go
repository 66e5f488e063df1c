package papers

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg" // logos
	_ "image/png"  // logos
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"packbench/labels"
	"packbench/station"
)

// mostLogo is how large the file of a logo may be, and how many dots it may have.
const (
	mostLogo     = 2 << 20
	mostLogoDots = 4000 * 4000
)

// look is how the shop's papers look to the buyer of a parcel.
// A logo that cannot be read is left out, and that is said.
func (d Papers) look(w paperwork) (out labels.Look, missing []labels.Missing) {
	own := d.Settings.Look
	text := own.For(w.speech.Tag(), w.order.Shop)
	first, _, _ := strings.Cut(strings.TrimSpace(w.order.To.Name), " ")
	say := strings.NewReplacer("{name}", first, "{order}", w.order.Called())
	out = labels.Look{
		Accent: strings.TrimPrefix(own.Accent, "#"), Greeting: strings.Trim(say.Replace(text.Greeting), " ,"), Message: say.Replace(text.Message),
		Support: say.Replace(own.Support),
	}
	if own.Logo != "" {
		var err error
		if out.Logo, err = d.logo(own.Logo); err != nil {
			missing = append(missing, labels.Missing{Field: "logo", Text: own.Logo, Why: err.Error()})
		}
	}
	return out, missing
}

// logo reads the shop's logo, from the data folder where its name says no other.
func (d Papers) logo(name string) (image.Image, error) {
	if !filepath.IsAbs(name) {
		name = d.Path(name)
	}
	info, err := os.Stat(name)
	if err == nil && info.Size() > mostLogo {
		err = fmt.Errorf("it has more than %d MB", mostLogo>>20)
	}
	var data []byte
	if err == nil {
		data, err = os.ReadFile(name) // #nosec G304: the shop's own setting names it
	}
	if err != nil {
		return nil, fmt.Errorf("the logo %s cannot be read: %w", name, err)
	}
	head, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err == nil && (head.Width*head.Height > mostLogoDots || head.Width < 1 || head.Height < 1) {
		err = fmt.Errorf("it has %d by %d dots", head.Width, head.Height)
	}
	if err != nil {
		return nil, fmt.Errorf("the logo %s is no PNG or JPEG that can be printed: %w", name, err)
	}
	out, _, err := image.Decode(bytes.NewReader(data))
	return out, err
}

// help is where a buyer's phone finds help with an order; "" where the settings name no
// page, or the code of the parcel is a page already.
func (d Papers) help(o station.Order) string {
	if d.Settings.Look.Help == "" || d.Settings.GS1.Domain != "" {
		return ""
	}
	return strings.ReplaceAll(d.Settings.Look.Help, "{order}", url.QueryEscape(o.Called()))
}
