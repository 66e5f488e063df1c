package bench

import (
	"bytes"
	"context"
	"image"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/cmd/internal/papers"
	"packbench/labels"
	"packbench/labels/pdf"
	"packbench/station/carrier/account"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/unit"
)

// drawing is a carrier that draws its own papers.
type drawing struct {
	effects.Carrier
	papers []account.Paper
}

func (d drawing) Buy(ctx context.Context, w effects.Wish) (effects.Purchase, error) {
	p, err := d.Carrier.Buy(ctx, w)
	p.Papers = d.papers
	return p, err
}

// framed is a page of so many inches with something in its corners.
func framed(t *testing.T, w, h int) []byte {
	t.Helper()
	const dpi = 72
	all := image.NewGray(image.Rect(0, 0, w*dpi, h*dpi))
	for i := range all.Pix[1 : len(all.Pix)-1] {
		all.Pix[i+1] = 255
	}
	data, err := pdf.Image(all, dpi, labels.Paper{W: unit.Length(w) * unit.Inch, H: unit.Length(h) * unit.Inch}, "page")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// What a carrier sends comes out as it came: the label, then its customs papers, which
// are counted as the bench's own are. A label that no label of the printer takes comes
// out whole, on a sheet, and the packer hears of it.
func TestACarriersOwnPapers(t *testing.T) {
	invoice := account.Paper{Kind: "customs", Type: account.PDF, Data: framed(t, 8, 11)}
	for name, test := range map[string]struct {
		label  []byte
		papers []account.Paper
		reason pack.Reason
	}{
		"a label of the printer's size, and customs papers": {framed(t, 4, 6), []account.Paper{invoice, invoice}, ""},
		"one that is too large":                             {framed(t, 7, 9), nil, pack.ReasonOnPaper},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "data")
			foldertest.Init(t, dir, true, folder.Options{})
			came := append([]account.Paper{{Kind: "label", Type: account.PDF, Data: test.label}}, test.papers...)
			c, _ := startCounterWith(t, dir, nil, StartOptions{
				Carrier: func(own effects.Carrier) effects.Carrier { return drawing{own, came} },
			}, nil)
			parcel := c.label()
			said := slices.IndexFunc(c.bench.Engine.State().Recent, func(v *pack.Verdict) bool { return v.Code == pack.CodeLabelPrinted })
			if said < 0 || c.bench.Engine.State().Recent[said].Reason != test.reason {
				t.Errorf("said %+v", c.bench.Engine.State().Recent)
			}
			out := c.cameOut(t, parcel.ID)
			if label := out["label"]; len(label) != 1 || bytes.Equal(label[0], test.label) == (test.reason != "") {
				t.Errorf("%d labels came out", len(label))
			}
			if len(out["customs"]) != min(len(test.papers), 1) {
				t.Errorf("%d files of customs papers came out", len(out["customs"]))
			}
			img, err := papers.New(c.data).LabelPicture(t.Context(), *papers.LabelOfWork(c.bench.Engine.State().Work))
			if err != nil || img == nil {
				t.Errorf("no picture: %v", err)
			}
			if len(test.papers) == 0 {
				return
			}
			if d := c.bench.Engine.State().Document("customs", parcel.ID); d.State != pack.PrintPrinted || d.Copies() != 1 {
				t.Errorf("customs papers stand as %+v", d)
			}
			c.do(engine.Press{Command: pack.ReadCommand("reprint", "customs", "damaged")})
			if d := c.bench.Engine.State().Document("customs", parcel.ID); d.State != pack.PrintPrinted || d.Copies() != 2 || len(c.cameOut(t, parcel.ID)["customs"]) != 2 {
				t.Errorf("printed again they stand as %+v", d)
			}
		})
	}
}

// cameOut are the files of a parcel's documents, by kind.
func (c *counter) cameOut(t *testing.T, parcel string) map[string][][]byte {
	t.Helper()
	out := map[string][][]byte{}
	files, err := filepath.Glob(filepath.Join(c.data.DocumentsDir(), "*.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		kind := "label"
		if strings.Contains(filepath.Base(name), "-customs-") {
			kind = "customs"
		}
		if strings.HasPrefix(filepath.Base(name), parcel) {
			out[kind] = append(out[kind], data)
		}
	}
	return out
}
