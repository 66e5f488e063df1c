package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/devices/port"

	"github.com/xuri/excelize/v2"
)

// talk runs a command that another program holds a conversation with.
type talk struct {
	t    *testing.T
	in   *io.PipeWriter
	out  *bufio.Scanner
	err  bytes.Buffer
	done chan int
}

func startTalk(t *testing.T, args ...string) *talk {
	t.Helper()
	inR, inW := io.Pipe()
	outR, outW := io.Pipe()
	k := &talk{t: t, in: inW, out: bufio.NewScanner(outR), done: make(chan int, 1)}
	go func() {
		status := packctl(context.Background(), env{in: inR, out: outW, err: &k.err, clock: time.Now}, args)
		outW.CloseWithError(io.EOF)
		inR.CloseWithError(errors.New("the command has ended"))
		k.done <- status
	}()
	return k
}

// ask writes a line and waits for its answer, before anything else is written.
func (k *talk) ask(line string) string {
	k.t.Helper()
	if _, err := io.WriteString(k.in, line+"\n"); err != nil {
		k.t.Fatal(err)
	}
	if !k.out.Scan() {
		k.t.Fatalf("%s: no answer", line)
	}
	return k.out.Text()
}

func (k *talk) end() {
	k.t.Helper()
	if err := k.in.Close(); err != nil {
		k.t.Fatal(err)
	}
	if status := <-k.done; status != 0 {
		k.t.Fatalf("exit status %d: %s", status, k.err.String())
	}
}

func TestDecodeAnswersLineByLine(t *testing.T) {
	none := filepath.Join(t.TempDir(), "none")
	for _, test := range []struct {
		args       []string
		line, want string
	}{
		{[]string{"decode", "barcode"}, "PB:command:undo", "command"},
		{[]string{"decode", "tracking"}, "12345", "12345 fits no carrier"},
		{[]string{"decode", "scale", "--protocol", "sics"}, "53202b0d0a", `over  "S +"`},
	} {
		k := startTalk(t, append(test.args, "--data", none)...)
		for range 3 {
			if got := k.ask(test.line); got != test.want {
				t.Errorf("%v %s: %q, want %q", test.args, test.line, got, test.want)
			}
		}
		k.end()
	}
}

func TestVeryLongCodeIsAnswered(t *testing.T) {
	k := startTalk(t, "decode", "barcode", "--json", "--data", filepath.Join(t.TempDir(), "none"))
	for _, n := range []int{8_000, 1 << 20, longestLine + 10} {
		if got := k.ask(strings.Repeat("7", n)); !strings.Contains(got, `"kind":"invalid"`) || len(got) > 3000 {
			t.Errorf("%d digits: %.300s", n, got)
		}
	}
	if got := k.ask("9520000000011"); !strings.Contains(got, `"kind":"gtin"`) {
		t.Errorf("after the long ones: %s", got)
	}
	k.end()
}

func TestSimulatedDevicesSpeak(t *testing.T) {
	link := filepath.Join(t.TempDir(), "device")
	needPty(t)
	k := startTalk(t, "simulate", "scanner", "--link", link)
	if got := k.ask("frob"); got != `error: "frob" is no command here; known: burst, heard, noise, replug, scan, unplug, wait` {
		t.Errorf("frob: %s", got)
	}
	conn, err := port.Serial{Name: link}.Open()
	if err != nil {
		t.Fatal(err)
	}
	if got := k.ask("scan 9520000000011"); got != "ok" {
		t.Errorf("scan: %s", got)
	}
	heard := make([]byte, 64)
	n, err := conn.Read(heard)
	if got := string(heard[:n]); !strings.HasPrefix(got, "9520000000011") {
		t.Errorf("the port heard %q, %v", got, err)
	}
	if err := conn.Close(); err != nil {
		t.Error(err)
	}
	k.end()
	if _, err := os.Lstat(link); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the device is still there: %v", err)
	}
}

// oneCommand runs a whole command and gives what it printed.
func oneCommand(t *testing.T, stdin string, args ...string) string {
	t.Helper()
	var out, stderr bytes.Buffer
	e := env{in: strings.NewReader(stdin), out: &out, err: &stderr, clock: time.Now}
	if status := packctl(t.Context(), e, args); status != 0 {
		t.Fatalf("%v: exit status %d: %s", args, status, stderr.String())
	}
	return out.String()
}

