package messages

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"packbench/station/message"
	"packbench/station/message/hook"
	"packbench/station/message/mail"
	"packbench/station/message/slack"
	"packbench/station/message/teams"
	"packbench/station/shift"
	"packbench/station/site"
)

// Kind is a kind of target.
type Kind struct {
	ID, Name string
	Secret   string // what people call its secret
	From     string // where the secret is found
	URL      string // an example of its address that is no secret; "" where it has none
	Set      []Setting
	Taken    string // what it means that a message was taken
	Fix      string // what helps where one was not
	// Repeats: it knows a message that it has by its id, so that one whose answer was lost
	// may be sent again.
	Repeats bool
	// Buyers: it tells buyers of their parcels, and the team nothing: see package buyers.
	Buyers bool
	// Open reports whether it needs no secret; nil: it always does.
	Open func(set map[string]string) bool
	// Address takes the address that messages are posted to out of the secret; nil where
	// it is no web address.
	Address func(secret string) (string, error)
	New     func(message.Options) (message.Sender, error)
}

// Settings are all that a target of the kind can be told.
func (k Kind) Settings() []Setting {
	if k.Buyers {
		return k.Set
	}
	return slices.Concat(k.Set, Common)
}

// Setting is something that a target has to be told, or may be.
type Setting struct {
	Key, Name, Help string
	Needed          bool
}

// The settings that targets of every kind have.
var Common = []Setting{
	{Key: setKinds, Name: "Which news", Help: "With commas between: " + join(message.Kinds()) + ". Without: " + join(message.Usual())},
	{Key: setGather, Name: "Gathered for", Help: "What happens within it is one message: 1m"},
	{Key: setPause, Name: "Pause", Help: "At least so long between two messages: 1m"},
	{Key: setQuiet, Name: "Quiet hours", Help: "Such as 22:00-06:00: what happens then is told after"},
}

var privately = Setting{Key: setPrivate, Name: "Private address", Help: "yes: it may stand in this network, or on this computer"}

// Names of settings.
const (
	setKinds   = "kinds"
	setGather  = "gather"
	setPause   = "pause"
	setQuiet   = "quiet"
	setPrivate = "private"
	setStates  = "states"
)

var ofStates = Setting{Key: setStates, Name: "What buyers are told", Help: "With commas between: " + join(site.AllNews()), Needed: true}

// AllKinds are the kinds of target that there are.
func AllKinds() []Kind {
	plain := func(s string) (string, error) { return s, nil }
	made := func(of func(message.Options) message.Sender) func(message.Options) (message.Sender, error) {
		return func(o message.Options) (message.Sender, error) { return of(o), nil }
	}
	return []Kind{
		{
			ID: "slack", Name: "Slack", From: "Slack: your app, Incoming Webhooks", Secret: "Address of an incoming webhook", Set: []Setting{privately},
			Taken: "Slack posted it: look into the channel", Fix: "Make a new incoming webhook in Slack, then press Change and paste it.",
			Address: plain, New: made(slack.New),
		},
		{
			ID: "teams", Name: "Microsoft Teams", From: "Teams: the channel, Workflows", Secret: "Address of a workflow that waits for a webhook request", Set: []Setting{privately},
			Taken: "Teams took it, and posts it later: look whether it came into the channel, because a workflow that fails says so only to its owner",
			Fix:   "Look at the workflow in Teams, then press Change and paste its address.", Address: plain, New: made(teams.New),
		},
		{
			ID: "webhook", Name: "A webhook of your own", From: "what takes the messages", Secret: "Address and signing secret (https://… whsec_…)", Set: []Setting{privately},
			Taken: "it was taken", Fix: "Look at what answers there, then test again.", Repeats: true,
			Address: func(s string) (string, error) { address, _, err := hook.Read(s); return address, err }, New: hook.New,
		},
		{
			ID: "mail", Name: "E-mail", From: "your mail provider", Secret: "Password of the mail account", URL: "smtp.example.com:587",
			Set: []Setting{
				{Key: "from", Name: "Sender", Help: "Such as packbench@example.com", Needed: true},
				{Key: "to", Name: "Who gets it", Help: "Addresses, with commas between", Needed: true},
				{Key: "user", Name: "User", Help: "Of the mail account; without, nobody signs in"},
			},
			Taken: "the mail server took it: look whether it arrives, also among junk mail", Fix: "Compare server, user and password with what your mail provider says.",
			Open: noUser, New: mail.New,
		},
		{
			ID: "buyer-mail", Name: "E-mails to buyers", From: "your mail provider", Secret: "Password of the mail account", URL: "smtp.example.com:587", Buyers: true,
			Set: []Setting{
				ofStates,
				{Key: "from", Name: "Sender", Help: "Such as shop@example.com: buyers answer to it", Needed: true},
				{Key: "user", Name: "User", Help: "Of the mail account; without, nobody signs in"},
			},
			Taken: "the mail server took it: look whether it arrives at the sender's own address", Fix: "Compare server, user and password with what your mail provider says.",
			Open: noUser, New: mail.NewToBuyers,
		},
		{
			ID: "buyer-webhook", Name: "A webhook for buyers' news", From: "what tells your buyers", Secret: "Address and signing secret (https://… whsec_…)", Buyers: true, Set: []Setting{ofStates, privately},
			Taken: "it was taken", Fix: "Look at what answers there, then test again.", Repeats: true,
			Address: func(s string) (string, error) { address, _, err := hook.Read(s); return address, err }, New: hook.New,
		},
	}
}

