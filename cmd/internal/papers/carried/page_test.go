package carried_test

import (
	"bytes"
	"image"
	"image/gif"
	"image/png"
	"testing"

	"packbench/cmd/internal/papers/carried"
	"packbench/station/carrier/account"
)

// A carrier's label is taken as it came, or turned into a page of its own size; what is no
// label is refused before anybody prints it.
func TestPage(t *testing.T) {
	picture := func(w, h int, encode func(*bytes.Buffer, image.Image) error) []byte {
		var b bytes.Buffer
		if err := encode(&b, image.NewGray(image.Rect(0, 0, w, h))); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	asPNG := func(b *bytes.Buffer, i image.Image) error { return png.Encode(b, i) }
	asGIF := func(b *bytes.Buffer, i image.Image) error { return gif.Encode(b, i, nil) }
	whole := []byte("%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n")
	for _, c := range []struct {
		name  string
		label account.Paper
		good  bool
	}{
		{"a PDF", account.Paper{Type: account.PDF, Data: whole}, true},
		{"half of one", account.Paper{Type: account.PDF, Data: whole[:20]}, false},
		{"a web page", account.Paper{Type: account.PDF, Data: []byte("<html>gone")}, false},
		{"a picture", account.Paper{Type: account.PNG, DPI: 203, Data: picture(812, 1218, asPNG)}, true},
		{"one on its side", account.Paper{Type: account.GIF, DPI: 203, Data: picture(1218, 812, asGIF)}, true},
		{"one on a whole sheet", account.Paper{Type: account.PNG, DPI: 203, Data: picture(1727, 2233, asPNG)}, true},
		{"half a picture", account.Paper{Type: account.PNG, DPI: 203, Data: picture(812, 1218, asPNG)[:60]}, false},
		{"nothing", account.Paper{Type: account.PNG}, false},
		{"another kind", account.Paper{Type: "image/tiff", Data: whole}, false},
	} {
		page, err := carried.Page(c.label)
		if good := err == nil && bytes.HasPrefix(page, []byte("%PDF-")); good != c.good {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}
