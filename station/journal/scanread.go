package journal

import (
	"bytes"
	"reflect"
	"strconv"
	"time"

	"packbench/station"
	"packbench/station/pack"
)

// Most facts of a journal are those of item scans, and a start, the projections
// and the shift book wait for them. What scanJSON writes is read here by hand; what
// is not plain goes the general way (a test compares the two).

var (
	judgedType = reflect.TypeFor[pack.Judged]()
	movedType  = reflect.TypeFor[pack.UnitsMoved]()
)

// quickFacts reads facts as Encode writes them; ok is false for any others.
func (c *Codec) quickFacts(b []byte) (facts []pack.Fact, ok bool) {
	r := reader{b: b}
	if r.is("[]") {
		return []pack.Fact{}, len(r.b) == 0
	}
	facts = make([]pack.Fact, 0, 4)
	for before := "["; r.is(before); before = "," {
		r.must(`{"t":`)
		tag := r.quoted()
		t, known := c.facts[string(tag)]
		if !known || r.odd {
			return nil, false
		}
		var data []byte
		if r.is(`,"d":`) {
			data = r.object()
		}
		if !r.is("}") {
			return nil, false
		}
		if c.passes(string(tag), t, data) {
			continue
		}
		f, err := quick(t, data)
		if err != nil {
			return nil, false
		}
		facts = append(facts, pack.Upcast(f))
	}
	return facts, string(r.b) == "]"
}

func quick(t reflect.Type, data []byte) (pack.Fact, error) {
	r := reader{b: data}
	switch t {
	case judgedType:
		if v := r.verdict(); !r.odd && len(r.b) == 0 {
			return pack.Judged{Verdict: v}, nil
		}
	case movedType:
		if a := r.action(); !r.odd && len(r.b) == 0 {
			return pack.UnitsMoved{Action: a}, nil
		}
	}
	v, err := value(t, data)
	if err != nil {
		return nil, err
	}
	return v.(pack.Fact), nil
}

// reader takes a text apart from its beginning.
type reader struct {
	b   []byte
	odd bool // something came that is not plain
}

// is takes what stands next, if it is this.
func (r *reader) is(text string) bool {
	if len(r.b) < len(text) || string(r.b[:len(text)]) != text {
		return false
	}
	r.b = r.b[len(text):]
	return true
}

func (r *reader) must(text string) {
	if !r.is(text) {
		r.odd = true
	}
}

// quoted takes a text in quotation marks that holds nothing escaped.
func (r *reader) quoted() []byte {
	if !r.is(`"`) {
		r.odd = true
		return nil
	}
	for i, c := range r.b {
		switch {
		case c == '"':
			text := r.b[:i]
			r.b = r.b[i+1:]
			return text
		case c < ' ' || c > '~' || c == '\\':
			r.odd = true
			return nil
		}
	}
	r.odd = true
	return nil
}

func (r *reader) text() string { return string(r.quoted()) }

func (r *reader) number() int {
	i := 0
	for i < len(r.b) && (r.b[i] >= '0' && r.b[i] <= '9' || i == 0 && r.b[i] == '-') {
		i++
	}
	n, err := strconv.Atoi(string(r.b[:i]))
	if err != nil || len(strconv.Itoa(n)) != i { // 01 and -0 are left to those who know what they mean
		r.odd = true
	}
	r.b = r.b[i:]
	return n
}

// object takes an object whole.
func (r *reader) object() []byte {
	depth, inside := 0, false
	for i := 0; i < len(r.b); i++ {
		switch c := r.b[i]; {
		case inside && c == '\\':
			i++
		case c == '"':
			inside = !inside
		case inside:
		case c == '{':
			depth++
		case c == '}':
			if depth--; depth == 0 {
				whole := r.b[:i+1]
				r.b = r.b[i+1:]
				return whole
			}
		}
	}
	r.odd = true
	return nil
}

// fields takes an object field by field; each takes its value.
func (r *reader) fields(each func(name []byte)) {
	r.must("{")
	for first := true; !r.odd && !r.is("}"); first = false {
		if !first {
			r.must(",")
		}
		name := r.quoted()
		r.must(":")
		if !r.odd {
			each(name)
		}
	}
}

func (r *reader) action() (a pack.Action) {
	r.must(`{"Action":`)
	r.fields(func(name []byte) {
		switch string(name) {
		case "ID":
			a.ID = r.text()
		case "Line":
			a.Line = r.text()
		case "SKU":
			a.SKU = r.text()
		case "Qty":
			a.Qty = r.number()
		case "How":
			a.How = pack.How(r.text())
		case "Part":
			a.Part = r.number()
		default:
			r.odd = true
		}
	})
	r.must("}")
	return a
}

func (r *reader) verdict() (v pack.Verdict) {
	r.must(`{"Verdict":`)
	r.fields(func(name []byte) {
		switch string(name) {
		case "At":
			v.At = r.time()
		case "Kind":
			v.Kind = pack.Kind(r.text())
		case "Code":
			v.Code = pack.Code(r.text())
		case "Qty":
			v.Qty = r.number()
		case "Have":
			v.Have = r.number()
		case "Want":
			v.Want = r.number()
		case "Short":
			v.Short = r.number()
		case "Open":
			v.Open = r.number()
		case "Expected":
			v.Expected = r.texts()
		case "Reason":
			v.Reason = pack.Reason(r.text())
		case "Needs":
			v.Needs = station.Role(r.text())
		default:
			if to := wordOf(&v, name); to != nil {
				*to = r.text()
			} else {
				r.odd = true
			}
		}
	})
	r.must("}")
	return v
}

// wordOf is the field of a verdict that holds a text, nil for any other.
func wordOf(v *pack.Verdict, name []byte) *string {
	switch string(name) {
	case "Order":
		return &v.Order
	case "Line":
		return &v.Line
	case "SKU":
		return &v.SKU
	case "Name":
		return &v.Name
	case "Kit":
		return &v.Kit
	case "Scanned":
		return &v.Scanned
	case "Service":
		return &v.Service
	case "Parcel":
		return &v.Parcel
	case "Manifest":
		return &v.Manifest
	case "OtherOrder":
		return &v.OtherOrder
	case "Carton":
		return &v.Carton
	case "Carrier":
		return &v.Carrier
	case "Paper":
		return &v.Paper
	case "Command":
		return &v.Command
	case "From":
		return &v.From
	case "Given":
		return &v.Given
	case "Why":
		return &v.Why
	case "Case":
		return &v.Case
	case "By":
		return &v.By
	case "Author":
		return &v.Author
	}
	return nil
}

// time takes a time in UTC; a row of another zone goes the general way.
func (r *reader) time() time.Time {
	text := r.quoted()
	at, err := time.Parse(time.RFC3339Nano, string(text))
	if err != nil || !bytes.HasSuffix(text, []byte("Z")) {
		r.odd = true
	}
	return at
}

func (r *reader) texts() []string {
	list := []string{}
	r.must("[")
	for !r.odd && !r.is("]") {
		if len(list) > 0 {
			r.must(",")
		}
		list = append(list, r.text())
	}
	return list
}
