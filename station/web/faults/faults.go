// Package faults makes the answers of a simulated shop or carrier go wrong, one by one
// or by chance. It must not know what is asked or answered.
package faults

import (
	"bytes"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Fault is what goes wrong with one request.
type Fault string

// The faults. Those that say after come when the shop has done what was asked.
const (
	LostBefore   Fault = "lost-before" // the connection ends before anything was done
	LostAfter    Fault = "lost-after"  // the connection ends instead of an answer
	CutAfter     Fault = "cut-after"   // half of the answer
	BadBefore    Fault = "500-before"
	BadAfter     Fault = "500-after"
	GatewayAfter Fault = "502-after"
	Page         Fault = "html"       // a web page with status 200, nothing done
	PageAfter    Fault = "html-after" // the same, done
	Missing      Fault = "404-html"   // a page that says "not found", nothing done
	MissingText  Fault = "404-text"   // a gateway's words "not found", nothing done
	Empty        Fault = "empty"      // status 200 without a word, nothing done
	EmptyAfter   Fault = "empty-after"
	Login        Fault = "redirect" // to a page where people sign in, nothing done
	Expired      Fault = "401"      // nothing done
	TooMany      Fault = "429"      // with Retry-After, nothing done
	TooManyMute  Fault = "429-mute" // without
)

// All lists them.
var All = []Fault{LostBefore, LostAfter, CutAfter, BadBefore, BadAfter, GatewayAfter, Page, PageAfter, Missing, MissingText, Empty, EmptyAfter, Login, Expired, TooMany, TooManyMute}

// Faults makes requests go wrong. The zero value lets all through.
type Faults struct {
	mu     sync.Mutex
	script []scripted
	rand   *rand.Rand
	share  float64
	kinds  []Fault
	seen   []string
}

type scripted struct {
	match string
	fault Fault
}

// Next has the next request whose "METHOD /path?query" holds match go wrong. Several
// wait their turn.
func (f *Faults) Next(match string, faults ...Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, k := range faults {
		f.script = append(f.script, scripted{match, k})
	}
}

// Skip lets so many requests through before one goes wrong.
func (f *Faults) Skip(n int, fault Fault) {
	f.Next("", append(make([]Fault, n), fault)...)
}

// Random has a share of all requests go wrong, each in one of the ways.
func (f *Faults) Random(r *rand.Rand, share float64, kinds ...Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.rand, f.share, f.kinds = r, share, kinds
}

// Heal ends all faults.
func (f *Faults) Heal() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.script, f.rand = nil, nil
}

// Seen returns the requests so far, as "METHOD /path?query", and forgets them.
func (f *Faults) Seen() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := f.seen
	f.seen = nil
	return out
}

const seenMost = 10_000

func (f *Faults) of(r *http.Request) Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	what := r.Method + " " + r.URL.RequestURI()
	if len(f.seen) < seenMost {
		f.seen = append(f.seen, what)
	}
	for i, s := range f.script {
		if strings.Contains(what, s.match) {
			f.script = append(f.script[:i:i], f.script[i+1:]...)
			return s.fault
		}
	}
	if f.rand != nil && len(f.kinds) > 0 && f.rand.Float64() < f.share {
		return f.kinds[f.rand.IntN(len(f.kinds))]
	}
	return ""
}

// Serve answers a request by h, or as the fault says whose turn it is.
func (f *Faults) Serve(w http.ResponseWriter, r *http.Request, h http.Handler) {
	switch fault := f.of(r); fault {
	case "":
		h.ServeHTTP(w, r)
	case LostBefore:
		drop(w, nil)
	case BadBefore:
		http.Error(w, "internal error", http.StatusInternalServerError)
	case Page:
		page(w, http.StatusOK)
	case Missing:
		page(w, http.StatusNotFound)
	case MissingText:
		http.Error(w, "default backend - 404", http.StatusNotFound)
	case Empty:
		w.WriteHeader(http.StatusOK)
	case Login:
		w.Header().Set("Location", "/login")
		w.WriteHeader(http.StatusFound)
	case Expired:
		http.Error(w, `{"message":"token expired"}`, http.StatusUnauthorized)
	case TooMany, TooManyMute:
		if fault == TooMany {
			w.Header().Set("Retry-After", strconv.Itoa(int((2 * time.Second).Seconds())))
		}
		http.Error(w, `{"message":"too many requests"}`, http.StatusTooManyRequests)
	default:
		got := &held{header: http.Header{}, status: http.StatusOK}
		h.ServeHTTP(got, r)
		after(w, got, fault)
	}
}

// after answers wrongly although all was done.
func after(w http.ResponseWriter, got *held, fault Fault) {
	switch fault {
	case BadAfter:
		http.Error(w, "internal error", http.StatusInternalServerError)
	case GatewayAfter:
		http.Error(w, "<html><body>Bad gateway</body></html>", http.StatusBadGateway)
	case PageAfter:
		page(w, http.StatusOK)
	case EmptyAfter:
		w.WriteHeader(http.StatusOK)
	case CutAfter:
		drop(w, got)
	default:
		drop(w, nil)
	}
}

func page(w http.ResponseWriter, status int) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte("<!doctype html><title>Maintenance</title><p>We are back soon."))
}

// drop ends the connection, after half of an answer if there is one.
func drop(w http.ResponseWriter, got *held) {
	if got != nil && got.body.Len() > 1 {
		w.Header().Set("Content-Type", got.header.Get("Content-Type"))
		w.Header().Set("Content-Length", strconv.Itoa(got.body.Len()))
		w.WriteHeader(got.status)
		_, _ = w.Write(got.body.Bytes()[:got.body.Len()/2])
		_ = http.NewResponseController(w).Flush()
	}
	panic(http.ErrAbortHandler)
}

// held is an answer that is not sent yet.
type held struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (h *held) Header() http.Header         { return h.header }
func (h *held) WriteHeader(status int)      { h.status = status }
func (h *held) Write(p []byte) (int, error) { return h.body.Write(p) }
