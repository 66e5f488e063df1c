package papers

import (
	"image"
	"image/color"
	"image/png"
	"os"
	"strings"
	"testing"

	"packbench/cmd/internal/folder/foldertest"
	"packbench/station"
	"packbench/station/config"
)

// A slip speaks as the shop does, in the buyer's language, and its code opens something.
func TestASlipLooksLikeItsShop(t *testing.T) { // L3
	d := foldertest.Shop(t)
	d.Settings.Look = config.Look{
		Logo: "logo.png", Accent: "#0a5fb4", Help: "https://shop.example/help?order={order}", Support: "Questions about {order}? help@shop.example",
		Texts: []config.LookText{{Greeting: "Hello, {name}"}, {Language: "de", Greeting: "Danke, {name}!", Message: "Viel Freude."}, {Language: "de", Shop: "outlet", Greeting: "Servus"}},
	}
	w := paperwork{order: station.Order{ID: "S 7&1", To: station.Address{Name: "Anna Muster", Country: "DE"}}}
	w.speech = d.BuyerWords(w.order.To)
	look, missing := New(d).look(w)
	if len(missing) != 1 || missing[0].Field != "logo" || look.Logo != nil {
		t.Errorf("a logo that is not there: %v", missing)
	}
	if look.Greeting != "Danke, Anna!" || look.Message != "Viel Freude." || look.Support != "Questions about S 7&1? help@shop.example" || look.Accent != "0a5fb4" {
		t.Errorf("%+v", look)
	}
	if got := New(d).help(w.order, d.Settings.Look.Help); got != "https://shop.example/help?order=S+7%261" {
		t.Errorf("its code opens %q", got)
	}
	w.order.Shop = "outlet"
	if look, _ = New(d).look(w); look.Greeting != "Servus" {
		t.Errorf("another shop says %q", look.Greeting)
	}
	w.order.To = station.Address{Country: "FR"} // a buyer without a name
	w.speech = d.BuyerWords(w.order.To)
	if look, _ = New(d).look(w); look.Greeting != "Hello" {
		t.Errorf("without a name it says %q", look.Greeting)
	}
	picture := image.NewNRGBA(image.Rect(0, 0, 300, 90))
	picture.Set(1, 1, color.NRGBA{R: 200, A: 255})
	file, err := os.Create(d.Path("logo.png"))
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(file, picture); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	if look, missing = New(d).look(w); look.Logo == nil || len(missing) > 0 {
		t.Errorf("its logo: %v", missing)
	}
	d.Settings.GS1.Domain = "id.example.com"
	if got := New(d).help(w.order, d.Settings.Look.Help); got != "" {
		t.Errorf("a trace code that a phone opens is replaced by %q", got)
	}
	for _, wrong := range []config.Look{{Accent: "blue"}, {Accent: "#ffff00"}, {Help: "ftp://x"}, {Help: "shop.example"}} {
		s := d.Settings
		s.Look = wrong
		if err := s.Validate(); err == nil || !strings.Contains(err.Error(), "look.") {
			t.Errorf("%+v: %v", wrong, err)
		}
	}
}
