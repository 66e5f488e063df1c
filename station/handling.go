package station

import (
	"fmt"
	"strconv"
	"strings"
)

// Handling is how units of a product go into boxes, and whether the scale may count them.
type Handling struct {
	Own      bool   `json:",omitempty"`
	NoTop    bool   `json:",omitempty"`
	PerBox   int    `json:",omitempty"`
	Group    string `json:",omitempty"`
	ByWeight bool   `json:",omitempty"`
}

// What Set can change, as the columns of a file of products are named.
const (
	HandlingOwn      = "own-carton"
	HandlingNoTop    = "nothing-on-top"
	HandlingPerBox   = "most-per-box"
	HandlingGroup    = "box-group"
	HandlingByWeight = "count-by-weight"
)

// mostGroup is the longest name of a group, and mostPerBox the largest limit.
const (
	mostGroup  = 60
	mostPerBox = 1_000_000
)

// Handling is that of the product.
func (p Product) Handling() Handling {
	return Handling{Own: p.Own, NoTop: p.NoTop, PerBox: p.PerBox, Group: p.Group, ByWeight: p.ByWeight}
}

// Handle changes that of the product.
func (p *Product) Handle(h Handling) {
	p.Own, p.NoTop, p.PerBox, p.Group, p.ByWeight = h.Own, h.NoTop, h.PerBox, h.Group, h.ByWeight
}

// Set changes one of it by its name. A limit or a group that is empty, 0 or "no" is none.
func (h *Handling) Set(name, value string) error {
	value = strings.TrimSpace(value)
	none := value == "" || strings.EqualFold(value, "no")
	if to := map[string]*bool{HandlingOwn: &h.Own, HandlingNoTop: &h.NoTop, HandlingByWeight: &h.ByWeight}[name]; to != nil {
		if !none && !strings.EqualFold(value, "yes") {
			return fmt.Errorf("%s: write yes or no", name)
		}
		*to = !none
		return nil
	}
	switch name {
	case HandlingPerBox:
		if none {
			value = "0"
		}
		n, err := strconv.Atoi(value)
		if err != nil || n < 0 || n > mostPerBox {
			return fmt.Errorf("%s: write a whole number, or no", name)
		}
		h.PerBox = n
	case HandlingGroup:
		if none {
			value = ""
		}
		if len(value) > mostGroup || strings.ContainsFunc(value, func(r rune) bool { return r < ' ' }) {
			return fmt.Errorf("%s: a name of %d letters at most", name, mostGroup)
		}
		h.Group = value
	default:
		return fmt.Errorf("%q is none of %s, %s, %s, %s and %s", name, HandlingOwn, HandlingNoTop, HandlingPerBox, HandlingGroup, HandlingByWeight)
	}
	return nil
}

// Words name what holds, "no rule of its own" for nothing.
func (h Handling) Words() string {
	var out []string
	for _, f := range []struct {
		name string
		is   bool
	}{{HandlingOwn, h.Own}, {HandlingNoTop, h.NoTop}, {HandlingByWeight, h.ByWeight}} {
		if f.is {
			out = append(out, f.name)
		}
	}
	if h.PerBox > 0 {
		out = append(out, HandlingPerBox+" "+strconv.Itoa(h.PerBox))
	}
	if h.Group != "" {
		out = append(out, HandlingGroup+" "+h.Group)
	}
	if len(out) == 0 {
		return "no rule of its own"
	}
	return strings.Join(out, ", ")
}
