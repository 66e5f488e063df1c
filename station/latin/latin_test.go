package latin_test

import (
	"testing"

	"packbench/station"
	"packbench/station/latin"
)

func TestLettersAreSpelledWhereTheySayHowTheyAreSpoken(t *testing.T) {
	for _, c := range []struct {
		country, name, city string
		want                station.Latin
		ok                  bool
	}{
		{"GR", "Γιώργος Παπάς", "Αθήνα", station.Latin{Name: "Giorgos Papas", City: "Athena"}, true},
		{"UA", "Олена Шевченко", "Київ", station.Latin{Name: "Olena Shevchenko", City: "Kiyiv"}, true},
		{"KR", "김민수", "서울 Tower", station.Latin{Name: "gimminsu", City: "seoul Tower"}, true},
		{"JP", "山田太郎", "東京", station.Latin{}, false}, // signs of China, read another way
		{"CN", "王芳", "上海", station.Latin{Name: "Wang Fang", City: "Shang Hai"}, true},
		{"HK", "陳大文", "九龍", station.Latin{}, false},
		{"AE", "محمد علي", "دبي", station.Latin{}, false}, // no vowels
		{"IL", "דוד כהן", "חיפה", station.Latin{}, false},
		{"PL", "Łucja", "Łódź", station.Latin{Name: "Łucja", City: "Łódź"}, true},
	} {
		got, ok := latin.ByLetters(station.Address{Country: c.country, Name: c.name, City: c.city})
		if got != c.want || ok != c.ok {
			t.Errorf("%s %s: %+v, %v", c.country, c.city, got, ok)
		}
	}
	if _, ok := latin.ByLetters(station.Address{Country: "GR", City: "Αθήνα", Latin: station.Latin{City: "Athens"}}); ok {
		t.Error("what the shop says is spelled once more")
	}
}
