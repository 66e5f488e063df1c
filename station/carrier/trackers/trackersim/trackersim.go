// Package trackersim has simulated services that follow parcels: AfterShip, 17TRACK, EasyPost
// and ShipEngine, each with what it follows, what that has cost, and what it knows of every
// number. Tests make their answers go wrong. It must not know the clients that ask it.
package trackersim

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"packbench/station/web/faults"
)

// Odd is how the answer about one number goes wrong.
type Odd string

// The ways. A service that cannot go wrong so ignores it.
const (
	Other   Odd = "other"   // it is about another parcel
	Missing Odd = "missing" // it leaves the number out without a word, where others are named
	Huge    Odd = "huge"    // it is 10 MB long
	Wrong   Odd = "wrong"   // the number or its carrier is none
	Full    Odd = "full"    // the quota is used up
	Newer   Odd = "newer"   // it is written in another version of the interface
)

// Event is what a carrier said.
type Event struct {
	At   time.Time
	Code string // of the service: a status, and its detail after a slash
	Text string
}

// Service is one. Its zero value knows nothing.
type Service struct {
	Faults faults.Faults
	Clock  func() time.Time
	Key    string

	mu     sync.Mutex
	kinds  http.Handler
	known  map[string][]Event
	follow map[string]time.Time // since when a number is followed
	odd    map[string]Odd
	paid   map[string]int // how often a number was charged
}

// New returns a service of a kind.
func New(kind string, clock func() time.Time) *Service {
	s := &Service{Clock: clock, Key: "key", known: map[string][]Event{}, follow: map[string]time.Time{}, odd: map[string]Odd{}, paid: map[string]int{}}
	s.kinds = map[string]func(*Service) http.Handler{"aftership": afterShip, "17track": track17, "easypost-trackers": easyPost, "shipengine-tracking": shipEngine}[kind](s)
	return s
}

// Happens has the service know something of a number.
func (s *Service) Happens(number string, events ...Event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.known[number] = append(s.known[number], events...)
}

// Follows has the service follow a number since a time, as for somebody else.
func (s *Service) Follows(number string, since time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.follow[number] = since
}

// Odd has answers about a number go wrong, "" right again.
func (s *Service) Odd(number string, how Odd) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.odd[number] = how
}

// Paid is how often numbers were charged, and of each.
func (s *Service) Paid() (all int, of map[string]int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	of = map[string]int{}
	for n, times := range s.paid {
		all, of[n] = all+times, times
	}
	return all, of
}

// ServeHTTP answers.
func (s *Service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.Faults.Serve(w, r, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, _, _ := r.BasicAuth()
		if got := r.Header.Get("as-api-key") + r.Header.Get("17token") + r.Header.Get("API-Key") + user; got != s.Key {
			http.Error(w, `{"message":"no"}`, http.StatusUnauthorized)
			return
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		s.kinds.ServeHTTP(w, r)
	}))
}

