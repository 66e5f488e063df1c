package netsuitesim

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"packbench/station/shop/shopsim"
)

// The part of SuiteQL that is known: what stands between SELECT and FROM, by its words
// without the table's letter, and conditions.
var (
	inner     = regexp.MustCompile(`(?s)^SELECT \* FROM \((.*)\) WHERE ROWNUM <= (\d+)$`)
	parts     = regexp.MustCompile(`(?s)^SELECT (.*?) FROM (\w+) (\w+)(.*)$`)
	column    = regexp.MustCompile(`(?s)^(.*) AS "?(\w+)"?$`)
	above     = regexp.MustCompile(`t\.id > (\d+)`)
	equal     = regexp.MustCompile(`t\.id = (\d+)`)
	changed   = regexp.MustCompile(`t\.lastmodifieddate >= TO_DATE\('([^']*)', 'YYYY-MM-DD HH24:MI:SS'\)`)
	states    = regexp.MustCompile(`t\.status IN \(([^)]*)\)`)
	numbersIn = regexp.MustCompile(`(?:tl\.transaction|tl\.createdfrom|a\.nkey) IN \(([0-9, ]+)\)`)
)

const stamp = "2006-01-02 15:04:05"

func (s *Account) suiteql(w http.ResponseWriter, r *http.Request) {
	var body struct{ Q string }
	limit, err := strconv.Atoi(r.URL.Query().Get("limit"))
	offset, failed := strconv.Atoi(r.URL.Query().Get("offset"))
	if json.NewDecoder(r.Body).Decode(&body) != nil || r.Header.Get("Prefer") != "transient" || err != nil || failed != nil || limit > 1000 || offset%limit != 0 {
		fail(w, http.StatusBadRequest, "INVALID_PARAMETER", "Invalid query request.")
		return
	}
	q := strings.Join(strings.Fields(body.Q), " ")
	most := 1 << 30
	if m := inner.FindStringSubmatch(q); m != nil {
		q = m[1]
		most, _ = strconv.Atoi(m[2])
	}
	rows, why := s.rows(q)
	if why != "" {
		fail(w, http.StatusBadRequest, "INVALID_PARAMETER", "Invalid search query. Detailed unprocessed description follows. "+why)
		return
	}
	rows = rows[:min(most, len(rows))]
	limit = min(limit, s.rowsMost)
	from := min(offset, len(rows))
	to := min(from+limit, len(rows))
	answer(w, http.StatusOK, map[string]any{
		"links": []any{}, "count": to - from, "hasMore": to < len(rows), "items": append([]map[string]any{}, rows[from:to]...), "offset": offset, "totalResults": len(rows),
	})
}

// rows are those of a query, with the names that it gives its columns.
func (s *Account) rows(q string) (out []map[string]any, why string) {
	m := parts.FindStringSubmatch(q)
	if m == nil {
		return nil, "not a query"
	}
	table, rest := m[2], m[4]
	var all []map[string]any
	switch {
	case table == "transaction" && strings.Contains(rest, "t.type = 'SalesOrd'"):
		all = s.orders(rest)
	case table == "transaction" && strings.Contains(rest, "t.type = 'ItemShip'") && strings.Contains(rest, "tl.mainline = 'T'"):
		all = s.shipped(rest)
	case table == "transactionline" && strings.Contains(rest, "tl.mainline = 'F'"):
		all = s.lines(rest)
	case table == "transactionshippingaddress":
		all = s.addresses(rest)
	default:
		return nil, "table " + table
	}
	if strings.HasPrefix(m[1], "COUNT(") {
		return []map[string]any{{"n": strconv.Itoa(len(all))}}, ""
	}
	for _, row := range all {
		shown := map[string]any{"links": []any{}}
		for _, c := range columns(m[1]) {
			as := column.FindStringSubmatch(c)
			if as == nil {
				return nil, "column " + c
			}
			value, known := row[as[1]]
			if !known {
				return nil, "Field '" + as[1] + "' for record '" + table + "' was not found."
			}
			if value != nil { // one that is null is left out
				shown[strings.ToLower(as[2])] = value
			}
		}
		out = append(out, shown)
	}
	return out, ""
}

// columns splits a list at the commas that stand in no brackets.
func columns(text string) (out []string) {
	depth, from := 0, 0
	for i, r := range text {
		switch {
		case r == '(':
			depth++
		case r == ')':
			depth--
		case r == ',' && depth == 0:
			out, from = append(out, strings.TrimSpace(text[from:i])), i+1
		}
	}
	return append(out, strings.TrimSpace(text[from:]))
}

