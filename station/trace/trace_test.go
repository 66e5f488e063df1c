package trace

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func key(t testing.TB, seed byte) Key {
	t.Helper()
	k, err := newKey(bytes.Repeat([]byte{seed}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

const sscc = "340123450000000017"

func TestSignedCodeIsGenuineInBothForms(t *testing.T) {
	k := key(t, 1)
	for _, domain := range []string{"", "trace.example"} {
		code, err := Signer{k, domain}.Sign(sscc, "1042")
		if err != nil {
			t.Fatal(err)
		}
		if head := map[string]string{"": "T1:" + sscc + ":" + k.ID(), "trace.example": "https://trace.example/00/" + sscc + "?s=" + k.ID()}[domain]; !strings.HasPrefix(code, head) {
			t.Errorf("%q does not begin with %q", code, head)
		}
		for _, text := range []string{code, " " + code + "\r\n"} {
			r := Verify(Keys{key(t, 2), k}, domain, text)
			if r.Verdict != Genuine || r.SSCC != sscc || r.KeyID != k.ID() {
				t.Errorf("Verify(%q) = %+v, want genuine", text, r)
			}
			if !r.Of(Keys{k}, "1042") || r.Of(Keys{k}, "1043") {
				t.Errorf("%q: the order mark does not tell order 1042 from 1043", text)
			}
		}
	}
	short, _ := Signer{Key: k}.Sign(sscc, "1042")
	if len(short) != 47 || strings.ToUpper(short) != short {
		t.Errorf("the short form %q must be 47 capitals, to fit a small symbol", short)
	}
	if Verify(Keys{k}, "", strings.ToLower(short)).Verdict != Genuine {
		t.Error("a scanner with caps lock reversed must not make a code forged")
	}
}

// One character changed, added, lost or exchanged with its neighbour, anywhere,
// by any byte: the code is genuine no more, in neither form, whatever keys the
// bench has.
func TestEveryChangedCharacterIsNoticed(t *testing.T) {
	keys := Keys{key(t, 3), key(t, 2), key(t, 1)}
	for i, domain := range []string{"", "trace.example", "t.example.org"} {
		code, err := Signer{keys[i], domain}.Sign(sscc, "1042")
		if err != nil {
			t.Fatal(err)
		}
		seen := map[Verdict]int{}
		try := func(changed string) {
			r := Verify(keys, domain, changed)
			seen[r.Verdict]++
			if r.Verdict == Genuine && strings.TrimSpace(changed) != code {
				t.Fatalf("%q passes as %q", changed, code)
			}
			if r.Reason == "" {
				t.Fatalf("%q: %s without a reason", changed, r.Verdict)
			}
		}
		for at := range code {
			inID := at >= len(code)-tokenLen && at < len(code)-tokenLen+idLen
			for c := range 256 {
				if byte(c) != code[at] {
					changed := code[:at] + string([]byte{byte(c)}) + code[at+1:]
					try(changed)
					// It still looks like ours, so it is not called a stranger's.
					if r := Verify(keys, domain, changed); r.Verdict != Altered && r.Verdict != Forged && !inID {
						t.Fatalf("%q is %s: %s", changed, r.Verdict, r.Reason)
					} else if inID && r.Verdict == Unknown && (!strings.Contains(r.Reason, "another shop's") || !strings.Contains(r.Reason, "changed")) {
						t.Fatalf("%q: %s", changed, r.Reason)
					}
				}
				try(code[:at] + string([]byte{byte(c)}) + code[at:])
			}
			try(code[:at] + code[at+1:])
			if at > 0 && code[at] != code[at-1] {
				try(code[:at-1] + code[at:at+1] + code[at-1:at] + code[at+1:])
			}
		}
		for _, v := range []Verdict{Altered, Forged, Foreign, Unknown} {
			if seen[v] == 0 {
				t.Errorf("%q: no change makes it %s", code, v)
			}
		}
	}
}

func TestScannerThatChangesTheCaseOfAllLetters(t *testing.T) {
	k := key(t, 1)
	for _, domain := range []string{"", "trace.example"} {
		code, err := Signer{k, domain}.Sign(sscc, "1042")
		if err != nil {
			t.Fatal(err)
		}
		swapped := strings.Map(func(r rune) rune {
			if up := strings.ToUpper(string(r)); up != string(r) {
				return rune(up[0])
			}
			return rune(strings.ToLower(string(r))[0])
		}, code)
		for _, text := range []string{swapped, strings.ToUpper(code), strings.ToLower(code)} {
			if r := Verify(Keys{k}, domain, text); r.Verdict != Genuine || !Looks(domain, text) {
				t.Errorf("%q is %s: %s", text, r.Verdict, r.Reason)
			}
		}
	}
}

func TestOlderAndRetiredKeys(t *testing.T) {
	keys := Keys{key(t, 1)}
	code, err := Signer{Key: keys[0]}.Sign(sscc, "1042")
	if err != nil {
		t.Fatal(err)
	}
	old := keys[0].ID()
	if _, err := keys.Retire(old); !errors.Is(err, ErrKey) || !strings.Contains(err.Error(), "packctl trace rotate") {
		t.Errorf("the only key was retired: %v", err)
	}
	rotated, err := keys.Rotate()
	if err != nil {
		t.Fatal(err)
	}
	if r := Verify(rotated, "", code); r.Verdict != Genuine || !strings.Contains(r.Reason, "older key "+old) {
		t.Errorf("signed with the older key: %s, %s", r.Verdict, r.Reason)
	}
	if _, err := rotated.Retire("???"); !errors.Is(err, ErrKey) {
		t.Errorf("no such key: %v", err)
	}
	retired, err := rotated.Retire(strings.ToLower(old))
	if err != nil || rotated[1].Retired() {
		t.Fatalf("%v; the ring that was given must not change", err)
	}
	path := filepath.Join(t.TempDir(), "trace.key")
	if err := Save(path, retired); err != nil {
		t.Fatal(err)
	}
	loaded, err := Load(path)
	if err != nil || len(loaded) != 2 || loaded[0].Retired() || !loaded[1].Retired() {
		t.Fatalf("%v, %v", loaded, err)
	}
	r := Verify(loaded, "", code)
	if r.Verdict != Unknown || !strings.Contains(r.Reason, "retired") || r.Of(loaded, "1042") {
		t.Errorf("signed with a retired key: %s, %s", r.Verdict, r.Reason)
	}
	// What was never signed with it is not excused by its being retired.
	other, err := Signer{Key: keys[0]}.Sign("340123450000000024", "1043")
	if err != nil {
		t.Fatal(err)
	}
	if r := Verify(loaded, "", code[:22]+other[22:]); r.Verdict != Altered {
		t.Errorf("altered, retired key: %s", r.Verdict)
	}
	if r := Verify(loaded, "", code[:22]+old+strings.Repeat("A", 22)); r.Verdict != Forged {
		t.Errorf("forged, retired key: %s", r.Verdict)
	}
	// One that signs with a retired key would make labels that nobody trusts.
	if _, err := (Keys{loaded[1]}).Signing(); !errors.Is(err, ErrKey) {
		t.Errorf("a retired key signs: %v", err)
	}
}

func TestVerdicts(t *testing.T) {
	k := key(t, 1)
	sign := func(k Key, domain, sscc string) string {
		t.Helper()
		code, err := Signer{k, domain}.Sign(sscc, "1042")
		if err != nil {
			t.Fatal(err)
		}
		return code
	}
	short, link := sign(k, "", sscc), sign(k, "trace.example", sscc)
	other := sign(k, "", "340123450000000024")
	for _, c := range []struct {
		name, text string
		want       Verdict
	}{
		{"genuine signature, other SSCC", strings.Replace(short, sscc, "340123450000000024", 1), Altered},
		{"genuine signature, SSCC with a bad check digit", strings.Replace(short, sscc, "340123450000000018", 1), Altered},
		{"another parcel's signature", short[:22] + other[22:], Altered},
		{"made up without the key", short[:22] + k.ID() + strings.Repeat("A", 22), Forged},
		{"another shop's key", sign(key(t, 9), "", sscc), Unknown},
		{"another shop's domain", sign(key(t, 9), "other.example", sscc), Foreign},
		{"our signature in a link to elsewhere", sign(k, "other.example", sscc), Altered},
		{"our signature behind a damaged head", "71" + short[2:], Altered},
		{"our signature behind a damaged SSCC", short[:10] + "x" + short[11:], Altered},
		{"our signature in no form at all", "HELLO" + short[22:], Altered},
		{"another shop's behind a damaged head", "71" + sign(key(t, 9), "", sscc)[2:], Foreign},
		{"link without signature", "https://trace.example/00/" + sscc, Altered},
		{"link with a signature of another name", strings.Replace(link, "?s=", "?t=", 1), Altered},
		{"another shop's link without signature", "https://other.example/00/" + sscc, Foreign},
		{"the host's name in capitals", strings.Replace(link, "trace.example", "TRACE.EXAMPLE", 1), Genuine},
		{"one letter of the host's name in capitals", strings.Replace(link, "trace.example", "Trace.example", 1), Altered},
		{"the link's mark in capitals", strings.Replace(link, "?s=", "?S=", 1), Altered},
		{"letters of Unicode that fold to ours", "http\u017f://trace.example/00/" + sscc + link[len("https://trace.example/00/")+18:], Altered},
		{"link cut short", link[:len(link)-1], Altered},
		{"short form cut short", short[:len(short)-7], Altered},
		{"small letters cut short", strings.ToLower(short[:len(short)-7]), Altered},
		{"one character too many", short + "A", Altered},
		{"a character that none of ours has", short[:len(short)-1] + "0", Altered},
		{"another shop's, cut short", sign(key(t, 9), "", sscc)[:40], Foreign},
		{"cut down to less than a key's name", short[:24], Foreign},
		{"a signature of no characters", short[:22], Foreign},
		{"another shop's domain, cut short", sign(k, "other.example", sscc)[:60], Foreign},
		{"a link cut in its SSCC", "https://trace.example/00/34012", Foreign},
		{"a link cut before its SSCC", "https://trace.example/00/", Foreign},
		{"as long as is looked at", strings.Repeat(" ", 256-len(short)) + short, Genuine},
		{"and longer", strings.Repeat(" ", 257-len(short)) + short, Altered},
		{"our signature at the end of as long a text", strings.Repeat("A", 256-25) + short[22:], Altered},
		{"and of a longer one", strings.Repeat("A", 257-25) + short[22:], Foreign},
		{"our signature alone", short[22:], Altered},
		{"our key's name and another's signature", "HELLO" + k.ID() + sign(key(t, 9), "", sscc)[25:], Foreign},
		{"some web page", "https://trace.example/", Foreign},
		{"a GTIN", "9506000134352", Foreign},
		{"nothing", "", Foreign},
		{"a megabyte", "T1:" + strings.Repeat("3", 1<<20), Foreign},
	} {
		r := Verify(Keys{k}, "trace.example", c.text)
		if toElsewhere := strings.Contains(c.name, "elsewhere"); r.KeyID != "" && r.Verdict == Altered && strings.Contains(r.Reason, "leads to other.example") != toElsewhere {
			t.Errorf("%s: %s", c.name, r.Reason)
		}
		if r.Verdict != c.want || r.Reason == "" {
			t.Errorf("%s: %s (%s), want %s", c.name, r.Verdict, r.Reason, c.want)
		}
	}
	// Whose a damaged one is shows by its SSCC as well: whoever knows that must know
	// that it has our form.
	for text, want := range map[string]bool{
		short: false, short[:40]: true, short[:24]: true, sign(key(t, 9), "", sscc)[:40]: true, link + "AA": true, "https://trace.example/00/" + sscc: false,
		sign(k, "other.example", sscc)[:60]: false, short[:20]: false,
	} {
		if r := Verify(Keys{k}, "trace.example", text); r.Damaged != want || want && (r.SSCC != sscc || !Looks("trace.example", text)) {
			t.Errorf("%q: %+v, want damaged %v", text, r, want)
		}
	}
	if !Looks("trace.example", link) || !Looks("trace.example", link[:len("https://trace.example/00/")+18]) || !Looks("", short) || Looks("trace.example", "9506000134352") {
		t.Error("Looks must tell trace codes from other scans")
	}
}

func TestSignRefusesWhatCannotBeVerified(t *testing.T) {
	k := key(t, 1)
	for _, c := range []struct {
		signer Signer
		sscc   string
	}{
		{Signer{k, ""}, "340123450000000018"},
		{Signer{k, ""}, "34012345000000001"},
		{Signer{Key{}, ""}, sscc},
		{Signer{k, "https://trace.example"}, sscc},
		{Signer{k, "trace.example/00"}, sscc},
		{Signer{k, "localhost"}, sscc},
	} {
		if code, err := c.signer.Sign(c.sscc, "1042"); err == nil {
			t.Errorf("Sign gave %q, want an error", code)
		}
	}
}

func TestKeysShowNoSecret(t *testing.T) {
	secret := []byte("0123456789abcdef0123456789abcdef")
	k, err := newKey(secret)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{fmt.Sprint(k), fmt.Sprintf("%+v %#v %s", Keys{k}, k, Signer{Key: k})} {
		if strings.Contains(text, "0123") || strings.Contains(text, "48 49") || strings.Contains(text, "0x30") {
			t.Errorf("a printed key shows its secret: %s", text)
		}
	}
}

func TestKeyFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "trace.keys")
	if _, err := Load(path); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "if it is lost for good, run: packctl trace rotate --lost") {
		t.Errorf("Load of nothing: %v", err)
	}
	made, err := LoadOrCreate(path)
	if err != nil {
		t.Fatal(err)
	}
	again, err := LoadOrCreate(path)
	if err != nil || again[0].ID() != made[0].ID() {
		t.Fatalf("the second start got other keys: %v", err)
	}
	old, _ := made.Signing()
	code, err := Signer{Key: old}.Sign(sscc, "1042")
	if err != nil {
		t.Fatal(err)
	}
	rotated, err := again.Rotate()
	if err != nil {
		t.Fatal(err)
	}
	if err := Save(path, rotated); err != nil {
		t.Fatal(err)
	}
	loaded, err := Load(path)
	if err != nil || len(loaded) != 2 || loaded[0].ID() == old.ID() {
		t.Fatalf("after rotation: %v, %v", loaded, err)
	}
	if r := Verify(loaded, "", code); r.Verdict != Genuine {
		t.Errorf("a label signed before the rotation is %s", r.Verdict)
	}

	var fileError *FileError
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(path); !errors.As(err, &fileError) || !strings.Contains(fileError.Hint, "chmod 600") {
		t.Errorf("a key that others may read: %v", err)
	}
	_, err = Load(t.TempDir())
	if !errors.As(err, &fileError) || strings.Contains(err.Error(), "chmod") || !strings.Contains(fileError.Hint, "move away what is there") || !strings.Contains(fileError.Hint, "rotate --lost") {
		t.Errorf("a folder instead of a key: %v", err)
	}
	for _, damaged := range []string{"", "hello", keyHead, keyHead + "\nAAA BBBB\n"} {
		if err := os.WriteFile(path, []byte(damaged), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := LoadOrCreate(path); !errors.Is(err, ErrKey) {
			t.Errorf("key file %q: %v, want ErrKey", damaged, err)
		}
		if _, err := Load(path); !errors.As(err, &fileError) || !strings.Contains(fileError.Hint, "from the backup; if there is none, move this file away and run: packctl trace rotate --lost") {
			t.Errorf("key file %q: %v does not tell the way out", damaged, err)
		}
		if kept, _ := os.ReadFile(path); string(kept) != damaged {
			t.Errorf("a damaged key file was replaced")
		}
	}
}

// TestKeyFileOutOfReach: the words name the file and what the computer says.
func TestKeyFileOutOfReach(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	below := filepath.Join(dir, "file", "trace.keys")
	var file *FileError
	if _, err := LoadOrCreate(below); !errors.As(err, &file) || file.Hint != "check who owns the file" && !errors.Is(err, fs.ErrNotExist) || file.Path != below {
		t.Errorf("below a file: %v", err)
	}
	if cause := file.Cause(); cause == "" || strings.Contains(cause, dir) || !strings.Contains(file.Error(), cause) {
		t.Errorf("cause %q of %v", cause, file)
	}
	nowhere := filepath.Join(dir, "nowhere", "trace.keys")
	if keys, err := LoadOrCreate(nowhere); !errors.As(err, &file) || len(keys) > 0 || file.Hint != "check that the folder exists and may be written" {
		t.Errorf("no folder: %v, %v", keys, err)
	}
	if got := (&FileError{Err: ErrKey}).Cause(); got != ErrKey.Error() {
		t.Errorf("cause %q", got)
	}
}

// TestSizeOfAKeyFile: 16 KB are read, of a longer one nothing.
func TestSizeOfAKeyFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "trace.keys")
	text := Keys{key(t, 1)}.Text()
	for size, ok := range map[int]bool{16 << 10: true, 16<<10 + 1: false, 1 << 20: false} {
		if err := os.WriteFile(path, []byte(text+strings.Repeat("\n", size-len(text))), 0o600); err != nil {
			t.Fatal(err)
		}
		if keys, err := Load(path); (err == nil) != ok || ok && len(keys) != 1 || !ok && !strings.Contains(err.Error(), "this is not a key file") {
			t.Errorf("%d bytes: %v, %v", size, keys, err)
		}
	}
}

