package carriersim

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/png"

	"packbench/labels"
	"packbench/labels/pdf"
	"packbench/labels/picture"
	"packbench/labels/zpl"
	"packbench/station/unit"
)

// Paper returns the label of a sold parcel as a file: "pdf", "zpl", "png", or "gif",
// which lies on its side, for a printer of so many dots an inch.
func Paper(l Label, form string, dpi int) ([]byte, error) {
	if l.plain {
		return plain(l, form, dpi)
	}
	p := labels.Profile{Name: "4x6", Paper: labels.Paper4x6(), DPI: dpi}
	layout, _, err := labels.ShippingLabel(labels.Shipping{
		From: labels.Address{Company: "Sender", Street: "Dock 1", Postcode: "10115", City: "Berlin", Country: "DE"},
		To: labels.Address{
			Name: l.To.Name, Company: l.To.Company, Street: l.To.Street, Street2: l.To.Street2, Postcode: l.To.Postcode,
			City: l.To.City, Region: l.To.Region, Country: l.To.Country, Phone: l.To.Phone,
		},
		Carrier: l.Carrier, Service: l.Service, Tracking: l.Tracking, Mass: unit.Mass(l.Grams) * unit.Gram, Date: l.At, Sample: true,
	}, p)
	if err != nil {
		return nil, err
	}
	for range l.Pages - 1 {
		layout.Pages = append(layout.Pages, layout.Pages[0])
	}
	switch form {
	case "zpl":
		return zpl.Encode(layout)
	case "png", "gif":
		drawn, err := picture.Draw(layout, 0)
		switch {
		case err != nil:
			return nil, err
		case form == "gif":
			return sideways(drawn)
		}
		return encode(drawn)
	}
	return pdf.Encode(layout)
}

func encode(drawn image.Image) ([]byte, error) {
	var out bytes.Buffer
	grey := image.NewGray(drawn.Bounds())
	for y := grey.Rect.Min.Y; y < grey.Rect.Max.Y; y++ {
		for x := grey.Rect.Min.X; x < grey.Rect.Max.X; x++ {
			grey.Set(x, y, color.GrayModel.Convert(drawn.At(x, y)))
		}
	}
	err := png.Encode(&out, grey)
	return out.Bytes(), err
}

// plain is a file of its kind that holds a number alone.
func plain(l Label, form string, dpi int) ([]byte, error) {
	switch form {
	case "zpl":
		return fmt.Appendf(nil, "^XA^PW%d^FO40,40^A0N,40,40^FD%s^FS^XZ", 4*dpi, l.Tracking), nil
	case "png":
		return encode(image.NewGray(image.Rect(0, 0, 8, 8)))
	case "gif":
		return sideways(image.NewGray(image.Rect(0, 0, 8, 8)))
	}
	return fmt.Appendf(nil, "%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"+
		"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 288 432]>>endobj\n%% %s\ntrailer<</Root 1 0 R>>\n%%%%EOF\n", l.Tracking), nil
}

func sideways(drawn image.Image) ([]byte, error) {
	b := drawn.Bounds()
	grey, ok := drawn.(*image.Gray)
	if !ok {
		grey = image.NewGray(b)
		draw.Draw(grey, b, drawn, b.Min, draw.Src)
	}
	turned := image.NewPaletted(image.Rect(0, 0, b.Dy(), b.Dx()), color.Palette{color.White, color.Black})
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if grey.GrayAt(x, y).Y < 128 {
				turned.SetColorIndex(b.Max.Y-1-y, x-b.Min.X, 1)
			}
		}
	}
	var out bytes.Buffer
	err := gif.Encode(&out, turned, nil)
	return out.Bytes(), err
}