// in reports whether a number is one of those that a condition names.
func in(where string) func(id int64) bool {
	m := numbersIn.FindStringSubmatch(where)
	if m == nil {
		return func(int64) bool { return false }
	}
	list := strings.Split(strings.ReplaceAll(m[1], " ", ""), ",")
	return func(id int64) bool { return slices.Contains(list, strconv.FormatInt(id, 10)) }
}

func text(n int64) string { return strconv.FormatInt(n, 10) }

func orNil(t string) any {
	if t == "" {
		return nil
	}
	return t
}

// orders are sales orders. A list shows them as they were a while ago; one by its id is
// shown as it is.
func (s *Account) orders(where string) (out []map[string]any) {
	var after, id int64
	since := ""
	if m := above.FindStringSubmatch(where); m != nil {
		after, _ = strconv.ParseInt(m[1], 10, 64)
	}
	if m := equal.FindStringSubmatch(where); m != nil {
		id, _ = strconv.ParseInt(m[1], 10, 64)
	}
	if m := changed.FindStringSubmatch(where); m != nil {
		since = m[1]
	}
	only := ""
	if m := states.FindStringSubmatch(where); m != nil {
		only = m[1]
	}
	for _, e := range s.Entries() {
		if id == 0 {
			if e = s.Listed(e); e == nil {
				continue
			}
		}
		if e.ID <= after || id != 0 && e.ID != id || e.Modified.In(s.Zone).Format(stamp) < since || only != "" && !strings.Contains(only, "'"+status(e)+"'") {
			continue
		}
		out = append(out, map[string]any{
			"t.id": text(e.ID), "t.tranid": e.Number, "t.status": status(e), "t.memo": orNil(e.Note), "t.otherrefnum": orNil(e.Reference), "t.shippingaddress": text(e.ID + 500_000),
			"TO_CHAR(t.lastmodifieddate, 'YYYY-MM-DD HH24:MI:SS')": e.Modified.In(s.Zone).Format(stamp), "TO_CHAR(t.shipdate, 'YYYY-MM-DD')": nil,
			"TO_CHAR(t.createddate, 'YYYY-MM-DD HH24:MI:SS')": e.Created.In(s.Zone).Format(stamp), "BUILTIN.DF(t.shipmethod)": orNil(e.Service),
		})
	}
	return out
}

// lines are those of orders, with what is no goods: shipping, and a line for text.
func (s *Account) lines(where string) (out []map[string]any) {
	wanted := in(where)
	add := func(e *shopsim.Entry, id int64, item, kind string, location any, qty, gone int) {
		out = append(out, map[string]any{
			"tl.transaction": text(e.ID), "tl.id": text(id), "BUILTIN.DF(tl.item)": orNil(item), "tl.itemtype": kind, "tl.location": location,
			"ABS(NVL(tl.quantity, 0))": text(int64(qty)), "NVL(tl.quantityshiprecv, 0)": text(int64(gone)), "NVL(tl.isclosed, 'F')": "F",
		})
	}
	for _, e := range s.Entries() {
		if !wanted(e.ID) {
			continue
		}
		for i, l := range e.Lines {
			kind, item := "InvtPart", l.SKU
			if l.Virtual {
				kind = "Service"
			}
			if i == 1 {
				item = "Cups : " + l.SKU // a child of another item
			}
			add(e, l.ID, item, kind, "6", l.Want, l.Gone)
		}
		add(e, 900_000+e.ID, "", "Description", nil, 0, 0)
		add(e, 950_000+e.ID, "Parcel service", "ShipItem", nil, 1, 0)
	}
	return out
}

func (s *Account) addresses(where string) (out []map[string]any) {
	wanted := in(where)
	for _, e := range s.Entries() {
		if wanted(e.ID + 500_000) {
			out = append(out, map[string]any{
				"a.nkey": text(e.ID + 500_000), "a.addressee": orNil(e.To.Company), "a.attention": orNil(e.To.Name), "a.addr1": orNil(e.To.Street), "a.addr2": orNil(e.To.Street2),
				"a.city": orNil(e.To.City), "a.state": orNil(e.To.Region), "a.zip": orNil(e.To.Postcode), "a.country": orNil(e.To.Country), "a.addrphone": orNil(e.To.Phone),
			})
		}
	}
	return out
}

func (s *Account) shipped(where string) (out []map[string]any) {
	wanted := in(where)
	for _, e := range s.Entries() {
		for _, p := range e.Sent {
			if wanted(e.ID) {
				out = append(out, map[string]any{"t.id": text(p.ID), "tl.createdfrom": text(e.ID)})
			}
		}
	}
	return out
}
