package journal_test

import (
	"flag"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/station/cases"
	"packbench/station/pack"
	"packbench/station/stock"
	"packbench/station/track"
)

var update = flag.Bool("update", false, "add new fields to testdata/fields.txt")

// TestNoFieldOfOldJournalsIsLost compares the JSON of every event and fact, and
// of the state that a snapshot keeps, with the list of what has ever been
// written. -update adds a new field to the list. It takes none off: an event or
// fact keeps its names for ever, and a state until snapshots have a new version.
func TestNoFieldOfOldJournalsIsLost(t *testing.T) {
	const name = "testdata/fields.txt"
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	written := strings.Split(strings.TrimSpace(string(text)), "\n")
	read := fields(nil, "state", reflect.TypeFor[pack.State](), nil)
	for _, e := range slices.Concat(pack.Events(), cases.Events(), stock.Events(), track.Events()) {
		read = fields(read, "event "+e.Tag(), reflect.TypeOf(e), nil)
	}
	for _, f := range slices.Concat(pack.Facts(), pack.OldFacts(), cases.Facts(), stock.Facts(), track.Facts()) {
		read = fields(read, "fact "+f.Tag(), reflect.TypeOf(f), nil)
	}
	for _, line := range written {
		if !slices.Contains(read, line) {
			t.Errorf("old journals hold %q: this program would lose it", line)
		}
	}
	all := slices.Compact(slices.Sorted(slices.Values(append(slices.Clone(written), read...))))
	if *update {
		if err := os.WriteFile(name, []byte(strings.Join(all, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	for _, line := range read {
		if !slices.Contains(written, line) {
			t.Errorf("%q is new: -update adds it to %s", line, name)
		}
	}
}

// fields adds a line for every value that JSON writes of a type, with its kind.
// A type within itself is listed once.
func fields(list []string, path string, t reflect.Type, within []reflect.Type) []string {
	switch t.Kind() {
	case reflect.Pointer:
		return fields(list, path, t.Elem(), within)
	case reflect.Slice:
		return fields(list, path+"[]", t.Elem(), within)
	case reflect.Map:
		return fields(list, path+"{}", t.Elem(), within)
	case reflect.String, reflect.Bool:
		return append(list, path+" "+t.Kind().String())
	case reflect.Struct:
		if t == reflect.TypeFor[time.Time]() {
			return append(list, path+" time")
		}
		if slices.Contains(within, t) {
			return append(list, path+" again")
		}
	default:
		return append(list, path+" number")
	}
	if t.NumField() == 0 {
		return append(list, path)
	}
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case name == "-" || !f.IsExported() && !f.Anonymous:
		case f.Anonymous && name == "":
			list = fields(list, path, f.Type, append(within[:len(within):len(within)], t))
		case name == "":
			list = fields(list, path+"."+f.Name, f.Type, append(within[:len(within):len(within)], t))
		default:
			list = fields(list, path+"."+name, f.Type, append(within[:len(within):len(within)], t))
		}
	}
	return list
}
