package station

import (
	"regexp"
	"slices"
	"strings"
)

// Danger says what kind of dangerous goods a product is, "" for none. Carriers ask no
// finer than this; what else their papers need is entered with the carrier itself.
type Danger string

// The kinds of dangerous goods.
const (
	LimitedQuantity Danger = "limited quantity"
	LithiumBattery  Danger = "lithium battery"
	OtherDanger     Danger = "dangerous goods" // of any other kind
)

// Dangers are all kinds, the ones that fewest carriers take last.
func Dangers() []Danger { return []Danger{LimitedQuantity, LithiumBattery, OtherDanger} }

// Worse returns the one of two kinds that fewer carriers take.
func (d Danger) Worse(other Danger) Danger {
	if slices.Index(Dangers(), other) > slices.Index(Dangers(), d) {
		return other
	}
	return d
}

var (
	aDanger  = regexp.MustCompile(`^(?:yes|dangerous(?: ?goods)?|hazmat|hazardous(?: ?material| ?goods)?|gefahrgut|(?:un ?)?\d{4}|class ?[1-9](?:\.\d)?|other)$`)
	aLimited = regexp.MustCompile(`^(?:lq|ltd\.? ?qty|limited ?quantit(?:y|ies)|begrenzte ?mengen?|orm-?d)$`)
	aBattery = regexp.MustCompile(`^(?:lithium.*|li-?ion|(?:un ?)?(?:3480|3481|3090|3091)(?:[ ,/].*)?)$`)
)

// ParseDanger reads a kind as people and catalogues write it: "no", "LQ", "limited
// quantity", "lithium-ion", "UN3481", "yes". ok is false for any other word.
func ParseDanger(text string) (d Danger, ok bool) {
	text = strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return r == ' ' || r == '_' || r == '\u00a0' }), " ")
	plain := strings.ReplaceAll(text, "-", " ")
	switch {
	case text == "" || text == "no" || text == "none" || text == "not dangerous":
		return "", true
	case aBattery.MatchString(text):
		return LithiumBattery, true
	case aLimited.MatchString(text) || aLimited.MatchString(plain):
		return LimitedQuantity, true
	case aDanger.MatchString(text) || aDanger.MatchString(plain):
		return OtherDanger, true
	}
	return "", false
}
