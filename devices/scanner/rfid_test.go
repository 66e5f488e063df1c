package scanner_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"packbench/devices/scanner"
	"packbench/station/gs1"
)

// The tags of the GS1 EPC Tag Data Standard, E.3.
const (
	sgtin = "3074257BF7194E4000001A85"
	sscc  = "3174257BF4499602D2000000"
	grai  = "3374257BF40C0E400000162E"

	sgtinCode = "]C1:0180614141123458216789"
	ssccCode  = "]C1:00106141412345678908"
)

func TestRFID(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"SGTIN-96":             {sgtin + "\r\n", sgtinCode},
		"SSCC-96":              {sscc + "\r", ssccCode},
		"small letters":        {strings.ToLower(sgtin) + "\n", sgtinCode},
		"EPC:":                 {"EPC:" + sgtin + "\r", sgtinCode},
		"epc = and spaces":     {"  epc = " + sgtin + " \r", sgtinCode},
		"groups":               {"30 74 25 7B F7 19 4E 40 00 00 1A 85\r", sgtinCode},
		"PC word":              {"3000" + sgtin + "\r", sgtinCode},
		"PC word, user memory": {"EPC: 3400 " + sgtin + "\r", sgtinCode},
		"PC word, small":       {"3000" + strings.ToLower(sscc) + "\r", ssccCode},
		"PC of no EPC":         {"3100" + sgtin + "\r", "]X0:" + sgtin},
		"PC of other length":   {"2800" + sgtin + "\r", "]X0:2800" + sgtin},
		"no suffix":            {sgtin, sgtinCode},
		"GRAI-96":              {strings.ToLower(grai) + "\r", "]X0:" + grai},
		"blank":                {"000000000000000000000000\r", "]X0:000000000000000000000000"},
		"digits like GS1":      {"010952123454321310123456\r", "]X0:010952123454321310123456"},
		"broken SGTIN":         {"301F257BF7194E4000001A85\r", "]X0:301F257BF7194E4000001A85"},
		"128 bits":             {"E28011700000020A1B2C3D4E5F607182\r", "]X0:E28011700000020A1B2C3D4E5F607182"},
		"20 digits":            {sgtin[:20] + "\r", sgtin[:20]},
		"26 digits":            {sgtin + "85\r", sgtin + "85"},
		"half a tag":           {"3074257BF719\r", "3074257BF719"},
		"a barcode":            {"]E04006381333931\r]E04006381333931\r", "]E0:4006381333931 | ]E0:4006381333931"},
		"other text":           {" Ready \r", "Ready"},
		"EPC alone":            {"EPC:\r", "EPC:"},
		"spaces":               {"  \r" + sgtin + "\r", sgtinCode},
		"too long":             {strings.Repeat("3", scanner.MaxScan+4) + "\r" + sgtin + "\r", fmt.Sprintf("cut %d | %s", scanner.MaxScan, sgtinCode)},
	} {
		t.Run(name, func(t *testing.T) {
			r := scanner.NewRFID(scanner.Options{})
			frames := r.Feed([]byte(c.in), zero)
			frames = append(frames, r.Silence(ms(1000))...)
			if got := show(frames); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// What the resolver makes of the frames: GTIN and serial, SSCC, or plain text.
func TestRFIDMeansGS1(t *testing.T) {
	decode := func(epc string) gs1.Code {
		frames := scanner.NewRFID(scanner.Options{}).Feed([]byte(epc+"\r"), zero)
		if len(frames) != 1 {
			t.Fatalf("%s gave %d frames", epc, len(frames))
		}
		return gs1.Decode(frames[0].AIM, string(frames[0].Data))
	}
	c := decode(sgtin)
	if serial, _ := c.Elements.Get("21"); c.GTIN != "80614141123458" || serial != "6789" || len(c.Warnings) > 0 {
		t.Errorf("SGTIN-96 means %+v", c)
	}
	if c := decode(sscc); c.SSCC != "106141412345678908" || len(c.Warnings) > 0 {
		t.Errorf("SSCC-96 means %+v", c)
	}
	if c := decode("010952123454321310123456"); c.Kind != gs1.KindPlain {
		t.Errorf("a tag with the digits of an element string means %+v", c)
	}
}

func TestRFIDPrefix(t *testing.T) {
	r := scanner.NewRFID(scanner.Options{Prefix: "T=", GS: "0"})
	if got := show(r.Feed([]byte("T="+sgtin+"\r"), zero)); got != sgtinCode {
		t.Errorf("got %q", got)
	}
}

// A reader repeats what lies in its field.
func TestRFIDCountsEachTagOnce(t *testing.T) {
	r := scanner.NewRFID(scanner.Options{})
	counts := map[string]int{}
	at := func(from, to int, tags ...string) {
		for now := from; now < to; now += 20 {
			for _, f := range r.Feed([]byte(tags[now/20%len(tags)]+"\r"), ms(now)) {
				counts[string(f.Data)]++
			}
		}
	}
	want := func(when string, each int) {
		t.Helper()
		for data, n := range counts {
			if n != each {
				t.Errorf("%s: %s counted %d times, want %d", when, data, n, each)
			}
		}
		if len(counts) != 3 {
			t.Errorf("%s: %d tags counted", when, len(counts))
		}
	}
	at(0, 10_000, sgtin, "3000"+sgtin, sscc, strings.ToLower(grai), grai)
	want("ten seconds in the field", 1)
	at(11_800, 12_000, sgtin, sscc, grai)
	want("after 1.8 s away", 1)
	r.Reset()
	at(12_400, 13_000, sgtin, sscc, grai)
	want("after a replug", 1)
	at(15_000, 16_000, sgtin, sscc, grai)
	want("after 2 s away", 2)
}

// epcOf returns tags that differ.
func epcOf(i int) string { return fmt.Sprintf("E2%022X", i) }

func TestRFIDManyTags(t *testing.T) {
	const full, many = 1024, 1500
	counts := make([]int, many)
	r := scanner.NewRFID(scanner.Options{})
	total := 0
	round := func(now, from, to int) {
		for i := from; i < to; i++ {
			n := len(r.Feed([]byte(epcOf(i)+"\r"), ms(now)))
			counts[i] += n
			total += n
		}
	}
	for now := 0; now < 10_000; now += 500 {
		round(now, 0, many)
	}
	if total != full {
		t.Errorf("%d of %d tags counted while all are in the field, want %d", total, many, full)
	}
	for now := 10_000; now < 14_000; now += 500 {
		round(now, 500, many) // the first five hundred are taken away
	}
	for i, n := range counts {
		if n != 1 {
			t.Errorf("tag %d counted %d times", i, n)
		}
	}
}

// TestRFIDTakesATagForAnother that was taken away two seconds ago, and not sooner.
func TestRFIDTakesATagForAnother(t *testing.T) {
	r := scanner.NewRFID(scanner.Options{})
	for i := range 1024 {
		r.Feed([]byte(epcOf(i)+"\r"), ms(0))
	}
	for _, c := range []struct{ ms, want int }{{1999, 0}, {2000, 1}} {
		if got := r.Feed([]byte(sgtin+"\r"), ms(c.ms)); len(got) != c.want {
			t.Errorf("after %d ms: %d tags, want %d", c.ms, len(got), c.want)
		}
	}
}

// FuzzRFID: a split changes nothing, what claims to be GS1 is, and the next tag
// is read.
func FuzzRFID(f *testing.F) {
	for _, seed := range []string{sgtin + "\r", "EPC:3000" + sscc + "\r\n", "30 74\r", grai, "]E04006\r", "epc\r\xff\x00\r"} {
		f.Add([]byte(seed), 5)
	}
	f.Fuzz(func(t *testing.T, data []byte, cut int) {
		cut = min(max(cut, 0), len(data))
		feed := func(pieces ...[]byte) string {
			r := scanner.NewRFID(scanner.Options{})
			var all []scanner.Frame
			for _, p := range pieces {
				all = append(all, r.Feed(p, zero)...)
			}
			all = append(all, r.Silence(ms(1000))...)
			for _, frame := range all {
				if c := gs1.Decode(frame.AIM, string(frame.Data)); frame.AIM == "]C1" && !strings.Contains(string(data), "]C1") && c.GTIN == "" && c.SSCC == "" {
					t.Fatalf("%q is no GS1 code: %s", frame.Data, c.Err)
				}
			}
			if got := show(r.Feed([]byte(sgtin+"\r"), zero.Add(time.Minute))); got != sgtinCode {
				t.Fatalf("the next tag came as %q", got)
			}
			return show(all)
		}
		if whole, torn := feed(data), feed(data[:cut], data[cut:]); whole != torn {
			t.Fatalf("a split changes %q to %q", whole, torn)
		}
	})
}
