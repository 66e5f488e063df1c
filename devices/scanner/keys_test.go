package scanner_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"packbench/devices/devicetest"
	"packbench/devices/scanner"
)

var update = flag.Bool("update", false, "write the golden files again")

// TestWhatEachKeyMeans, alone and under each modifier, in the midst of a code: to the
// window, to a keyboard of its own, and to the doctor. Keys that mean nothing are left
// out.
func TestWhatEachKeyMeans(t *testing.T) {
	held := []struct {
		name string
		keys []int
	}{
		{"alone", nil},
		{"Shift", []int{50}},
		{"right Shift", []int{62}},
		{"Ctrl", []int{37}},
		{"right Ctrl", []int{105}},
		{"Alt", []int{64}},
		{"AltGr", []int{108}},
		{"Shift AltGr", []int{62, 108}},
		{"Ctrl Alt", []int{105, 64}},
		{"Ctrl AltGr", []int{37, 108}},
		{"Super", []int{133}},
		{"right Super", []int{134}},
	}
	readers := []struct {
		name string
		read func(scanner.Layout, []scanner.Key) string
	}{
		{"window", byWindow},
		{"own keyboard", byKeyboard},
		{"doctor", byDoctor},
	}
	var got strings.Builder
	said := map[string]string{}
	for _, name := range []string{"us", "de"} {
		layout, err := scanner.FindLayout(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range held {
			for _, r := range readers {
				if r.name == "doctor" && name != "us" {
					continue // it asks for no layout
				}
				who := fmt.Sprintf("%s, %s, %s", name, h.name, r.name)
				line := meanings(func(code int) string {
					all := downUp(13, 19) // 40
					for _, k := range h.keys {
						all = append(all, scanner.Key{Code: k, Down: true})
					}
					all = append(all, downUp(code)...)
					for _, k := range h.keys {
						all = append(all, scanner.Key{Code: k})
					}
					return r.read(layout, append(all, downUp(19, 15, scanner.KeyEnter)...)) // 06
				})
				if other, ok := said[line]; ok {
					line = " as " + other
				} else {
					said[line] = who
				}
				fmt.Fprintf(&got, "%s:%s\n", who, line)
			}
		}
	}
	const path = "testdata/keys.txt"
	if *update {
		if err := os.WriteFile(path, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	wanted := strings.Split(string(want), "\n")
	for i, line := range strings.Split(got.String(), "\n") {
		if i >= len(wanted) || line != wanted[i] {
			t.Errorf("line %d of %s (go test -update writes it again): got\n%s", i+1, path, line)
		}
	}
}

// meanings writes which keys make what between 40 and 06.
func meanings(of func(code int) string) string {
	var order []string
	keys := map[string][]int{}
	for code := range 140 { // there are none beyond
		text := of(code)
		if text == "4006" {
			continue
		}
		if head, ok := strings.CutPrefix(text, "40"); ok {
			if key, ok := strings.CutSuffix(head, "06"); ok {
				text = key
			}
		}
		if keys[text] == nil {
			order = append(order, text)
		}
		keys[text] = append(keys[text], code)
	}
	var line strings.Builder
	for _, text := range order {
		all := keys[text]
		line.WriteByte(' ')
		for i := 0; i < len(all); i++ {
			first := i
			for i+1 < len(all) && all[i+1] == all[i]+1 {
				i++
			}
			if first > 0 {
				line.WriteByte(',')
			}
			fmt.Fprint(&line, all[first])
			if i > first {
				fmt.Fprintf(&line, "-%d", all[i])
			}
		}
		line.WriteString("=" + strings.Trim(fmt.Sprintf("%+q", text), `"`))
	}
	return line.String()
}

func downUp(codes ...int) (keys []scanner.Key) {
	for _, code := range codes {
		keys = append(keys, scanner.Key{Code: code, Down: true}, scanner.Key{Code: code})
	}
	return keys
}

func byWindow(layout scanner.Layout, all []scanner.Key) string {
	k := newKeys(scanner.Options{Layout: layout})
	for _, key := range all {
		k.key(key.Code, key.Down)
		k.now = k.now.Add(time.Millisecond)
	}
	text := k.result()
	if inside, ok := strings.CutPrefix(text, "["); ok && strings.Count(text, "[") == 1 {
		return strings.TrimSuffix(inside, "]")
	}
	return text
}

func byKeyboard(layout scanner.Layout, all []scanner.Key) string {
	k := scanner.NewKeyboard(scanner.Options{Layout: layout})
	var frames []scanner.Frame
	for _, key := range all {
		frames = append(frames, k.Feed(devicetest.Press(key.Code, key.Down), zero)...)
	}
	return show(append(frames, k.Silence(ms(1000))...))
}

func byDoctor(_ scanner.Layout, all []scanner.Key) string {
	d := scanner.NewDoctor()
	for _, key := range all {
		key.At = zero
		d.Key(key)
	}
	d.Tick(ms(500))
	d.Tick(ms(1000))
	return strings.TrimSuffix(d.Progress().Last, "<Enter>")
}
