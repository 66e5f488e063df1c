package shopify

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"packbench/station/shop"
	"packbench/station/web"
)

// list is a part of a list, as Shopify pages it.
type list[T any] struct {
	Nodes    []T
	PageInfo pageInfo
}

type pageInfo struct {
	HasNextPage bool
	EndCursor   string
}

type envelope struct {
	Data       json.RawMessage
	Errors     json.RawMessage // of fault, or a sentence
	Extensions struct{ Cost cost }
}

type cost struct {
	RequestedQueryCost float64
	ThrottleStatus     struct{ MaximumAvailable, CurrentlyAvailable, RestoreRate float64 }
}

type fault struct {
	Message    string
	Path       []any
	Extensions struct{ Code, RequiredAccess string }
}

// userError is why a change was not made.
type userError struct{ Message, Code string }

// costly says that a question asks for too much at once. Nothing was done.
type costly struct{ shop.Refused }

func (e *costly) Unwrap() error { return &e.Refused }

// stale says that a place in a list is not known any longer.
type stale struct{ shop.Changed }

func (e *stale) Unwrap() error { return &e.Changed }

// ask asks a question, which changes nothing.
func (s *Shop) ask(ctx context.Context, query string, vars map[string]any, out any) error {
	r := readingOf(ctx)
	id, _ := json.Marshal([]any{query, vars}) // texts and numbers can always be written
	data, ok := r.known(string(id))
	if !ok {
		s.mu.Lock()
		wait := s.bucket.room(s.now())
		s.mu.Unlock()
		if r != nil && r.waits && wait > 0 {
			return &shop.Throttled{Wait: wait}
		}
		var at time.Time
		var err error
		if data, at, err = s.call(ctx, query, vars, true); err != nil {
			return err
		}
		r.keep(string(id), data, at)
	}
	return web.Read(web.Answer{Body: data}, out, true)
}

// tell asks for a change.
func (s *Shop) tell(ctx context.Context, query string, vars map[string]any, out any) error {
	data, _, err := s.call(ctx, query, vars, false)
	if err != nil {
		return err
	}
	return web.Read(web.Answer{Body: data}, out, false)
}

// call returns the data of an answer, and when it was given by the shop's own clock.
func (s *Shop) call(ctx context.Context, query string, vars map[string]any, question bool) (data json.RawMessage, at time.Time, err error) {
	a, err := s.web.Send(ctx, web.Request{Method: http.MethodPost, Body: map[string]any{"query": query, "variables": vars}, Asks: question})
	if err != nil {
		return nil, at, status(err, question)
	}
	if v := a.Header.Get("X-Shopify-API-Version"); v != "" {
		s.mu.Lock()
		s.served = v
		s.mu.Unlock()
	}
	if at, err = http.ParseTime(a.Header.Get("Date")); err != nil {
		at = s.now()
	}
	var e envelope
	if err := web.Read(a, &e, question); err != nil {
		return nil, at, err
	}
	if e.Extensions.Cost.ThrottleStatus.MaximumAvailable > 0 {
		s.mu.Lock()
		s.bucket = bucket{e.Extensions.Cost, s.now()}
		s.mu.Unlock()
	}
	return e.Data, at, e.judge(question)
}

// status says what a refusal in HTTP's own terms means.
func status(err error, question bool) error {
	var st *web.Status
	if !errors.As(err, &st) {
		return err
	}
	switch st.Status {
	case http.StatusNotFound:
		return &shop.Refused{Say: "there is no Shopify shop at this address"}
	case http.StatusPaymentRequired:
		return &shop.Refused{Say: "Shopify has frozen the shop until its bill is paid"}
	case http.StatusLocked:
		return &shop.Refused{Say: "Shopify has locked the shop: its owner must ask Shopify's support"}
	case http.StatusBadRequest:
		return &shop.Refused{Say: "Shopify cannot read the request; a newer version of packbench may be needed"}
	}
	if question {
		return &shop.Away{Err: err}
	}
	return err
}

// notRun are the codes of errors that come before anything is done.
var notRun = []string{
	"undefinedField", "argumentNotAccepted", "argumentLiteralsIncompatible", "missingRequiredArguments", "variableMismatch", "undefinedType",
	"INVALID_VARIABLE", "INVALID_FIELD_ARGUMENTS", "BAD_REQUEST", "RESOURCE_NOT_FOUND", "IDEMPOTENCY_KEY_PARAMETER_MISMATCH", "GRAPHQL_VALIDATION_FAILED",
}

// judge says what came of a call. An error may stand beside good data: a change was
// made then.
func (e *envelope) judge(question bool) error {
	var root map[string]json.RawMessage
	if json.Unmarshal(e.Data, &root) != nil {
		root = nil
	}
	faults := e.faults()
	for _, f := range faults {
		field := ""
		if len(f.Path) > 0 {
			field, _ = f.Path[0].(string)
		}
		made := field != "" && len(root[field]) > 0 && string(root[field]) != "null"
		if made && !question && f.Extensions.Code != "IDEMPOTENCY_KEY_PARAMETER_MISMATCH" {
			continue
		}
		return f.means(e.Extensions.Cost, question)
	}
	if root == nil {
		err := errors.New("the shop's answer holds nothing")
		if question {
			return &shop.Away{Err: err}
		}
		return err
	}
	return nil
}

func (e *envelope) faults() (out []fault) {
	if len(e.Errors) == 0 || string(e.Errors) == "null" || json.Unmarshal(e.Errors, &out) == nil {
		return out
	}
	var text string
	if json.Unmarshal(e.Errors, &text) != nil {
		text = "an error that cannot be read"
	}
	return []fault{{Message: text}}
}

func (f fault) means(c cost, question bool) error {
	code := f.Extensions.Code
	switch {
	case code == "THROTTLED":
		return &shop.Throttled{Wait: c.wait()}
	case code == "ACCESS_DENIED":
		return &shop.Denied{Right: right(f), Say: clip(f.Message)}
	case code == "MAX_COST_EXCEEDED":
		return &costly{shop.Refused{Say: "an order of the shop is too large to be read at once"}}
	case code == "INVALID_CURSOR" || strings.Contains(strings.ToLower(f.Message), "invalid cursor"):
		return &stale{shop.Changed{Say: "the place in the list"}}
	case slices.Contains(notRun, code):
		return &shop.Refused{Say: clip(f.Message)}
	}
	err := fmt.Errorf("the shop reports a fault of its own: %s", clip(f.Message))
	if question {
		return &shop.Away{Err: err}
	}
	return err
}

// right takes the right's name out of "`read_apps` access scope."
func right(f fault) string {
	for _, text := range []string{f.Extensions.RequiredAccess, f.Message} {
		if parts := strings.Split(text, "`"); len(parts) >= 3 {
			return clip(parts[1])
		}
	}
	return ""
}

// mostWait bounds what a shop's figures may make of a pause.
const mostWait = time.Minute

// wait is how long until the bucket holds what the call asks for.
func (c cost) wait() time.Duration {
	need, rate := c.RequestedQueryCost-c.ThrottleStatus.CurrentlyAvailable, c.ThrottleStatus.RestoreRate
	if rate <= 0 {
		return 2 * time.Second
	}
	seconds := min(max(need, 0)/rate, mostWait.Seconds())
	return max(time.Duration(seconds*float64(time.Second)), 100*time.Millisecond)
}
