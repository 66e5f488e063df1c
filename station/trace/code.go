// Package trace owns the numbers that follow a parcel: SSCC and tracking
// numbers with their check digits, and the signed trace code that tells a label
// of this bench from a copy of its looks. It must not keep counters, know
// orders or decide what a second scan of a genuine code means.
//
// [LoadOrCreate] returns the bench's key ring, a [Signer] with its signing key
// makes the code of a parcel, and [Verify] judges one that was scanned: its
// [Result] says genuine, altered, forged, foreign or unknown. A carrier's numbers
// are a [Format], a row of data: Make makes one and Check tests it. [Recognise]
// names the carriers whose number one may be.
//
// # The trace code
//
// A code names one SSCC and carries 25 characters of base 32: the key's id (15
// bits), a mark of the order (15 bits), a mark of the signature itself (15
// bits) and the signature (80 bits). All are HMAC-SHA256 under the bench's key:
//
//	key id     = HMAC("id")
//	order mark = HMAC("order", order number)
//	signature  = HMAC("trace", SSCC, order mark)
//	self mark  = HMAC("self", signature)
//
// The signature binds the SSCC, and through it the parcel; the order mark binds
// the order for whoever knows its number ([Result.Of]). Code and key are enough
// to verify: no database, no network. The key id tells another shop's code
// (unknown) from a forged one, and so does it a key that was retired. The self mark tells a genuine signature
// that was moved to another SSCC (altered) from one made up without the key
// (forged). Nothing of the buyer stands in a code.
//
// A code is written in one case: capitals, or the address in small letters and
// its signature in capitals. A scanner that changes the case of all letters
// changes nothing, and neither does a host name in capitals, because it has no
// case; one letter of the other case is an altered code, like any other changed
// character.
//
// A code whose signature has lost or gained characters, or holds one that none
// has, is altered too, where its key id is one of this bench's. Where that was hit
// as well, only whoever knows whose the SSCC is can tell ([Result.Damaged]). So is a
// text that is not in our form but ends with a signature that a key of this bench
// has made, and a link of the bench's own domain that has lost its signature.
//
// What a signature cannot tell is a copy: the same code on two boxes verifies
// on both. The bench's own record of scans does.
package trace

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"packbench/station/gs1"
)

const (
	shortMark = "T1:"
	linkHead  = "https://"
	linkPath  = "/00/"
	signMark  = "?s="
	idLen     = 3
	orderLen  = 3
	selfLen   = 3
	tagLen    = 16
	tokenLen  = idLen + orderLen + selfLen + tagLen
)

// ErrKey says that there is no usable key.
var ErrKey = errors.New("no usable trace key")

// Signer makes trace codes. Domain is the host name of the shop's own trace
// page ("trace.example"); without one the short form is made.
type Signer struct {
	Key    Key
	Domain string
}

// Sign returns the text of the QR code for a parcel of an order:
// "https://trace.example/00/<SSCC>?s=…" (a GS1 Digital Link) or
// "T1:<SSCC>:…", whose capitals make a smaller symbol.
func (s Signer) Sign(sscc, order string) (string, error) {
	if err := CheckSSCC(sscc); err != nil {
		return "", fmt.Errorf("trace code: %w", err)
	}
	if err := s.Key.check(); err != nil {
		return "", fmt.Errorf("trace code: %w", err)
	}
	mark := s.Key.mac(orderLen, "order", order)
	tag := s.Key.mac(tagLen, "trace", sscc, mark)
	token := s.Key.ID() + mark + s.Key.mac(selfLen, "self", tag) + tag
	if s.Domain == "" {
		return shortMark + sscc + ":" + token, nil
	}
	if err := CheckDomain(s.Domain); err != nil {
		return "", fmt.Errorf("trace code: %w", err)
	}
	return "https://" + strings.ToLower(s.Domain) + linkPath + sscc + signMark + token, nil
}

// CheckDomain reports whether a text is a plain host name such as a trace page has.
func CheckDomain(domain string) error {
	if err := gs1.CheckHost(domain); err != nil {
		return fmt.Errorf("domain: %w: %w", ErrFormat, err)
	}
	return nil
}

// Verdict is what a code turned out to be.
type Verdict string

