package fields

import (
	"testing"

	"packbench/station/config"
)

// What is typed of greetings and numbers is what is shown of them.
func TestListsOfLookAndCustomsReadWhatTheyShow(t *testing.T) {
	for _, f := range append(lookFields(), numbersField()) {
		if f.takes == nil {
			continue
		}
		typed := map[string]string{
			"look.text":      "Hello; de: Danke, {name}! / Viel Freude.; en outlet: Hi",
			"customs.number": "EORI DE123; *UK VAT GB9 (GB FR)",
		}[f.Key]
		s := config.Default()
		if err := f.Set(&s, typed); err != nil || f.value(s) != typed {
			t.Errorf("%s: %q is shown as %q, %v", f.Key, typed, f.value(s), err)
		}
		again, err := config.Decode(s.Encode())
		if err != nil || f.value(again) != typed {
			t.Errorf("%s: the file has %q, %v", f.Key, f.value(again), err)
		}
	}
	s := config.Default()
	if err := numbersField().Set(&s, "IOSS"); err == nil {
		t.Error("a kind without a number is taken")
	}
}

// A text may have a logo and terms of its own, which the field does not show: they stay
// when its greeting is changed, and are written.
func TestGreetingsKeepTheRestOfTheirTexts(t *testing.T) {
	s := config.Default()
	s.Look.Texts = []config.LookText{{Language: "de", Shop: "outlet", Greeting: "Danke", Logo: "outlet.png", Terms: "30 Tage"}}
	if err := takeLook(&s, "de outlet: Servus; fr: Merci"); err != nil {
		t.Fatal(err)
	}
	again, err := config.Decode(s.Encode())
	if err != nil {
		t.Fatal(err)
	}
	if got := again.Look.For("de", "outlet"); got.Greeting != "Servus" || got.Logo != "outlet.png" || got.Terms != "30 Tage" {
		t.Errorf("%+v", got)
	}
	if got := again.Look.For("fr", "outlet"); got.Greeting != "Merci" || got.Logo != "" {
		t.Errorf("%+v", got)
	}
}
