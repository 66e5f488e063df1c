package store

import (
	"flag"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"packbench/station/pack"
)

var update = flag.Bool("update", false, "write the shape of the kept state anew")

// fieldsOf lists the fields of a type and of those that it is made of, as they are kept.
func fieldsOf(t reflect.Type, seen map[reflect.Type]bool, out *strings.Builder) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array:
		fieldsOf(t.Elem(), seen, out)
	case reflect.Map:
		fieldsOf(t.Key(), seen, out)
		fieldsOf(t.Elem(), seen, out)
	case reflect.Struct:
		if seen[t] {
			return
		}
		seen[t] = true
		for i := range t.NumField() {
			f := t.Field(i)
			fmt.Fprintf(out, "%s.%s %s `%s`\n", t, f.Name, f.Type, f.Tag)
		}
		for i := range t.NumField() {
			fieldsOf(t.Field(i).Type, seen, out)
		}
	}
}

// A state that an older program kept lacks what a newer one would have folded from the
// same facts: the bench would work on without it, and verifying would call the folder
// changed. So a state of another shape has another version, and is folded anew.
func TestAStateOfAnotherShapeHasAnotherVersion(t *testing.T) {
	var shape strings.Builder
	fmt.Fprintf(&shape, "version %d\n", snapshotVersion)
	fieldsOf(reflect.TypeFor[pack.State](), map[reflect.Type]bool{}, &shape)
	const path = "testdata/state-shape.txt"
	kept, err := os.ReadFile(path)
	if err != nil && !*update {
		t.Fatal(err)
	}
	version, _, _ := strings.Cut(string(kept), "\n")
	now, _, _ := strings.Cut(shape.String(), "\n")
	switch {
	case string(kept) == shape.String():
	case version == now && err == nil:
		t.Errorf("pack.State is another one than the kept states of %s: raise snapshotVersion in rows.go, then run this test with -update", now)
	case !*update:
		t.Error("run this test with -update")
	default:
		if err := os.WriteFile(path, []byte(shape.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
