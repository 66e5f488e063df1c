package site_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"packbench/station/phrases"
	"packbench/station/site"
	"packbench/station/track"
)

var (
	berlin = time.FixedZone("CET", 3600)
	noon   = time.Date(2026, 11, 30, 11, 0, 0, 0, time.UTC)
)

func shop() site.Shop {
	return site.Shop{Name: "Example", Email: "help@shop.example", Phone: "+49 30 1", Zone: berlin, Now: noon}
}

// parcel is one of which everything is known.
func parcel(state track.State) site.Parcel {
	return site.Parcel{
		Order: "1001", SSCC: "095200000000000017", N: 1, Of: 2, Packed: noon.Add(-30 * time.Hour), Scanned: true, Weighed: true, Pieces: 3,
		Carrier: "Post", Service: "Parcel Fast", Tracking: "TRACK1", Handed: noon.Add(-26 * time.Hour), Promised: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC), Since: noon.Add(-30 * time.Hour),
		State: state, StateAt: noon.Add(-2 * time.Hour), Heard: noon.Add(-time.Hour), Until: time.Date(2026, 12, 7, 0, 0, 0, 0, time.UTC),
		Form: "https://status.example/abc.html", ReturnBy: noon.AddDate(0, 0, 30), Gone: noon.AddDate(0, 0, 60),
	}
}

func form(to string) site.Return {
	return site.Return{Order: "1001", To: to, Lines: []site.Sold{{SKU: "MUG", Name: "Mug <blue>", Qty: 2}, {SKU: "CUP", Name: "Cup", Qty: 1}}, Until: noon.AddDate(0, 0, 30)}
}

// all draws everything that there is in a language, by a name each.
func all(t *testing.T, in phrases.Language) map[string]string {
	t.Helper()
	out := map[string]string{}
	keep := func(name string, page []byte, err error) {
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out[name] = string(page)
	}
	page := func(name string, p site.Parcel) {
		data, err := site.Page(p, shop(), in)
		keep(name, data, err)
		data, err = site.Outside(p, shop(), in)
		keep("outside "+name, data, err)
	}
	for _, state := range track.States() {
		page("page "+string(state), parcel(state))
	}
	packed := parcel(track.Unknown)
	packed.Handed, packed.Weighed, packed.Pieces, packed.Of = time.Time{}, false, 1, 0
	page("page packed", packed)
	late := parcel(track.InTransit)
	late.Late, late.Heard = true, time.Time{}
	page("page late", late)
	mute := shop()
	mute.Email, mute.Phone = "", ""
	data, err := site.Outside(packed, mute, in)
	keep("outside mute", data, err)
	for _, to := range []string{"returns@shop.example", "https://shop.example/returns"} {
		data, err = site.Form(form(to), shop(), in)
		keep("form "+to, data, err)
	}
	for _, n := range site.AllNews() {
		for _, shopPays := range []bool{false, true} {
			back := &site.Policy{Number: "095200000000000017-1", Lines: []site.Sold{{SKU: "MUG", Name: "Cup", Qty: 2}}, To: []string{"Example", "1 2"}, ShopPays: shopPays}
			subject, text := site.Letter(site.Told{News: n, Parcel: late, At: noon, Amount: "12.00 EUR", Link: "https://status.example/x.html", Back: back}, shop(), in)
			keep(fmt.Sprint("letter ", n, shopPays), []byte(subject+"\n"+text), nil)
		}
	}
	return out
}

func TestPagesAskForNothing(t *testing.T) { // T3
	for name, page := range all(t, phrases.Language{}) {
		if strings.HasPrefix(name, "letter") {
			continue
		}
		for _, never := range []string{"<script", "<img", "<iframe", "@import", "url(", "javascript:", "<link rel=\"stylesheet"} {
			if strings.Contains(strings.ToLower(page), never) {
				t.Errorf("%s holds %s", name, never)
			}
		}
		for _, must := range []string{`content="noindex, nofollow, noarchive"`, `content="no-referrer"`, "default-src &#39;none&#39;", "width=device-width", "prefers-color-scheme:dark", "30 Nov 2026, 12:00 CET"} {
			if !strings.Contains(page, must) {
				t.Errorf("%s lacks %s", name, must)
			}
		}
		if action := regexp.MustCompile(`form-action (\S+)"`).FindStringSubmatch(page); action == nil || !strings.HasPrefix(name, "form") && action[1] != "&#39;none&#39;" {
			t.Errorf("%s: forms may go to %v", name, action)
		}
		if strings.HasPrefix(name, "form") && (!strings.Contains(page, `method="post"`) || strings.Contains(page, `method="get"`)) {
			t.Errorf("%s is not sent by POST", name)
		}
	}
}

// What a driver or a neighbour reads names no buyer, order, contents or price, and nothing of
// what the carrier says.
func TestThePageOutsideShowsLess(t *testing.T) { // T3
	for name, page := range all(t, phrases.Language{}) {
		if !strings.HasPrefix(name, "outside") {
			continue
		}
		for _, never := range []string{"1001", "TRACK1", "units", "unit<", "abc.html", "scanned", "Delivered", "pick-up", "Promised", "Last", "of 2"} {
			if strings.Contains(page, never) {
				t.Errorf("%s holds %q", name, never)
			}
		}
		if !strings.Contains(page, "095200000000000017") || !strings.Contains(page, "Found this parcel?") {
			t.Errorf("%s lacks the number or the words for a finder", name)
		}
	}
}

