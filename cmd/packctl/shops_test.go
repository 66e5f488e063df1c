package main

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/trace"
)

var keptLabel = regexp.MustCompile(`Label ([0-9]{18}), tracking ([0-9A-Z]+)`)

// label is what the story of an order says of its label.
func (w *working) label(order string) (sscc, tracking string) {
	w.t.Helper()
	story, err := w.packctl("", "find", order)
	m := keptLabel.FindAllStringSubmatch(story, -1)
	if err != nil || len(m) != 1 {
		w.t.Fatalf("the story of %s has %d labels: %v, %s", order, len(m), err, story)
	}
	return m[0][1], m[0][2]
}

// Two shops have an order of one number. Two benches pack them at the same time,
// one is killed meanwhile, and nothing of the one order is ever found with the
// other.
func TestOneNumberOfTwoShopsAtTwoBenches(t *testing.T) { // O1, H2
	w := newWorking(t)
	file := w.file("shops.csv", "order,shop,sku,qty,name,street,postcode,city,country,value,currency\n"+
		"77,A,HONEY,1,Sample Customer A,Musterweg 1,10115,Berlin,DE,9.80,EUR\n"+
		"77,B,HONEY,1,Sample Customer B,Musterweg 2,20095,Hamburg,DE,9.80,EUR\n")
	run := func(args ...string) string {
		t.Helper()
		out, err := w.packctl("", args...)
		if err != nil {
			t.Fatalf("%v: %v", args, err)
		}
		return out
	}
	holds := func(what, text string, has ...string) {
		t.Helper()
		for _, h := range has {
			want := !strings.HasPrefix(h, "!")
			if h = strings.TrimPrefix(h, "!"); strings.Contains(text, h) != want {
				t.Errorf("%s: %q in it is to be %v: %s", what, h, want, text)
			}
		}
	}
	run("import", "orders", file)
	a, b := w.process, w.station(t, "S2")
	a.ask("badge B-PACKER", pack.CodeSignedIn)
	b.ask("badge B-PACKER2", pack.CodeSignedIn)
	a.ask("scan A/77", pack.CodeOrderOpened)
	b.ask("scan 77", pack.CodeOrderWhich)
	if v := b.ask("do choose 1", pack.CodeOrderElsewhere); v.Order != "A/77" || !strings.Contains(v.Message, "Order A/77 is open at bench S1") {
		t.Errorf("the order that the other bench has: %s %q", v.Order, v.Message)
	}
	b.ask("scan 77", pack.CodeOrderWhich)
	if v := b.ask("do choose 2", pack.CodeOrderOpened); v.Order != "B/77" || v.Parcel != "B/77-1" {
		t.Errorf("the other one: order %s, parcel %s", v.Order, v.Parcel)
	}
	b.ask("scan 9520000000028", pack.CodeWrongItem)
	a.ask("scan 9520000000196", pack.CodeAllScanned)
	b.ask("scan 9520000000196", pack.CodeAllScanned)
	a.kill()
	a = w.station(t, "S1")
	a.ask("badge B-PACKER", pack.CodeSignedIn)
	a.ask("weigh zero", pack.CodeWeightZero)
	b.ask("weigh zero", pack.CodeWeightZero)
	files := map[string]bool{}
	for order, p := range map[string]*process{"A/77": a, "B/77": b} {
		v := p.ask("weigh 0.740kg", pack.CodeWeightOK)
		if v.Order != order || len(v.Documents) != 1 {
			t.Fatalf("%s: %+v", order, v)
		}
		name := v.Documents[0].File
		if _, err := os.Stat(name); err != nil || files[filepath.Base(name)] || strings.ContainsAny(filepath.Base(name), `<>:"/\|?*`) {
			t.Errorf("its label is in %s: %v", name, err)
		}
		files[filepath.Base(name)] = true
	}
	ssccA, trackingA := w.label("A/77")
	ssccB, trackingB := w.label("B/77")
	if ssccA == ssccB || trackingA == trackingB {
		t.Errorf("one number on two labels: %s %s, %s %s", ssccA, trackingA, ssccB, trackingB)
	}
	if v := b.ask("scan "+ssccA, pack.CodeLabelWrongBox); !strings.Contains(v.Message, "belongs to order A/77, the box is order B/77") {
		t.Errorf("the other order's label: %q", v.Message)
	}
	a.ask("scan "+ssccA, pack.CodeOrderClosed)
	b.ask("scan "+trackingB, pack.CodeOrderClosed)

	holds("the dock", run("dock", "--json"), `"parcel":"A/77-1","order":"A/77"`, `"parcel":"B/77-1","order":"B/77"`, "!A:77")
	holds("the cases", run("cases", "--json"), `"code":"wrong-item","station":"S2","by":"P2","order":"B/77"`, `"code":"label-wrong-box","station":"S2","by":"P2","order":"B/77"`, `!"order":"A/77"`)
	stories := func() string { t.Helper(); return run("find", "A/77", "--json") + run("find", "B/77", "--json") }
	holds("the story of A's", run("find", "A/77"), "order A/77: closed", ssccA, "!B/77", "!"+ssccB)
	holds("the story of B's", run("find", "B:77"), "order B/77: closed", ssccB, "!"+trackingA)
	holds("what the number finds", run("find", "77"), "order A/77: closed", "order B/77: closed")
	holds("what the parcels' name finds", run("find", "77-1"), "parcel A/77-1: closed", "parcel B/77-1: closed")
	holds("the journal of A's", run("journal", "show", "--order", "A/77"), "order-closed", "!wrong-item")

	keys, err := trace.Load(filepath.Join(w.data, "trace.key"))
	if err != nil {
		t.Fatal(err)
	}
	for order, c := range map[string]struct{ id, other, sscc string }{"A/77": {"A:77", "B:77", ssccA}, "B/77": {"B:77", "A:77", ssccB}} {
		for id, verdict := range map[string]string{c.id: "genuine", c.other: "altered"} {
			code, err := (trace.Signer{Key: keys[0]}).Sign(c.sscc, id)
			if err != nil {
				t.Fatal(err)
			}
			holds("a code of "+id, run("trace", code, "--json"), `"verdict":"`+verdict+`"`, `"order":"`+order+`","parcel":"`+order+`-1"`)
		}
	}

	slip := func(of string) []byte {
		t.Helper()
		out := filepath.Join(t.TempDir(), "slip.pdf")
		run("document", "slip", of, "--out", out)
		data, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	if bytes.Equal(slip("A/77-1"), slip("B/77")) || !bytes.Equal(slip("B/77-1"), slip(ssccB)) {
		t.Error("the slips are not those of their parcels")
	}
	if _, err := w.packctl("", "document", "label", "77-1", "--out", filepath.Join(t.TempDir(), "l.pdf")); err == nil || !strings.Contains(err.Error(), "name one of A/77-1, B/77-1") {
		t.Errorf("a label of two parcels: %v", err)
	}
	if _, err := w.packctl("", "quote", "--order", "77", "--weight", "1kg"); err == nil || !strings.Contains(err.Error(), "order-which: 77 means several orders: write A/77 or B/77") {
		t.Errorf("a quote for two orders: %v", err)
	}

	holds("the number as a code", run("decode", "barcode", "77", "--json"), `"kind":"ambiguous"`, "it stands for several orders: A/77, B/77")
	holds("what people call it as a code", run("decode", "barcode", "B/77", "--json"), `"kind":"order"`)
	for called, says := range map[string]string{"77": "order-which: 77 means several orders", "B/77": "order B/77 is already packed"} {
		if _, err := w.packctl("B-SUPERVISOR\n", "case", "hold", called, "customer-request"); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("hold %s: %v", called, err)
		}
	}

	a.ask("do handover demo-post", pack.CodeLoading)
	a.ask("scan "+ssccB, pack.CodeHandedOver)
	if v := b.ask("do reopen 77-1", pack.CodeOrderWhich); len(v.Choices) != 3 || v.Choices[1].Text != "B/77-1" {
		t.Errorf("which to open again: %+v", v.Choices)
	}
	b.ask("do choose 2", pack.CodeNotNow) // it is in the van
	a.ask("scan "+ssccA, pack.CodeHandedOver)
	a.ask("do handover", pack.CodeLoading)
	a.ask("type Sample Driver", pack.CodeHandedOver)
	holds("the van's list", run("find", "M-S1-"+manifestOf(t, run("journal", "show", "--json"))), "A/77-1 of order A/77 is in the van", "B/77-1 of order B/77 is in the van")
	a.end()
	b.end()

	book := filepath.Join(t.TempDir(), "book.json")
	run("shift", "export", "--date", time.Now().Format(time.DateOnly), "--format", "json", "--out", book)
	text, err := os.ReadFile(book)
	if err != nil {
		t.Fatal(err)
	}
	holds("the shift's book", string(text), `"A/77"`, `"B/77"`, `"A/77-1"`, `"B/77-1"`, "!A:77", "!B:77",
		`{"name":"opened","n":2}`, `{"name":"closed","n":2}`, `{"name":"handed over","n":2}`, `"gaps":[]`)

	holds("the same file again", run("import", "orders", file, "--json"), `"added":0,"changed":0,"unchanged":2`)
	before, kept := stories(), filepath.Join(t.TempDir(), "kept.zip")
	run("backup", kept)
	holds("another order", run("import", "orders", w.file("c.csv", "order,shop,sku,qty\n77,C,HONEY,5\n"), "--json"), `"added":1`)
	run("restore", kept)
	run("journal", "verify")
	if after := stories(); after != before {
		t.Errorf("the stories before and after a restore:\n%s\n%s", before, after)
	}
	holds("what the number finds after it", run("find", "77"), "order A/77", "order B/77", "!C/77")
}

