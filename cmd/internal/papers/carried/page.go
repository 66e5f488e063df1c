package carried

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"image"
	_ "image/gif" // labels come as such pictures
	_ "image/png"

	"packbench/labels"
	"packbench/labels/pdf"
	"packbench/station/carrier/account"
	"packbench/station/unit"
)

// pictureDPI is how fine a label is drawn whose picture does not say it.
const pictureDPI = 203

// mostDots is how many dots a picture of a label may have: 8.5 by 14 inches at 600.
const mostDots = 5100 * 8400

// Page is a paper that came as a PDF, or a picture as a page of its own size: bars are
// never scaled. What is neither is an error.
func Page(paper account.Paper) ([]byte, error) {
	switch paper.Type {
	case account.PDF:
		if !bytes.HasPrefix(paper.Data, []byte("%PDF-")) || !bytes.Contains(paper.Data, []byte("%%EOF")) {
			return nil, errors.New("the carrier's label is no whole PDF")
		}
		return paper.Data, nil
	case account.PNG, account.GIF:
		size, _, err := image.DecodeConfig(bytes.NewReader(paper.Data))
		if err != nil || size.Width*size.Height > mostDots {
			return nil, errors.New("the carrier's label is no picture that can be read")
		}
		picture, _, err := image.Decode(bytes.NewReader(paper.Data))
		if err != nil {
			return nil, errors.New("the carrier's label is no whole picture")
		}
		dpi := cmp.Or(paper.DPI, pictureDPI)
		own := labels.Paper{Name: "own", W: inches(size.Width, dpi), H: inches(size.Height, dpi)}
		return pdf.Image(picture, dpi, own, "label")
	}
	return nil, fmt.Errorf("the carrier's label is of a kind (%.40q) that cannot be printed", paper.Type)
}

// inches is how long so many dots are.
func inches(dots, dpi int) unit.Length { return unit.Length(dots) * unit.Inch / unit.Length(dpi) }
