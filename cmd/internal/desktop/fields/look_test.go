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
			"look.text":      "Hello; de: Danke, {name}! / Viel Freude.; en outlet: Thank you",
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
