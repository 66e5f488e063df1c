// Package preview shows how the papers in the box will look before the settings are kept:
// a packing slip of an order that there is not. [Slip] takes some tenths of a second and is
// for the background. It must not read orders, nor keep or print anything.
package preview

import (
	"image"
	"strings"
	"time"

	"golang.org/x/image/draw"

	"packbench/cmd/internal/papers"
	"packbench/cmd/internal/papers/pictures"
	"packbench/labels"
	"packbench/labels/picture"
	"packbench/station/config"
	"packbench/station/phrases"
	"packbench/station/unit"
)

// Of is which slip is shown: that of a shop, in a language.
type Of struct {
	Speech phrases.Language
	Shop   string
	Day    time.Time
}

// tall is how high the picture is, in dots.
const tall = 1000

// Slip draws the first page of a slip as these settings have it, with what of them cannot
// be printed.
func Slip(s config.Settings, files pictures.Files, of Of) (image.Image, []labels.Missing, error) {
	on := s.Printers.For("slip")
	on.DPI = 203 // no screen shows more
	profile, err := papers.LabelProfile(on)
	if err != nil {
		return nil, nil, err
	}
	text := s.Look.For(of.Speech.Tag(), of.Shop)
	slip := order(s, of.Day)
	look, unread := papers.LookOf(text, files, slip.To.Name, slip.Order)
	slip.Look, slip.Help = look, strings.ReplaceAll(text.Help, "{order}", slip.Order)
	if s.GS1.Domain != "" {
		slip.Help, slip.Trace = "", "https://"+s.GS1.Domain+"/00/"+strings.Repeat("0", 18)
	}
	layout, missing, err := papers.LaidOut(slip, text.Font, papers.Speaking(of.Speech, profile))
	if err != nil {
		return nil, nil, err
	}
	page, err := picture.Colour(layout, 0)
	if err != nil {
		return nil, nil, err
	}
	size := page.Rect.Size()
	out := image.NewRGBA(image.Rect(0, 0, max(size.X*tall/size.Y, 1), tall))
	draw.BiLinear.Scale(out, out.Rect, page, page.Rect, draw.Src, nil)
	return out, append(missing, unread...), nil
}

// order is what the slip is of.
func order(s config.Settings, day time.Time) labels.Slip {
	money := func(minor int64) unit.Money { return unit.Money{Minor: minor, Currency: s.Currency} }
	slip := labels.Slip{
		From: papers.Address(s.Sender.Address()), To: labels.Address{Name: "Anna Example", Street: "1 Example Street", Postcode: "10000", City: "Example", Country: s.Sender.Country},
		Order: "1042", Parcel: "1042-1", Date: day, Email: s.Sender.Email,
		Lines: []labels.SlipLine{{SKU: "MUG-01", Name: "Mug", Ordered: 2, Packed: 2}, {SKU: "TEA-07", Name: "Tea, 100 g", Ordered: 1, Packed: 1}},
	}
	if s.Printers.SlipPrices && s.Currency != "" {
		for i, each := range []int64{1290, 890} {
			l := &slip.Lines[i]
			l.Each, l.Price = money(each), money(each*int64(l.Packed))
		}
		slip.Sums = []labels.SlipSum{{Name: labels.SumGoods, Amount: money(3470)}, {Name: labels.SumShipping, Amount: money(490)}, {Name: labels.SumTotal, Amount: money(3960), Strong: true}}
	}
	return slip
}
