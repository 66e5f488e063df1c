package doctor

import (
	"strings"
	"testing"

	"packbench/cmd/internal/effects"
	"packbench/devices/printer"
	"packbench/station/config"
)

// The doctor names once what customs papers leave a line for.
func TestTheDoctorNamesWhatCustomsPapersLack(t *testing.T) { // L3
	var s config.Settings
	said := func() string {
		var words []string
		for _, c := range CheckCustoms(s) {
			words = append(words, c.Message)
		}
		return strings.Join(words, "|")
	}
	if got := said(); got != "" {
		t.Errorf("without a country there are no customs papers: %q", got)
	}
	s.Sender.Country, s.Customs.Terms = "DE", "DAP"
	if got := said(); strings.Count(got, "to fill in by hand") != 1 || !strings.Contains(got, "sender's phone") || !strings.Contains(got, "EORI") || strings.Contains(got, "terms") {
		t.Errorf("%q", got)
	}
	s.Sender.Phone, s.Customs.Tax = "+49 30 1234", "DE1234567"
	if got := said(); got != "" {
		t.Errorf("nothing lacks: %q", got)
	}
}

// A page drawn for a paper of another size is not printed; doctor and lamp say
// why.
func TestAPaperOfAnotherSizeThanThePage(t *testing.T) {
	for _, c := range []struct {
		kind, page, media string
		good              bool
	}{
		{"cups", "a6", "na_index-4x6_4x6in", false},
		{"ipp", "4x6", "iso_a6_105x148mm", false},
		{"cups", "letter", "iso_a4_210x297mm", false},
		{"cups", "4x6", "na_index-4x6_4x6in", true},
		{"cups", "4x6", "om_small-photo_100x150mm", true}, // sold as 4 by 6 in
		{"cups", "4x6", "w288h432", true},                 // says no size
		{"cups", "a4", "", true},
		{"folder", "a6", "na_index-4x6_4x6in", true}, // asks for no paper
	} {
		p := config.Printer{Kind: c.kind, Queue: "Label", Address: "ipp://127.0.0.1:1/ipp/print", DPI: 203, Page: c.page, Media: c.media}
		r, err := effects.NewPrinter(p, t.TempDir()).Print(t.Context(), printer.Job{Name: "1-1"})
		refused := err != nil && strings.Contains(r.Trouble.Wrong(), "another size than the page")
		if refused == c.good {
			t.Errorf("%s, %s on %q: %+v, %v", c.kind, c.page, c.media, r, err)
		}
		if check := checkPrinter(t.Context(), "label printer", p, t.TempDir()); c.good == strings.Contains(check.Message, "another size") || !c.good && (check.OK || check.Fix == "") {
			t.Errorf("%s, %s on %q: the doctor says %+v", c.kind, c.page, c.media, check)
		}
	}
}

// The doctor asks every printer of the settings, each once.
func TestTheDoctorAsksEveryPrinter(t *testing.T) {
	p := config.Default().Printers
	p.Customs = config.Printer{Kind: "zpl", Address: "127.0.0.1:1", DPI: 203, Page: "4x6"}
	p.Return = p.Customs
	got := map[string]bool{}
	for _, c := range checkPrinters(t.Context(), p, t.TempDir()) {
		got[c.Check] = c.OK
	}
	if ok, asked := got["return printer"]; len(got) != 3 || !got["label printer"] || !got["paper printer"] || !asked || ok {
		t.Errorf("%v", got)
	}
}