func TestAPageSaysWhatIsKnownAndItsAge(t *testing.T) { // T3
	p := parcel(track.ReadyForPickup)
	data, err := site.Page(p, shop(), phrases.Language{})
	if err != nil {
		t.Fatal(err)
	}
	page := string(data)
	for _, must := range []string{
		"Order 1001, parcel 1 of 2", "Ready for pick-up", "each piece was scanned, and the parcel weighed", "3 units", "Post, Parcel Fast", "29 Nov 2026, 10:00 CET",
		"1 Dec 2026, as said on 29 Nov 2026", "Ready for pick-up – 30 Nov 2026, 10:00 CET", "30 Nov 2026, 11:00 CET", "Fetch it until 7 Dec 2026.", "Announce a return (until 30 Dec 2026)", "It is deleted on 29 Jan 2027.",
	} {
		if !strings.Contains(page, must) {
			t.Errorf("it lacks %q:\n%s", must, page)
		}
	}
	bare, err := site.Page(site.Parcel{Order: "7", Handed: noon}, site.Shop{Now: noon}, phrases.Language{})
	if err != nil {
		t.Fatal(err)
	}
	for _, never := range []string{"weighed", "Promised", "unit", "Jan", "parcel 0", "Questions"} {
		if strings.Contains(string(bare), never) {
			t.Errorf("a page of which nothing is known says %q", never)
		}
	}
	if !strings.Contains(string(bare), "nothing yet") {
		t.Error("it does not say that nothing was heard")
	}
}

// What comes from shops and catalogues stays text.
func TestNothingOfOthersBecomesMarkup(t *testing.T) {
	bad := `"><script>alert(1)</script>`
	p := parcel(track.InTransit)
	p.Order, p.Carrier, p.Service, p.Tracking, p.SSCC, p.Form = bad, bad, bad, bad, bad, "javascript:alert(1)"
	s := shop()
	s.Name, s.Email = bad, bad
	r := form("returns@shop.example")
	r.Order, r.Lines[0].SKU, r.Lines[0].Name = bad, bad, bad
	for i, draw := range []func() ([]byte, error){
		func() ([]byte, error) { return site.Page(p, s, phrases.Language{}) },
		func() ([]byte, error) { return site.Outside(p, s, phrases.Language{}) },
		func() ([]byte, error) { return site.Form(r, s, phrases.Language{}) },
	} {
		page, err := draw()
		if err != nil || strings.Contains(string(page), "<script") || strings.Contains(string(page), "javascript:") {
			t.Errorf("page %d: %v\n%s", i, err, page)
		}
	}
}

func TestWhereAFormIsSent(t *testing.T) {
	for to, ok := range map[string]bool{
		"returns@shop.example": true, "https://shop.example/returns": true, "": false, "http://shop.example": false, "a@b.example?bcc=c@d.example": false, "a@b.example\r\nBcc: c@d.example": false,
		"Name <a@b.example>": false, "javascript:alert(1)": false, "https://u:p@shop.example/": false, "shop": false,
	} {
		r := site.Return{To: to}
		if _, err := site.Form(r, shop(), phrases.Language{}); (err == nil) != ok {
			t.Errorf("%q: %v", to, err)
		}
	}
}

func TestASubjectIsOneLine(t *testing.T) {
	p := parcel(track.InTransit)
	p.Order = "7\r\nBcc: x@y.example " + strings.Repeat("9", 200)
	subject, _ := site.Letter(site.Told{News: site.NewsHanded, Parcel: p}, shop(), phrases.Language{})
	if strings.ContainsAny(subject, "\r\n") || len([]rune(subject)) > 90 {
		t.Errorf("%q", subject)
	}
}

func TestTokensAreLongAndNeverTheSame(t *testing.T) {
	seen := map[string]bool{}
	for range 10_000 {
		token := site.Token()
		if seen[token] || len(token) < 26 || strings.Trim(token, "abcdefghijklmnopqrstuvwxyz234567") != "" {
			t.Fatalf("%q", token)
		}
		seen[token] = true
	}
}

// The list holds all that pages and letters say and nothing else, so that translations are whole.
func TestTheListOfPhrasesIsWhole(t *testing.T) {
	data, err := os.ReadFile("testdata/phrases.golden")
	if err != nil {
		t.Fatal(err)
	}
	list := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	var file strings.Builder
	for _, phrase := range list {
		fmt.Fprintf(&file, "%s = %s\n", strconv.Quote(phrase), strconv.Quote("«"+phrase+"»"))
	}
	book, err := phrases.Read(fstest.MapFS{"de.toml": {Data: []byte(file.String())}})
	if err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	for name, page := range all(t, book.In("de")) {
		said.WriteString(page)
		_, body, _ := strings.Cut(page, "<body>")
		if strings.HasPrefix(name, "letter") {
			body = page
		}
		body = regexp.MustCompile(`(?s)<[^>]*>`).ReplaceAllString(body, "\n")
		for marked := regexp.MustCompile(`«[^«»]*»`); marked.MatchString(body); {
			body = marked.ReplaceAllString(body, "")
		}
		for _, own := range []string{
			"Example", "Post, Parcel Fast", "TRACK1", "SSCC 095200000000000017", "help@shop.example", "CET", "Mug &lt;blue&gt;", "Cup", "12.00 EUR", "https://status.example/x.html",
		} {
			body = strings.ReplaceAll(body, own, "")
		}
		if left := regexp.MustCompile(`\pL+`).FindString(body); left != "" {
			t.Errorf("%s: %q is not in the list", name, left)
		}
	}
	months := []string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}
	for _, phrase := range list {
		before, _, _ := strings.Cut(phrase, "%")
		if !strings.Contains(said.String(), "«"+strings.ReplaceAll(before, "'", "&#39;")) && !strings.Contains(said.String(), "«"+before) && !slices.Contains(months, phrase) {
			t.Errorf("%q is in the list and never said", phrase)
		}
	}
}