// manifestOf is the number within the bench of the manifest that a journal closes.
func manifestOf(t *testing.T, rows string) string {
	t.Helper()
	m := regexp.MustCompile(`"Manifest":"M-S1-([0-9]+)"`).FindStringSubmatch(rows)
	if m == nil || !json.Valid([]byte(strings.SplitN(rows, "\n", 2)[0])) {
		t.Fatalf("no manifest in %s", rows)
	}
	return m[1]
}

// asOfFormat8 makes a database what it was before orders had identities: the tables
// of that format, with all that they had then.
func asOfFormat8(t *testing.T, path string) {
	t.Helper()
	old := path + ".old"
	db, err := sql.Open("sqlite", old)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1) // which has the other database attached
	exec := func(text string, args ...any) {
		t.Helper()
		if _, err := db.Exec(text, args...); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	}
	names := func(text string, args ...any) (out []string) {
		t.Helper()
		rows, err := db.Query(text, args...)
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			var name string
			if err := rows.Scan(&name); err != nil {
				t.Fatal(err)
			}
			out = append(out, name)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			t.Fatal(err)
		}
		return out
	}
	for n := 1; n <= 8; n++ {
		files, err := filepath.Glob(fmt.Sprintf("../../station/store/migrations/%04d_*.sql", n))
		if err != nil || len(files) != 1 {
			t.Fatalf("migration %d: %v, %v", n, files, err)
		}
		text, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		exec(string(text))
	}
	exec("PRAGMA user_version=8")
	exec("ATTACH ? AS now", path)
	for _, table := range names("SELECT name FROM main.sqlite_master WHERE type = 'table' ORDER BY name") { // tallies behind the orders that they count
		columns := strings.Join(names("SELECT name FROM pragma_table_info(?, 'main')", table), ", ")
		exec("DELETE FROM main." + table)
		exec("INSERT INTO main." + table + " (" + columns + ") SELECT " + columns + " FROM now." + table)
	}
	exec("DELETE FROM main.tallies WHERE name = 'catalogue'")                                      // nobody counted that yet
	exec("DELETE FROM main.positions WHERE projection IN ('stock', 'outbox', 'track', 'returns')") // nor that
	exec("DETACH now")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{path + "-wal", path + "-shm"} {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
	if err := os.Rename(old, path); err != nil {
		t.Fatal(err)
	}
}

