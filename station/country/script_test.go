package country

import "testing"

func TestScriptsThatAnOfficeDoesNotRead(t *testing.T) {
	for _, c := range []struct{ code, text, want string }{
		{"CH", "Чай зелёный", "Cyrillic"},
		{"", "Чай зелёный", "Cyrillic"},
		{"RU", "Чай зелёный", ""},
		{"CH", "日本茶", "Chinese or Japanese"},
		{"JP", "日本茶セット", ""},
		{"CN", "お茶", "Japanese"},
		{"US", "カップ", "Japanese"},
		{"JP", "차", "Korean"},
		{"AE", "شاي", ""},
		{"DE", "شاي", "Arabic"},
		{"GR", "Τσάι", ""},
		{"US", "Τσάι", "Greek"},
		{"TH", "ชา", ""},
		{"US", "ชา", "Thai"},
		{"US", "Чай Lipton", "Cyrillic"},
		{"US", "USB-кабель", "Cyrillic"},
		{"US", "Green tea / 緑茶", ""},
		{"US", "緑茶 (green tea)", ""},
		{"US", "緑茶 (100)", "Chinese or Japanese"},
		{"US", "Resistor 2 kΩ, α-lipoic", ""},
		{"US", "Thé vert Ærø ＵＳＢ №5 ºC µm", ""},
		{"US", "ᓀᐦᐃᔭᐍᐏᐣ", "other"},
		{"US", "100", ""},
		{"US", "", ""},
	} {
		if got := Unread(c.code, c.text); got != c.want {
			t.Errorf("%s %q: %q, not %q", c.code, c.text, got, c.want)
		}
	}
}
