package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station/pack"
	"packbench/station/trace"
)

// working is a bench at work in a process of its own.
type working struct {
	*process
	exe, data string
}

func newWorking(t *testing.T) *working {
	t.Helper()
	w := &working{exe: buildPackctl(t), data: filepath.Join(t.TempDir(), "data")}
	foldertest.Init(t, w.data, true, folder.Options{})
	w.process = w.station(t, "S1")
	return w
}

func (w *working) station(t *testing.T, id string) *process {
	return startProcess(t, w.exe, "run", "--json", "--station", id, "--data", w.data, "--out", filepath.Join(w.data, "out-"+id))
}

// ask gives a line and wants a verdict of a code.
func (p *process) ask(line string, code pack.Code) answer {
	p.t.Helper()
	p.write(line)
	a, ok := p.answer()
	if !ok {
		p.t.Fatalf("%q was not answered: %s", line, p.stderr())
	}
	if a.Code != code {
		p.t.Fatalf("%q: %s %s %q, want %s", line, a.Verdict, a.Code, a.Message, code)
	}
	return a
}

// packctl runs another packctl on the same data folder.
func (w *working) packctl(stdin string, args ...string) (out string, err error) {
	cmd := exec.Command(w.exe, append(args, "--data", w.data)...)
	cmd.Stdin = strings.NewReader(stdin)
	var text, words bytes.Buffer
	cmd.Stdout, cmd.Stderr = &text, &words
	if err = cmd.Run(); err != nil {
		err = fmt.Errorf("%w: %s", err, words.String())
	}
	return text.String(), err
}

// noticed gives a line again and again until the answer is of a code. The rule is
// that the bench notices within a second; how long it took is logged.
func (p *process) noticed(line string, code pack.Code) answer {
	p.t.Helper()
	var a answer
	for begun := time.Now(); time.Since(begun) < patience; time.Sleep(20 * time.Millisecond) {
		p.write(line)
		var ok bool
		if a, ok = p.answer(); !ok {
			p.t.Fatalf("%q was not answered: %s", line, p.stderr())
		}
		if a.Code == code {
			p.t.Logf("%s noticed after %s", code, time.Since(begun).Round(time.Millisecond))
			return a
		}
	}
	p.t.Fatalf("%s was not noticed, the last answer is %+v", code, a)
	return a
}

func (w *working) file(name, text string) string {
	w.t.Helper()
	path := filepath.Join(w.data, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		w.t.Fatal(err)
	}
	return path
}

func TestASecondBenchOfAStationIsRefused(t *testing.T) {
	w := newWorking(t)
	w.ask("badge B-PACKER", pack.CodeSignedIn)
	_, err := w.packctl("badge B-PACKER\n", "run", "--station", "S1")
	if err == nil || !strings.Contains(err.Error(), "exit status 1") || !strings.Contains(err.Error(), "already running for station S1") ||
		strings.Count(err.Error(), "\n") != 1 {
		t.Errorf("the second bench of S1: %v", err)
	}
	w.ask("scan 1001", pack.CodeOrderOpened)
	other := w.station(t, "S2")
	other.ask("badge B-PACKER2", pack.CodeSignedIn)
	if a := other.ask("scan 1001", pack.CodeOrderElsewhere); !strings.Contains(a.Message, "S1") {
		t.Errorf("it does not say where: %s", a.Message)
	}
	other.ask("scan 1002", pack.CodeOrderOpened)
	w.ask("do cancel", pack.CodeCancelled)
	other.ask("do park", pack.CodeParked)
	other.ask("scan 1001", pack.CodeOrderOpened)
	other.end()
	w.ask("scan 1002", pack.CodeOrderElsewhere) // parked there
	w.kill()
	again := w.station(t, "S1") // a killed bench leaves no lock behind
	again.ask("badge B-PACKER", pack.CodeSignedIn)
	again.end()
	if _, err := w.packctl("", "journal", "verify"); err != nil {
		t.Error(err)
	}
}

