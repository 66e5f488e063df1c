package shopifysim

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// bulk is one operation that writes a long list into a file.
type bulk struct {
	id      int64
	status  string
	query   []selection
	created time.Time
	done    time.Time
	objects int
	data    []byte
}

// How long an operation takes, and its file lives. The real ones take minutes, and a week.
const (
	bulkTakes = 6 * time.Second
	bulkLives = 7 * 24 * time.Hour
	bulkMost  = 5 // at once
)

// BulkEnds has operations end with another status than COMPLETED, or never where it is
// RUNNING; "" is COMPLETED again.
func (s *Sim) BulkEnds(status string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bulkEnds = status
}

// Bulks is how many operations were begun.
func (s *Sim) Bulks() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.bulks)
}

// ForgetBulks has the files be gone, as after a week.
func (s *Sim) ForgetBulks() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, b := range s.bulks {
		b.done = b.done.Add(-bulkLives)
	}
}

func (s *Sim) bulkRun(a args) (any, *problem) {
	refused := func(code, say string) (any, *problem) {
		return payload("BulkOperationRunQuery", "bulkOperation", nil, []object{{"__typename": "BulkOperationUserError", "field": nil, "message": say, "code": code}}), nil
	}
	var running []string
	for _, b := range s.bulks {
		if b.status == "CREATED" || b.status == "RUNNING" {
			running = append(running, gid("BulkOperation", b.id))
		}
	}
	if len(running) >= bulkMost {
		return refused("OPERATION_IN_PROGRESS", "A bulk query operation for this app and shop is already in progress: "+strings.Join(running, ", ")+".")
	}
	d, err := parse(a.text("query"))
	if err != nil || len(d.operations) != 1 || d.operations[0].kind != "query" || len(d.operations[0].sel) != 1 {
		return refused("INVALID", "Invalid bulk query")
	}
	b := &bulk{id: s.id(), status: "CREATED", query: d.operations[0].sel, created: s.clock()}
	s.bulks = append(s.bulks, b)
	s.jobs = append(s.jobs, job{at: b.created.Add(bulkTakes / 2), do: func() { b.status = "RUNNING" }})
	s.jobs = append(s.jobs, job{at: b.created.Add(bulkTakes), do: func() { s.bulkEnd(b) }})
	return payload("BulkOperationRunQuery", "bulkOperation", s.bulkForm(b), nil), nil
}

// bulkEnd writes the file: a row for each object, those of a list within one apart, with
// their parent's id. The real one promises no order; here there is none.
func (s *Sim) bulkEnd(b *bulk) {
	if s.bulkEnds == "RUNNING" {
		return
	}
	b.done = s.clock()
	if s.bulkEnds != "" && s.bulkEnds != "COMPLETED" {
		b.status = s.bulkEnds
		return
	}
	b.status = "COMPLETED"
	var rows []string
	x := &execution{vars: map[string]any{}, denied: s.denied}
	s.bulkList(x, s.queries(), b.query[0], "", &rows)
	b.objects = len(rows)
	rand.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	if len(rows) > 0 {
		b.data = []byte(strings.Join(rows, "\n") + "\n")
	}
}

// bulkList writes the rows of one list.
func (s *Sim) bulkList(x *execution, of object, field selection, parent string, rows *[]string) {
	f, is := of[field.name].(resolver)
	if !is || len(field.sel) == 0 || x.denied(fmt.Sprint(of["__typename"]), field.name) != "" {
		return
	}
	node := nodeOf(field.sel)
	a := x.args(field.args)
	a["first"] = 250.0
	for {
		v, p := f(a)
		list, is := v.(object)
		if p != nil || !is {
			return
		}
		nodes, _ := list["nodes"].([]object)
		for _, o := range nodes {
			s.bulkRow(x, o, node, parent, rows)
		}
		info, _ := list["pageInfo"].(object)
		if more, _ := info["hasNextPage"].(bool); !more {
			return
		}
		a["after"] = info["endCursor"]
	}
}

// nodeOf is what is asked of the nodes of a list.
func nodeOf(sel []selection) []selection {
	for _, e := range sel {
		if e.name != "edges" {
			continue
		}
		for _, n := range e.sel {
			if n.name == "node" {
				return n.sel
			}
		}
	}
	return nil
}

func (s *Sim) bulkRow(x *execution, o object, sel []selection, parent string, rows *[]string) {
	own := slices.DeleteFunc(slices.Clone(sel), func(f selection) bool { return nodeOf(f.sel) != nil })
	row := x.object(o, own, nil)
	if parent != "" {
		row["__parentId"] = parent
	}
	text, _ := json.Marshal(row)
	*rows = append(*rows, string(text))
	id, _ := o["id"].(string)
	for _, f := range sel {
		if nodeOf(f.sel) != nil {
			s.bulkList(x, o, f, id, rows)
		}
	}
}

func (s *Sim) bulkForm(b *bulk) object {
	o := object{
		"__typename": "BulkOperation", "id": gid("BulkOperation", b.id), "status": b.status, "type": "QUERY", "errorCode": nil, "createdAt": stamp(b.created), "completedAt": nil,
		"objectCount": strconv.Itoa(b.objects), "rootObjectCount": "0", "fileSize": nil, "url": nil, "partialDataUrl": nil,
	}
	if b.status == "FAILED" {
		o["errorCode"] = "INTERNAL_SERVER_ERROR"
	}
	if b.status == "COMPLETED" {
		o["completedAt"] = stamp(b.done)
		if len(b.data) > 0 {
			o["fileSize"], o["url"] = strconv.Itoa(len(b.data)), "http://"+s.host+"/bulk-operation-outputs/"+strconv.FormatInt(b.id, 10)+"?Signature=s"
		}
	}
	return o
}

func (s *Sim) bulkOperation(a args) (any, *problem) {
	n, ok := idOf(a.text("id"), "BulkOperation")
	if !ok {
		return nil, coded("RESOURCE_NOT_FOUND", "Invalid global id '"+a.text("id")+"'")
	}
	for _, b := range s.bulks {
		if b.id == n {
			return s.bulkForm(b), nil
		}
	}
	return nil, nil
}

// bulkFile answers for a file. It lies at another host in truth, which must not see the
// key of the shop.
func (s *Sim) bulkFile(w http.ResponseWriter, r *http.Request) bool {
	rest, is := strings.CutPrefix(r.URL.Path, "/bulk-operation-outputs/")
	if !is {
		return false
	}
	w.Header().Set("Content-Type", "application/jsonl")
	if r.Header.Get("X-Shopify-Access-Token") != "" {
		http.Error(w, "a key was sent to the store of files", http.StatusBadRequest)
		return true
	}
	for _, b := range s.bulks {
		if strconv.FormatInt(b.id, 10) == rest && b.status == "COMPLETED" && s.clock().Before(b.done.Add(bulkLives)) {
			_, _ = w.Write(b.data)
			return true
		}
	}
	w.WriteHeader(http.StatusForbidden)
	_, _ = io.WriteString(w, `<?xml version="1.0"?><Error><Code>ExpiredToken</Code></Error>`)
	return true
}
