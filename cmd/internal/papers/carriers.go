package papers

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"image"
	_ "image/gif" // labels come as such pictures
	_ "image/png"

	"packbench/labels/pdf"
	"packbench/station/carrier/account"
	"packbench/station/config"
)

// CarrierProfile is the profile of a kept label that a carrier made.
const CarrierProfile = "carrier"

// pictureDPI is how fine a label is drawn whose picture does not say it.
const pictureDPI = 203

// mostDots is how many dots a picture of a label may have: 8.5 by 14 inches at 600.
const mostDots = 5100 * 8400

// FromCarrier is a carrier's label as a file for a printer, at its own size: bars are never
// scaled. What is no label, or does not fit the page, is an error.
func FromCarrier(p config.Printer, label account.Paper) ([]byte, error) {
	switch label.Type {
	case account.PDF:
		if !bytes.HasPrefix(label.Data, []byte("%PDF-")) || !bytes.Contains(label.Data, []byte("%%EOF")) {
			return nil, errors.New("the carrier's label is no whole PDF")
		}
		return label.Data, nil
	case account.PNG, account.GIF:
		size, _, err := image.DecodeConfig(bytes.NewReader(label.Data))
		if err != nil || size.Width*size.Height > mostDots {
			return nil, errors.New("the carrier's label is no picture that can be read")
		}
		picture, _, err := image.Decode(bytes.NewReader(label.Data))
		if err != nil {
			return nil, errors.New("the carrier's label is no whole picture")
		}
		profile, err := LabelProfile(p)
		if err != nil {
			return nil, err
		}
		return pdf.Image(picture, cmp.Or(label.DPI, pictureDPI), profile.Paper, "label")
	}
	return nil, fmt.Errorf("the carrier's label is of a kind (%.40q) that cannot be printed", label.Type)
}
