// Package messages tells the team what happens at the benches (M1): what is locked,
// overridden, unknown, refused, and how a shift went.
//
// What is news is kept by the store as the journal grows. [Messages.Round] gathers for each
// target what it wants to hear of, puts it into one message in the outbox, in one step, and
// sends what waits there: a message is unknown from before it is sent until its answer is
// kept. What cannot tell whether it has a message is not sent that again by itself; a
// person may have it sent, with packctl outbox or on the page of the outbox.
//
// [Messages.Run] does so for as long as a bench works, or packctl sync; a lease sees to it
// that one program does. Nothing waits for a target that is down, [Messages.Statuses] says so,
// and what happens meanwhile is told together.
//
// It must not know how a service is spoken to, see station/message, nor log or show an
// address, which is a secret, or a name of a buyer.
package messages

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/secret"
	"packbench/station/message"
	"packbench/station/shift"
	"packbench/station/store"
	"packbench/station/web"
)

// Messages are the targets of a data folder.
type Messages struct {
	*folder.Folder
	Kinds []Kind
	Out   web.Doer // to what stands outside
	In    web.Doer // to what may stand inside
	Time  func() time.Time
	Env   func(string) string
	// Digest is that of the n-th shift of a day, or of the whole day for 0; ok is false
	// where nothing happened in it. nil makes none.
	Digest func(ctx context.Context, day shift.Date, n int) (d message.Digest, ok bool, err error)

	digested time.Time
	told     map[string]bool      // the shifts that were looked at
	seen     map[string]time.Time // since when something waits, by target
	forgot   time.Time
}

// New returns the targets of a folder, of every kind that there is.
func New(f *folder.Folder) *Messages {
	return &Messages{Folder: f, Kinds: AllKinds(), Out: web.NewOutward(), In: web.NewBuyer(), Time: time.Now, Env: os.Getenv, told: map[string]bool{}, seen: map[string]time.Time{}}
}

func (m *Messages) kind(id string) (Kind, error) {
	i := slices.IndexFunc(m.Kinds, func(k Kind) bool { return k.ID == id })
	if i >= 0 {
		return m.Kinds[i], nil
	}
	var all []string
	for _, k := range m.Kinds {
		all = append(all, k.ID)
	}
	return Kind{}, fmt.Errorf("there is no kind of target %q; there are %s", id, strings.Join(all, ", "))
}

