package setup

import (
	"context"
	"fmt"
	"image"
	"slices"
	"strings"
	"time"

	"packbench/cmd/internal/desktop/fields"
	"packbench/cmd/internal/desktop/shell"
	"packbench/cmd/internal/papers/preview"
	"packbench/labels"
	"packbench/station/config"
	"packbench/station/screen"
)

// sketch is the slip as it will print, drawn in the background. One is drawn at a time:
// what was changed meanwhile is drawn after it.
type sketch struct {
	of      string // what the newest one that was begun is of
	drawing bool
	img     image.Image // nil: none yet
	fault   string      // why there is none, or what of it cannot be printed
}

// Preview is the picture of the slip, nil while there is none.
func (p *Page) Preview() image.Image { return p.sketch.img }

// previewNow is what stands beside the fields of the look; nil on other tabs.
func (p *Page) previewNow(now config.Settings, shown string) *screen.Preview {
	if p.group != fields.Look {
		return nil
	}
	whose := []string{""}
	for _, t := range now.Look.Texts {
		if name := strings.TrimSpace(t.Language + " " + t.Shop); !slices.Contains(whose, name) && len(whose) < mostPreviews {
			whose = append(whose, name)
		}
	}
	if !slices.Contains(whose, shown) {
		shown = ""
	}
	p.sketchOf(now, shown)
	if len(whose) == 1 {
		whose = nil
	}
	return &screen.Preview{Drawn: p.sketch.img != nil, Fault: p.sketch.fault, Of: whose, Shown: shown}
}

// mostPreviews is how many are offered beside each other.
const mostPreviews = 6

// sketchOf has the slip drawn, once for each change.
func (p *Page) sketchOf(now config.Settings, shown string) {
	speech, shop := p.folder.Book.In(now.Language), ""
	for _, t := range now.Look.Texts {
		if shown != "" && strings.TrimSpace(t.Language+" "+t.Shop) == shown {
			shop = t.Shop
			if t.Language != "" {
				speech = p.folder.Book.In(t.Language)
			}
			break
		}
	}
	key := fmt.Sprintf("%s %+v %+v %+v %v %s %s %s", shown, now.Look, now.Sender, now.Printers.For("slip"), now.Printers.SlipPrices, now.Currency, now.GS1.Domain, now.Language)
	if p.sketch.drawing || p.sketch.of == key {
		return
	}
	p.sketch.of, p.sketch.drawing = key, true
	of := preview.Of{Speech: speech, Shop: shop, Day: time.Now()}
	p.host.Ask(func(context.Context) func() {
		img, missing, err := preview.Slip(now, p.folder.Path, of)
		return func() {
			p.sketch.drawing, p.sketch.img, p.sketch.fault = false, img, faultOf(missing, err)
			p.host.Picture(screen.PreviewName, img)
			p.host.Changed()
		}
	})
}

// faultOf is why there is no picture, or the first thing that cannot be printed.
func faultOf(missing []labels.Missing, err error) string {
	switch {
	case err != nil:
		return "the slip cannot be drawn: " + shell.FirstLine(err)
	case len(missing) == 0:
		return ""
	}
	for _, m := range missing {
		if m.Field == "logo" || m.Field == "font" { // whose words say which file it is
			return m.Why
		}
	}
	return missing[0].Field + ": " + missing[0].Text + ": " + missing[0].Why
}
