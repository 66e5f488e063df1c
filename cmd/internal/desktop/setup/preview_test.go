package setup

import (
	"image/color"
	"os"
	"strings"
	"testing"

	"packbench/assets/fonts"
	"packbench/cmd/internal/desktop/fields"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station/config"
)

// The slip is shown as it will print with what is not kept yet, drawn away from the
// window; what of it cannot be printed is said.
func TestTheSlipIsShownAsItWillPrint(t *testing.T) { // L3
	h := &later{}
	d := foldertest.Shop(t)
	p := New(Options{Folder: d, Host: h})
	p.group = fields.Look
	s := config.Default()
	s.Look.Accent = "#d00000"
	s.Look.Texts = []config.LookText{{Greeting: "Thank you, {name}!"}, {Language: "de", Shop: "outlet", Greeting: "Danke"}}
	v := p.previewNow(s, "")
	if v.Drawn || len(h.works) != 1 || strings.Join(v.Of, "|") != "|de outlet" {
		t.Fatalf("%+v, %d begun", v, len(h.works))
	}
	p.previewNow(s, "de outlet")
	if len(h.works) != 1 {
		t.Error("two are drawn at a time")
	}
	h.answer(t.Context(), 0)
	size := h.shown.Bounds().Size()
	red := 0
	for y := range size.Y {
		for x := range size.X {
			if c, _ := color.RGBAModel.Convert(h.shown.At(x, y)).(color.RGBA); c.R > 190 && c.G < 90 {
				red++
			}
		}
	}
	if red < 100 || size.Y != 1000 || p.sketch.fault != "" {
		t.Errorf("%d dots of its colour, %v, %q", red, size, p.sketch.fault)
	}
	if v = p.previewNow(s, ""); !v.Drawn || len(h.works) != 1 {
		t.Error("it is drawn again although nothing was changed")
	}
	data, err := fonts.Bytes(fonts.Wide)
	if err != nil {
		t.Fatal(err)
	}
	cut := strings.Replace(string(data), "post", "pOst", 1) // which the screen does not need
	for name, content := range map[string]string{"own.ttf": "no font", "cut.ttf": cut} {
		if err := os.WriteFile(d.Path(name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		s.Look.Font = name
		p.previewNow(s, "")
		h.answer(t.Context(), len(h.works)-1)
		if v = p.previewNow(s, ""); !v.Drawn || !strings.Contains(v.Fault, "the font "+name+" cannot be printed") {
			t.Errorf("%s: %+v", name, v)
		}
	}
	p.group = "Sender"
	if p.previewNow(s, "") != nil {
		t.Error("it stands on another tab")
	}
}
