package papers

import (
	"net/url"
	"strings"

	"packbench/cmd/internal/papers/pictures"
	"packbench/labels"
	"packbench/station"
	"packbench/station/config"
)

// files are those of the shop's own.
func (d Papers) files() pictures.Files { return d.Path }

// lookOf is how papers look and speak to the buyer of an order, as it is set.
func (d Papers) lookOf(w paperwork) config.LookText {
	return d.Settings.Look.For(w.speech.Tag(), w.order.Shop)
}

// look is how the shop's papers look to the buyer of a parcel.
// A logo or a font that cannot be read is left out, and that is said.
func (d Papers) look(w paperwork) (out labels.Look, missing []labels.Missing) {
	own := d.lookOf(w)
	first, _, _ := strings.Cut(strings.TrimSpace(w.order.To.Name), " ")
	say := strings.NewReplacer("{name}", first, "{order}", w.order.Called())
	out = labels.Look{
		Accent: strings.TrimPrefix(own.Accent, "#"), Greeting: strings.Trim(say.Replace(own.Greeting), " ,"), Message: say.Replace(own.Message),
		Support: say.Replace(own.Support), Terms: say.Replace(own.Terms),
	}
	left := func(field, name string, err error) {
		if err != nil {
			missing = append(missing, labels.Missing{Field: field, Text: name, Why: err.Error()})
		}
	}
	var err error
	if own.Logo != "" {
		out.Logo, err = d.files().Logo(own.Logo)
		left("logo", own.Logo, err)
	}
	if own.Font != "" {
		out.Font, err = d.files().Font(own.Font)
		left("font", own.Font, err)
	}
	return out, missing
}

// help is where a buyer's phone finds help with an order; "" where the settings name no
// page, or the code of the parcel is a page already.
func (d Papers) help(o station.Order, page string) string {
	if page == "" || d.Settings.GS1.Domain != "" {
		return ""
	}
	return strings.ReplaceAll(page, "{order}", url.QueryEscape(o.Called()))
}