func TestAnImportIsNoticedByABenchAtWork(t *testing.T) { // Q8
	w := newWorking(t)
	w.ask("badge B-PACKER", pack.CodeSignedIn)
	w.ask("scan 1003", pack.CodeOrderOpened)
	held := w.file("held.csv", "order,status,reason,sku,qty,name,street,postcode,city,country,value,currency\n"+
		"1003,held,payment is being checked,HONEY,1,Sample Customer C,Musterweg 3,20095,Hamburg,DE,9.80,EUR\n")
	if _, err := w.packctl("", "import", "orders", held); err != nil {
		t.Fatal(err)
	}
	w.noticed("weigh zero", pack.CodeOrderHeld)
	w.ask("scan 9520000000196", pack.CodeOrderHeld)
	more := w.file("more.csv", "order,status,sku,qty,name,street,postcode,city,country,value,currency\n"+
		"1003,open,HONEY,2,Sample Customer C,Musterweg 3,20095,Hamburg,DE,9.80,EUR\n")
	if _, err := w.packctl("", "import", "orders", more); err != nil {
		t.Fatal(err)
	}
	if a := w.noticed("weigh zero", pack.CodeOrderChanged); openOf(a) != 2 {
		t.Errorf("%d open after the change", openOf(a))
	}
	link := w.file("code.csv", "sku,name,barcodes,mass\nHONEY,Honey,9520000000196;NEWCODE,640 g\n")
	w.ask("scan NEWCODE", pack.CodeUnknownCode)
	if _, err := w.packctl("", "import", "products", link); err != nil {
		t.Fatal(err)
	}
	w.noticed("scan NEWCODE", pack.CodeItem)
	w.end()
}

func TestScansGoOnDuringALargeImport(t *testing.T) {
	w := newWorking(t)
	w.ask("badge B-PACKER", pack.CodeSignedIn)
	w.ask("scan 1001", pack.CodeOrderOpened)
	text := []byte("order,status,sku,qty,name,street,postcode,city,country,value,currency\n")
	const orders = 5000
	for n := range orders {
		text = fmt.Appendf(text, "N%05d,open,MUG-WHITE,1,Sample Customer,Musterweg 1,10115,Berlin,DE,10.00,EUR\n", n)
	}
	file := w.file("many.csv", string(text))
	imported := make(chan error, 1)
	go func() {
		out, err := w.packctl("", "import", "orders", file)
		if err == nil && !strings.Contains(out, fmt.Sprintf("%d added", orders)) {
			err = fmt.Errorf("%s", out)
		}
		imported <- err
	}()
	scans, slowest := 0, time.Duration(0)
	for done := false; !done; scans++ {
		select {
		case err := <-imported:
			if err != nil {
				t.Error(err)
			}
			done = true
		default:
		}
		begun := time.Now()
		if scans%2 == 0 {
			w.ask("scan 9520000000011", pack.CodeItem)
		} else {
			w.ask("do undo", pack.CodeUndone)
		}
		slowest = max(slowest, time.Since(begun))
	}
	t.Logf("%d inputs during the import, the slowest took %s", scans, slowest)
	w.end()
	if _, err := w.packctl("", "journal", "verify"); err != nil {
		t.Error(err)
	}
}

