package doctor

import (
	"strings"
	"testing"
)

// A5: where numbers could be given again unnoticed, the doctor says so, and what to do.
func TestTheDoctorSaysWhereCopiesAreNotNoticed(t *testing.T) { // A5
	for _, c := range []struct {
		noticed, virtual bool
		says             string
	}{
		{true, false, ""},
		{false, false, "keeps no time of birth"},
		{false, true, "keeps no time of birth"},
		{true, true, "virtual machine"},
	} {
		got := ""
		for _, check := range checkCopies(c.noticed, c.virtual, "") {
			got += check.Message
		}
		if there := checkCopies(c.noticed, c.virtual, "/mnt/numbers"); len(there) != 1 || !strings.Contains(there[0].Message, "/mnt/numbers") || strings.Contains(there[0].Message, "settle") {
			t.Errorf("%+v: with a copy outside it says %v", c, there)
		}
		if !strings.Contains(got, c.says) || (c.says == "") != (got == "") || got != "" && !strings.Contains(got, "packctl numbers settle --skip") {
			t.Errorf("%+v: it says %q", c, got)
		}
	}
}