func noUser(set map[string]string) bool { return set["user"] == "" }

// States reads what buyers are told by a target.
func States(set map[string]string) (out []site.News, err error) {
	for _, word := range strings.FieldsFunc(set[setStates], func(r rune) bool { return r == ',' || r == ' ' }) {
		n := site.News(word)
		if !slices.Contains(site.AllNews(), n) {
			return nil, fmt.Errorf("buyers are not told %q; there are %s", word, join(site.AllNews()))
		}
		out = append(out, n)
	}
	return out, nil
}

// NewsOf says which news a target with these settings is told of.
func NewsOf(set map[string]string) string {
	if states := set[setStates]; states != "" {
		return states
	}
	t, err := readTerms(set)
	if err != nil {
		return set[setKinds]
	}
	return join(t.kinds)
}

func join[T ~string](all []T) string {
	out := make([]string, len(all))
	for i, k := range all {
		out[i] = string(k)
	}
	return strings.Join(out, ", ")
}

func private(set map[string]string) bool { return set[setPrivate] == "yes" }

// terms are when a target is told, and of what.
type terms struct {
	kinds         []message.Kind
	gather, pause time.Duration
	quiet         *shift.Hours
}

func readTerms(set map[string]string) (t terms, err error) {
	t.kinds = message.Usual()
	if text := set[setKinds]; text != "" {
		t.kinds = nil
		for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' }) {
			if !slices.Contains(message.Kinds(), message.Kind(word)) {
				return t, fmt.Errorf("there are no news %q; there are %s", word, join(message.Kinds()))
			}
			t.kinds = append(t.kinds, message.Kind(word))
		}
	}
	if t.gather, err = span(set, setGather); err == nil {
		t.pause, err = span(set, setPause)
	}
	if text := set[setQuiet]; text != "" && err == nil {
		hours, bad := shift.ParseHours(text)
		if bad != nil {
			return t, errors.New("quiet hours are from and to, such as 22:00-06:00")
		}
		t.quiet = &hours
	}
	if p := set[setPrivate]; p != "" && p != "yes" && p != "no" {
		return t, errors.New("private is yes or no")
	}
	return t, err
}

// span is a setting between a second and a day; a minute where nothing is set.
func span(set map[string]string, key string) (time.Duration, error) {
	if set[key] == "" {
		return time.Minute, nil
	}
	d, err := time.ParseDuration(set[key])
	if err != nil || d < time.Second || d > 24*time.Hour {
		return 0, fmt.Errorf("%s is a time from 1s to 24h, such as 5m", key)
	}
	return d, nil
}

// rests reports whether nobody wants to be told at a time.
func (t terms) rests(now time.Time) bool {
	if t.quiet == nil {
		return false
	}
	clock := time.Duration(now.Hour())*time.Hour + time.Duration(now.Minute())*time.Minute
	if t.quiet.Start <= t.quiet.End {
		return clock >= t.quiet.Start && clock < t.quiet.End
	}
	return clock >= t.quiet.Start || clock < t.quiet.End
}
