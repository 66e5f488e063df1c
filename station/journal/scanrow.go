package journal

import (
	"strconv"
	"time"

	"packbench/station/pack"
)

// The rows of item scans are by far the most, and a packer waits for them.
// They are written here by hand, byte for byte as encoding/json writes them
// (a test compares the two); whatever is not plain goes the general way.

// scanJSON writes the parts of an item scan's row; ok is false where the value
// is another one, or is not plain.
func scanJSON(b []byte, v any) (out []byte, ok bool) {
	o := object{b: b, plain: true}
	switch v := v.(type) {
	case pack.Scanned:
		o.scanned(v)
	case pack.UnitsMoved:
		o.open("Action")
		o.text("ID", v.Action.ID)
		o.text("Line", v.Action.Line)
		o.text("SKU", v.Action.SKU)
		o.number("Qty", int64(v.Action.Qty))
		o.text("How", string(v.Action.How))
		o.counted("Part", v.Action.Part)
		o.plain = o.plain && v.Action.Carton == nil && v.Action.Reason == "" && v.Action.Cases == nil && v.Action.Marks == nil && !v.Action.NoCase
		o.close()
		o.b = append(o.b, '}')
	case pack.Judged:
		o.verdict(v.Verdict)
	default:
		return b, false
	}
	return o.b, o.plain
}

// object writes one JSON object, field by field.
type object struct {
	b     []byte
	some  bool // a field was written
	plain bool // nothing came that has to be escaped or is not known here
}

func (o *object) name(name string) {
	if o.some {
		o.b = append(o.b, ',')
	} else {
		o.b = append(o.b, '{')
	}
	o.some = true
	o.b = append(o.b, '"')
	o.b = append(o.b, name...)
	o.b = append(o.b, '"', ':')
}

// open begins an object in the field name; close ends it.
func (o *object) open(name string) {
	o.name(name)
	o.some = false
}

func (o *object) close() {
	if !o.some {
		o.b = append(o.b, '{')
	}
	o.b = append(o.b, '}')
	o.some = true
}

func (o *object) quote(s string) {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			o.plain = false
			return
		}
	}
	o.b = append(o.b, '"')
	o.b = append(o.b, s...)
	o.b = append(o.b, '"')
}

func (o *object) text(name, s string) {
	o.name(name)
	o.quote(s)
}

// given writes a text that is left out where it is empty.
func (o *object) given(name, s string) {
	if s != "" {
		o.text(name, s)
	}
}

func (o *object) number(name string, n int64) {
	o.name(name)
	o.b = strconv.AppendInt(o.b, n, 10)
}

func (o *object) counted(name string, n int) {
	if n != 0 {
		o.number(name, int64(n))
	}
}

func (o *object) scanned(v pack.Scanned) {
	o.given("Gesture", v.Gesture)
	o.given("Device", v.Device)
	o.given("AIM", v.AIM)
	o.given("Raw", v.Raw)
	o.given("Problem", v.Problem)
	if len(v.Meanings) != 1 || v.Meanings[0].Kind != pack.MeansProduct || v.Meanings[0].Product == nil {
		o.plain = false
		return
	}
	m := v.Meanings[0]
	if m.Person != nil || m.Command != nil || m.Carton != nil || m.Parcel != nil || len(m.Orders) > 0 || m.N != 0 || m.Reason != "" || m.Sent != nil {
		o.plain = false
		return
	}
	if m.Product.Marks != nil || m.Product.Looked != nil || m.Product.Passed != nil || m.Product.Instead != "" || m.Product.May != nil {
		o.plain = false
		return
	}
	o.name("Meanings")
	o.b = append(o.b, '[')
	o.some = false
	o.text("Kind", string(m.Kind))
	o.open("Product")
	o.text("SKU", m.Product.SKU)
	o.text("Name", m.Product.Name)
	o.number("Factor", int64(m.Product.Factor))
	o.number("Mass", int64(m.Product.Mass))
	o.close()
	o.b = append(o.b, "}]}"...)
}

func (o *object) verdict(v pack.Verdict) {
	if v.Choices != nil || v.Marks != nil || v.Life != nil || v.Seconds != 0 || v.Missing != nil || v.Into != nil || v.Instead != "" || v.Excess != nil || v.Lacks != nil || v.Weight != nil || v.Price != nil || v.Place != nil || v.Waits || v.Aside || v.Was != nil || v.Late != nil || v.Rule != "" || !v.Trouble.None() || v.Closed || v.Old != "" || !v.Left.IsZero() || v.At.Year() < 1970 || v.At.Year() > 9999 {
		o.plain = false
		return
	}
	o.open("Verdict")
	o.name("At")
	o.b = append(o.b, '"')
	o.b = v.At.AppendFormat(o.b, time.RFC3339Nano)
	o.b = append(o.b, '"')
	o.text("Kind", string(v.Kind))
	o.text("Code", string(v.Code))
	o.given("Order", v.Order)
	o.given("Number", v.Number)
	o.given("Line", v.Line)
	o.given("SKU", v.SKU)
	o.given("Name", v.Name)
	o.counted("Qty", v.Qty)
	o.counted("Have", v.Have)
	o.counted("Want", v.Want)
	o.counted("Short", v.Short)
	o.given("Kit", v.Kit)
	o.number("Open", int64(v.Open))
	o.given("Scanned", v.Scanned)
	if len(v.Expected) > 0 {
		o.name("Expected")
		for i, sku := range v.Expected {
			o.b = append(o.b, "[,"[min(i, 1)])
			o.quote(sku)
		}
		o.b = append(o.b, ']')
	}
	for _, f := range [...]struct{ name, s string }{
		{"Service", v.Service},
		{"Parcel", v.Parcel},
		{"Manifest", v.Manifest},
		{"Return", v.Return},
		{"Grade", v.Grade},
		{"Disposition", v.Disposition},
		{"Bin", v.Bin},
		{"OtherOrder", v.OtherOrder},
		{"OtherNumber", v.OtherNumber},
		{"Carton", v.Carton},
		{"Carrier", v.Carrier},
		{"Paper", v.Paper},
		{"Command", v.Command},
		{"From", v.From},
		{"Given", v.Given},
		{"Reason", string(v.Reason)},
		{"Why", v.Why},
		{"Case", v.Case},
		{"By", v.By},
		{"Author", v.Author},
		{"Needs", string(v.Needs)},
	} {
		o.given(f.name, f.s)
	}
	o.close()
	o.b = append(o.b, '}')
}
