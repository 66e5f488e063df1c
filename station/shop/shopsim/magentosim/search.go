package magentosim

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// listed is an entry of a list: what it may be searched by, and how it is shown.
type listed struct {
	by   func(field string) (string, bool)
	show func() map[string]any
}

type condition struct{ field, how, value string }

var (
	filterKey = regexp.MustCompile(`^searchCriteria\[filter_?[gG]roups\]\[(\d+)\]\[filters\]\[(\d+)\]\[(field|value|condition_?[tT]ype)\]$`)
	sortKey   = regexp.MustCompile(`^searchCriteria\[sort_?[oO]rders\]\[\d+\]\[(field|direction)\]$`)
)

// list answers a search: groups must all hold, filters of a group need only one.
func (s *Sim) list(r *http.Request, all []listed) (any, *refusal) {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, refuse(400, "The query cannot be read.")
	}
	groups, order, size, page := criteria(query)
	var found []listed
	for _, e := range all {
		fits, no := holds(e, groups)
		if no != nil {
			return nil, no
		}
		if fits {
			found = append(found, e)
		}
	}
	if order.field != "" {
		slices.SortStableFunc(found, func(a, b listed) int {
			x, _ := a.by(order.field)
			y, _ := b.by(order.field)
			if order.how == "DESC" {
				x, y = y, x
			}
			return compare(x, y)
		})
	}
	total := len(found)
	if s.cap > 0 && (size == 0 || size > s.cap) {
		size = s.cap
	}
	if size > 0 && total > 0 {
		// Past the end the last page comes again.
		page = min(max(page, 1), (total+size-1)/size)
		found = found[(page-1)*size : min(page*size, total)]
	}
	items := []any{}
	for _, e := range found {
		items = append(items, e.show())
	}
	out := map[string]any{"items": items, "search_criteria": map[string]any{"page_size": size, "current_page": page}, "total_count": total}
	if fields := query.Get("fields"); fields != "" {
		return only(out, parseFields(fields)), nil
	}
	return out, nil
}

// criteria reads a search. order.how is its direction.
func criteria(query url.Values) (groups map[string]map[string]*condition, order condition, size, page int) {
	groups = map[string]map[string]*condition{}
	for name, values := range query {
		value := values[len(values)-1]
		switch {
		case name == "searchCriteria[pageSize]" || name == "searchCriteria[page_size]":
			size, _ = strconv.Atoi(value)
		case name == "searchCriteria[currentPage]" || name == "searchCriteria[current_page]":
			page, _ = strconv.Atoi(value)
		}
		if m := sortKey.FindStringSubmatch(name); m != nil {
			if m[1] == "field" {
				order.field = value
			} else {
				order.how = strings.ToUpper(value)
			}
		}
		m := filterKey.FindStringSubmatch(name)
		if m == nil {
			continue
		}
		if groups[m[1]] == nil {
			groups[m[1]] = map[string]*condition{}
		}
		c := groups[m[1]][m[2]]
		if c == nil {
			c = &condition{how: "eq"}
			groups[m[1]][m[2]] = c
		}
		switch m[3] {
		case "field":
			c.field = value
		case "value":
			c.value = value
		default:
			c.how = value
		}
	}
	return groups, order, size, page
}

func holds(e listed, groups map[string]map[string]*condition) (bool, *refusal) {
	for _, group := range groups {
		one := false
		for _, c := range group {
			value, ok := e.by(c.field)
			if !ok {
				return false, &refusal{status: 400, message: "Column not found: 1054 Unknown column '%1' in 'where clause'", list: []string{c.field}}
			}
			one = one || c.fits(value)
		}
		if !one {
			return false, nil
		}
	}
	return true, nil
}

func (c condition) fits(value string) bool {
	switch d := compare(value, c.value); c.how {
	case "eq":
		return d == 0
	case "neq":
		return d != 0
	case "gt":
		return d > 0
	case "gteq", "from", "moreq":
		return d >= 0
	case "lt":
		return d < 0
	case "lteq", "to":
		return d <= 0
	case "in":
		return slices.Contains(strings.Split(c.value, ","), value)
	case "nin":
		return !slices.Contains(strings.Split(c.value, ","), value)
	case "like":
		return strings.Contains(strings.ToLower(value), strings.ToLower(strings.Trim(c.value, "%")))
	}
	return false
}

// compare holds numbers by what they are, and all else by its letters.
func compare(a, b string) int {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	switch {
	case errX != nil || errY != nil:
		return strings.Compare(a, b)
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

// fields is which parts of an answer are wanted: a name, and what of it.
type fields map[string]fields

// parseFields reads "items[a,b[c]],total_count".
func parseFields(text string) fields {
	out, stack := fields{}, []fields{}
	at, name := out, ""
	end := func() {
		if name != "" && at[name] == nil {
			at[name] = fields{}
		}
		name = ""
	}
	for _, r := range text {
		switch r {
		case '[':
			child := fields{}
			at[name] = child
			stack, at, name = append(stack, at), child, ""
		case ']':
			end()
			if len(stack) > 0 {
				at, stack = stack[len(stack)-1], stack[:len(stack)-1]
			}
		case ',':
			end()
		default:
			name += string(r)
		}
	}
	end()
	return out
}

// only leaves what is wanted. A name that is not there leaves nothing, without a word.
func only(in any, want fields) any {
	if len(want) == 0 {
		return in
	}
	switch v := in.(type) {
	case map[string]any:
		out := map[string]any{}
		for name, inside := range want {
			if got, ok := v[name]; ok {
				out[name] = only(got, inside)
			}
		}
		return out
	case []any:
		out := []any{}
		for _, e := range v {
			out = append(out, only(e, want))
		}
		return out
	}
	return in
}