// begin follows a number, and charges it once.
func (s *Service) begin(number string) (first bool) {
	if _, on := s.follow[number]; on {
		return false
	}
	s.follow[number] = s.Clock()
	s.paid[number]++
	return true
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func huge(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = fmt.Fprintf(w, `{"pad":%q}`, strings.Repeat("x", 10<<20))
}

type object = map[string]any

func code(text string) (status, detail string) {
	status, detail, _ = strings.Cut(text, "/")
	return status, detail
}

func afterShip(s *Service) http.Handler {
	mux := http.NewServeMux()
	tracking := func(number string) object {
		points := []object{}
		for _, e := range s.known[number] {
			tag, sub := code(e.Code)
			points = append(points, object{"checkpoint_time": e.At.Format(time.RFC3339), "tag": tag, "subtag": sub, "message": e.Text, "slug": "usps"})
		}
		return object{"id": "as-" + number, "tracking_number": number, "slug": "usps", "created_at": s.follow[number], "active": true, "checkpoints": points}
	}
	mux.HandleFunc("GET /trackings", func(w http.ResponseWriter, r *http.Request) {
		all := []object{}
		for number := range strings.SplitSeq(r.URL.Query().Get("tracking_numbers"), ",") {
			switch _, on := s.follow[number]; {
			case s.odd[number] == Huge:
				huge(w)
				return
			case s.odd[number] == Newer:
				answer(w, http.StatusOK, object{"meta": object{"code": 200}, "data": object{"items": []object{}}})
				return
			case s.odd[number] == Other:
				all = append(all, tracking("ZZ"+number))
			case on && s.odd[number] != Missing:
				all = append(all, tracking(number))
			}
		}
		answer(w, http.StatusOK, object{"meta": object{"code": 200}, "data": object{"pagination": object{"has_next_page": false}, "trackings": all}})
	})
	mux.HandleFunc("POST /trackings", func(w http.ResponseWriter, r *http.Request) {
		var in struct {
			Number string `json:"tracking_number"`
		}
		_ = json.NewDecoder(r.Body).Decode(&in)
		no := func(code int, say string) {
			answer(w, http.StatusBadRequest, object{"meta": object{"code": code, "type": "BadRequest", "message": say}, "data": object{}})
		}
		switch {
		case s.odd[in.Number] == Wrong:
			no(4005, "The value of `tracking_number` is invalid.")
		case !s.begin(in.Number):
			no(4003, "Tracking already exists.")
		default:
			answer(w, http.StatusCreated, object{"meta": object{"code": 201}, "data": tracking(in.Number)})
		}
	})
	return mux
}

type asked17 struct {
	Number  string `json:"number"`
	Carrier int    `json:"carrier"`
}

// serve17 answers of each number that is asked about.
func (s *Service) serve17(of func(a asked17) (accepted, rejected object)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var in []asked17
		_ = json.NewDecoder(r.Body).Decode(&in)
		yes, no := []object{}, []object{}
		if len(in) > 40 {
			answer(w, http.StatusOK, object{"code": -18010013, "data": object{}})
			return
		}
		for _, a := range in {
			switch s.odd[a.Number] {
			case Huge:
				huge(w)
				return
			case Newer:
				answer(w, http.StatusOK, object{"status": "ok", "result": object{}})
				return
			case Missing:
				continue
			case Other:
				a.Number = "ZZ" + a.Number
			}
			y, n := of(a)
			if y != nil {
				yes = append(yes, y)
			}
			if n != nil {
				no = append(no, n)
			}
		}
		answer(w, http.StatusOK, object{"code": 0, "data": object{"accepted": yes, "rejected": no}})
	}
}

func track17(s *Service) http.Handler {
	mux := http.NewServeMux()
	reject := func(number string, code int, say string) object {
		return object{"number": number, "error": object{"code": code, "message": say}}
	}
	mux.HandleFunc("POST /gettrackinfo", s.serve17(func(a asked17) (object, object) {
		if _, on := s.follow[a.Number]; !on && !strings.HasPrefix(a.Number, "ZZ") {
			return nil, reject(a.Number, -18019902, "The tracking number has not been registered yet.")
		}
		events := []object{}
		for _, e := range s.known[a.Number] {
			stage, sub := code(e.Code)
			events = append(events, object{"time_iso": e.At.Format(time.RFC3339), "time_utc": e.At.UTC().Format(time.RFC3339), "stage": stage, "sub_status": sub, "description": e.Text})
		}
		if len(events) == 0 {
			return nil, reject(a.Number, -18019909, "No tracking information at present.")
		}
		return object{"number": a.Number, "carrier": 21051, "track_info": object{"tracking": object{"providers": []object{{"events": events}}}}}, nil
	}))
	mux.HandleFunc("POST /register", s.serve17(func(a asked17) (object, object) {
		switch {
		case s.odd[a.Number] == Wrong:
			return nil, reject(a.Number, -18010012, "The format of "+a.Number+" is invalid.")
		case s.odd[a.Number] == Full:
			return nil, reject(a.Number, -18019908, "The quota is not enough.")
		case !s.begin(a.Number):
			return nil, reject(a.Number, -18019901, "The tracking number has been registered.")
		}
		return object{"number": a.Number, "carrier": 21051, "origin": 1}, nil
	}))
	mux.HandleFunc("POST /getquota", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, object{"code": 0, "data": object{"quota_total": 100, "quota_remain": 90}})
	})
	return mux
}

