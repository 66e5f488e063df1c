package main

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station/hub/hubtest"
	"packbench/station/pack"
)

// Two benches in folders of their own pack from one queue. The hub goes away and comes
// back, one of them is killed, and nothing is packed twice or lost.
func TestTwoBenchesOfAHub(t *testing.T) {
	if testing.Short() {
		t.Skip("benches in processes of their own")
	}
	t.Parallel()
	server := hubtest.New(t)
	database, address := server.Database(t)
	one := &working{exe: buildPackctl(t), data: filepath.Join(t.TempDir(), "one")}
	foldertest.Init(t, one.data, true, folder.Options{})
	two := &working{exe: one.exe, data: filepath.Join(t.TempDir(), "two")}
	do := func(w *working, stdin string, args ...string) string {
		t.Helper()
		out, err := w.packctl(stdin, args...)
		if err != nil {
			t.Fatal(args, err)
		}
		return out
	}
	do(one, "", "hub", "init", "--url", address)
	do(one, "", "hub", "join", "--url", address)
	do(two, "", "hub", "join", "--url", address, "--station", "S2", "--desk")
	if out := do(two, "", "hub", "status", "--json"); !strings.Contains(out, `"ok":true`) || !strings.Contains(out, `"station":"S1"`) {
		t.Error(out)
	}

	first := one.station(t, "S1")
	first.ask("badge B-PACKER", pack.CodeSignedIn)
	first.ask("scan 1001", pack.CodeOrderOpened)
	second := two.station(t, "S2")
	second.ask("badge B-PACKER2", pack.CodeSignedIn)
	if a := second.ask("scan 1001", pack.CodeClaimedElsewhere); !strings.Contains(a.Message, "S1") {
		t.Errorf("it does not say where: %s", a.Message)
	}
	second.noticed("scan 1002", pack.CodeOrderOpened) // S1 had claimed it ahead
	second.ask("do park", pack.CodeParked)

	server.Kill()
	first.ask("do cancel", pack.CodeCancelled)
	first.ask("scan 1001", pack.CodeOrderOpened) // it has it still
	if a := first.ask("do cancel", pack.CodeCancelled); a.Order != "1001" {
		t.Errorf("%+v", a)
	}
	if a := second.ask("scan 1001", pack.CodeHubAway); !strings.Contains(a.Message, "S1") {
		t.Errorf("it does not say whose it was: %s", a.Message)
	}
	second.ask("do back", pack.CodeBack)
	// A supervisor has another one packed all the same.
	second.ask("scan 1004", pack.CodeHubAway)
	second.ask("badge B-SUPERVISOR", pack.CodeAuthorised)
	second.ask("do choose 1", pack.CodeOrderOpened)
	second.ask("do park", pack.CodeParked)
	second.ask("scan 1002", pack.CodeResumed)
	if out, err := one.packctl("", "hub", "status", "--json"); err != nil || !strings.Contains(out, `"ok":false`) || !strings.Contains(out, "cannot be reached") {
		t.Error(out, err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	second.ask("do park", pack.CodeParked)
	second.noticed("scan 1001", pack.CodeOrderOpened)

	for begun := time.Now(); ; time.Sleep(50 * time.Millisecond) { // S1 had claimed 1004 ahead
		if out := do(two, "", "cases", "--json"); strings.Contains(out, `"granted"`) {
			break
		} else if time.Since(begun) > patience || !strings.Contains(out, `"hub-away"`) {
			t.Fatalf("the case of what was packed without the hub is not closed: %s", out)
		}
	}

	// A bench dies, and a supervisor at another folder takes what it holds.
	second.kill()
	for begun := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		if out := do(one, "", "hub", "status", "--json"); strings.Contains(out, `"order":"1001","station":"S2"`) {
			break
		} else if time.Since(begun) > patience {
			t.Fatal(out)
		}
	}
	if _, err := one.packctl("B-SUPERVISOR\n", "hub", "release", "S2", "other"); err == nil || !strings.Contains(err.Error(), "--desk") {
		t.Errorf("a bench released what another one holds: %v", err)
	}
	if out := do(two, "B-SUPERVISOR\n", "hub", "release", "S2", "other"); !strings.Contains(out, "1001") {
		t.Error(out)
	}
	first.noticed("scan 1001", pack.CodeOrderOpened)
	first.end()
	for _, w := range []*working{one, two, two, two, one} { // S2 asks for what it had begun, then it is a case, and that is told
		do(w, "", "hub", "sync", "--once")
	}
	a, b := do(one, "", "journal", "verify", "--json"), do(two, "", "journal", "verify", "--json")
	if a != b {
		t.Errorf("the folders know other chains:\n%s\n%s", a, b)
	}
	if out := do(two, "", "hub", "verify", "--json"); !strings.Contains(out, `"writer":"S1"`) || strings.Contains(out, `"ok":false`) {
		t.Error(out)
	}
	server.Exec(t, database, `UPDATE packbench.chains SET facts = '[]' WHERE writer = 'S1' AND seq = 2`)
	if out, err := two.packctl("", "hub", "verify"); err == nil || !strings.Contains(out+err.Error(), "S1.2") {
		t.Errorf("a row that was changed at the hub: %s, %v", out, err)
	}
	if out := do(one, "", "cases", "--open", "--json"); !strings.Contains(out, "claims-released") || !strings.Contains(out, "claim-clash") {
		t.Error(out)
	}
}
