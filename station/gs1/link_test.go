package gs1

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

const (
	goodGTIN = "09521234543213"
	goodSSCC = "306141411234567891"
)

// linkCases give the elements in brackets, a piece of the error, or "none"
// for an address that is no Digital Link at all.
var linkCases = []struct{ in, want, err string }{
	{in: "https://id.gs1.org/01/" + goodGTIN, want: "(01)" + goodGTIN},
	{in: "HTTPS://id.gs1.org/01/" + goodGTIN, want: "(01)" + goodGTIN},
	{in: "http://example.com:8080/a/b/01/" + goodGTIN, want: "(01)" + goodGTIN},
	{in: "https://example.com/a/01/" + goodGTIN + "/22/V/10/L1/21/S1?17=261122#here", want: "(01)" + goodGTIN + "(22)V(10)L1(21)S1(17)261122"},
	{in: "https://id.gs1.org/01/" + goodGTIN + "/235/T", want: "(01)" + goodGTIN + "(235)T"},
	{in: "https://id.gs1.org/01/" + goodGTIN + "/10/L/235/T", err: "cannot be followed"},
	{in: "https://id.gs1.org/01/" + goodGTIN + "/21/S/10/L", err: "cannot be followed"},
	{in: "https://id.gs1.org/01/" + goodGTIN + "/10/L/10/L", err: "cannot be followed"},
	{in: "https://id.gs1.org/01/" + goodGTIN + "?10=L1", err: "must not stand in the query"},
	{in: "https://id.gs1.org/01/" + goodGTIN + "?21=S1", err: "must not stand in the query"},
	{in: "https://id.gs1.org/00/" + goodSSCC + "?03=" + goodGTIN, err: "must not stand in the query"},
	{in: "https://id.gs1.org/01/9521234543213", want: "(01)" + goodGTIN},
	{in: "https://id.gs1.org/01/036000291452/10/L1", want: "(01)00036000291452(10)L1"},
	{in: "https://id.gs1.org/01/" + goodGTIN + "/", want: "(01)" + goodGTIN},
	{in: "https://id.gs1.org/01/" + goodGTIN + "/10/L1/", want: "(01)" + goodGTIN + "(10)L1"},
	{in: "https://id.gs1.org/01/9521234543214", err: "it must have 14"},
	{in: "https://id.gs1.org/01/952123454321", err: "it must have 14"},
	{in: "https://id.gs1.org/01/" + goodGTIN + "/235/XYZ?10=ABC123", want: "(01)" + goodGTIN + "(235)XYZ(10)ABC123"},
	{in: "https://id.gs1.org/01/" + goodGTIN + "/235/XYZ?235=A", err: "must not stand in the query"},
	{in: "https://id.gs1.org/01/" + goodGTIN + "/22/V?10=ABC123", err: "must not stand in the query"},
	{in: "https://id.gs1.org/01/09521234543214", err: "check digit"},
	{in: "https://id.gs1.org/01/" + goodGTIN + "?3103=001750&17=261122", want: "(01)" + goodGTIN + "(3103)001750(17)261122"},
	{in: "https://id.gs1.org/01/" + goodGTIN + "?17=261122;3103=001750", err: "17"},
	{in: "https://id.gs1.org/01/" + goodGTIN + "?linkType=gs1:pip&x&17=261122&", want: "(01)" + goodGTIN + "(17)261122"},
	{in: "https://id.gs1.org/01/" + goodGTIN + "?3106=001750", err: "no GS1 identifier"},
	{in: "https://id.gs1.org/01/" + goodGTIN + "?17", err: "missing"},
	{in: "https://id.gs1.org/01/" + goodGTIN + "/10/A%2FB%3a", want: "(01)" + goodGTIN + "(10)A/B:"},
	{in: "https://id.gs1.org/01/" + goodGTIN + "/10/A+B", want: "(01)" + goodGTIN + "(10)A+B"},
	{in: "https://id.gs1.org/01/" + goodGTIN + "?99=A%2BB", want: "(01)" + goodGTIN + "(99)A+B"},
	{in: "https://id.gs1.org/01/" + goodGTIN + "?99=A+B", err: "character"},
	{in: "https://id.gs1.org/01/" + goodGTIN + "/10/A%2", err: "percent"},
	{in: "https://id.gs1.org/01/" + goodGTIN + "/10/A%1D", err: "character"},
	{in: "https://id.gs1.org/01/" + goodGTIN + "/10/", err: "missing"},
	{in: "https://id.gs1.org/00/" + goodSSCC, want: "(00)" + goodSSCC},
	{in: "https://id.gs1.org/00/" + goodSSCC + "/10/L", err: "cannot be followed"},
	{in: "https://id.gs1.org/00/" + goodSSCC + "?10=L&02=" + goodGTIN + "&37=5", want: "(00)" + goodSSCC + "(10)L(02)" + goodGTIN + "(37)5"},
	{in: "https://id.gs1.org/414/9521234500001/254/32a", want: "(414)9521234500001(254)32a"},
	{in: "https://id.gs1.org/414/9521234500001/7040/1ABC", want: "(414)9521234500001(7040)1ABC"},
	{in: "https://id.gs1.org/402/95212345000000018", want: "(402)95212345000000018"},
	{in: "https://id.gs1.org/401/A%2F1?400=17", want: "(401)A/1(400)17"},
	{in: "https://id.gs1.org/8006/095212345432130102/21/S", want: "(8006)095212345432130102(21)S"},
	{in: "https://id.gs1.org/8018/306141411234567891/8019/5", want: "(8018)306141411234567891(8019)5"},
	{in: "https://id.gs1.org/gtin/" + goodGTIN, want: "(01)" + goodGTIN},
	{in: "https://id.gs1.org/gtin/" + goodGTIN + "/lot/A/ser/1?exp=290101", want: "(01)" + goodGTIN + "(10)A(21)1(17)290101"},
	{in: "https://id.gs1.org/01/" + goodGTIN + "?exp=1764547200", want: "(01)" + goodGTIN},
	{in: "https://id.gs1.org/gtin/5", err: "none"},
	{in: "https://id.gs1.org/lot/A", err: "none"},
	{in: "https://id.gs1.org/10/L1", err: "none"},
	{in: "https://id.gs1.org/01/" + goodGTIN + "/extra", err: "none"},
	{in: "https://id.gs1.org/", err: "none"},
	{in: "https://id.gs1.org", err: "none"},
	{in: "https://a=b/01/" + goodGTIN, err: "none"},
	{in: "https://[2001:db8::1]:8080/~me/x/01/" + goodGTIN, want: "(01)" + goodGTIN},
	{in: "https://id.gs1.org/01/" + goodGTIN + "/10/A B", err: "none"},
	{in: "https://id.gs1.org/01/" + goodGTIN + "/10/A\x7f", err: "none"},
	{in: "https:///01/" + goodGTIN, err: "none"},
	{in: "https://me@host/01/" + goodGTIN, err: "none"},
	{in: "https://id.gs1.org?/01/" + goodGTIN, err: "none"},
	{in: "ftp://id.gs1.org/01/" + goodGTIN, err: "none"},
	{in: "id.gs1.org/01/" + goodGTIN, err: "none"},
	{in: "https://id.gs1.org/01/" + goodGTIN + "/10/ä", err: "none"},
	{in: "", err: "none"},
}

