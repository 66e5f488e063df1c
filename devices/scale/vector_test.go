package scale_test

import (
	"encoding/hex"
	"reflect"
	"strings"
	"testing"

	"packbench/devices"
	"packbench/devices/devicetest"
	"packbench/devices/scale"
)

// vector is bytes of one scale and what they mean. A wanted reading with state
// OK, Zero or Motion is one that the scale calls steady, steady and moving.
type vector struct {
	name string
	data []byte
	unit string // of the profile
	want []devices.Reading
}

func protocol(t testing.TB, name string) scale.Protocol {
	t.Helper()
	p, err := scale.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// checkVectors reads each vector in one piece, then byte by byte.
func checkVectors(t *testing.T, name string, vectors []vector) {
	t.Helper()
	p := protocol(t, name)
	for _, v := range vectors {
		t.Run(v.name, func(t *testing.T) {
			got := decode(p, v.unit, v.data)
			if len(got) != len(v.want) {
				t.Fatalf("% X gives %+v, want %+v", v.data, got, v.want)
			}
			for i, r := range got {
				devicetest.Sane(t, r)
				w := v.want[i]
				moving := r.State == devices.Motion
				steady := r.State == devices.OK || r.State == devices.Zero
				if r.State != w.State || r.Mass != w.Mass || r.Division != w.Division || r.Unit != w.Unit || r.Net != w.Net {
					t.Errorf("% X gives %+v, want %+v", v.data, r, w)
				}
				if r.Stable != steady || r.StableKnown != (steady || moving) || len(r.Raw) == 0 {
					t.Errorf("% X gives %+v: stable and raw are not right", v.data, r)
				}
			}
			var single [][]byte
			for i := range v.data {
				single = append(single, v.data[i:i+1])
			}
			if again := decode(p, v.unit, single...); !reflect.DeepEqual(again, got) {
				t.Errorf("byte by byte % X gives %+v, in one piece %+v", v.data, again, got)
			}
		})
	}
}

func decode(p scale.Protocol, unit string, pieces ...[]byte) (readings []devices.Reading) {
	d := p.New(scale.Profile{Unit: unit})
	for _, piece := range pieces {
		r, _ := d.Feed(piece)
		readings = append(readings, r...)
	}
	return readings
}

// fuzzVectors fuzzes a decoder with its vectors as corpus: no panic, sane
// readings, and the same ones for any split.
func fuzzVectors(f *testing.F, name string, vectors []vector) {
	if len(vectors) == 0 {
		f.Fatal("a fuzz target without a corpus proves nothing")
	}
	var all []byte
	for _, v := range vectors {
		f.Add(v.data, len(v.data)/2)
		all = append(all, v.data...)
	}
	f.Add(all, len(all)/3)
	p := protocol(f, name)
	f.Fuzz(func(t *testing.T, data []byte, cut int) {
		cut = min(max(cut, 0), len(data))
		whole, parts := decode(p, "", data), decode(p, "", data[:cut], data[cut:])
		if !reflect.DeepEqual(whole, parts) {
			t.Fatalf("% X in one piece gives %+v, cut at %d %+v", data, whole, cut, parts)
		}
		for _, r := range whole {
			devicetest.Sane(t, r)
		}
	})
}

// session joins the bytes of vectors.
func session(name string, vectors []vector) devicetest.Session {
	s := devicetest.Session{Name: name}
	for _, v := range vectors {
		s.Bytes = append(s.Bytes, v.data...)
	}
	return s
}

// of is one wanted reading.
func of(r devices.Reading) []devices.Reading { return []devices.Reading{r} }

// is is one wanted reading that holds no weight.
func is(s devices.ReadingState) []devices.Reading { return of(devices.Reading{State: s}) }

func unhex(t testing.TB, text string) []byte {
	t.Helper()
	data, err := hex.DecodeString(strings.ReplaceAll(text, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return data
}
