package woosim

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"sort"
	"strconv"
	"strings"
	"time"
)

const base = "/wp-json/wc/v3"

// ServeHTTP answers.
func (s *Shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.faults.Serve(w, r, http.HandlerFunc(s.serve))
}

func (s *Shop) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w.Header().Set("Date", s.opt.Clock().UTC().Format(http.TimeFormat))
	if s.opt.Plain {
		w.Header().Set("Content-Type", "text/html; charset=UTF-8")
		w.WriteHeader(http.StatusNotFound)
		_, _ = w.Write([]byte("<!doctype html><title>Page not found</title>"))
		return
	}
	if r.URL.Path == "/wp-json/" || r.URL.Path == "/wp-json" {
		s.index(w)
		return
	}
	if code, say := s.mayNot(r); code != "" {
		fail(w, http.StatusUnauthorized, code, say)
		return
	}
	s.places.ServeHTTP(w, r)
}

func (s *Shop) index(w http.ResponseWriter) {
	spaces := []string{"oembed/1.0", "wp/v2", "wc/v3"}
	for _, way := range s.opt.Ways {
		if way != Fulfillments {
			spaces = append(spaces, string(way)+"/v3")
		}
	}
	answer(w, http.StatusOK, map[string]any{"name": "A shop", "namespaces": spaces})
}

// routes are the places of the interface. What is switched off is not there.
func (s *Shop) routes() http.Handler {
	m := http.NewServeMux()
	m.HandleFunc("GET "+base+"/orders", s.listOrders)
	m.HandleFunc("GET "+base+"/orders/{id}", s.withOrder(s.getOrder))
	m.HandleFunc("PUT "+base+"/orders/{id}", s.withOrder(s.putOrder))
	m.HandleFunc("GET "+base+"/orders/{id}/refunds", s.withOrder(s.listRefunds))
	m.HandleFunc("POST "+base+"/orders/{id}/refunds", s.withOrder(s.postRefund))
	m.HandleFunc("GET "+base+"/orders/{id}/notes", s.withOrder(s.listNotes))
	m.HandleFunc("POST "+base+"/orders/{id}/notes", s.withOrder(s.postNote))
	if s.has(Fulfillments) {
		m.HandleFunc("GET "+base+"/orders/{id}/fulfillments", s.withOrder(s.listFulfillments))
		m.HandleFunc("POST "+base+"/orders/{id}/fulfillments", s.withOrder(s.postFulfillment))
		m.HandleFunc("DELETE "+base+"/orders/{id}/fulfillments/{entry}", s.withOrder(s.deleteSent))
	}
	for _, way := range []Way{Tracking, Advanced} {
		if s.has(way) {
			place := "/wp-json/" + string(way) + "/v3/orders/{id}/shipment-trackings"
			m.HandleFunc("GET "+place, s.withOrder(s.listTrackings))
			m.HandleFunc("POST "+place, s.withOrder(func(w http.ResponseWriter, r *http.Request, o *order) { s.postTracking(w, r, o, way) }))
			m.HandleFunc("DELETE "+place+"/{entry}", s.withOrder(s.deleteSent))
		}
	}
	m.HandleFunc("GET "+base+"/products", s.listProducts)
	m.HandleFunc("GET "+base+"/products/{id}", s.getProduct)
	m.HandleFunc("PUT "+base+"/products/{id}", s.putProduct)
	m.HandleFunc("GET "+base+"/products/{id}/variations", s.listVariations)
	m.HandleFunc("GET "+base+"/products/{parent}/variations/{id}", s.getProduct)
	m.HandleFunc("PUT "+base+"/products/{parent}/variations/{id}", s.putProduct)
	m.HandleFunc("GET "+base+"/settings/products/{id}", func(w http.ResponseWriter, r *http.Request) {
		answer(w, http.StatusOK, map[string]any{"id": r.PathValue("id"), "value": map[string]string{"woocommerce_weight_unit": "kg", "woocommerce_dimension_unit": "cm"}[r.PathValue("id")]})
	})
	m.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		fail(w, http.StatusNotFound, "rest_no_route", "No route was found matching the URL and request method.")
	})
	return m
}

func (s *Shop) withOrder(do func(http.ResponseWriter, *http.Request, *order)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		o := s.find(r.PathValue("id"))
		if o == nil {
			fail(w, http.StatusNotFound, "woocommerce_rest_shop_order_invalid_id", "Invalid ID.")
			return
		}
		do(w, r, o)
	}
}