// The verdicts.
const (
	Genuine Verdict = "genuine" // made by a holder of this key for this SSCC
	Altered Verdict = "altered" // a genuine signature with anything else around it, or one that is missing or not whole
	Forged  Verdict = "forged"  // in our form, but not made with our key
	Foreign Verdict = "foreign" // not a trace code of this bench at all
	Unknown Verdict = "unknown" // ours in form, but its key is not here, or no longer trusted
)

// Result is the verdict about one code with its reason in words.
type Result struct {
	Verdict Verdict
	Reason  string // Why in English
	Why     Why
	SSCC    string // as the code says; not to be trusted unless Genuine
	KeyID   string
	// Damaged tells of a code in the bench's form with a signature such as no key
	// makes: of the wrong length, or with strange characters.
	Damaged bool
	mark    string
}

// Why is a reason as a phrase with an argument, for who puts it into another language:
// "it was signed with key {key}, …". A phrase without one leaves Name empty.
type Why struct{ Phrase, Name, Value string }

// String fills the phrase.
func (w Why) String() string { return strings.ReplaceAll(w.Phrase, "{"+w.Name+"}", w.Value) }

// judged is a result with its reason.
func (r Result) judged(v Verdict, why Why) Result {
	r.Verdict, r.Reason, r.Why = v, why.String(), why
	return r
}

// Of reports whether a genuine code was made for the order with this number.
func (r Result) Of(keys Keys, order string) bool {
	key, ok := keys.find(r.KeyID)
	return ok && r.Verdict == Genuine && same(key.mac(orderLen, "order", order), r.mark)
}

// Verify judges a code by the keys alone. The domain is the bench's own; a
// link to another one is foreign.
func Verify(keys Keys, domain, text string) Result {
	p := parse(domain, text)
	r := Result{SSCC: p.sscc, Damaged: p.damaged}.judged(Foreign, p.reason)
	if p.reason != (Why{}) {
		return outOfForm(keys, p, r, text)
	}
	sscc, id, marks := p.sscc, p.token[:idLen], p.token[idLen:]
	r = Result{SSCC: sscc, KeyID: id, mark: marks[:orderLen]}
	if mixed(text) {
		return r.judged(Altered, Why{Phrase: "capital and small letters are mixed, as in none of ours: a character was changed"})
	}
	key, ok := keys.find(id)
	if !ok {
		return r.judged(Unknown, Why{"it was signed with key {key}, which this bench does not have: it is another shop's code, or a changed one", "key", id})
	}
	self, tag := marks[orderLen:orderLen+selfLen], marks[orderLen+selfLen:]
	whole := same(key.mac(tagLen, "trace", sscc, r.mark), tag)
	from := same(key.mac(selfLen, "self", tag), self)
	switch {
	case !from:
		return r.judged(Forged, Why{Phrase: "the signature was not made with this bench's key, or the code is damaged"})
	case !whole || CheckSSCC(sscc) != nil:
		return r.judged(Altered, Why{Phrase: "the signature is genuine, but it does not fit the SSCC and the order beside it: one of them was changed"})
	case key.retired:
		return r.judged(Unknown, Why{"it was signed with key {key}, which is retired: others may have that key", "key", id})
	case key.ID() != keys[0].ID():
		return r.judged(Genuine, Why{"the signature fits this SSCC; it was made with the older key {key}", "key", id})
	}
	return r.judged(Genuine, Why{Phrase: "the signature fits this SSCC"})
}

// outOfForm judges a text that is not in the bench's form: r is its verdict as one
// of elsewhere.
func outOfForm(keys Keys, p parts, r Result, text string) Result {
	if p.unsigned {
		r.Verdict = Altered
		return r
	}
	if len(p.token) >= idLen && p.damaged {
		id := strings.ToUpper(p.token[:idLen])
		if _, ours := keys.find(id); ours {
			r.Verdict, r.KeyID = Altered, id
			return r
		}
	}
	id, ours := keys.endOf(text)
	switch {
	case !ours:
	case p.elsewhere != "":
		r.KeyID = id
		return r.judged(Altered, Why{"the signature is genuine, but the link leads to {host}, and not to this bench's own page", "host", clip(p.elsewhere)})
	default:
		r.KeyID = id
		return r.judged(Altered, Why{Phrase: "the signature is genuine, but something before it was changed"})
	}
	return r
}