func TestTheDeskReachesABenchAtWork(t *testing.T) { // P3
	w := newWorking(t)
	w.ask("badge B-PACKER", pack.CodeSignedIn)
	w.ask("scan 1001", pack.CodeOrderOpened)
	first := w.ask("scan 9520000000028", pack.CodeWrongItem)
	w.ask("scan 9520000000028", pack.CodeWrongItem)
	if a := w.ask("scan 9520000000028", pack.CodeWrongItem); a.Phase != pack.Locked {
		t.Fatalf("three refusals lead to %s", a.Phase)
	}
	if out, err := w.packctl("", "cases", "--open", "--json"); err != nil || strings.Count(out, "wrong-item") < 3 {
		t.Errorf("the desk sees %s, %v", out, err)
	}
	if _, err := w.packctl("B-PACKER\n", "case", "unlock", "S1"); err == nil {
		t.Error("a packer lifted the lock from the desk")
	}
	w.ask("scan 9520000000011", pack.CodeLocked)
	if _, err := w.packctl("B-SUPERVISOR\n", "case", "unlock", "S1"); err != nil {
		t.Fatal(err)
	}
	if a := w.noticed("scan 9520000000011", pack.CodeItem); openOf(a) != 3 {
		t.Errorf("a scan was taken whose answer was about the desk: %d open", openOf(a))
	}
	if _, err := w.packctl("B-SUPERVISOR\n", "case", "resolve", first.Case, "pick-error"); err != nil {
		t.Error(err)
	}
	if _, err := w.packctl("B-SUPERVISOR\n", "case", "hold", "1001", "pick-error"); err != nil {
		t.Error(err)
	}
	for begun := time.Now(); ; time.Sleep(20 * time.Millisecond) { // until the bench has noticed
		story, err := w.packctl("", "find", "1001", "--json")
		if err != nil || time.Since(begun) > patience {
			t.Fatalf("the bench did not notice that the order is held: %v, %s", err, story)
		}
		if strings.Contains(story, `"kind":"order-held"`) {
			break
		}
	}
	if a := w.ask("do park", pack.CodeParked); a.Verdict != pack.Accepted || !strings.Contains(a.Message, "on hold") {
		t.Errorf("the news of the desk and what the line did: %s %q", a.Verdict, a.Message)
	}
	w.ask("scan 1001", pack.CodeOrderHeld)
	w.end()
	if _, err := w.packctl("", "journal", "verify"); err != nil {
		t.Error(err)
	}
}

// A backup is not put back under a program that has the data open: it would go on
// writing into the files that were set aside.
func TestNoRestoreWhileAProgramHasTheDataOpen(t *testing.T) { // P6
	w := newWorking(t)
	w.end()
	kept := filepath.Join(t.TempDir(), "kept.zip")
	if _, err := w.packctl("", "backup", kept); err != nil {
		t.Fatal(err)
	}
	other := exec.Command(w.exe, "decode", "barcode", "--data", w.data)
	in, err := other.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := other.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = other.Process.Kill() })
	if _, err := fmt.Fprintln(in, "PB:command:undo"); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "command\n" {
		t.Fatalf("the other program says %q, %v", line, err)
	}
	_, err = w.packctl("", "restore", kept)
	if err == nil || !strings.Contains(err.Error(), "another program has the data in "+w.data+" open: close the packbench window and end every packctl") {
		t.Errorf("while another program has the data open: %v", err)
	}
	if aside, err := filepath.Glob(filepath.Join(w.data, "before-restore-*")); err != nil || len(aside) > 0 {
		t.Errorf("set aside: %v, %v", aside, err)
	}
	if err := other.Process.Kill(); err != nil { // which leaves no lock behind
		t.Fatal(err)
	}
	_ = other.Wait()
	if _, err := w.packctl("", "restore", kept); err != nil {
		t.Error(err)
	}
	if _, err := w.packctl("", "journal", "verify"); err != nil {
		t.Error(err)
	}
}

// A running bench says once that its trace keys were spoiled, goes on with those
// of before, and takes up a new one.
func TestKeysAreSpoiledAndRotatedUnderABench(t *testing.T) { // L2
	w := newWorking(t)
	w.ask("badge B-PACKER", pack.CodeSignedIn)
	path := filepath.Join(w.data, "trace.key")
	keys, err := trace.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	code, err := trace.Signer{Key: keys[0]}.Sign("095200000000000011", "1003")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	for range 3 { // a trace code makes the bench look at its keys
		w.ask("scan "+code, pack.CodeUnknownCode)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := w.packctl("", "trace", "rotate"); err != nil || !strings.Contains(out, "pick this up by themselves") {
		t.Errorf("%s, %v", out, err)
	}
	w.ask("scan "+code, pack.CodeUnknownCode)
	w.end()
	said := w.words.String()
	if strings.Count(said, "others may open it (mode 0644): run: chmod 600 "+path+"; the keys of before stay in use") != 1 ||
		strings.Count(said, "the trace keys can be read again") != 1 || strings.Count(said, "\n") != 2 {
		t.Errorf("it said %s", said)
	}
}