// A bench that works notices what the desk and an import do meanwhile.
func TestBenchNoticesTheDesk(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	oneCommand(t, "", "init", "--demo", "--data", data)
	k := startTalk(t, "run", "--json", "--data", data)
	for _, line := range []string{"badge B-PACKER", "scan 1002", "scan 9520000000011", "scan 9520000000011"} {
		k.ask(line)
	}
	if got := k.ask("scan 9520000000011"); !strings.Contains(got, `"phase":"locked"`) {
		t.Fatalf("after three refusals: %s", got)
	}
	oneCommand(t, "B-SUPERVISOR\n", "case", "unlock", "S1", "--data", data)
	k.until(`"phase":"packing"`)
	oneCommand(t, "B-SUPERVISOR\n", "case", "hold", "1002", "customer-request", "--data", data)
	k.until(`"code":"order-held"`)
	k.end()
	oneCommand(t, "", "journal", "verify", "--data", data)
}

// until asks until an answer holds the words: the bench looks twice a second.
func (k *talk) until(words string) {
	k.t.Helper()
	for begun := time.Now(); time.Since(begun) < 10*time.Second; time.Sleep(50 * time.Millisecond) {
		if strings.Contains(k.ask("wait 1s"), words) {
			return
		}
	}
	k.t.Fatalf("the bench never said %s", words)
}

func TestLongImportTellsItsProgress(t *testing.T) {
	dir := t.TempDir()
	e := func(stderr io.Writer, out io.Writer) env {
		return env{in: strings.NewReader(""), out: out, err: stderr, clock: time.Now}
	}
	data := filepath.Join(dir, "data")
	var out, stderr bytes.Buffer
	run := func(args ...string) {
		t.Helper()
		out.Reset()
		stderr.Reset()
		if status := packctl(t.Context(), e(&stderr, &out), append(args, "--data", data)); status != 0 {
			t.Fatalf("%v: exit status %d: %s", args, status, stderr.String())
		}
	}
	run("init")
	var csv strings.Builder
	csv.WriteString("sku,name\n")
	for i := range 11_000 {
		fmt.Fprintf(&csv, "P%05d,Product %d\n", i, i)
	}
	path := filepath.Join(dir, "products.csv")
	if err := os.WriteFile(path, []byte(csv.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	run("import", "products", path, "--json")
	if want := "5000 rows read\n10000 rows read\n5000 of about 11000 kept\n10000 of about 11000 kept\n"; stderr.String() != want {
		t.Errorf("progress %q, want %q", stderr.String(), want)
	}
	if !strings.Contains(out.String(), `"added":11000`) {
		t.Errorf("report %s", out.String())
	}
}

func TestImportOfAWorkbook(t *testing.T) {
	dir := t.TempDir()
	f := excelize.NewFile()
	for cell, value := range map[string]any{"A1": "sku", "B1": "barcodes", "C1": "mass", "A2": "MUG", "B2": 9520000000011, "C2": "340 g"} {
		if err := f.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(dir, "products.xlsx")
	if err := errors.Join(f.SaveAs(path), f.Close()); err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(dir, "data")
	for i, want := range []string{"", `{"read":1,"added":1,`, `{"read":1,"added":0,"changed":0,"unchanged":1,`} {
		args := []string{"import", "products", path, "--json", "--data", data}
		if i == 0 {
			args = []string{"init", "--json", "--data", data}
		}
		var out, stderr bytes.Buffer
		e := env{in: strings.NewReader(""), out: &out, err: &stderr, clock: time.Now}
		if status := packctl(t.Context(), e, args); status != 0 || !strings.HasPrefix(out.String(), want) {
			t.Fatalf("%v: exit status %d, %s%s", args, status, out.String(), stderr.String())
		}
	}
}

func TestFileIsWrittenWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "out.csv")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	boom := errors.New("boom")
	err := folder.WriteWhole(path, func(w io.Writer) error {
		if _, err := io.WriteString(w, "half"); err != nil {
			return err
		}
		return boom
	})
	if !errors.Is(err, boom) {
		t.Errorf("error %v", err)
	}
	if got, err := os.ReadFile(path); string(got) != "old" || err != nil {
		t.Errorf("the file holds %q, %v", got, err)
	}
	if left, err := os.ReadDir(dir); len(left) != 1 || err != nil {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
