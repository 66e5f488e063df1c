package main

import (
	"path/filepath"
	"strings"
	"testing"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station/hub/hubtest"
	"packbench/station/pack"
)

// A parcel that came back is taken apart at one of two benches on two computers. While the
// hub is away a supervisor has it opened at both: one goes on, and the other is told.
func TestAReturnAtTwoBenchesOfAHub(t *testing.T) { // H3, R1
	if testing.Short() {
		t.Skip("benches in processes of their own")
	}
	t.Parallel()
	server := hubtest.New(t)
	_, address := server.Database(t)
	one := &working{process: &process{t: t}, exe: buildPackctl(t), data: filepath.Join(t.TempDir(), "one")}
	two := &working{process: &process{t: t}, exe: one.exe, data: filepath.Join(t.TempDir(), "two")}
	foldertest.Init(t, one.data, true, folder.Options{})
	for _, args := range [][]string{{"hub", "init"}, {"hub", "join"}, {"hub", "join", "--station", "S2", "--desk"}} {
		w := one
		if len(args) > 2 {
			w = two
		}
		if out, err := w.packctl("", append(args, "--url", address)...); err != nil {
			t.Fatal(out, err)
		}
	}
	first, second := one.station(t, "S1"), two.station(t, "S2")
	first.ask("badge B-PACKER", pack.CodeSignedIn)
	second.ask("badge B-PACKER2", pack.CodeSignedIn)
	first.ask("scan 1003", pack.CodeOrderOpened)
	first.ask("scan 9520000000196", pack.CodeAllScanned)
	first.ask("weigh zero", pack.CodeWeightZero)
	first.ask("weigh 0.740kg", pack.CodeWeightOK)
	sscc, _ := one.label("1003")
	first.ask("scan "+sscc, pack.CodeOrderClosed)

	first.ask("do return", pack.CodeReturn)
	first.ask("scan "+sscc, pack.CodeReturnOpened)
	second.ask("do return", pack.CodeReturn)
	if a := second.noticed("scan "+sscc, pack.CodeNotNow); !strings.Contains(a.Message, "S1") {
		t.Errorf("it does not say where: %s", a.Message)
	}
	first.ask("do cancel", pack.CodeCancelled)
	second.noticed("scan "+sscc, pack.CodeReturnOpened)
	second.ask("do cancel", pack.CodeCancelled)

	server.Kill()
	for _, p := range []*process{first, second} {
		p.ask("do return", pack.CodeReturn)
		p.noticed("scan "+sscc, pack.CodeHubAway)
		p.ask("badge B-SUPERVISOR", pack.CodeAuthorised)
		p.ask("do choose 1", pack.CodeReturnOpened)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	one.until("one of them is told of the other", func() bool {
		out, err := one.packctl("", "cases", "--json")
		return err == nil && strings.Contains(out, `"claim-clash"`) && strings.Contains(out, `"granted"`)
	})
	a, b := first.answerTo("scan 9520000000196"), second.answerTo("scan 9520000000196")
	if (a.Code == pack.CodeNotNow) == (b.Code == pack.CodeNotNow) {
		t.Errorf("one of them goes on: %s, %s", a.Message, b.Message)
	}
	first.end()
	second.end()
}

// answerTo is what is answered to a line.
func (p *process) answerTo(line string) answer {
	p.t.Helper()
	p.write(line)
	a, ok := p.answer()
	if !ok {
		p.t.Fatalf("%q was not answered: %s", line, p.stderr())
	}
	return a
}