func TestMistakesInAKeyFile(t *testing.T) {
	one, two := key(t, 1), key(t, 2)
	line := func(k Key) string { return strings.Split(Keys{k}.Text(), "\n")[1] }
	for text, want := range map[string]string{
		keyHead + "\n" + line(one) + "\n" + line(two):                    "",
		keyHead + "\n" + line(one) + " retired":                          "",
		keyHead + "\n" + line(one) + "\n" + line(one):                    "key " + one.ID() + " stands there twice",
		keyHead + "\n" + line(one) + "\n" + line(two) + " gone":          "line 3 is not a key",
		keyHead + "\n" + two.ID() + line(one)[3:]:                        "line 2 is not a key",
		keyHead + "\n" + line(one)[:len(line(one))-8] + "\n" + line(two): "line 2 is not a key",
		keyHead + "\n" + line(Key{secret: one.secret[1:]}):               "line 2 is not a key",
		"packbench-trace-keys 2\n" + line(one):                           `the first line is not "packbench-trace-keys 1"`,
		keyHead:                                                          "the first line is not",
	} {
		if _, err := ParseKeys(text); (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

// TestRingsJoined: keys of a backup verify, and the bench's own goes on signing.
func TestRingsJoined(t *testing.T) {
	one, two, three := key(t, 1), key(t, 2), key(t, 3)
	ring := Keys{one, two}.With(Keys{two, three})
	if len(ring) != 3 || ring[0].ID() != one.ID() || ring[1].ID() != two.ID() || ring[2].ID() != three.ID() {
		t.Errorf("ring %v", ring)
	}
	if k, err := ring.Signing(); err != nil || k.ID() != one.ID() {
		t.Errorf("%v signs, %v", k, err)
	}
	if _, err := (Keys{}).Signing(); !errors.Is(err, ErrKey) {
		t.Errorf("no key signs: %v", err)
	}
	if _, err := (Keys{{}}).Signing(); !errors.Is(err, ErrKey) {
		t.Errorf("an empty key signs: %v", err)
	}
	if _, err := (Keys{one}).Retire("ABC"); err == nil || err.Error() != "there is no key ABC here" {
		t.Error(err)
	}
	if _, err := (Keys{one}).Retire(one.ID()); err == nil || err.Error() != "key "+one.ID()+" signs; make a new one first with: packctl trace rotate" {
		t.Error(err)
	}
}

// TestSavedWhole: a key file is its owner's alone, and nothing is left beside it.
func TestSavedWhole(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "trace.keys")
	left := filepath.Join(dir, ".trace-keys-123")
	if err := os.WriteFile(left, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Save(path, Keys{key(t, 1)}); err != nil {
		t.Fatal(err)
	}
	if err := Sweep(path); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 || files[0].Name() != "trace.keys" {
		t.Errorf("files %v, %v", files, err)
	}
	if err := Save(dir, Keys{key(t, 1)}); err == nil {
		t.Error("a folder was written over")
	}
	if files, _ := filepath.Glob(filepath.Join(filepath.Dir(dir), ".trace-keys-*")); len(files) > 0 {
		t.Errorf("left behind: %v", files)
	}
}

func FuzzVerify(f *testing.F) {
	k, err := newKey(bytes.Repeat([]byte{1}, 32))
	if err != nil {
		f.Fatal(err)
	}
	for _, domain := range []string{"", "trace.example"} {
		code, err := Signer{k, domain}.Sign(sscc, "1042")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(code)
	}
	f.Add("https://trace.example/00/340123450000000017?s=")
	f.Add("T1::")
	f.Add("T1:" + sscc + ":" + k.ID() + "AAAA")
	short, _ := Signer{Key: k}.Sign(sscc, "1042")
	link, _ := Signer{k, "trace.example"}.Sign(sscc, "1042")
	f.Fuzz(func(t *testing.T, text string) {
		r := Verify(Keys{k}, "trace.example", text)
		plain := strings.TrimSpace(text)
		if r.Verdict == Genuine && (mixed(plain) || !strings.EqualFold(plain, short) && !strings.EqualFold(plain, link)) {
			t.Errorf("%q passes as genuine", text)
		}
		if r.Verdict == "" || r.Reason == "" {
			t.Errorf("%q has no verdict", text)
		}
		if r.Damaged && (r.Verdict != Altered && r.Verdict != Foreign || !digits18(r.SSCC)) {
			t.Errorf("%q is damaged: %+v", text, r)
		}
	})
}

func FuzzKeyFile(f *testing.F) {
	k, err := newKey(bytes.Repeat([]byte{1}, 32))
	if err != nil {
		f.Fatal(err)
	}
	old := k
	old.retired = true
	f.Add(Keys{k}.Text())
	f.Add(Keys{old}.Text())
	f.Add(keyHead + "\nAAA BBBB retired\n")
	f.Fuzz(func(t *testing.T, text string) {
		keys, err := ParseKeys(text)
		if err != nil {
			if !errors.Is(err, ErrKey) {
				t.Errorf("%q: %v", text, err)
			}
			return
		}
		again, err := ParseKeys(keys.Text())
		if err != nil || len(again) != len(keys) {
			t.Errorf("%q: written and read back: %v, %v", text, again, err)
		}
	})
}

// Every domain that is refused here is refused in the settings, by the same
// rule; one that is taken makes codes that verify.
func TestDomains(t *testing.T) {
	for domain, ok := range map[string]bool{
		"trace.example": true, "Trace.Example": true, "a-b.c1.example": true, strings.Repeat("a", 57) + ".de": true,
		"": false, "localhost": false, "id.example:8080": false, "a..b": false, ".a.b": false, "a.b.": false, "-a.b": false, "a-.b": false,
		"https://a.b": false, "a.b/c": false, "ä.example": false, strings.Repeat("a", 58) + ".de": false,
	} {
		if err := CheckDomain(domain); (err == nil) != ok || err != nil && !errors.Is(err, ErrFormat) {
			t.Errorf("%q: %v, want right: %v", domain, err, ok)
		}
		code, err := Signer{key(t, 1), domain}.Sign("095200000000000011", "1042")
		if (err == nil) != (ok || domain == "") {
			t.Errorf("sign under %q: %v", domain, err)
		}
		if err == nil && (!Looks(domain, code) || Verify(Keys{key(t, 1)}, domain, code).Verdict != Genuine) {
			t.Errorf("a code under %q is not known again: %s", domain, code)
		}
	}
}

// newKey makes a key of 32 secret bytes.
func newKey(secret []byte) (Key, error) {
	k := Key{secret: bytes.Clone(secret)}
	return k, k.check()
}

// What a folder of the same shop trusts no more is trusted nowhere, but what signs goes on.
func TestRingsAreMerged(t *testing.T) {
	a, b, c := key(t, 1), key(t, 2), key(t, 3)
	other, err := Keys{c, b, a}.Retire(b.ID())
	if err != nil {
		t.Fatal(err)
	}
	if other, err = other.Retire(a.ID()); err != nil {
		t.Fatal(err)
	}
	merged := Keys{a, b}.Merged(other)
	if len(merged) != 3 || merged[0].retired || !merged[1].retired || merged[2].ID() != c.ID() || merged[2].retired {
		t.Errorf("%+v", merged)
	}
	if again := merged.Merged(Keys{a, b}); !again[1].retired {
		t.Error("a key came back because another folder trusts it still")
	}
}
