package gs1

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ErrNoLink says that an address is no Digital Link at all, as opposed to a
// broken one.
var ErrNoLink = errors.New("the address is no GS1 Digital Link")

// ParseDigitalLink reads a GS1 Digital Link address, uncompressed:
//
//	https://host[:port][/path…]/key/value[/qualifier/value…][?ai=value&…][#…]
//
// The elements come key first, then qualifiers, then the query. A GTIN should
// have 14 digits; a shorter one with a good check digit is filled up. Qualifiers
// stand in the path in their order, and a query holds only the identifiers meant
// for it, not a qualifier that the path has room for; its keys that are not
// numbers are ignored, but for exp, a short name of version 1.1, of which a path may have gtin, cpv, lot and ser. The error is [ErrNoLink] if no part of the path is a key. Warnings are those
// of Parse.
func ParseDigitalLink(uri string) (Elements, []string, error) {
	if len(uri) > MaxLength {
		return nil, nil, ErrTooLong
	}
	path, query, err := splitURI(uri)
	if err != nil {
		return nil, nil, err
	}
	segments := numbered(strings.Split(path, "/"))
	at := keyIndex(segments)
	if last := len(segments) - 1; at < 0 && segments[last] == "" { // a slash at the end is nothing more
		segments = segments[:last]
		at = keyIndex(segments)
	}
	if at < 0 {
		return nil, nil, ErrNoLink
	}
	key, _ := Lookup(segments[at])
	es, err := key.pathElements(segments[at:])
	if err != nil {
		return nil, nil, fmt.Errorf("digital link: %w", err)
	}
	var warnings []string
	if written, _ := unescape(segments[at+1], false); written != es[0].Value {
		warnings = []string{fmt.Sprintf("(%s) has %d characters, it should have %d", key.Code, len(written), len(es[0].Value))}
	}
	es, err = key.queryElements(es, query)
	if err != nil {
		return nil, nil, fmt.Errorf("digital link: %w", err)
	}
	return es, append(warnings, es.company()...), nil
}

// splitURI checks scheme and host and returns what follows: the path without its
// first slash, and the query. The fragment is left out.
func splitURI(uri string) (path, query string, err error) {
	scheme, rest, ok := strings.Cut(uri, "://")
	if !ok || !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") {
		return "", "", ErrNoLink
	}
	for i := range len(uri) {
		if uri[i] <= ' ' || uri[i] > '~' {
			return "", "", ErrNoLink
		}
	}
	rest, _, _ = strings.Cut(rest, "#")
	rest, query, _ = strings.Cut(rest, "?")
	host, path, ok := strings.Cut(rest, "/")
	if !ok || !hostOK(host) {
		return "", "", ErrNoLink
	}
	return path, query, nil
}

// hostOK reports whether host[:port] has only the characters of a host.
func hostOK(host string) bool {
	for i := range len(host) {
		if !inSet('Z', host[i]) && strings.IndexByte(".:[]", host[i]) < 0 || host[i] == '=' {
			return false
		}
	}
	return host != ""
}

// shortNames are the short names that version 1.1 of the standard allowed in a path in
// place of the numbers.
var shortNames = map[string]string{"gtin": "01", "cpv": "22", "lot": "10", "ser": "21"}

// numbered writes the short names of a path that ends in a GTIN and its qualifiers as
// numbers. An address that only looks so stays as it is.
func numbered(segments []string) []string {
	end := len(segments)
	if end > 0 && segments[end-1] == "" {
		end--
	}
	for at := end - 2; at >= 0 && shortNames[segments[at]] != ""; at -= 2 {
		if segments[at] != "gtin" {
			continue
		}
		if _, err := ParseGTIN(segments[at+1]); err != nil {
			break
		}
		out := slices.Clone(segments)
		for i := at; i < end; i += 2 {
			out[i] = shortNames[out[i]]
		}
		return out
	}
	return segments
}

// keyIndex finds the key by going back from the end of the path in pairs of
// identifier and value; -1 if there is none.
func keyIndex(segments []string) int {
	for i := len(segments) - 2; i >= 0; i -= 2 {
		ai, ok := Lookup(segments[i])
		if !ok {
			return -1
		}
		if ai.key {
			return i
		}
	}
	return -1
}

// pathElements reads key/value/qualifier/value…
func (ai AI) pathElements(segments []string) (Elements, error) {
	var es Elements
	var codes []string
	for i := 0; i < len(segments); i += 2 {
		value, err := unescape(segments[i+1], false)
		if err != nil {
			return nil, err
		}
		part, _ := Lookup(segments[i])
		e := Element{part.Code, part.filled(value)}
		if err := part.validate(e.Value); err != nil {
			return nil, err
		}
		if i > 0 {
			codes = append(codes, e.AI)
		}
		es = append(es, e)
	}
	if len(codes) > 0 && !slices.ContainsFunc(ai.qualifiers, func(way []string) bool { return inOrder(codes, way) }) {
		return nil, fmt.Errorf("(%s) cannot be followed by (%s) in the path", ai.Code, strings.Join(codes, ")("))
	}
	return es, nil
}

// inOrder reports whether codes is a part of way in way's order, none twice.
func inOrder(codes, way []string) bool {
	next := 0
	for _, code := range codes {
		at := slices.Index(way[next:], code)
		if at < 0 {
			return false
		}
		next += at + 1
	}
	return true
}

// queryElements adds the identifiers of the query to es.
func (ai AI) queryElements(es Elements, query string) (Elements, error) {
	var taken []string
	for _, e := range es[1:] {
		taken = append(taken, e.AI)
	}
	for pair := range strings.SplitSeq(query, "&") {
		code, text, _ := strings.Cut(pair, "=")
		if code == "exp" && len(text) == 6 && allDigits(text) {
			code = "17" // as version 1.1 named it; others use the name for a moment
		}
		if !allDigits(code) {
			continue
		}
		attribute, ok := Lookup(code)
		if !ok {
			return nil, fmt.Errorf("%s in the query is no GS1 identifier", clip(code))
		}
		if !attribute.query || ai.qualifies(code, taken) {
			return nil, fmt.Errorf("(%s) must not stand in the query", code)
		}
		value, err := unescape(text, true)
		if err != nil {
			return nil, err
		}
		if err := attribute.validate(value); err != nil {
			return nil, err
		}
		es = append(es, Element{code, value})
	}
	return es, nil
}

// unescape undoes percent encoding; in a query a plus sign is a space.
func unescape(text string, query bool) (string, error) {
	if !percentEncoded(text) {
		return "", fmt.Errorf("%s has a broken percent sign", clip(text))
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '%':
			c = byte(hex(text[i+1])<<4 | hex(text[i+2]))
			i += 2
		case c == '+' && query:
			c = ' '
		}
		b.WriteByte(c)
	}
	return b.String(), nil
}

// longestHost keeps the QR code of a parcel small enough for its label.
const longestHost = 60

// CheckHost reports whether a text is a plain host name that Digital Links may
// stand under: small letters or capitals, with a dot, and neither scheme, port
// nor path.
func CheckHost(host string) error {
	parts := strings.Split(host, ".")
	ok := len(host) <= longestHost && len(parts) > 1
	for _, p := range parts {
		ok = ok && p != "" && p[0] != '-' && p[len(p)-1] != '-' &&
			strings.Trim(strings.ToLower(p), "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
	}
	if !ok {
		return fmt.Errorf("%s is not a domain such as \"id.example.com\", without https://, port and path, of at most %d letters", clip(host), longestHost)
	}
	return nil
}