func easyPost(s *Service) http.Handler {
	mux := http.NewServeMux()
	tracker := func(number string) object {
		details := []object{}
		for _, e := range s.known[number] {
			status, detail := code(e.Code)
			details = append(details, object{"object": "TrackingDetail", "datetime": e.At.Format(time.RFC3339), "status": status, "status_detail": detail, "message": e.Text, "tracking_location": object{}})
		}
		return object{
			"id": "trk_" + number, "object": "Tracker", "tracking_code": number, "carrier": "USPS", "status": "in_transit", "created_at": s.follow[number].Format(time.RFC3339),
			"est_delivery_date": nil, "tracking_details": details,
		}
	}
	show := func(w http.ResponseWriter, number string, whole bool) {
		one := tracker(number)
		switch s.odd[number] {
		case Huge:
			huge(w)
			return
		case Newer:
			answer(w, http.StatusOK, object{"data": []object{}})
			return
		case Other:
			one = tracker("ZZ" + number)
		}
		if whole {
			answer(w, http.StatusOK, one)
		} else {
			answer(w, http.StatusOK, object{"trackers": []object{one}, "has_more": false})
		}
	}
	mux.HandleFunc("GET /trackers", func(w http.ResponseWriter, r *http.Request) {
		number := r.URL.Query().Get("tracking_code")
		if _, on := s.follow[number]; !on && (s.odd[number] == "" || s.odd[number] == Wrong) {
			answer(w, http.StatusOK, object{"trackers": []object{}, "has_more": false})
			return
		}
		show(w, number, false)
	})
	mux.HandleFunc("GET /trackers/{id}", func(w http.ResponseWriter, r *http.Request) {
		show(w, strings.TrimPrefix(r.PathValue("id"), "trk_"), true)
	})
	mux.HandleFunc("POST /trackers", func(w http.ResponseWriter, r *http.Request) {
		var in struct {
			Tracker struct {
				Number string `json:"tracking_code"`
			} `json:"tracker"`
		}
		_ = json.NewDecoder(r.Body).Decode(&in)
		if s.odd[in.Tracker.Number] == Wrong {
			answer(w, http.StatusUnprocessableEntity, object{"error": object{"code": "TRACKER.CREATE.ERROR", "message": "no"}})
			return
		}
		if began, on := s.follow[in.Tracker.Number]; on && s.Clock().Sub(began) > 90*24*time.Hour {
			delete(s.follow, in.Tracker.Number)
		}
		s.begin(in.Tracker.Number)
		show(w, in.Tracker.Number, true)
	})
	return mux
}

func shipEngine(s *Service) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /carriers", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, object{"carriers": []object{}})
	})
	mux.HandleFunc("GET /tracking", func(w http.ResponseWriter, r *http.Request) {
		number := r.URL.Query().Get("tracking_number")
		switch s.odd[number] {
		case Huge:
			huge(w)
			return
		case Newer:
			answer(w, http.StatusOK, object{"shipment": object{}})
			return
		case Wrong:
			answer(w, http.StatusBadRequest, object{"errors": []object{{"error_code": "invalid_field_value"}}})
			return
		case Other:
			number = "ZZ" + number
		}
		events := []object{}
		for _, e := range s.known[number] {
			status, detail := code(e.Code)
			events = append(events, object{"occurred_at": e.At.UTC().Format(time.RFC3339), "status_code": status, "status_detail_code": detail, "description": e.Text})
		}
		out := object{"tracking_number": number, "status_code": "UN", "status_description": "Unknown", "events": events}
		if len(events) > 0 {
			out["status_code"] = "IT"
		}
		answer(w, http.StatusOK, out)
	})
	return mux
}
