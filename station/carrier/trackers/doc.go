// Package trackers has the clients of services that follow parcels, whoever sold their
// labels: AfterShip, 17TRACK, EasyPost's trackers and ShipEngine's tracking (T1). They are
// accounts that sell nothing.
//
// A [Follower] is asked for news of parcels, and told which to follow. Some count each
// number against a quota: that is a call of its own, which must not be made again for a
// number whose answer nobody saw, before the service was asked whether it follows it. What
// an answer does not say clearly is [Unclear], and never taken for "not followed". Nobody is
// asked by the name or the street of a buyer. The package keeps nothing.
//
// The interfaces are written after the manuals of their owners, and were tried against
// simulated services alone, not live.
package trackers

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"time"

	"packbench/station/carrier/account"
	"packbench/station/track"
	"packbench/station/track/inbox"
	"packbench/station/web"
)

// The settings. Carriers names what the service calls the shop's carriers, Postcode has it
// told where a parcel goes, which some carriers want to know.
const (
	Carriers = "carriers"
	Postcode = "postcode"
)

// Parcel is one that is asked after.
type Parcel struct {
	Number            string
	Carrier           string // the shop's own id
	Country, Postcode string
	Ref               string    // the service's own id of it, from when it was registered; "": not known
	Since             time.Time // what was followed before is another parcel that had the number
}

// Answer is what a service says of a number.
type Answer string

// What a service says of a number.
const (
	Followed    Answer = "followed"
	NotFollowed Answer = "not-followed" // it says so
	Refused     Answer = "refused"      // it will not follow it
	Unclear     Answer = "unclear"      // it may be followed or not
)

// News is what a service says of a parcel.
type News struct {
	Answer   Answer
	Ref      string
	Events   []track.Event // with numbers, and no parcels yet
	Expected time.Time     // the day on which it comes, as midnight in UTC; zero: not said
	Say      string        // what is odd, or why it is not followed
}

// Follower is an account with a service that follows parcels. Answers stand in the order of
// the parcels. Its errors are those of package web.
type Follower interface {
	// Most is how many parcels one call of News names, and one of Register.
	Most() (news, register int)
	// Registers tells that a service has to be told which numbers to follow.
	Registers() bool
	// Follows tells whether parcels of a carrier are followed here.
	Follows(carrier string) bool
	// News asks what became of parcels, at most as many as one call takes. It has no effect.
	News(ctx context.Context, parcels []Parcel) ([]News, error)
	// Register has the service follow parcels, at most as many as one call takes. After an
	// error that does not say that nothing was done each of them may be followed.
	Register(ctx context.Context, parcels []Parcel) ([]News, error)
}

// mostBody is how long an answer may be.
const mostBody = 4 << 20

// usedBefore is how long before a parcel was closed a service may have begun to follow it.
const usedBefore = 48 * time.Hour

// service is what all clients have.
type service struct {
	account.Account // sells nothing
	web.Client
	codes    map[string]string // the service's word for each of the shop's carriers; nil: all, by their numbers alone
	postcode bool
	zone     *time.Location
}

func newService(o account.Options, who, header string) (service, error) {
	s := service{Account: nothing{}, zone: o.Zone, postcode: o.Set[Postcode] == "yes"}
	if o.Secret == "" || strings.ContainsAny(o.Secret, " \r\n") {
		return s, errors.New("an API key of " + who + " is one word")
	}
	if p := o.Set[Postcode]; p != "" && p != "yes" && p != "no" {
		return s, errors.New("postcode is yes or no")
	}
	for pair := range strings.SplitSeq(o.Set[Carriers], ",") {
		if pair = strings.TrimSpace(pair); pair == "" {
			continue
		}
		ours, theirs, ok := strings.Cut(pair, "=")
		ours, theirs = strings.TrimSpace(ours), strings.TrimSpace(theirs)
		if !ok || ours == "" || theirs == "" {
			return s, fmt.Errorf("carriers are pairs such as dhl=dhl-germany, with commas between; %q is none", inbox.Clean(pair, 40))
		}
		if s.codes == nil {
			s.codes = map[string]string{}
		}
		s.codes[ours] = theirs
	}
	if s.zone == nil {
		s.zone = time.UTC
	}
	s.Client = web.Client{Who: who, Base: o.URL, Do: o.Do, Clock: o.Clock, Most: mostBody, Sign: func(r *http.Request, _ []byte) error {
		if header == "" {
			r.SetBasicAuth(o.Secret, "")
		} else {
			r.Header.Set(header, o.Secret)
		}
		return nil
	}}
	return s, nil
}

// Follows tells whether parcels of a carrier are followed here.
func (s *service) Follows(carrier string) bool { return s.codes == nil || s.codes[carrier] != "" }

// Registers tells that numbers are registered, as at most services.
func (s *service) Registers() bool { return true }

// tried says of a call without effect whether the key is accepted.
func tried(err error, who, where string) ([]account.Check, error) {
	if errors.As(err, new(*web.Denied)) {
		return []account.Check{{What: "key", Say: who + " does not accept it", Fix: "Copy the key again from " + where + "."}}, nil
	}
	if err != nil {
		return nil, err
	}
	return []account.Check{{What: "key", OK: true, Say: "it is accepted"}}, nil
}

// same reports whether two numbers are one, however they are written.
func same(a, b string) bool { return plain(a) == plain(b) }

var marks = regexp.MustCompile(`[\s-]+`)

func plain(number string) string { return strings.ToUpper(marks.ReplaceAllString(number, "")) }

// unlike is the answer where a service speaks of another parcel.
func unlike() News { return News{Answer: Unclear, Say: "the answer is of another parcel"} }

// before says that a service followed a number before this parcel had it.
func (p Parcel) before(began time.Time) bool {
	return !began.IsZero() && !p.Since.IsZero() && began.Before(p.Since.Add(-usedBefore))
}

const usedSay = "the number was followed before, for another parcel: what it says of that one does not count"

// day is the day of a time as a service writes it.
func day(text string, zone *time.Location) time.Time {
	at, _, ok := inbox.When(text, zone)
	if !ok {
		return time.Time{}
	}
	y, m, d := at.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// object reports whether a text is a JSON object: HTML, a list and nothing are none.
func object(raw json.RawMessage) bool { return bytes.HasPrefix(bytes.TrimSpace(raw), []byte("{")) }

// unread says that an answer is JSON, and not what the interface promises.
func (s *service) unread() error {
	return &web.Away{Who: s.Who, Say: "its answer is not what its interface promises; the address may be that of another version"}
}

// nothing is what an account sells that only follows parcels.
type nothing struct{}

var errSells = &account.Refused{Why: account.NoService, Say: "it follows parcels, and sells no labels", Stands: true}

func (nothing) Can() account.Can                                    { return account.Can{} }
func (nothing) Test(context.Context) ([]account.Check, error)       { return nil, nil }
func (nothing) Services(context.Context) ([]account.Service, error) { return nil, nil }
func (nothing) Quote(context.Context, account.Shipment) (account.Quotes, error) {
	return account.Quotes{}, errSells
}

func (nothing) Buy(context.Context, account.Shipment, account.Quote, string) (account.Purchase, error) {
	return account.Purchase{}, errSells
}

func (nothing) Recover(context.Context, account.Attempt) (account.Recovered, error) {
	return account.Recovered{Found: account.Unsaid}, nil
}

func (nothing) Void(context.Context, account.Purchase) (account.Refund, error) { return "", errSells }
