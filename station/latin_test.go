package station_test

import (
	"strings"
	"testing"

	"packbench/station"
)

// An address in letters that sorters abroad do not read is doubted before it is packed,
// and no more once its Latin form is there (1).
func TestAnAddressAbroadNeedsLatinLetters(t *testing.T) {
	tokyo := station.Address{Name: "山田太郎", Street: "銀座4-1-1", City: "中央区", Region: "東京都", Postcode: "104-0061", Country: "JP"}
	athens := station.Address{Name: "Γιώργος Παπάς", Street: "Ερμού 12", City: "Αθήνα", Postcode: "105 63", Country: "GR"}
	mixed := station.Address{Name: "Anna Nowak", Street: "银座路 4", City: "上海市 (Shanghai)", Postcode: "200000", Country: "CN"}
	for _, c := range []struct {
		to     station.Address
		home   string
		script string
	}{
		{tokyo, "DE", "Chinese or Japanese"},
		{tokyo, "JP", ""},
		{tokyo, "", ""},
		{athens, "DE", "Greek"},
		{athens, "GR", ""},
		{athens, "EL", ""},
		{mixed, "DE", "Chinese or Japanese"},
		{station.Address{Name: "Łucja", Street: "Żabia 1", City: "Łódź", Country: "PL"}, "DE", ""},
		{station.Address{}, "DE", ""},
	} {
		if got := c.to.UnreadFrom(c.home); got != c.script {
			t.Errorf("%s from %q: %q, want %q", c.to.City, c.home, got, c.script)
		}
		said := strings.Contains(strings.Join(c.to.Doubts(c.home), "\n"), "Latin form")
		if said != (c.script != "") {
			t.Errorf("%s from %q: said %v", c.to.City, c.home, said)
		}
	}
	tokyo.Latin = station.Latin{Name: "Taro Yamada", Street: "4-1-1 Ginza", City: "Chuo-ku", Region: "Tokyo"}
	read := tokyo.ReadFrom("DE")
	want := station.Address{Name: "Taro Yamada", Street: "4-1-1 Ginza", City: "Chuo-ku", Region: "Tokyo", Postcode: "104-0061", Country: "JP"}
	if read != want || tokyo.UnreadFrom("DE") != "" {
		t.Errorf("with its Latin form: %+v, %q", read, tokyo.UnreadFrom("DE"))
	}
	if tokyo.ReadFrom("JP") != tokyo {
		t.Error("at home it is read as it is written")
	}
	tokyo.Latin.City = ""
	if tokyo.UnreadFrom("DE") == "" {
		t.Error("a city without its Latin form is not doubted")
	}
}