func TestParseDigitalLink(t *testing.T) {
	for _, c := range linkCases {
		es, _, err := ParseDigitalLink(c.in)
		switch {
		case c.err == "none":
			if !errors.Is(err, ErrNoLink) {
				t.Errorf("%s: %s, %v; want no Digital Link", c.in, es, err)
			}
		case c.err != "":
			if err == nil || errors.Is(err, ErrNoLink) || !strings.Contains(err.Error(), c.err) {
				t.Errorf("%s: %s, error %v; want one with %q", c.in, es, err, c.err)
			}
		default:
			want, _, _ := ParseBracketed(c.want)
			if err != nil || !slices.Equal(es, want) {
				t.Errorf("%s: %s, %v; want %s", c.in, es, err, c.want)
			}
		}
	}
}

func TestDigitalLinkKeys(t *testing.T) {
	want := strings.Fields("00 01 253 255 401 402 414 415 417 8003 8004 8006 8010 8013 8017 8018")
	all, _ := dictionary()
	var got []string
	for code, ai := range all {
		if ai.key {
			got = append(got, code)
		}
	}
	if slices.Sort(got); !slices.Equal(got, want) {
		t.Errorf("keys %v; want %v", got, want)
	}
}

func TestCheckHost(t *testing.T) {
	long := strings.Repeat("a", 57)
	for host, ok := range map[string]bool{
		"id.example.com": true, "ID.Example.com": true, "a-b.de": true, "1.de": true, long + ".de": true,
		"": false, "localhost": false, "https://a.de": false, "a.de:80": false, "a.de/x": false, "a..de": false, ".de": false,
		"a.": false, "-a.de": false, "a-.de": false, "a.-de": false, "ä.de": false, "a_b.de": false, long + "a.de": false,
	} {
		if err := CheckHost(host); (err == nil) != ok {
			t.Errorf("%q: %v", host, err)
		}
	}
}
