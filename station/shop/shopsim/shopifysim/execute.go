package shopifysim

import (
	"encoding/base64"
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"
)

// object is a value with fields. A field is a value, an object, a list of objects, or
// a resolver for what depends on arguments or costs to make.
type object map[string]any

type resolver func(args) (any, *problem)

type args map[string]any

func (a args) text(name string) string {
	switch v := a[name].(type) {
	case string:
		return v
	case enum:
		return string(v)
	}
	return ""
}

func (a args) number(name string) int {
	f, _ := a[name].(float64)
	return int(f)
}

func (a args) bool(name string) bool { b, _ := a[name].(bool); return b }

func (a args) object(name string) args {
	m, _ := a[name].(map[string]any)
	return m
}

func (a args) list(name string) []args {
	var out []args
	list, _ := a[name].([]any)
	for _, v := range list {
		m, _ := v.(map[string]any)
		out = append(out, m)
	}
	return out
}

// problem is a top-level error.
type problem struct {
	Message    string         `json:"message"`
	Locations  []place        `json:"locations,omitempty"`
	Path       []any          `json:"path,omitempty"`
	Extensions map[string]any `json:"extensions,omitempty"`
}

type place struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

func coded(code, message string) *problem {
	return &problem{Message: message, Extensions: map[string]any{"code": code}}
}

// undefined ends an operation before anything was done: the schema has no such field.
type undefined struct{ problem *problem }

// execution is one operation at work.
type execution struct {
	vars      map[string]any
	fragments map[string][]selection
	problems  []*problem
	objects   int // that were read: the actual cost
	denied    func(kind, field string) (scope string)
}

// flat resolves fragments.
func (x *execution) flat(sel []selection) []selection {
	var out []selection
	for _, s := range sel {
		switch s.fragment {
		case "":
			out = append(out, s)
		case "...":
			out = append(out, x.flat(s.sel)...)
		default:
			out = append(out, x.flat(x.fragments[s.fragment])...)
		}
	}
	return out
}

// value puts the variables into a value.
func (x *execution) value(v any) any {
	switch v := v.(type) {
	case ref:
		return x.vars[string(v)]
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = x.value(v[i])
		}
		return out
	case map[string]any:
		return map[string]any(x.args(v))
	}
	return v
}

func (x *execution) args(m map[string]any) args {
	out := args{}
	for k, v := range m {
		if name, is := v.(ref); is {
			if _, given := x.vars[string(name)]; !given {
				continue
			}
		}
		out[k] = x.value(v)
	}
	return out
}

// object reads what a selection asks of an object.
func (x *execution) object(o object, sel []selection, path []any) map[string]any {
	x.objects++
	out := map[string]any{}
	for _, s := range x.flat(sel) {
		at := append(slices.Clone(path), s.key())
		out[s.key()] = x.field(o, s, at)
	}
	return out
}

func (x *execution) field(o object, s selection, path []any) any {
	kind, _ := o["__typename"].(string)
	v, ok := o[s.name]
	if !ok {
		p := coded("undefinedField", fmt.Sprintf("Field '%s' doesn't exist on type '%s'", s.name, kind))
		p.Locations, p.Path = []place{{s.line, s.col}}, path
		panic(undefined{p})
	}
	if scope := x.denied(kind, s.name); scope != "" {
		p := coded("ACCESS_DENIED", fmt.Sprintf("Access denied for %s field. Required access: `%s` access scope.", s.name, scope))
		p.Extensions["documentation"] = "https://shopify.dev/api/usage/access-scopes"
		p.Extensions["requiredAccess"] = fmt.Sprintf("`%s` access scope.", scope)
		x.problem(p, s, path)
		return nil
	}
	if f, is := v.(resolver); is {
		var p *problem
		if v, p = f(x.args(s.args)); p != nil {
			x.problem(p, s, path)
			return nil
		}
	}
	return x.shape(v, s, path)
}

func (x *execution) problem(p *problem, s selection, path []any) {
	p.Locations, p.Path = []place{{s.line, s.col}}, path
	x.problems = append(x.problems, p)
}

func (x *execution) shape(v any, s selection, path []any) any {
	switch v := v.(type) {
	case object:
		if v == nil {
			return nil
		}
		return x.object(v, s.sel, path)
	case []object:
		out := make([]any, len(v))
		for i, o := range v {
			if o != nil {
				out[i] = x.object(o, s.sel, append(slices.Clone(path), i))
			}
		}
		return out
	}
	return v
}

// keyed is an object at a place of a list that does not move when others do.
type keyed struct {
	key string
	of  func() object
}

// page is a part of a list, as a connection.
func page(kind string, a args, list []keyed) (object, *problem) {
	first := a.number("first")
	if first <= 0 || first > 250 {
		return nil, coded("BAD_REQUEST", "you must provide one of first or last, at most 250")
	}
	from := 0
	if after := a.text("after"); after != "" {
		key, err := base64.StdEncoding.DecodeString(after)
		if err != nil {
			return nil, coded("INVALID_CURSOR", "Invalid cursor for current pagination sort.")
		}
		from = sort.Search(len(list), func(i int) bool { return list[i].key > string(key) })
	}
	part := list[from:min(from+first, len(list))]
	nodes := make([]object, len(part))
	edges := make([]object, len(part))
	for i, k := range part {
		nodes[i] = k.of()
		edges[i] = object{"__typename": kind + "Edge", "node": nodes[i], "cursor": cursor(k.key)}
	}
	info := object{"__typename": "PageInfo", "hasNextPage": from+first < len(list), "hasPreviousPage": from > 0, "startCursor": nil, "endCursor": nil}
	if len(part) > 0 {
		info["startCursor"], info["endCursor"] = cursor(part[0].key), cursor(part[len(part)-1].key)
	}
	return object{"__typename": kind + "Connection", "nodes": nodes, "edges": edges, "pageInfo": info}, nil
}

func cursor(key string) string { return base64.StdEncoding.EncodeToString([]byte(key)) }

// pages makes a list that is read by pages.
func pages(kind string, list func() []keyed) resolver {
	return func(a args) (any, *problem) {
		all := list()
		sort.Slice(all, func(i, j int) bool { return all[i].key < all[j].key })
		o, p := page(kind, a, all)
		if p != nil {
			return nil, p
		}
		return o, nil
	}
}

// cost is what an operation is reckoned at before it runs. Shopify does not say how; a
// list counts by the root of its length here, which comes near to what was recorded:
// an order with ten fulfillment orders of ten lines 64, with five of five 40.
func (x *execution) cost(sel []selection) int { return int(math.Ceil(x.weight(sel))) }

func (x *execution) weight(sel []selection) float64 {
	sum := 0.0
	for _, s := range x.flat(sel) {
		if len(s.sel) == 0 {
			continue
		}
		a := x.args(s.args)
		inner := 1 + x.weight(s.sel)
		switch first := a.number("first"); {
		case first > 0:
			inner *= math.Sqrt(float64(first)) * 1.25
		case len(a.ids()) > 0:
			inner *= float64(len(a.ids()))
		case strings.Contains(s.name, "nodes") || strings.Contains(s.name, "edges") || s.name == "pageInfo":
			inner--
		}
		sum += inner
	}
	return sum
}

// ids are those that a query asks for at once.
func (a args) ids() []string {
	var out []string
	list, _ := a["ids"].([]any)
	for _, v := range list {
		id, _ := v.(string)
		out = append(out, id)
	}
	return out
}