var goodID = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9-]{0,30}$`)

// place is where the secret of a target lies.
func (m *Messages) place(id string) secret.Place { return secret.Of(m.Dir, "message", id, m.Env) }

// Add adds a target, or changes one. An empty secret leaves the one that is there. What
// happened before it was added is not told.
func (m *Messages) Add(ctx context.Context, of store.MessageTarget, secret string) error {
	if !goodID.MatchString(of.ID) {
		return errors.New("the id of a target has letters, digits and hyphens, 31 at most")
	}
	k, err := m.kind(of.Kind)
	if err != nil {
		return err
	}
	before, err := m.before(ctx, of)
	if err != nil {
		return err
	}
	known := k.Settings()
	for _, key := range slices.Sorted(maps.Keys(of.Options)) {
		if !slices.ContainsFunc(known, func(s Setting) bool { return s.Key == key }) {
			return fmt.Errorf("%s has no setting %q", k.Name, key)
		}
	}
	for _, s := range k.Set {
		if s.Needed && of.Options[s.Key] == "" {
			return fmt.Errorf("%s needs the setting %s: %s", k.Name, s.Key, s.Help)
		}
	}
	if _, err := readTerms(of.Options); err != nil {
		return err
	}
	if _, err := States(of.Options); err != nil {
		return err
	}
	secret = strings.TrimSpace(secret)
	given := secret != ""
	if !given {
		if secret, err = m.secret(k, of); err != nil {
			return err
		}
	}
	if _, err := m.sender(k, of, secret); err != nil {
		return err
	}
	if given {
		if err := m.place(of.ID).Keep(secret); err != nil {
			return err
		}
	}
	of.Since, of.Off = m.Clock(), before.Off
	if err := m.Store.CatchUp(ctx); err != nil { // what happened until now is not told
		return err
	}
	return m.Store.PutMessageTarget(ctx, of)
}

// before returns a target as it is, nothing for a new one. It refuses one that would share
// its secret's file with another one, or that changes its kind.
func (m *Messages) before(ctx context.Context, of store.MessageTarget) (before store.MessageTarget, err error) {
	all, err := m.Store.MessageTargets(ctx)
	for _, t := range all {
		switch {
		case t.ID == of.ID && t.Kind != of.Kind:
			return before, fmt.Errorf("target %s is one of %s already: give the new one another id", t.ID, t.Kind)
		case t.ID == of.ID:
			before = t
		case strings.EqualFold(t.ID, of.ID):
			return before, fmt.Errorf("there is a target %s: give the new one another id", t.ID)
		}
	}
	return before, err
}

// secret reads the secret of a target, where it has one.
func (m *Messages) secret(k Kind, of store.MessageTarget) (string, error) {
	place := m.place(of.ID)
	text, err := place.Read()
	switch {
	case errors.Is(err, secret.ErrMissing) && k.Open != nil && k.Open(of.Options):
		return "", nil
	case errors.Is(err, secret.ErrMissing):
		return "", fmt.Errorf("%s of target %s is missing: enter it, or set %s", strings.ToLower(k.Secret[:1])+k.Secret[1:], of.ID, place.Variable)
	case err != nil:
		return "", fmt.Errorf("the secret of target %s: %w", of.ID, err)
	}
	return text, nil
}

// Off has a target told nothing more, or again of what happens from now on.
func (m *Messages) Off(ctx context.Context, id string, off bool) error {
	of, err := m.target(ctx, id)
	if err != nil || of.Off == off {
		return err
	}
	if !off {
		if err := m.Store.CatchUp(ctx); err != nil {
			return err
		}
		if err := m.Store.SkipNews(ctx, id, m.Clock()); err != nil {
			return err
		}
	}
	of.Off = off
	return m.Store.PutMessageTarget(ctx, of)
}

func (m *Messages) target(ctx context.Context, id string) (store.MessageTarget, error) {
	of, err := m.Store.MessageTarget(ctx, id)
	if errors.Is(err, store.ErrUnknown) {
		err = fmt.Errorf("there is no target %s; packctl message list names them", id)
	}
	return of, err
}

// ToBuyers returns the targets that tell buyers and are not off.
func (m *Messages) ToBuyers(ctx context.Context) (out []store.MessageTarget, err error) {
	all, err := m.Store.MessageTargets(ctx)
	for _, t := range all {
		if k, err := m.kind(t.Kind); err == nil && k.Buyers && !t.Off {
			out = append(out, t)
		}
	}
	return out, err
}

// Postman returns what tells buyers by a target.
func (m *Messages) Postman(of store.MessageTarget) (Kind, message.Postman, error) {
	k, s, err := m.connect(of)
	if err != nil {
		return k, nil, err
	}
	to, is := s.(message.Postman)
	if !is {
		return k, nil, message.ErrNoPostman
	}
	return k, to, nil
}

// connect returns what sends to a target.
func (m *Messages) connect(of store.MessageTarget) (Kind, message.Sender, error) {
	k, err := m.kind(of.Kind)
	if err != nil {
		return k, nil, err
	}
	secret, err := m.secret(k, of)
	if err != nil {
		return k, nil, err
	}
	s, err := m.sender(k, of, secret)
	return k, s, err
}

func (m *Messages) sender(k Kind, of store.MessageTarget, secret string) (message.Sender, error) {
	do := m.Out
	if private(of.Options) {
		do = m.In
	}
	if k.Address != nil {
		address, err := k.Address(secret)
		if err == nil {
			err = message.Address(address, private(of.Options))
		}
		if err != nil {
			return nil, err
		}
	}
	return k.New(message.Options{URL: of.URL, Secret: secret, Set: of.Options, Do: do, Clock: m.Time})
}

// Test sends a message that says that it is one, now, and says how that went.
func (m *Messages) Test(ctx context.Context, id string) ([]Check, error) {
	of, err := m.target(ctx, id)
	if err != nil {
		return nil, err
	}
	k, s, err := m.connect(of)
	if err != nil {
		return []Check{{What: "settings", Say: err.Error(), Fix: "Put it right, and test again."}}, nil
	}
	ctx, done := context.WithTimeout(ctx, sendWithin)
	defer done()
	err = s.Send(ctx, message.Test(newID(), m.company(), m.Time()))
	switch {
	case err == nil:
		return []Check{{What: "message", OK: true, Say: k.Taken}}, nil
	case web.NotDone(err):
		return []Check{{What: "message", Say: words(err), Fix: k.Fix}}, nil
	}
	return []Check{{What: "message", Say: "it may have been sent: " + words(err), Fix: "Look whether it came before you test again."}}, nil
}

// Check is one thing that was tried.
type Check struct {
	What     string
	OK       bool
	Say, Fix string
}