// endOf reports whether a text ends with a signature that one of the keys has made,
// for whatever, and which key.
func (ks Keys) endOf(text string) (id string, ours bool) {
	text = strings.TrimSpace(text)
	token := strings.ToUpper(text[max(0, len(text)-tokenLen):])
	if len(text) > longest || !whole(token) {
		return "", false
	}
	id, token = token[:idLen], token[idLen+orderLen:]
	key, ok := ks.find(id)
	return id, ok && same(key.mac(selfLen, "self", token[selfLen:]), token[:selfLen])
}

// whole reports whether a signature in capitals has the form of all of ours.
func whole(token string) bool {
	return len(token) == tokenLen && strings.Trim(token, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == ""
}

// mixed reports whether a code has letters of both cases where ours has one: in
// the short form, in the host name, in the rest of the address, in the signature.
func mixed(text string) bool {
	text = strings.TrimSpace(text)
	parts := []string{text}
	if i := strings.LastIndexByte(text, '='); i >= 0 {
		parts = []string{text[:i], text[i:]}
	}
	if rest, ok := cutFold(parts[0], linkHead); ok {
		host, path, _ := strings.Cut(rest, "/")
		parts[0] = text[:len(linkHead)] + path
		parts = append(parts, host)
	}
	for _, p := range parts {
		if strings.ToUpper(p) != p && strings.ToLower(p) != p {
			return true
		}
	}
	return false
}

// Looks reports whether a text has one of the two forms of a trace code of this
// bench, genuine or not, whole or not: what a scan is recognised by.
func Looks(domain, text string) bool {
	p := parse(domain, text)
	return p.reason == (Why{}) || p.damaged || p.unsigned
}

// parts is a code taken apart. There is no reason for one in the bench's form; a
// damaged one has that form, but for its signature, which is the token as it stands.
type parts struct {
	sscc, token string
	reason      Why
	damaged     bool
	unsigned    bool   // a link of the bench's own that has no signature
	elsewhere   string // the host of a link that is not the bench's
}

// longest is how long a text may be that is looked at at all.
const longest = 256

func parse(domain, text string) parts {
	foreign := parts{reason: Why{Phrase: "it is not a trace code"}}
	if len(text) > longest {
		return foreign
	}
	text = strings.TrimSpace(text)
	if rest, ok := cutFold(text, shortMark); ok {
		sscc, token, ok := strings.Cut(rest, ":")
		if !ok || !digits18(sscc) {
			return foreign
		}
		return signed(sscc, token)
	}
	rest, ok := cutFold(text, linkHead)
	if !ok {
		return foreign
	}
	host, rest, ok := strings.Cut(rest, linkPath)
	if !ok {
		return foreign
	}
	sscc, rest := rest[:min(18, len(rest))], rest[min(18, len(rest)):]
	token, ok := cutFold(rest, signMark)
	switch {
	case !digits18(sscc):
		return foreign
	case domain == "" || !sameFold(host, domain):
		return parts{sscc: sscc, reason: Why{"it is a GS1 link of {host}, not of this bench", "host", clip(host)}, elsewhere: host}
	case !ok:
		return parts{sscc: sscc, reason: Why{Phrase: "it is a link of this bench, but its signature is missing"}, unsigned: true}
	}
	return signed(sscc, token)
}

// signed judges the form of a signature.
func signed(sscc, token string) parts {
	p := parts{sscc: sscc, token: token, damaged: true}
	switch {
	case len(token) != tokenLen:
		p.reason = Why{"the signature has a wrong length: {n} characters, and ours have 25", "n", strconv.Itoa(len(token))}
	case !whole(strings.ToUpper(token)):
		p.reason = Why{Phrase: "the signature holds characters that none of ours has"}
	default:
		return parts{sscc: sscc, token: strings.ToUpper(token)}
	}
	return p
}

func cutFold(text, prefix string) (string, bool) {
	if len(text) < len(prefix) || !sameFold(text[:len(prefix)], prefix) {
		return "", false
	}
	return text[len(prefix):], true
}

// sameFold compares without regard to case. Texts of one length have no letter of
// Unicode that folds to one of ours: such letters are longer.
func sameFold(a, b string) bool { return len(a) == len(b) && strings.EqualFold(a, b) }

func digits18(s string) bool { return len(s) == 18 && strings.Trim(s, "0123456789") == "" }

// mac returns the first n base 32 characters of an HMAC over parts. Each part is
// led by its length, so that no two lists of parts read the same.
func (k Key) mac(n int, parts ...string) string {
	h := hmac.New(sha256.New, k.secret)
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return base32.StdEncoding.EncodeToString(h.Sum(nil))[:n]
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
