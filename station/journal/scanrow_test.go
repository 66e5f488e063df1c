package journal

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"packbench/station/pack"
	"packbench/station/unit"
)

// Whatever the hand-written rows hold is what encoding/json writes of the same
// value, in fields that the pack package may gain one day too.
func TestScanRowsAreWrittenAsJSONWritesThem(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	plain := 0
	for range 20_000 {
		for _, v := range []any{&pack.Scanned{}, &pack.UnitsMoved{}, &pack.Judged{}} {
			scatter(r, reflect.ValueOf(v).Elem(), 0)
			value := reflect.ValueOf(v).Elem().Interface()
			if s, ok := value.(pack.Scanned); ok && r.IntN(2) == 0 {
				s.Meanings = []pack.Meaning{{Kind: pack.MeansProduct, Product: &pack.Product{SKU: "A", Name: "Mug", Factor: r.IntN(9), Mass: unit.Mass(r.Int64())}}}
				value = s
			}
			if u, ok := value.(pack.UnitsMoved); ok && r.IntN(4) > 0 {
				u.Action.Cases = nil
				value = u
			}
			got, ok := scanJSON(nil, value)
			if !ok {
				continue
			}
			plain++
			var want bytes.Buffer
			enc := json.NewEncoder(&want)
			enc.SetEscapeHTML(false)
			if err := enc.Encode(value); err != nil {
				t.Fatal(err)
			}
			if string(got) != string(bytes.TrimSuffix(want.Bytes(), []byte("\n"))) {
				t.Fatalf("%T\n got %s\nwant %s", value, got, want.Bytes())
			}
		}
	}
	if plain < 8_000 {
		t.Fatalf("only %d values went the short way", plain)
	}
}

// scatter fills a value with odd contents, and leaves fields out.
func scatter(r *rand.Rand, v reflect.Value, depth int) {
	if r.IntN(3) == 0 && depth > 0 {
		return
	}
	switch v.Kind() {
	case reflect.String:
		texts := []string{"S1.9", "MUG-WHITE", "Mug, white", "<b>&", "a\"b", "tab\t", "Łódź", "9520000000011"}
		v.SetString(texts[r.IntN(len(texts))])
	case reflect.Int, reflect.Int64:
		v.SetInt(r.Int64N(4000) - 2000)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Slice:
		if r.IntN(4) > 0 && v.Type().Elem().Kind() != reflect.String {
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), r.IntN(3), 3))
		for i := range v.Len() {
			scatter(r, v.Index(i), depth+1)
		}
	case reflect.Pointer:
		if depth > 3 || r.IntN(4) > 0 {
			return
		}
		v.Set(reflect.New(v.Type().Elem()))
		scatter(r, v.Elem(), depth+1)
	case reflect.Struct:
		if v.Type() == reflect.TypeOf(time.Time{}) {
			v.Set(reflect.ValueOf(time.Unix(r.Int64N(4e9), r.Int64N(1e9)).UTC()))
			return
		}
		for i := range v.NumField() {
			scatter(r, v.Field(i), depth+1)
		}
	}
}