// mayNot says why a request may not be made, "" if it may.
func (s *Shop) mayNot(r *http.Request) (code, say string) {
	key, secret, ok := r.BasicAuth()
	if s.opt.Strip {
		ok = false
	}
	query := r.URL.Query()
	if r.TLS == nil { // a password is not taken where others can read it
		if query.Get("oauth_consumer_key") == "" {
			return stranger(r)
		}
		if say := s.signed(r, query); say != "" {
			return "woocommerce_rest_authentication_error", say
		}
	} else {
		if !ok {
			key, secret = query.Get("consumer_key"), query.Get("consumer_secret")
		}
		switch {
		case key == "":
			return stranger(r)
		case key != consumerKey:
			return "woocommerce_rest_authentication_error", "Consumer key is invalid."
		case secret != consumerSecret:
			return "woocommerce_rest_authentication_error", "Consumer secret is invalid."
		}
	}
	if s.opt.ReadOnly && r.Method != http.MethodGet {
		return "woocommerce_rest_authentication_error", "The API key provided does not have write permissions."
	}
	return "", ""
}

func stranger(r *http.Request) (code, say string) {
	if r.Method == http.MethodGet {
		return "woocommerce_rest_cannot_view", "Sorry, you cannot list resources."
	}
	return "woocommerce_rest_cannot_edit", "Sorry, you are not allowed to edit this resource."
}

// signed checks a signature, and says what is wrong with it.
func (s *Shop) signed(r *http.Request, query url.Values) string {
	if query.Get("oauth_consumer_key") != consumerKey {
		return "Consumer key is invalid."
	}
	if query.Get("oauth_signature_method") != "HMAC-SHA256" {
		return "Invalid signature - signature method is invalid."
	}
	var names []string
	for name := range query {
		if name != "oauth_signature" {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	text := ""
	for _, name := range names {
		if text != "" {
			text += "%26"
		}
		text += twice(name) + "%3D" + twice(query.Get(name))
	}
	text = r.Method + "&" + once("http://"+r.Host+r.URL.Path) + "&" + text
	mac := hmac.New(sha256.New, []byte(consumerSecret+"&"))
	mac.Write([]byte(text))
	if base64.StdEncoding.EncodeToString(mac.Sum(nil)) != query.Get("oauth_signature") {
		return "Invalid signature - provided signature does not match."
	}
	at, err := strconv.ParseInt(query.Get("oauth_timestamp"), 10, 64)
	if err != nil || s.now().Sub(time.Unix(at, 0)).Abs() > 15*time.Minute {
		return "Invalid timestamp."
	}
	if nonce := query.Get("oauth_timestamp") + query.Get("oauth_nonce"); s.nonces[nonce] {
		return "Invalid nonce - nonce has already been used."
	} else {
		s.nonces[nonce] = true
	}
	return ""
}

// once is PHP's rawurlencode.
func once(text string) string {
	const plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~"
	var b strings.Builder
	for i := range len(text) {
		if c := text[i]; strings.IndexByte(plain, c) >= 0 {
			b.WriteByte(c)
		} else {
			b.WriteString("%" + strings.ToUpper(strconv.FormatInt(int64(c)+0x100, 16)[1:]))
		}
	}
	return b.String()
}

func twice(text string) string { return once(once(text)) }

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func fail(w http.ResponseWriter, status int, code any, say string) {
	answer(w, status, map[string]any{"code": code, "message": say, "data": map[string]any{"status": status}})
}

// rows writes one page of a list.
func (s *Shop) rows(w http.ResponseWriter, r *http.Request, all []map[string]any) {
	s.page(w, r, len(all), func(i int) map[string]any { return all[i] })
}

// page writes one page of a list of n rows, with what the headers say of the rest.
func (s *Shop) page(w http.ResponseWriter, r *http.Request, n int, row func(int) map[string]any) {
	q := r.URL.Query()
	per := number(q.Get("per_page"), 10)
	if per < 1 || per > 100 {
		fail(w, http.StatusBadRequest, "rest_invalid_param", "Invalid parameter(s): per_page")
		return
	}
	per = min(per, s.opt.PerPage)
	page := max(1, number(q.Get("page"), 1))
	from := (page - 1) * per
	if q.Get("offset") != "" {
		from = number(q.Get("offset"), 0)
	}
	pages := (n + per - 1) / per
	w.Header().Set("X-WP-Total", strconv.Itoa(n))
	w.Header().Set("X-WP-TotalPages", strconv.Itoa(pages))
	if page < pages {
		next := r.URL.Query()
		next.Set("page", strconv.Itoa(page+1))
		w.Header().Set("Link", "<http://"+r.Host+r.URL.Path+"?"+next.Encode()+`>; rel="next"`)
	}
	out := []map[string]any{}
	for i := max(from, 0); i < min(from+per, n); i++ {
		out = append(out, row(i))
	}
	answer(w, http.StatusOK, out)
}

func number(text string, or int) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return or
	}
	return n
}

// since reads modified_after: in the site's time, unless it is said to be UTC.
func (s *Shop) since(q url.Values) (time.Time, bool) {
	zone := s.site
	if q.Get("dates_are_gmt") == "true" {
		zone = time.UTC
	}
	at, err := time.ParseInLocation("2006-01-02T15:04:05", q.Get("modified_after"), zone)
	return at, err == nil
}

func local(at time.Time, zone *time.Location) string {
	return at.In(zone).Format("2006-01-02T15:04:05")
}
