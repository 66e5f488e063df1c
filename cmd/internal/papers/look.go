package papers

import (
	"net/url"
	"strings"

	"packbench/cmd/internal/papers/pictures"
	"packbench/labels"
	"packbench/labels/pdf"
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
func (d Papers) look(w paperwork) (out labels.Look, missing []labels.Missing) {
	return LookOf(d.lookOf(w), d.files(), w.order.To.Name, w.order.Called())
}

// LookOf is how papers look and speak as it is set, to somebody with this order.
// A logo or a font that cannot be read is left out, and that is said.
func LookOf(own config.LookText, files pictures.Files, to, order string) (out labels.Look, missing []labels.Missing) {
	first, _, _ := strings.Cut(strings.TrimSpace(to), " ")
	say := strings.NewReplacer("{name}", first, "{order}", order)
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
		out.Logo, err = files.Logo(own.Logo)
		left("logo", own.Logo, err)
	}
	if own.Font != "" {
		out.Font, err = files.Font(own.Font)
		left("font", own.Font, err)
	}
	return out, missing
}

// LaidOut is a slip as it can be printed: where a font of the shop's own is one that the
// library does not manage to write, that is said, and the supplied one stands in for it.
func LaidOut(s labels.Slip, font string, p labels.Profile) (labels.Layout, []labels.Missing, error) {
	layout, missing, err := labels.PackingSlip(s, p)
	if s.Look.Font == nil {
		return layout, missing, err
	}
	if err == nil {
		_, err = pdf.Encode(layout)
	}
	if err == nil {
		return layout, missing, nil
	}
	unread := labels.Missing{Field: "font", Text: font, Why: "the font " + font + " cannot be printed: " + err.Error()}
	s.Look.Font = nil
	layout, missing, err = labels.PackingSlip(s, p)
	return layout, append(missing, unread), err
}

// help is where a buyer's phone finds help with an order; "" where the settings name no
// page, or the code of the parcel is a page already.
func (d Papers) help(o station.Order, page string) string {
	if page == "" || d.Settings.GS1.Domain != "" {
		return ""
	}
	return strings.ReplaceAll(page, "{order}", url.QueryEscape(o.Called()))
}
