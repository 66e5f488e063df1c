package upkeep

import (
	"strings"
	"testing"

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
	if got := said(); strings.Count(got, "line to write on") != 1 || !strings.Contains(got, "sender's phone") || !strings.Contains(got, "EORI") || strings.Contains(got, "terms") {
		t.Errorf("%q", got)
	}
	s.Sender.Phone, s.Customs.Tax = "+49 30 1234", "DE1234567"
	if got := said(); got != "" {
		t.Errorf("nothing lacks: %q", got)
	}
}
