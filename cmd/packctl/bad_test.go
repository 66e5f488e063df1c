package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"packbench/cmd/internal/upkeep"
	"packbench/station/pack"
)

// TestGarbageFromAScanner (F3): whatever comes, each line gets an answer, and
// the bench goes on.
func TestGarbageFromAScanner(t *testing.T) {
	w := newWorking(t)
	w.ask("badge B-PACKER", pack.CodeSignedIn)
	w.ask("scan 1001", pack.CodeOrderOpened)
	var every []byte
	for b := range 256 {
		if b != '\n' {
			every = append(every, byte(b))
		}
	}
	megabyte := strings.Repeat("9520000000011", 1<<20/13)
	for _, line := range []string{
		"scan " + megabyte,
		"scan " + strings.Repeat("x", longestLine+100),
		"scan " + string(every),
		"scan \xff\xfe\x00\x00",
		"scan ]C1<GS><GS><GS>",
		"scan 0109520000000012",
		"scan 952000000001",
		"scan PB:badge:" + megabyte,
		"scan PB::", "scan PB:answer:99999999999999999999", "scan PB:carton:", "scan PB:command:", "scan PB:quantity:-1", "scan PB:reason:",
		"scan https://" + strings.Repeat("a/", 5000),
		"badge " + megabyte,
		"badge",
		"weigh 99999999999999999999999kg", "weigh", "weigh NaNkg", "weigh 1e400kg",
		"do count 1 99999999999999999999", "do choose -1", "do " + strings.Repeat("x ", 10000), "do carton ../../etc", "do reopen ''",
		"type " + strings.Repeat("9", 10000),
		"wait -1s", "wait 1", "clock yesterday", "printer on fire", "carrier", "order", "\x00", "scan",
		"clock 9998-12-31T00:00:00Z", "wait 20000h", "weigh zero", "clock 0000-01-01", "weigh zero", "clock 2026-11-23T10:00:00Z",
	} {
		w.write(line)
		a, ok := w.answer()
		if !ok {
			t.Fatalf("%.40q was not answered: %s", line, w.stderr())
		}
		if a.Verdict == pack.Accepted || a.Message == "" || len(a.Message) > 2000 || len(a.Input) > 2000 || openOf(a) != 4 {
			t.Errorf("%.40q: %s %.200s, %d open", line, a.Verdict, a.Message, openOf(a))
		}
	}
	if a := w.ask("scan 9520000000011", pack.CodeItem); openOf(a) != 3 {
		t.Errorf("%d open", openOf(a))
	}
	w.end()
	if _, err := w.packctl("", "journal", "verify"); err != nil {
		t.Error(err)
	}
}

// TestBadOrdersAreRejectedRowByRow: what cannot be packed never reaches a
// bench, and says where it stands and why.
func TestBadOrdersAreRejectedRowByRow(t *testing.T) {
	w := newWorking(t)
	w.ask("badge B-PACKER", pack.CodeSignedIn)
	file := w.file("bad.csv", `order,status,sku,qty,name,street,postcode,city,country,value,currency
5001,open,MUG-WHITE,0,Sample Customer,Musterweg 1,10115,Berlin,DE,10.00,EUR
5002,open,NOT-THERE,1,Sample Customer,Musterweg 1,10115,Berlin,DE,10.00,EUR
5003,open,,,Sample Customer,Musterweg 1,10115,Berlin,DE,10.00,EUR
5004,open,MUG-WHITE,1,Sample Customer,Musterweg 1,10115,Berlin,DE,10.00,EUR
5005,open,MUG-WHITE,-3,Sample Customer,Musterweg 1,10115,Berlin,DE,10.00,EUR
5006,open,MUG-WHITE,1.5,Sample Customer,Musterweg 1,10115,Berlin,DE,10.00,EUR
5007,open,2000000000015,1,Sample Customer,Musterweg 1,10115,Berlin,DE,10.00,EUR
`)
	out, err := w.packctl("", "import", "orders", file, "--json")
	if err != nil {
		t.Fatal(err)
	}
	var report upkeep.Import
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		t.Fatal(err)
	}
	want := map[int]string{2: "qty", 3: "sku", 4: "sku", 6: "qty", 7: "qty", 8: "sku"}
	for _, r := range report.Rejected {
		if want[r.Row] != r.Column || r.Reason == "" {
			t.Errorf("row %d, %s: %s", r.Row, r.Column, r.Reason)
		}
		delete(want, r.Row)
	}
	if len(want) > 0 || report.Added != 1 {
		t.Errorf("not rejected: %v; added %d", want, report.Added)
	}
	for _, id := range []string{"5001", "5002", "5003", "5005", "5006", "5007"} {
		w.ask("scan "+id, pack.CodeUnknownCode)
	}
	w.ask("scan 5004", pack.CodeOrderOpened)
	w.end()
}

// filled keeps on working until the disk is full; it gives how many units were
// in the box by the last answer, and what the program said at its end.
func filled(t *testing.T, p *process) (units int, words string) {
	t.Helper()
	p.ask("badge B-PACKER", pack.CodeSignedIn)
	p.ask("scan 1001", pack.CodeOrderOpened)
	const most = 20000
	for n := range most {
		line, after := "scan 9520000000011", 1
		if n%2 == 1 {
			line, after = "do undo", 0
		}
		p.write(line)
		a, ok := p.answer()
		if !ok {
			return units, p.stderr()
		}
		if a.Verdict != pack.Accepted {
			t.Fatalf("%s: %+v", line, a)
		}
		units = after
	}
	t.Fatalf("%d rows fit on the full disk", most)
	return 0, ""
}

// afterFull checks that the bench goes on where it was answered last.
func (w *working) afterFull(units int, words string) {
	w.t.Helper()
	w.t.Logf("it said: %s", words)
	if strings.Count(words, "\n") != 1 || !strings.HasPrefix(words, "packctl run: ") || strings.Contains(words, "panic") {
		w.t.Errorf("not one clear line: %s", words)
	}
	again := w.station(w.t, "S1")
	if a := again.ask("badge B-PACKER", pack.CodeSignedIn); openOf(a) != 4-units {
		w.t.Errorf("%d open, %d units were answered", openOf(a), units)
	}
	again.ask("do cancel", pack.CodeCancelled)
	again.end()
	if _, err := w.packctl("", "journal", "verify"); err != nil {
		w.t.Error(err)
	}
}

// TestAnswersAreOneObjectEach: whatever a line holds, its answer is one line.
func TestAnswersAreOneObjectEach(t *testing.T) {
	p := newPlay(t, nil)
	p.start()
	defer p.stop()
	for n, text := range []string{"scan \u2028\u2029", "scan </script>", "dance \"quoted\" \\ \t", "scan \xff"} {
		p.out.Reset()
		if err := p.session.line(t.Context(), n+1, text, false); err != nil {
			t.Fatal(err)
		}
		if bytes.Count(p.out.Bytes(), []byte("\n")) != 1 || !json.Valid(p.out.Bytes()) {
			t.Errorf("%q is answered by %q", text, p.out.Bytes())
		}
	}
}
