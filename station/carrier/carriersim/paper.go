package carriersim

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"

	"packbench/labels"
	"packbench/labels/pdf"
	"packbench/labels/picture"
	"packbench/labels/zpl"
	"packbench/station/unit"
)

// Paper returns the label of a sold parcel as a file: "pdf", "zpl" or "png", for a printer
// of so many dots an inch.
func Paper(l Label, form string, dpi int) ([]byte, error) {
	if l.plain {
		return plain(l, form)
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
	switch form {
	case "zpl":
		return zpl.Encode(layout)
	case "png":
		drawn, err := picture.Draw(layout, 0)
		if err != nil {
			return nil, err
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
func plain(l Label, form string) ([]byte, error) {
	switch form {
	case "zpl":
		return fmt.Appendf(nil, "^XA^FO40,40^A0N,40,40^FD%s^FS^XZ", l.Tracking), nil
	case "png":
		return encode(image.NewGray(image.Rect(0, 0, 8, 8)))
	}
	return fmt.Appendf(nil, "%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"+
		"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 288 432]>>endobj\n%% %s\ntrailer<</Root 1 0 R>>\n%%%%EOF\n", l.Tracking), nil
}