// A data folder that the program of before left, which knew orders by their number
// only, goes on as it stands: what is open, what is on paper, and what shops that
// have these numbers too send from now on.
func TestAFolderOfBeforeGoesOn(t *testing.T) {
	w := newWorking(t)
	run := func(args ...string) string {
		t.Helper()
		out, err := w.packctl("", args...)
		if err != nil {
			t.Fatalf("%v: %v", args, err)
		}
		return out
	}
	w.ask("badge B-PACKER", pack.CodeSignedIn)
	w.ask("scan 1003", pack.CodeOrderOpened)
	w.ask("scan 9520000000028", pack.CodeWrongItem)
	w.ask("scan 9520000000196", pack.CodeAllScanned)
	w.ask("weigh 0.740kg", pack.CodeWeightOK)
	sscc, _ := w.label("1003")
	w.ask("scan "+sscc, pack.CodeOrderClosed)
	w.ask("scan 1001", pack.CodeOrderOpened)
	w.ask("scan 9520000000011", pack.CodeItem)
	w.ask("do park", pack.CodeParked)
	w.end()
	keys, err := trace.Load(filepath.Join(w.data, "trace.key"))
	if err != nil {
		t.Fatal(err)
	}
	code, err := trace.Signer{Key: keys[0]}.Sign(sscc, "1003")
	if err != nil {
		t.Fatal(err)
	}
	label := func() []byte {
		t.Helper()
		out := filepath.Join(t.TempDir(), "label.pdf")
		run("document", "label", "1003-1", "--out", out)
		label, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		return label
	}
	asks := func() string {
		t.Helper()
		return run("find", "1003", "--json") + run("trace", code, "--json") + run("cases", "--json") + run("dock", "--json") + run("journal", "verify")
	}
	paper := label() // giving it out is a row of the journal
	before := asks()

	asOfFormat8(t, filepath.Join(w.data, store.FileName))
	if after := asks(); after != before {
		t.Errorf("before and after:\n%s\n%s", before, after)
	}
	if !bytes.Equal(label(), paper) {
		t.Error("the label is another one")
	}

	s1 := w.station(t, "S1")
	s1.ask("badge B-PACKER", pack.CodeSignedIn)
	if v := s1.ask("scan 1001", pack.CodeResumed); openOf(v) != 3 || v.Parcel != "1001-1" {
		t.Errorf("what was parked: %+v", v)
	}
	more := w.file("more.csv", "order,shop,sku,qty,name,street,postcode,city,country,value,currency\n"+
		"1001,B,HONEY,1,Sample Customer B,Musterweg 2,20095,Hamburg,DE,9.80,EUR\n")
	run("import", "orders", more)
	s1.ask("scan 9520000000011", pack.CodeItem)
	s2 := w.station(t, "S2")
	s2.ask("badge B-PACKER2", pack.CodeSignedIn)
	if v := s2.ask("scan 1001", pack.CodeOrderWhich); len(v.Choices) != 3 || v.Choices[2].Text != "back" || v.Choices[0].Text != "/1001" || v.Choices[1].Text != "B/1001" {
		t.Errorf("which: %+v", v.Choices)
	}
	s2.ask("scan B/1001", pack.CodeOrderOpened)
	s2.end()
	s1.end()
}
