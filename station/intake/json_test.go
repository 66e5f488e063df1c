package intake

import (
	"strings"
	"testing"
)

// TestANameTwiceInAnObject is no row: which of the two counts, nobody knows.
func TestANameTwiceInAnObject(t *testing.T) {
	const two = "stands"
	for text, want := range map[string]string{
		`[{"order":"1","sku":"MUG","sku":"TEA","qty":1},{"order":"2","sku":"MUG","qty":1}]`: "2 MUG*1 ; row 1: the name stands twice in the object",
		`[{"order":"1","sku":"MUG","s\u006bu":"TEA","qty":1}]`:                              "row 1: the name stands twice in the object",
		`[{"order":"1","sku":"MUG","qty":1,"more":{"a":1,"b":[{"c":"x: \"{","c":2}]}}]`:     "row 1: the name stands twice in the object",
		`[{"order":"1","sku":"MUG","qty":1,"name":"a:b\\","note":"\":"}]`:                   `1 MUG*1 a:b\`,
		`[{"order":"1","sku":"MUG","SKU":"TEA","qty":1}]`:                                   `o.json: the column "sku" ` + two,
		`[{"order":"1","sku":"MUG","qty":1},{"order":"2","Sku":"TEA","qty":1}]`:             `o.json: the column "Sku" ` + two,
	} {
		if got := cellsOf(t, "o.json", text); got != want && !strings.HasPrefix(got, strings.TrimSuffix(want, two)) {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	_, rep, _ := ReadOrders(t.Context(), strings.NewReader(`[{"order":"1","sku":"MUG","qty":1,"qty":5}]`), "o.json", Options{})
	if len(rep.Rejected) != 1 || rep.Rejected[0].Column != "qty" {
		t.Errorf("%+v", rep)
	}
}

// TestFormsOfJSON: an array, one in an object that describes it, or a line for each
// object. Two lists in one file are asked apart.
func TestFormsOfJSON(t *testing.T) {
	const one, two = `{"order":"1","sku":"MUG","qty":1}`, `{"order":"2","sku":"TEA","qty":2}`
	const both, not = "1 MUG*1 ; 2 TEA*2 ", "o.json: the JSON must be an array of objects: [{…}, {…}]"
	for _, c := range []struct{ file, text, want string }{
		{"o.json", "[" + one + "," + two + "]", both},
		{"o.json", "\xef\xbb\xbf [" + one + "," + two + "]", both},
		{"o.json", one + "\n" + two + "\n", both},
		{"o.jsonl", one + "\r\n" + two, both},
		{"o.ndjson", one, "1 MUG*1 "},
		{"o.json", `{"orders":[` + one + "," + two + `]}`, both},
		{"o.json", `{"count":2,"page":{"next":[1]},"orders":[` + one + "," + two + `],"more":{"a":{}}}`, both},
		{"o.json", utf16(`{"orders":[` + one + "," + two + `]}`), both},
		{"o.json", `{"orders":[` + one + `],"refunds":[` + two + `]}`, "o.json: there are several lists in the JSON; give a file for each"},
		{"o.json", `{"orders":[` + one + `]`, "o.json: the object around the array does not end: unexpected EOF"},
		{"o.json", `{"orders":[` + one + `]} x`, "o.json: something stands behind the end of the array"},
		{"o.json", "[" + one + "]" + two, "o.json: something stands behind the end of the array"},
		{"o.json", one, not},
		{"o.json", `{"orders":{"a":` + one + `}}`, not},
		{"o.json", `"text"`, not},
		{"o.json", one + "\n" + `{"order":`, "o.json: object 2: unexpected EOF"},
		{"o.jsonl", one + "\n" + `{"order":`, "o.jsonl: object 2: unexpected EOF"},
	} {
		if got := cellsOf(t, c.file, c.text); got != c.want {
			t.Errorf("%s %s: %s, want %s", c.file, c.text, got, c.want)
		}
	}
}
